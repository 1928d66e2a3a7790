-- Nodes of the release before write each attempt as a row of its own, without a count: beside ours, which are counted.
drop index connection_attempts_same;
create unique index connection_attempts_same on connection_attempts (identity, code, remote_address) where count > 0;
