-- What was asked of others for a charger (contract certificates, the status of certificates, numbers of companies), and
-- what it was answered. No certificate and no key is here.
create table inquiries (
  charge_point text not null,
  sequence_number integer not null,
  kind text not null,
  subject text not null,
  status text not null,
  answered_by text not null,
  detail text,
  at integer not null,
  primary key (charge_point, sequence_number)
);
