-- A password that a charger may hold already: accepted beside the one it replaces until it is known which one it has.
alter table credentials add column pending_rotation text collate "C";  -- the command that it belongs to; null: none is pending
alter table credentials add column pending_salt bytea;
alter table credentials add column pending_hash bytea;                 -- HMAC-SHA-256 under the salt
alter table credentials add column pending_since bigint;
alter table credentials add column rotated_by text collate "C";        -- the command that the password came from; null: an operator's
