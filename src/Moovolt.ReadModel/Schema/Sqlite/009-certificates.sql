-- The certificates that chargers asked for, and the roots that they have installed.
create table certificate_requests (
  charge_point text not null,
  csr_hash text not null,
  csr text not null,
  state text not null,                 -- requested, sent, accepted, rejected, failed
  why text,
  command_id text,         -- the last that carried an answer to the charger
  at bigint not null,
  changed_at bigint not null,
  primary key (charge_point, csr_hash)
);
create index certificate_requests_open on certificate_requests (at) where state = 'requested';
create index certificate_requests_command on certificate_requests (command_id);

create table installed_certificates (
  charge_point text not null,
  certificate_use text not null,
  hash_algorithm text not null,
  issuer_name_hash text not null,
  issuer_key_hash text not null,
  serial_number text not null,
  read_at bigint not null,
  primary key (charge_point, certificate_use, hash_algorithm, issuer_name_hash, issuer_key_hash, serial_number)
);

create table certificate_readings (
  charge_point text not null,
  certificate_use text not null,
  at bigint not null,
  primary key (charge_point, certificate_use)
);
