--! breaking
-- The application has only the rights it uses. Facts about the instance are written by whoever loads data, as owner;
-- tries are counted up, and forgotten when old, never set back.
revoke insert, update on platform.setting from mangnon_app;
revoke all on platform.rate_window from mangnon_app;
alter table platform.rate_window enable row level security; alter table platform.rate_window force row level security;
create policy rate_window_owner on platform.rate_window
  using (current_user = (select pg_get_userbyid(relowner) from pg_catalog.pg_class where oid = 'platform.rate_window'::regclass));
create function platform.count_try(key text, since timestamptz) returns integer language sql security definer set search_path = pg_catalog
  as $$ insert into platform.rate_window as w (key_hash, window_start, count) values (key, since, 1)
    on conflict (key_hash, window_start) do update set count = w.count + 1 returning w.count $$;
comment on function platform.count_try(text, timestamptz) is 'Counts one try in a window. @returns how many so far';
create function platform.forget_tries(before timestamptz) returns void language sql security definer set search_path = pg_catalog
  as $$ delete from platform.rate_window where window_start < least(before, now() - interval '1 day') $$;
comment on function platform.forget_tries(timestamptz) is 'Forgets windows that ended long ago, never one of the last day.';
grant execute on function platform.count_try(text, timestamptz), platform.forget_tries(timestamptz) to mangnon_app;
