-- What chargers that number the steps of a transaction say of how it goes, and with which step they last said so.
alter table transactions add column charging_state text;
alter table transactions add column charging_state_step integer;
