-- The tokens that a charger may judge by itself, as far as it has accepted them (OCPP 1.6, 3.5.2).
create table local_lists (
  charge_point text collate "C" primary key,
  version bigint,                        -- that it is believed to hold; -1 when it says that it can have none
  in_step boolean not null,              -- it is believed to hold what it shall
  sent_at bigint                         -- when it last accepted something
);

create table local_list_entries (
  charge_point text collate "C" not null,
  folded text collate "C" not null,      -- the token in upper case
  token text not null,
  status text not null,
  expires_at bigint,
  parent text,
  primary key (charge_point, folded)
);
