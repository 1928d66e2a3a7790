-- What chargers told of their configuration. Keys are compared without case: folded is the key in upper case.
create table configuration (
  charge_point text not null,
  folded text not null,
  key text not null,
  value text,                            -- null when the charger gave none, and always for a secret
  readonly integer not null,
  truncated integer not null,
  secret integer not null,
  reboot_required integer not null,      -- written, and to hold from the next start on
  written integer not null,              -- the value is what was written; no read has told it yet
  at integer not null,                   -- when we last heard of it
  primary key (charge_point, folded)
);

create table configuration_unknown (
  charge_point text not null,
  folded text not null,
  key text not null,
  at integer not null,
  primary key (charge_point, folded)
);

create table configuration_reads (
  charge_point text primary key,
  at integer not null
);

create table configuration_changes (
  charge_point text not null,
  sequence_number integer not null,
  part integer not null,
  key text not null,
  old_value text,
  new_value text,
  how text not null,                     -- read, written, charger
  requested text,                        -- the command behind it
  at integer not null,
  primary key (charge_point, sequence_number, part)
);

-- Whether an operator wants a connector in service; (0, 0) is the charge point with all of them (OCPP 1.6, 5.2).
create table availability (
  charge_point text not null,
  evse integer not null,
  connector integer not null,
  operative integer not null,
  scheduled integer not null,            -- the charger said that it will, once the transactions are over
  at integer not null,
  primary key (charge_point, evse, connector)
);
