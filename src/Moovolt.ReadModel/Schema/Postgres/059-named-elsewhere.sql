-- A transaction that a charger named and that never began there: whose it is, is asked when it is looked at.
alter table security_events add column named text collate "C";
alter table transactions add column begin_untold boolean not null default false;   -- its charger told other things of it
create index transactions_by_local_id on transactions (local_id);
