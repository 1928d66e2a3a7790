-- What chargers do wrong about transactions, and how it was settled.
alter table transactions add column inferred boolean not null default false;          -- no stop has come: others say that it is over
alter table transactions add column closed_by text;                               -- the operator who closed the record
alter table transactions add column held boolean not null default false;              -- somebody should look before anybody pays
alter table transactions add column replayed boolean not null default false;          -- told long after it was
alter table transactions add column start_arrived_at bigint;
alter table transactions add column end_arrived_at bigint;
alter table transactions add column clock_skew_seconds bigint;
alter table transactions add column meter_lowest_wh bigint;

-- How far the charger's clock is ahead of ours; null while nobody knows.
alter table charge_points add column clock_skew_seconds bigint;
