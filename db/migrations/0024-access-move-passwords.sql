-- Passwords kept so far move to their own table; when each was set is not known, so the account's beginning stands.
select set_config('mangnon.everywhere', 'yes', true);
insert into access.password (person_id, hash, set_at)
  select id, password_hash, created_at from access.person where password_hash is not null;
update access.person set has_joined = true where password_hash is not null;
