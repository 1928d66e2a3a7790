-- Frames are asked for by charger only, in the order of their numbers: one index serves that, and each frame once.
alter table messages drop constraint messages_pkey;
drop index messages_of;
alter table messages add primary key (charge_point, number);

-- Every transaction that begins asks for these, and there are next to none.
create index samples_of_suspended_stops on samples (charge_point, local_id) where of_suspended_stop;
