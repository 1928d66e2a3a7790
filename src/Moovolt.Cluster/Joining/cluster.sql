-- How nodes find each other. Run at start by each node, under an advisory lock.

-- One row: which cluster this database belongs to.
create table if not exists cluster_identity (
  only_one   boolean primary key default true check (only_one),
  cluster_id uuid not null default gen_random_uuid(),
  created_at timestamptz not null default now()
);

-- A row per address. All times are the database's, so that no node's clock matters.
create table if not exists cluster_member (
  address      text primary key,
  incarnation  bigint not null,
  roles        text not null,
  version      text not null,
  -- joining: is looking for a cluster; founding: is the cluster, from this commit on; up; leaving
  status       text not null check (status in ('joining', 'founding', 'up', 'leaving')),
  started_at   timestamptz not null default now(),
  heartbeat_at timestamptz not null default now()
);
