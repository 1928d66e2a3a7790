-- Vendors' messages, either way.
create table data_transfers (
  charge_point text not null,
  number integer not null,              -- of the event
  from_charger boolean not null,
  vendor_id text not null,
  message_id text,
  data text,
  truncated boolean not null,
  status text not null,
  answer text,                         -- the data of the answer
  request_id text,         -- of the command that sent it; null when it came from the charger
  at integer not null,
  primary key (charge_point, number)
);

-- What is agreed with vendors. No projection: operators write it, gateways read it, and a rebuild leaves it alone.
create table data_transfer_vendors (
  key text primary key,    -- the id without case
  vendor_id text not null,
  message_ids text not null,           -- JSON; empty for any
  accepts boolean not null,
  response_data text,
  changed_at integer not null,
  changed_by text not null
);
