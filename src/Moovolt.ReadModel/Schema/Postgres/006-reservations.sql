-- Connectors that are, or were, kept for a token. (0, 0): any one of the charge point's.
create table reservations (
  charge_point text collate "C" not null,
  reservation_id bigint not null,
  evse bigint not null,
  connector bigint not null,
  token text not null,
  parent text,
  status text not null,                  -- active, used, expired, cancelled, faulted
  local_id text collate "C",             -- the transaction that used it
  made_at bigint not null,
  expires_at bigint not null,
  ended_at bigint,
  primary key (charge_point, reservation_id)
);
create index reservations_made on reservations (charge_point, made_at, reservation_id);
