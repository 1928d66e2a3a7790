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
  version      text not null, -- of its messages: major.minor, and perhaps more behind that
  -- joining: is looking for a cluster; founding: is the cluster, from this commit on; up; leaving
  status       text not null check (status in ('joining', 'founding', 'up', 'leaving')),
  started_at   timestamptz not null default now(),
  heartbeat_at timestamptz not null default now()
);

-- What each member holds, written by itself every 2 s: for whoever moves chargers between members.
create table if not exists cluster_holding (
  address     text primary key,
  incarnation bigint not null,
  roles       text not null,
  version     text not null,
  sockets     int not null,
  charging    int not null, -- those of them whose charger has a running transaction
  at          timestamptz not null default now()
);

-- The members that an operator has drained. Not a column of cluster_member: a member takes its row there back when it
-- leaves, and the wish must outlive that.
create table if not exists cluster_drain (
  address  text primary key,
  rate     int not null check (rate > 0), -- sockets closed per second
  leave    boolean not null,              -- the member shall leave when it holds no socket
  asked_by text not null,
  asked_at timestamptz not null default now(),
  seen_at  timestamptz not null default now() -- when a member of that address last read it
);

-- Sockets that a member holds more than its share. The row goes when the member begins to close them.
create table if not exists cluster_surplus (
  address     text primary key,
  incarnation bigint not null,
  sockets     int not null check (sockets > 0),
  rate        int not null check (rate > 0),
  asked_by    text not null,
  asked_at    timestamptz not null default now()
);

-- Who takes itself for the leader, and of whom; written every 5 s. Two that have no member in common are a split.
create table if not exists cluster_leader (
  address    text primary key,
  cluster_id uuid not null,
  members    text[] not null,
  at         timestamptz not null default now()
);
