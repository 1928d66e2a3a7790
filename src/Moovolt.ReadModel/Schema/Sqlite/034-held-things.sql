-- What chargers hold, or last said, kind by kind: monitors, messages, tariffs, controls, limits from outside.
create table held_things (
  charge_point text not null,
  kind bigint not null,
  evse bigint not null,
  connector bigint not null,
  id text not null,
  grp text,                          -- what it belongs to among its kind
  severity bigint,                   -- of a monitor
  body text not null,                -- a JSON object
  at bigint not null,
  primary key (charge_point, kind, evse, connector, id)
);
create index held_things_named on held_things (charge_point, id);

-- The parts of reports that are not complete: nobody is shown these.
create table held_reported (
  charge_point text not null,
  number bigint not null,
  kind bigint not null,
  evse bigint not null,
  connector bigint not null,
  id text not null,
  grp text,
  severity bigint,
  body text not null,
  at bigint not null,
  primary key (charge_point, number, kind, evse, connector, id)
);
