-- The certificates that were sent to chargers, whoever signed them.
create table issued_certificates (
  charge_point text not null,
  fingerprint text not null,       -- SHA-256 of it in DER, in hex
  csr_hash text not null,
  serial_number text not null,
  subject text not null,
  issuer text not null,
  not_before integer not null,
  not_after integer not null,
  state text not null,                 -- sent, accepted, rejected, failed
  command_id text not null,         -- the last that carried it
  at integer not null,
  primary key (charge_point, fingerprint)
);
create index issued_certificates_command on issued_certificates (command_id);
create index charge_points_serial on charge_points (serial_number);
