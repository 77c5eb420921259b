-- Reforms of units and bodies decided in the country itself: a dated draft, two persons, applied on its day by the owner.
create table agencies.reform (
  id uuid primary key,
  agency_id uuid not null references agencies.agency (id),
  title text not null check (title <> ''),
  legal_basis text not null check (legal_basis <> ''),
  on_date date not null,
  state text not null check (state in ('draft', 'submitted', 'scheduled', 'applied', 'blocked', 'discarded')),
  unit_changes jsonb not null,
  body_changes jsonb not null,
  reason text,
  drafted_by uuid not null,
  saved_by uuid not null,
  updated_at timestamptz not null,
  submitted_by uuid,
  submitted_at timestamptz,
  approved_by uuid,
  approved_at timestamptz,
  applied_at timestamptz,
  applied_rank integer unique,
  version integer not null default 1,
  check (state not in ('submitted', 'scheduled', 'applied', 'blocked') or submitted_by is not null),
  check (state not in ('scheduled', 'applied', 'blocked') or (approved_by is not null and approved_by <> submitted_by and approved_by <> saved_by)),
  check ((state = 'applied') = (applied_at is not null and applied_rank is not null))
);
create index reform_due on agencies.reform (on_date) where state = 'scheduled';
create index reform_agency on agencies.reform (agency_id);
comment on table agencies.reform is 'Changes of units and bodies from a day on. The changes are kept as decided, by keys: the tables of units and bodies are what the country''s data and the applied reforms, in order of applied_rank, give.';
comment on column agencies.reform.reason is 'Why it was returned, or what stood against it on its day.';

alter table agencies.reform enable row level security; alter table agencies.reform force row level security;
create policy reform_reach on agencies.reform for select using (platform.everywhere() or platform.sees(agency_id));
create policy reform_append on agencies.reform for insert
  with check (state = 'draft' and (platform.everywhere() or (platform.sees(agency_id) and drafted_by = platform.person())));
create policy reform_change on agencies.reform for update
  using (platform.everywhere() or platform.sees(agency_id))
  with check (platform.everywhere() or (platform.sees(agency_id) and state <> 'applied'));

create function agencies.keep_reform() returns trigger language plpgsql
  as $$ begin
    raise exception 'a reform that was applied or discarded is never changed; a later one corrects it' using errcode = 'restrict_violation';
  end $$;
create trigger reform_kept before update or delete on agencies.reform for each row when (old.state in ('applied', 'discarded')) execute function agencies.keep_reform();
comment on function agencies.keep_reform() is 'Applied reforms stand as they were decided.';

grant select, insert on agencies.reform to mangnon_app;
grant update (title, legal_basis, on_date, state, unit_changes, body_changes, reason, saved_by, updated_at, submitted_by, submitted_at, approved_by, approved_at, version)
  on agencies.reform to mangnon_app;
