-- Who is let in with a certificate that has expired, to get another one: written by the doors.
alter table credentials add column accept_expired integer not null default 0;

-- The same for people, from the journal; and since when the certificate of the last session was over.
alter table charge_points add column accept_expired integer not null default 0;
alter table charge_points add column certificate_expired_at integer;
