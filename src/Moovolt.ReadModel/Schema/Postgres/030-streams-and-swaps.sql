-- Which streams of values chargers have told that they open (OCPP 2.1, N11), and which are over.
create table event_streams (
  charge_point text collate "C" not null,
  stream bigint not null,
  monitor bigint not null,
  interval_seconds bigint,
  most_values bigint,
  opened_at bigint not null,
  closed_at bigint,
  primary key (charge_point, stream)
);

-- Their values: observed, and bounded per charge point.
create table stream_values (
  number bigint generated always as identity primary key,
  charge_point text collate "C" not null,
  stream bigint not null,
  value text not null,
  at bigint not null,
  arrived_at bigint not null
);
create index stream_values_of on stream_values (charge_point, number);

-- Swaps of batteries, step by step: what was agreed, and what was given and taken (OCPP 2.1, S01 to S04).
create table battery_swaps (
  charge_point text collate "C" not null,
  sequence_number bigint not null,
  swap bigint not null,
  step text not null,
  token text,
  batteries text not null,
  at bigint not null,
  primary key (charge_point, sequence_number)
);
create index battery_swaps_of on battery_swaps (charge_point, swap, sequence_number);

-- Limits of dynamic charging profiles (OCPP 2.1, K28): what was sent after the profile, and what the charger pulled.
create table schedule_limits (
  charge_point text collate "C" not null,
  profile_id bigint not null,
  sent text,
  sent_at bigint,
  pulled text,
  pulled_at bigint,
  primary key (charge_point, profile_id)
);
