-- The state of the data by part (schema): what lists of bodies and units show stands while work is told of all day. A piece of
-- work of one body is found by due date without walking through everybody's.
alter table platform.data_change add column part text not null default 'plans';
alter table platform.data_change drop constraint data_change_pkey;
alter table platform.data_change add primary key (part, slot);
alter table platform.data_change alter column part drop default;
comment on column platform.data_change.part is 'The schema that was written to.';

create or replace function platform.note_change() returns trigger language plpgsql security definer set search_path = pg_catalog as $$ begin
    insert into platform.data_change as c (part, slot, count) values (TG_TABLE_SCHEMA, pg_backend_pid() % 256, 1)
      on conflict (part, slot) do update set count = c.count + 1;
    return null;
  end $$;

drop index plans.occurrence_agency;
create index occurrence_agency on plans.occurrence (agency_id, due_on, id);
create index progress_owner on plans.progress (owner_id);
