-- Whether an operator said the security profile. Nobody knows of a 0 that is there already: it counts as never said,
-- for a charger with a password is let in nowhere at it.
alter table credentials add column profile_said boolean not null default false;
update credentials set profile_said = true where security_profile > 0;
