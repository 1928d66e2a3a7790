-- Every transaction that begins asks for these, and there are next to none.
create index samples_of_suspended_stops on samples (charge_point, local_id) where of_suspended_stop;
