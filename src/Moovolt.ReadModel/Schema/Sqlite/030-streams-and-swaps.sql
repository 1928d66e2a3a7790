-- Which streams of values chargers have told that they open (OCPP 2.1, N11), and which are over.
create table event_streams (
  charge_point text not null,
  stream integer not null,
  monitor integer not null,
  interval_seconds integer,
  most_values integer,
  opened_at integer not null,
  closed_at integer,
  primary key (charge_point, stream)
);

-- Their values: observed, and bounded per charge point.
create table stream_values (
  number integer primary key autoincrement,
  charge_point text not null,
  stream integer not null,
  value text not null,
  at integer not null,
  arrived_at integer not null
);
create index stream_values_of on stream_values (charge_point, number);

-- Swaps of batteries, step by step: what was agreed, and what was given and taken (OCPP 2.1, S01 to S04).
create table battery_swaps (
  charge_point text not null,
  sequence_number integer not null,
  swap integer not null,
  step text not null,
  token text,
  batteries text not null,
  at integer not null,
  primary key (charge_point, sequence_number)
);
create index battery_swaps_of on battery_swaps (charge_point, swap, sequence_number);

-- Limits of dynamic charging profiles (OCPP 2.1, K28): what was sent after the profile, and what the charger pulled.
create table schedule_limits (
  charge_point text not null,
  profile_id integer not null,
  sent text,
  sent_at integer,
  pulled text,
  pulled_at integer,
  primary key (charge_point, profile_id)
);
