-- Which members hold sessions is asked every two seconds, and what one of them holds when it is gone.
drop index charge_points_online;
create index charge_points_held on charge_points (node, incarnation, id) where online;

-- Lists by state: suspended transactions are few among all, and commands are looked for among all there ever were.
create index transactions_suspended on transactions (heard_at, charge_point, local_id) where state = 'suspended';
create index commands_in_state on commands (state, created_at, id);

-- Security events that matter, or of one kind, among all that chargers have told.
create index security_events_critical on security_events (at, charge_point, sequence_number) where critical;
create index security_events_of_type on security_events (type, at, charge_point, sequence_number);

-- Whose name a certificate would be made out to: asked at each request for one.
create index charge_points_certificate_name on charge_points (certificate_name) where certificate_name is not null;
