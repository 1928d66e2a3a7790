-- What a charger is busy with for a while: a firmware update, an upload. And what it said of it, step by step.
create table station_jobs (
  charge_point text not null,
  kind text not null,
  job_id text not null,    -- the command that asked for it, or unasked-...
  number bigint,
  location text,
  file_name text,
  replaced_older boolean not null default false,
  status text,
  begun_at bigint not null,
  status_at bigint not null,
  ended boolean not null default false,
  primary key (charge_point, kind, job_id)
);
create index station_jobs_begun on station_jobs (charge_point, kind, begun_at, job_id);

create table station_job_steps (
  charge_point text not null,
  kind text not null,
  job_id text not null,
  sequence_number bigint not null,
  status text not null,
  at bigint not null,
  primary key (charge_point, kind, job_id, sequence_number)
);
