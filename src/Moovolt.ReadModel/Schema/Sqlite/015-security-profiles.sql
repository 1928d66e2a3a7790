-- What each charger must come with at least, and whom its certificate must name: written by the doors.
alter table credentials add column lowest_profile integer not null default 0;
alter table credentials add column certificate_name text;

-- The same for people, from the journal; and how the last session came.
alter table charge_points add column lowest_profile integer not null default 0;
alter table charge_points add column certificate_name text;
alter table charge_points add column connected_profile integer;
