-- How each charger is to be heard: written from the journal.
alter table charge_points add column strict integer not null default 0;
alter table charge_points add column quirk_profile text;

-- What each charger did not keep to, by rule. Counted at the doors: a rebuild leaves it alone.
create table deviations (
  charge_point text not null,
  rule text not null,
  count integer not null,
  first_at integer not null,
  last_at integer not null,
  example text not null,               -- the latest one, without any value that the charger sent
  primary key (charge_point, rule)
);
