-- A peer that fails again and again in the same way is one row with a count, and names of known chargers are kept apart.
alter table connection_attempts add column first_at bigint not null default 0;
alter table connection_attempts add column count bigint not null default 0;
alter table connection_attempts add column node text;                             -- that saw the latest one
alter table connection_attempts add column known boolean not null default false;  -- the identity of a charge point

update connection_attempts set count = same.count, first_at = same.first_at
from (
  select max(number) as latest, count(*) as count, min(at) as first_at from connection_attempts
  group by identity, code, remote_address
) same
where connection_attempts.number = same.latest;
delete from connection_attempts where count = 0;
update connection_attempts set known = true
where exists (select 1 from credentials where charge_point = identity)
   or exists (select 1 from charge_points where id = identity);

create unique index connection_attempts_same on connection_attempts (identity, code, remote_address);
drop index connection_attempts_of;
create index connection_attempts_of on connection_attempts (identity, at, number);
create index connection_attempts_latest on connection_attempts (at, number);
create index connection_attempts_of_strangers on connection_attempts (at, number) where not known;
