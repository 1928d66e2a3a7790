-- Which charging profiles chargers hold, and what they last said they will draw at most.
create table charging_profiles (
  charge_point text collate "C" not null,
  id bigint not null,
  evse bigint not null,                -- 0: the whole charge point
  connector bigint not null,
  awaited_token text,                  -- waits for the transaction of this token
  body text not null,                  -- the profile in the words of the command that sets one
  request_id text collate "C" not null,
  at bigint not null,
  primary key (charge_point, id)
);

create table composite_schedules (
  charge_point text collate "C" not null,
  evse bigint not null,
  connector bigint not null,
  starts_at bigint,
  body text not null,                  -- the schedule in the words of the command that sets a profile
  request_id text collate "C" not null,
  read_at bigint not null,
  primary key (charge_point, evse, connector)
);
