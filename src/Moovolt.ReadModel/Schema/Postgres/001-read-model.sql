-- What people look at. Moments are microseconds since 1970 in UTC (bigint): see Storage/Instants.cs.
-- Ids sort by their bytes (collate "C"), as they do on SQLite.
-- Rows that change often find room on their page (fillfactor), and need no new entries in the indexes.

-- How far the projector has read; written in the same transaction as the rows.
create table projection (
  name text primary key,
  xid bigint not null,                 -- of the last journal row that was read; 0 after a restore
  ordering bigint not null,
  last_change bigint not null,         -- the last id that was given in changes
  system_identifier bigint not null    -- transaction ids mean something on this server only
) with (fillfactor = 10);

insert into projection (name, xid, ordering, last_change, system_identifier)
select 'read-model', 0, 0, 0, system_identifier from pg_control_system();

create table charge_points (
  id text collate "C" primary key,
  version bigint not null,
  registered boolean not null default false,
  display_name text,
  security_profile bigint,
  registration text not null default 'accepted',
  unknown_tokens text not null default 'refuse',
  retired boolean not null default false,
  online boolean not null default false,
  epoch bigint not null default 0,
  protocol text,
  since bigint,
  node text,
  incarnation bigint,
  remote_address text,
  close_reason text,
  vendor text,
  model text,
  serial_number text,
  firmware_version text,
  booted_at bigint,
  heard_at bigint
) with (fillfactor = 50);
create index charge_points_online on charge_points (id) where online;

create table connectors (
  charge_point text collate "C" not null,
  evse bigint not null,
  connector bigint not null,
  status text not null,
  error_code text not null,
  description text,
  vendor_id text,
  vendor_error_code text,
  at bigint not null,
  charger_at bigint,
  primary key (charge_point, evse, connector)
) with (fillfactor = 50);

create table transactions (
  charge_point text collate "C" not null,
  local_id text collate "C" not null,
  version bigint not null,
  state text not null default 'suspended',
  evse bigint not null default 0,
  connector bigint not null default 0,
  token text,
  token_key text collate "C",
  verdict text,
  heard_at bigint not null,            -- when we first learnt of it
  started_at bigint,
  ended_at bigint,
  meter_start_wh bigint,
  meter_stop_wh bigint,
  meter_highest_wh bigint,
  delivered_wh bigint,
  stop_reason text,
  stopped_by text,
  token_has_place boolean not null default false,
  untold_charge_point boolean not null default false,
  untold_token boolean not null default false,
  primary key (charge_point, local_id)
) with (fillfactor = 50);
create index transactions_started on transactions (started_at, charge_point, local_id);
create index transactions_token on transactions (token_key, started_at);
create index transactions_of on transactions (charge_point, started_at);
create index transactions_running on transactions (charge_point) where state = 'running';

create table samples (
  charge_point text collate "C" not null,
  local_id text collate "C" not null,
  sequence_number bigint not null,
  part bigint not null,
  at bigint not null,
  arrived_at bigint not null,
  register_wh bigint,
  readings text not null,
  of_suspended_stop boolean not null,      -- goes away when the transaction begins: its end tells them again
  primary key (charge_point, local_id, at, sequence_number, part)
);

create table annotations (
  charge_point text collate "C" not null,
  local_id text collate "C" not null,
  sequence_number bigint not null,
  code text not null,
  detail text not null,
  at bigint not null,
  primary key (charge_point, local_id, sequence_number)
);

-- Payloads as they came: of messages that could not be read in full, or that fit no transaction.
create table evidence (
  persistence_id text collate "C" not null,
  sequence_number bigint not null,
  charge_point text collate "C" not null,
  local_id text collate "C",
  what text not null,
  why text,
  frame text not null,
  at bigint not null,
  primary key (persistence_id, sequence_number)
);
create index evidence_of on evidence (charge_point, local_id, at);

create table tokens (
  id text collate "C" primary key,
  version bigint not null,
  status text not null,
  expires_at bigint,
  parent text,
  driver text,
  max_concurrent bigint,
  changed_at bigint not null,
  changed_by text not null
);

create table commands (
  id text collate "C" primary key,
  charge_point text collate "C" not null,
  version bigint not null,
  action text not null,
  state text not null,
  request text not null,
  response text,
  error_code text,
  error_description text,
  late boolean not null default false,
  requested_by text not null,
  patience_seconds bigint not null,
  created_at bigint not null,
  queue_until bigint,
  sent_at bigint,
  finished_at bigint
) with (fillfactor = 70);
create index commands_created on commands (created_at, id);
create index commands_of on commands (charge_point, created_at, id);

create table due (
  entity text collate "C" not null,
  reason text collate "C" not null,
  at bigint not null,
  primary key (entity, reason)
);
create index due_at on due (at);

create table changes (
  id bigint primary key,               -- given by the projector: commit order, no gaps
  type text not null,
  charge_point text collate "C",
  body text not null,
  at bigint not null
);

-- Below: written at the doors, not from the journal. A rebuild leaves them alone.

create table credentials (
  charge_point text collate "C" primary key,
  security_profile bigint not null,
  kind bigint not null,
  salt bytea not null,
  hash bytea not null,
  version bigint not null,
  retired boolean not null,
  changed_at bigint not null
);

create table last_seen (
  charge_point text collate "C" primary key,
  at bigint not null
);

create table messages (
  number bigint generated always as identity primary key,
  charge_point text collate "C" not null,
  epoch bigint not null,
  direction bigint not null,
  action text,
  frame text not null,
  truncated boolean not null,
  at bigint not null
);
create index messages_of on messages (charge_point, number);

create table connection_attempts (
  number bigint generated always as identity primary key,
  identity text collate "C" not null,
  remote_address text not null,
  code text not null,
  reason text not null,
  offered text,
  http_status bigint not null,
  at bigint not null
);
create index connection_attempts_of on connection_attempts (identity, number);

create table station_readings (
  number bigint generated always as identity primary key,
  charge_point text collate "C" not null,
  evse bigint not null,
  connector bigint not null,
  at bigint not null,
  arrived_at bigint not null,
  readings text not null
);
create index station_readings_of on station_readings (charge_point, number);
