-- The certificates that were sent to chargers, whoever signed them.
create table issued_certificates (
  charge_point text collate "C" not null,
  fingerprint text collate "C" not null,       -- SHA-256 of it in DER, in hex
  csr_hash text collate "C" not null,
  serial_number text not null,
  subject text not null,
  issuer text not null,
  not_before bigint not null,
  not_after bigint not null,
  state text not null,                 -- sent, accepted, rejected, failed
  command_id text collate "C" not null,         -- the last that carried it
  at bigint not null,
  primary key (charge_point, fingerprint)
);
create index issued_certificates_command on issued_certificates (command_id);
create index charge_points_serial on charge_points (serial_number);
