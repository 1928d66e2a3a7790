-- What happened at chargers' components, or was seen by a monitor.
create table station_events (
  charge_point text collate "C" not null,
  sequence_number bigint not null,
  part bigint not null,
  number bigint not null,            -- the charger's own
  variable_key text collate "C" not null,
  value text collate "C" not null,
  trigger_word text collate "C" not null,
  notification text collate "C",
  cause bigint,
  cleared boolean not null,
  monitor text collate "C",
  severity bigint,                   -- 0 (danger) to 9 (debug); by its monitor when the charger does not say
  transaction_id text collate "C",
  tech_code text collate "C",
  tech_info text collate "C",
  charger_at bigint not null,
  at bigint not null,
  primary key (charge_point, sequence_number, part)
);
