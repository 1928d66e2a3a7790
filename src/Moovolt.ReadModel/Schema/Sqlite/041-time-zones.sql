-- Where a charge point stands: a name of the IANA database; null when its operator never said.
alter table charge_points add column time_zone text;
