-- A number that differs whenever what lists show has changed: answers that cost much are kept by it. Each connection counts
-- in a row of its own, so that nobody waits for another; their sum tells one committed state from the next.
create table platform.data_change (
  slot integer primary key,
  count bigint not null
);
comment on table platform.data_change is 'How often plans, bodies, units, sight or files were written to, by slot of the connection that did; their sum names the state of the data.';
grant select on platform.data_change to mangnon_app;

create function platform.note_change() returns trigger language plpgsql security definer set search_path = pg_catalog as $$ begin
    insert into platform.data_change as c (slot, count) values (pg_backend_pid() % 256, 1)
      on conflict (slot) do update set count = c.count + 1;
    return null;
  end $$;
comment on function platform.note_change is 'Counts one statement that wrote, within its own transaction: the count stands or falls with what it counts.';
revoke execute on function platform.note_change from public;

do $$
declare
  target regclass;
begin
  for target in select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and (n.nspname in ('plans', 'agencies', 'territory') or c.oid in ('platform.reach'::regclass, 'platform.stored_file'::regclass))
      and c.relname <> 'node_words'
  loop
    execute format('create trigger %I after insert or update or delete or truncate on %s for each statement execute function platform.note_change()',
      (select relname from pg_class where oid = target) || '_change', target);
  end loop;
end $$;
