-- The ground: one schema per module, one role for the application.
--
-- The server connects as a login role that is a member of mangnon_app, owns nothing and cannot bypass row security.
-- mangnon_app may do nothing but what a migration grants it, table by table:
--
--   grant usage on schema plans to mangnon_app;
--   grant select, insert, update on plans.task to mangnon_app;        -- an editable table
--   grant select, insert on audit.entry to mangnon_app;               -- append-only
--
-- Roles belong to the whole server, so the start makes them before it migrates (src/platform/database/roles.ts).
do $$
begin
  if not exists (select from pg_roles where rolname = 'mangnon_app' and not rolcanlogin and not rolsuper and not rolbypassrls) then
    raise exception 'The group role mangnon_app is missing, or it can log in, or it has too many rights';
  end if;
end
$$;

create schema if not exists platform;
comment on schema platform is 'Ground of every module: migrations, settings of the instance, audit, jobs, files.';
grant usage on schema platform to mangnon_app;
grant select on platform.migration to mangnon_app;

-- Nothing is created in the schema everyone may see, and a function is run only by whom it is granted to.
revoke all on schema public from public;
alter default privileges revoke execute on functions from public;
