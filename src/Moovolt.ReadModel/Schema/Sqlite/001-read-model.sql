-- What people look at. Moments are microseconds since 1970 in UTC (integer): see Storage/Instants.cs.

-- How far the projector has read; written in the same transaction as the rows.
create table projection (
  name text primary key,
  xid integer not null,                 -- always 0 here: SQLite commits in the order of ordering
  ordering integer not null,
  last_change integer not null,         -- the last id that was given in changes
  system_identifier integer not null    -- always 0 here
);

insert into projection (name, xid, ordering, last_change, system_identifier) values ('read-model', 0, 0, 0, 0);

create table charge_points (
  id text primary key,
  version integer not null,
  registered integer not null default 0,
  display_name text,
  security_profile integer,
  registration text not null default 'accepted',
  unknown_tokens text not null default 'refuse',
  retired integer not null default 0,
  online integer not null default 0,
  epoch integer not null default 0,
  protocol text,
  since integer,
  node text,
  incarnation integer,
  remote_address text,
  close_reason text,
  vendor text,
  model text,
  serial_number text,
  firmware_version text,
  booted_at integer,
  heard_at integer
);
create index charge_points_online on charge_points (id) where online;

create table connectors (
  charge_point text not null,
  evse integer not null,
  connector integer not null,
  status text not null,
  error_code text not null,
  description text,
  vendor_id text,
  vendor_error_code text,
  at integer not null,
  charger_at integer,
  primary key (charge_point, evse, connector)
);

create table transactions (
  charge_point text not null,
  local_id text not null,
  version integer not null,
  state text not null default 'suspended',
  evse integer not null default 0,
  connector integer not null default 0,
  token text,
  token_key text,
  verdict text,
  heard_at integer not null,            -- when we first learnt of it
  started_at integer,
  ended_at integer,
  meter_start_wh integer,
  meter_stop_wh integer,
  meter_highest_wh integer,
  delivered_wh integer,
  stop_reason text,
  stopped_by text,
  token_has_place integer not null default 0,
  untold_charge_point integer not null default 0,
  untold_token integer not null default 0,
  primary key (charge_point, local_id)
);
create index transactions_started on transactions (started_at, charge_point, local_id);
create index transactions_token on transactions (token_key, started_at);
create index transactions_of on transactions (charge_point, started_at);
create index transactions_running on transactions (charge_point) where state = 'running';

create table samples (
  charge_point text not null,
  local_id text not null,
  sequence_number integer not null,
  part integer not null,
  at integer not null,
  arrived_at integer not null,
  register_wh integer,
  readings text not null,
  of_suspended_stop integer not null,      -- goes away when the transaction begins: its end tells them again
  primary key (charge_point, local_id, at, sequence_number, part)
);

create table annotations (
  charge_point text not null,
  local_id text not null,
  sequence_number integer not null,
  code text not null,
  detail text not null,
  at integer not null,
  primary key (charge_point, local_id, sequence_number)
);

-- Payloads as they came: of messages that could not be read in full, or that fit no transaction.
create table evidence (
  persistence_id text not null,
  sequence_number integer not null,
  charge_point text not null,
  local_id text,
  what text not null,
  why text,
  frame text not null,
  at integer not null,
  primary key (persistence_id, sequence_number)
);
create index evidence_of on evidence (charge_point, local_id, at);

create table tokens (
  id text primary key,
  version integer not null,
  status text not null,
  expires_at integer,
  parent text,
  driver text,
  max_concurrent integer,
  changed_at integer not null,
  changed_by text not null
);

create table commands (
  id text primary key,
  charge_point text not null,
  version integer not null,
  action text not null,
  state text not null,
  request text not null,
  response text,
  error_code text,
  error_description text,
  late integer not null default 0,
  requested_by text not null,
  patience_seconds integer not null,
  created_at integer not null,
  queue_until integer,
  sent_at integer,
  finished_at integer
);
create index commands_created on commands (created_at, id);
create index commands_of on commands (charge_point, created_at, id);

create table due (
  entity text not null,
  reason text not null,
  at integer not null,
  primary key (entity, reason)
);
create index due_at on due (at);

create table changes (
  id integer primary key,               -- given by the projector: commit order, no gaps
  type text not null,
  charge_point text,
  body text not null,
  at integer not null
);

-- Below: written at the doors, not from the journal. A rebuild leaves them alone.

create table credentials (
  charge_point text primary key,
  security_profile integer not null,
  kind integer not null,
  salt blob not null,
  hash blob not null,
  version integer not null,
  retired integer not null,
  changed_at integer not null
);

create table last_seen (
  charge_point text primary key,
  at integer not null
);

create table messages (
  number integer primary key autoincrement,
  charge_point text not null,
  epoch integer not null,
  direction integer not null,
  action text,
  frame text not null,
  truncated integer not null,
  at integer not null
);
create index messages_of on messages (charge_point, number);

create table connection_attempts (
  number integer primary key autoincrement,
  identity text not null,
  remote_address text not null,
  code text not null,
  reason text not null,
  offered text,
  http_status integer not null,
  at integer not null
);
create index connection_attempts_of on connection_attempts (identity, number);

create table station_readings (
  number integer primary key autoincrement,
  charge_point text not null,
  evse integer not null,
  connector integer not null,
  at integer not null,
  arrived_at integer not null,
  readings text not null
);
create index station_readings_of on station_readings (charge_point, number);
