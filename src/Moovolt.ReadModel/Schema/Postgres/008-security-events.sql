-- What chargers report of their own security.
create table security_events (
  charge_point text collate "C" not null,
  sequence_number bigint not null,
  type text not null,
  critical boolean not null,
  details text,
  charger_at bigint not null,
  at bigint not null,
  primary key (charge_point, sequence_number)
);
create index security_events_at on security_events (at, charge_point, sequence_number);
