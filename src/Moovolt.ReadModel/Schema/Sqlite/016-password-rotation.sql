-- A password that a charger may hold already: accepted beside the one it replaces until it is known which one it has.
alter table credentials add column pending_rotation text;              -- the command that it belongs to; null: none is pending
alter table credentials add column pending_salt blob;
alter table credentials add column pending_hash blob;                  -- HMAC-SHA-256 under the salt
alter table credentials add column pending_since integer;
alter table credentials add column rotated_by text;                    -- the command that the password came from; null: an operator's
