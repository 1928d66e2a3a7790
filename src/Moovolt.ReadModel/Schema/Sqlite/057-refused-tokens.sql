-- Who was refused at a charger before anything began, from the journal. The last hundred tokens of each charger.
create table refused_tokens (
  charge_point text not null,
  token text not null,   -- in upper case
  verdict text not null, -- the latest one
  count integer not null,
  first_at integer not null,
  last_at integer not null,
  primary key (charge_point, token)
);
create index refused_tokens_latest on refused_tokens (charge_point, last_at, token);
