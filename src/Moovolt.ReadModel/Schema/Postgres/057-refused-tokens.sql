-- Who was refused at a charger before anything began, from the journal. The last hundred tokens of each charger.
create table refused_tokens (
  charge_point text collate "C" not null,
  token text collate "C" not null,   -- in upper case
  verdict text not null,               -- the latest one
  count bigint not null,
  first_at bigint not null,
  last_at bigint not null,
  primary key (charge_point, token)
);
create index refused_tokens_latest on refused_tokens (charge_point, last_at, token);
