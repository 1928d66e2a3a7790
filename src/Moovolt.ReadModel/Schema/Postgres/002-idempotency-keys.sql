-- The keys under which operators' programs send what must be done once. No projection: a rebuild leaves it alone.
create table idempotency_keys (
  operator text collate "C" not null,
  key text collate "C" not null,
  fingerprint text collate "C" not null,             -- of the request: another one under the same key is refused
  seed text collate "C" not null,                    -- what the ids of things made under the key are built from
  created_at bigint not null,
  held_since bigint,                    -- since when somebody is doing it; null when nobody is
  status bigint,                        -- of the answer; null until there is one
  content_type text,
  location text,
  body text,
  primary key (operator, key)
);
create index idempotency_keys_created_at on idempotency_keys (created_at);
