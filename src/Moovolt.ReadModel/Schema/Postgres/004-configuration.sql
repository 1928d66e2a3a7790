-- What chargers told of their configuration. Keys are compared without case: folded is the key in upper case.
create table configuration (
  charge_point text collate "C" not null,
  folded text collate "C" not null,
  key text not null,
  value text,                            -- null when the charger gave none, and always for a secret
  readonly boolean not null,
  truncated boolean not null,
  secret boolean not null,
  reboot_required boolean not null,      -- written, and to hold from the next start on
  written boolean not null,              -- the value is what was written; no read has told it yet
  at bigint not null,                   -- when we last heard of it
  primary key (charge_point, folded)
);

create table configuration_unknown (
  charge_point text collate "C" not null,
  folded text collate "C" not null,
  key text not null,
  at bigint not null,
  primary key (charge_point, folded)
);

create table configuration_reads (
  charge_point text collate "C" primary key,
  at bigint not null
);

create table configuration_changes (
  charge_point text collate "C" not null,
  sequence_number bigint not null,
  part bigint not null,
  key text not null,
  old_value text,
  new_value text,
  how text not null,                     -- read, written, charger
  requested text,                        -- the command behind it
  at bigint not null,
  primary key (charge_point, sequence_number, part)
);

-- Whether an operator wants a connector in service; (0, 0) is the charge point with all of them (OCPP 1.6, 5.2).
create table availability (
  charge_point text collate "C" not null,
  evse bigint not null,
  connector bigint not null,
  operative boolean not null,
  scheduled boolean not null,            -- the charger said that it will, once the transactions are over
  at bigint not null,
  primary key (charge_point, evse, connector)
);
