-- Connectors that are, or were, kept for a token. (0, 0): any one of the charge point's.
create table reservations (
  charge_point text not null,
  reservation_id integer not null,
  evse integer not null,
  connector integer not null,
  token text not null,
  parent text,
  status text not null,                  -- active, used, expired, cancelled, faulted
  local_id text,                         -- the transaction that used it
  made_at integer not null,
  expires_at integer not null,
  ended_at integer,
  primary key (charge_point, reservation_id)
);
create index reservations_made on reservations (charge_point, made_at, reservation_id);
