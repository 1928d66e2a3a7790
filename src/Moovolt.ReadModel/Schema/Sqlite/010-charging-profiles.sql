-- Which charging profiles chargers hold, and what they last said they will draw at most.
create table charging_profiles (
  charge_point text not null,
  id integer not null,
  evse integer not null,                -- 0: the whole charge point
  connector integer not null,
  awaited_token text,                  -- waits for the transaction of this token
  body text not null,                  -- the profile in the words of the command that sets one
  request_id text not null,
  at integer not null,
  primary key (charge_point, id)
);

create table composite_schedules (
  charge_point text not null,
  evse integer not null,
  connector integer not null,
  starts_at integer,
  body text not null,                  -- the schedule in the words of the command that sets a profile
  request_id text not null,
  read_at integer not null,
  primary key (charge_point, evse, connector)
);
