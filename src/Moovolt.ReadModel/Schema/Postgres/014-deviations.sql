-- How each charger is to be heard: written from the journal.
alter table charge_points add column strict boolean not null default false;
alter table charge_points add column quirk_profile text;

-- What each charger did not keep to, by rule. Counted at the doors: a rebuild leaves it alone.
create table deviations (
  charge_point text collate "C" not null,
  rule text collate "C" not null,
  count bigint not null,
  first_at bigint not null,
  last_at bigint not null,
  example text not null,               -- the latest one, without any value that the charger sent
  primary key (charge_point, rule)
) with (fillfactor = 50);
