-- What happened at chargers' components, or was seen by a monitor.
create table station_events (
  charge_point text not null,
  sequence_number bigint not null,
  part bigint not null,
  number bigint not null,            -- the charger's own
  variable_key text not null,
  value text not null,
  trigger_word text not null,
  notification text,
  cause bigint,
  cleared boolean not null,
  monitor text,
  severity bigint,                   -- 0 (danger) to 9 (debug); by its monitor when the charger does not say
  transaction_id text,
  tech_code text,
  tech_info text,
  charger_at bigint not null,
  at bigint not null,
  primary key (charge_point, sequence_number, part)
);
