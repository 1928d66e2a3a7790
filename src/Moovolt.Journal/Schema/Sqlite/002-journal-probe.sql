-- A row per node that is written every little while: whether the journal can store is judged by this.
create table journal_probe (
  node text primary key,
  at bigint not null
);
