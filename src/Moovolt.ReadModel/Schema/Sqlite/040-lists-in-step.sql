-- Whether a local list is kept in step with the tokens: nothing, named (those on it) or all (that may charge).
alter table local_lists add column follows text not null default 'nothing';
create index local_lists_following on local_lists (charge_point) where follows <> 'nothing';

-- On whose lists is this token?
create index local_list_entries_of on local_list_entries (folded);
