-- Why a report did not come to its end, and what was asked for in its place. Null: it did, or it is on its way.
alter table device_reports add column reason text;
alter table device_reports add column asked_as bigint;

-- How often it had been asked for anew before.
alter table device_reports add column tries bigint not null default 0;
