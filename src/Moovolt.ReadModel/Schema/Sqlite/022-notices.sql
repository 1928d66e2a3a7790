-- What chargers tell that Moovolt keeps and publishes, and does nothing about by itself.
create table notices (
  charge_point text not null,
  sequence_number bigint not null,
  kind text not null,
  payload text not null,
  truncated boolean not null,
  at bigint not null,
  primary key (charge_point, sequence_number)
);
create index notices_at on notices (charge_point, at, sequence_number);
