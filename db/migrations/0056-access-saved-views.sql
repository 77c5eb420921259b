-- Views of lists that people keep: for themselves, for the people of their body, or for everybody.
create table access.saved_view (
  id uuid primary key,
  list text not null,
  name text not null check (length(name) between 1 and 80),
  person_id uuid not null references access.person (id),
  agency_id uuid,
  audience text not null check (audience in ('private', 'body', 'everybody')),
  filter jsonb not null,
  columns jsonb,
  sort_order text,
  presentation text,
  changed_at timestamptz not null,
  version integer not null default 1,
  check (audience <> 'body' or agency_id is not null)
);
create index saved_view_list on access.saved_view (list, audience);
create index saved_view_person on access.saved_view (person_id, list);
comment on table access.saved_view is 'A named filter with columns, order and presentation of a list. It holds what is asked, never what is answered: everyone sees through it what lies within his own reach.';
comment on column access.saved_view.agency_id is 'The body its maker acted for: whom audience body means.';

create table access.default_view (
  person_id uuid not null references access.person (id),
  list text not null,
  view_id uuid not null references access.saved_view (id) on delete cascade,
  primary key (person_id, list)
);
create index default_view_view on access.default_view (view_id);
comment on table access.default_view is 'The view with which a list opens for a person.';

do $$ declare name text; begin
  foreach name in array array['saved_view', 'default_view'] loop
    execute format('alter table access.%I enable row level security', name);
    execute format('alter table access.%I force row level security', name);
  end loop;
end $$;
create policy saved_view_read on access.saved_view for select using (platform.everywhere() or person_id = platform.person()
  or audience = 'everybody' or (audience = 'body' and agency_id = platform.agency()));
create policy saved_view_append on access.saved_view for insert
  with check (person_id = platform.person() and agency_id is not distinct from platform.agency());
create policy saved_view_change on access.saved_view for update using (person_id = platform.person());
create policy saved_view_delete on access.saved_view for delete using (person_id = platform.person());
create policy default_view_own on access.default_view for select using (platform.everywhere() or person_id = platform.person());
create policy default_view_append on access.default_view for insert with check (person_id = platform.person()
  and exists (select 1 from access.saved_view v where v.id = view_id and v.list = default_view.list));
create policy default_view_delete on access.default_view for delete using (person_id = platform.person());
grant select, insert, update (name, audience, filter, columns, sort_order, presentation, changed_at, version), delete on access.saved_view to mangnon_app;
grant select, insert, delete on access.default_view to mangnon_app;
