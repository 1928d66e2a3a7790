-- What chargers do wrong about transactions, and how it was settled.
alter table transactions add column inferred integer not null default 0;          -- no stop has come: others say that it is over
alter table transactions add column closed_by text;                               -- the operator who closed the record
alter table transactions add column held integer not null default 0;              -- somebody should look before anybody pays
alter table transactions add column replayed integer not null default 0;          -- told long after it was
alter table transactions add column start_arrived_at integer;
alter table transactions add column end_arrived_at integer;
alter table transactions add column clock_skew_seconds integer;
alter table transactions add column meter_lowest_wh integer;

-- How far the charger's clock is ahead of ours; null while nobody knows.
alter table charge_points add column clock_skew_seconds integer;
