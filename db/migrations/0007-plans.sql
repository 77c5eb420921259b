-- Plans as issued documents, their tasks and duties, derivation, progress, urging.
-- agency_id is always the body whose record it is (row-level security); owner_id the body that owns the plan today.
create schema plans;
grant usage on schema plans to mangnon_app;

create table plans.plan (
  id uuid primary key,
  agency_id uuid not null references agencies.agency (id),
  issuer_id uuid not null references agencies.agency (id),
  level text not null check (level in ('central', 'province', 'district', 'commune')),
  title text not null,
  search_key text not null,
  state text not null check (state in ('draft', 'issued', 'replaced', 'annulled')),
  number text,
  issued_on date,
  period_from date,
  period_to date,
  function_code text not null,
  is_invented boolean not null default false,
  import_id uuid,
  created_at timestamptz not null,
  version integer not null default 1
);
create index plan_agency on plans.plan (agency_id);
create index plan_issuer on plans.plan (issuer_id);
create index plan_search on plans.plan using gin (to_tsvector('simple', search_key));
comment on column plans.plan.function_code is 'The function of the State the plan serves: open duties of a dissolved body follow to the successor of this function.';
comment on table plans.plan is 'A plan over all its versions. issuer_id = who issued it, under its name of then; agency_id = who answers for it today.';

create table plans.plan_version (
  id uuid primary key,
  plan_id uuid not null references plans.plan (id),
  agency_id uuid not null,
  ordinal integer not null,
  act text not null check (act in ('original', 'amending', 'correcting', 'replacing', 'annulling')),
  state text not null check (state in ('draft', 'issued')),
  kind text not null,
  number text,
  place text,
  issued_on date,
  title text not null,
  preamble text,
  signature jsonb not null default '{}',
  bases jsonb not null default '[]',
  recipients jsonb not null default '[]',
  prose jsonb not null default '{}',
  reason text,
  saved_by uuid,
  issued_by uuid,
  issued_at timestamptz,
  version integer not null default 1,
  unique (plan_id, ordinal),
  check (state = 'draft' or issued_on is not null)
);
create unique index plan_version_one_draft on plans.plan_version (plan_id) where state = 'draft';
comment on table plans.plan_version is 'One issued document of a plan: the original or one that amends, corrects, replaces or annuls it. Issued = never edited.';

create table plans.parent (
  plan_id uuid not null references plans.plan (id),
  parent_plan_id uuid not null references plans.plan (id),
  agency_id uuid not null,
  primary key (plan_id, parent_plan_id),
  check (plan_id <> parent_plan_id)
);
create index parent_of on plans.parent (parent_plan_id);

create table plans.node (
  id uuid primary key,
  plan_id uuid not null references plans.plan (id),
  agency_id uuid not null
);
create index node_plan on plans.node (plan_id);
comment on table plans.node is 'The identity of a group or task over all versions of its plan: progress hangs on it.';

create table plans.node_version (
  node_id uuid not null references plans.node (id),
  plan_version_id uuid not null references plans.plan_version (id),
  plan_id uuid not null,
  agency_id uuid not null,
  kind text not null check (kind in ('group', 'task')),
  parent_node_id uuid references plans.node (id),
  rank integer not null,
  path text not null,
  text text not null,
  search_key text not null,
  output text,
  funding text,
  time_kind text check (time_kind in ('continuous', 'recurring', 'range', 'by', 'on-event')),
  time_text text,
  time_from date,
  time_to date,
  time_frequency text check (time_frequency in ('day', 'week', 'month', 'quarter', 'half-year', 'year')),
  source jsonb,
  primary key (plan_version_id, node_id),
  check (time_from is null or time_to is null or time_from <= time_to)
);
create index node_version_node on plans.node_version (node_id);
create index node_version_search on plans.node_version using gin (to_tsvector('simple', search_key));
comment on table plans.node_version is 'A group or task as one version of the plan says it; source = place in the document it was read from.';

create table plans.duty (
  id uuid primary key,
  plan_version_id uuid not null references plans.plan_version (id),
  plan_id uuid not null,
  agency_id uuid not null,
  node_id uuid not null references plans.node (id),
  kind text not null check (kind in ('lead', 'support', 'requested', 'advise', 'consolidate')),
  raw text not null,
  addressed_id uuid references agencies.agency (id),
  class_code text,
  rank integer not null default 0
);
create index duty_node on plans.duty (plan_version_id, node_id);
comment on table plans.duty is 'What a body owes in a task, as printed (raw): one body, or a class of bodies, or neither known yet.';

create table plans.duty_body (
  duty_id uuid not null references plans.duty (id),
  addressed_id uuid not null references agencies.agency (id),
  agency_id uuid not null references agencies.agency (id),
  owner_id uuid not null,
  plan_id uuid not null,
  plan_version_id uuid not null,
  node_id uuid not null,
  kind text not null,
  primary key (duty_id, addressed_id, agency_id)
);
create index duty_body_agency on plans.duty_body (agency_id);
create index duty_body_node on plans.duty_body (plan_version_id, node_id);
comment on table plans.duty_body is 'The real bodies behind a duty: addressed_id as of the document''s date, agency_id who holds it today through succession.';

create table plans.audience (
  plan_id uuid not null references plans.plan (id),
  agency_id uuid not null references agencies.agency (id),
  owner_id uuid not null,
  primary key (plan_id, agency_id)
);
create index audience_agency on plans.audience (agency_id);
comment on table plans.audience is 'Bodies that must see an issued plan beside those under its owner: holders of its duties and its recipients.';

create table plans.derivation (
  plan_id uuid not null references plans.plan (id),
  agency_id uuid not null,
  parent_plan_id uuid not null references plans.plan (id),
  parent_node_id uuid not null references plans.node (id),
  kind text not null check (kind in ('taken-over', 'adapted', 'not-applicable')),
  node_id uuid references plans.node (id),
  reason text,
  primary key (plan_id, parent_node_id),
  check ((kind = 'not-applicable') = (node_id is null)),
  check (kind <> 'not-applicable' or length(reason) > 0)
);
create index derivation_parent on plans.derivation (parent_plan_id, parent_node_id);
comment on table plans.derivation is 'What a body did with each task of the plan above: taken over, adapted, or not applicable and why. A local task without a row is added.';

create table plans.programme (
  code text primary key,
  name jsonb not null,
  number text,
  issued_on date
);
create table plans.node_programme (
  node_id uuid not null references plans.node (id),
  plan_id uuid not null,
  agency_id uuid not null,
  programme_code text not null references plans.programme (code),
  primary key (node_id, programme_code)
);
create table plans.node_basis (
  node_id uuid not null references plans.node (id),
  plan_id uuid not null,
  agency_id uuid not null,
  basis text not null,
  primary key (node_id, basis)
);
comment on table plans.node_basis is 'Legal bases a single task answers, beside those of the plan.';

create table plans.occurrence (
  id uuid primary key,
  node_id uuid not null references plans.node (id),
  plan_id uuid not null references plans.plan (id),
  agency_id uuid not null references agencies.agency (id),
  owner_id uuid not null,
  is_requested boolean not null,
  period text not null,
  due_on date,
  done_on date,
  cancelled_on date,
  status text not null default 'not-started' check (status in ('not-started', 'in-progress', 'blocked', 'completed')),
  unique (node_id, agency_id, period)
);
create index occurrence_agency on plans.occurrence (agency_id, due_on);
create index occurrence_plan on plans.occurrence (plan_id);
comment on table plans.occurrence is 'One piece of work one lead body owes once: per period where the work recurs. done_on = the day the first proof that was later accepted was sent.';

create table plans.progress (
  id uuid primary key,
  occurrence_id uuid not null references plans.occurrence (id),
  node_id uuid not null,
  plan_id uuid not null,
  agency_id uuid not null references agencies.agency (id),
  owner_id uuid not null,
  status text not null check (status in ('not-started', 'in-progress', 'blocked', 'completed')),
  narrative text not null,
  evidence_note text,
  state text not null check (state in ('draft', 'submitted', 'returned', 'accepted')),
  person_id uuid not null,
  submitted_at timestamptz,
  checked_by uuid,
  checked_at timestamptz,
  reason text,
  created_at timestamptz not null,
  version integer not null default 1,
  check (state <> 'returned' or length(reason) > 0)
);
create index progress_occurrence on plans.progress (occurrence_id, created_at desc);
create index progress_agency on plans.progress (agency_id, state);
create index progress_state on plans.progress (state) where state = 'submitted';
comment on table plans.progress is 'What a lead body says of its work, with evidence; checked by its superior: returned with a reason or accepted.';

create table plans.urging (
  id uuid primary key,
  agency_id uuid not null references agencies.agency (id),
  plan_id uuid references plans.plan (id),
  text text not null,
  answer_by date,
  person_id uuid not null,
  sent_at timestamptz not null
);
create table plans.urging_addressee (
  urging_id uuid not null references plans.urging (id),
  agency_id uuid not null references agencies.agency (id),
  owner_id uuid not null,
  answer text,
  answered_by uuid,
  answered_at timestamptz,
  version integer not null default 1,
  primary key (urging_id, agency_id)
);
create index urging_addressee_agency on plans.urging_addressee (agency_id);
create table plans.urging_task (
  urging_id uuid not null references plans.urging (id),
  agency_id uuid not null,
  owner_id uuid not null,
  occurrence_id uuid not null references plans.occurrence (id),
  primary key (urging_id, occurrence_id)
);
comment on table plans.urging is 'Đôn đốc: what was sent to which bodies about which late work; each addressee answers for itself.';

create function plans.standing(due_on date, done_on date, is_requested boolean, as_of date) returns text language sql immutable
  as $$ select case
    when is_requested then case when done_on is null then 'requested-open' else 'requested-done' end
    when due_on is null then 'no-due-date'
    when done_on is not null then case when done_on <= due_on then 'done-on-time' else 'done-late' end
    when due_on < as_of then 'overdue' else 'pending-in-time' end $$;
comment on function plans.standing(date, date, boolean, date) is 'Where work stands on a day: the same rule as standingOf in plans/model.ts, compared by a test.';

-- The second wall. Own records, records of bodies within reach, and issued plans downwards and to their audience.
do $$ declare name text; begin
  foreach name in array array['plan','plan_version','parent','node','node_version','duty','duty_body','audience','derivation',
    'node_programme','node_basis','occurrence','progress','urging','urging_addressee','urging_task'] loop
    execute format('alter table plans.%I enable row level security', name);
    execute format('alter table plans.%I force row level security', name);
  end loop;
end $$;

create function platform.reached() returns setof uuid language sql stable rows 100
  as $$ select r.agency_id from platform.reach r where r.viewer_id = any (platform.viewers()) $$;
comment on function platform.reached() is 'All agencies within the actor''s reach, for policies of large tables: evaluated once a statement.';
grant execute on function platform.reached() to mangnon_app;

create policy plan_read on plans.plan for select using (
  platform.everywhere() or agency_id in (select platform.reached())
  or (state <> 'draft' and (platform.stands_under(agency_id)
    or exists (select 1 from plans.audience a where a.plan_id = plan.id and a.agency_id = platform.agency()))));
create policy plan_append on plans.plan for insert with check (platform.everywhere() or agency_id = platform.agency() or platform.sees(agency_id));
create policy plan_change on plans.plan for update using (platform.everywhere() or agency_id = platform.agency());

create policy plan_version_read on plans.plan_version for select using (
  exists (select 1 from plans.plan p where p.id = plan_id)
  and (state = 'issued' or agency_id = platform.agency() or platform.everywhere()));
create policy plan_version_write on plans.plan_version for insert with check (platform.everywhere() or agency_id = platform.agency());
create policy plan_version_change on plans.plan_version for update using (state = 'draft' and (agency_id = platform.agency() or platform.everywhere()))
  with check (agency_id = platform.agency() or platform.everywhere());

do $$ declare name text; begin
  foreach name in array array['node_version', 'duty'] loop
    execute format('create policy %I on plans.%I for select using (exists (select 1 from plans.plan_version v where v.id = plan_version_id))', name || '_read', name);
    execute format('create policy %I on plans.%I for insert with check (platform.everywhere() or agency_id = platform.agency())', name || '_append', name);
    execute format('create policy %I on plans.%I for update using (exists (select 1 from plans.plan_version v where v.id = plan_version_id and v.state = ''draft''))', name || '_change', name);
    execute format('create policy %I on plans.%I for delete using (exists (select 1 from plans.plan_version v where v.id = plan_version_id and v.state = ''draft''))', name || '_delete', name);
  end loop;
  foreach name in array array['node', 'parent', 'derivation', 'node_programme', 'node_basis'] loop
    execute format('create policy %I on plans.%I for select using (exists (select 1 from plans.plan p where p.id = plan_id))', name || '_read', name);
    execute format('create policy %I on plans.%I for insert with check (platform.everywhere() or agency_id = platform.agency())', name || '_append', name);
    execute format('create policy %I on plans.%I for update using (platform.everywhere() or agency_id = platform.agency())', name || '_change', name);
    execute format('create policy %I on plans.%I for delete using (platform.everywhere() or agency_id = platform.agency())', name || '_delete', name);
  end loop;
  foreach name in array array['duty_body', 'audience', 'occurrence', 'urging_addressee', 'urging_task', 'progress'] loop
    execute format('create policy %I on plans.%I for select using (platform.everywhere() or agency_id in (select platform.reached()) or owner_id in (select platform.reached()))', name || '_read', name);
    execute format('create policy %I on plans.%I for insert with check (platform.everywhere() or owner_id = platform.agency() or agency_id = platform.agency())', name || '_append', name);
    execute format('create policy %I on plans.%I for update using (platform.everywhere() or agency_id in (select platform.reached()) or owner_id in (select platform.reached()))', name || '_change', name);
  end loop;
end $$;
create policy duty_body_delete on plans.duty_body for delete using (platform.everywhere() or owner_id = platform.agency());
create policy urging_read on plans.urging for select using (
  platform.everywhere() or agency_id in (select platform.reached())
  or exists (select 1 from plans.urging_addressee a where a.urging_id = urging.id));
create policy urging_append on plans.urging for insert with check (agency_id = platform.agency() or platform.everywhere());

create policy stored_file_of_plan on platform.stored_file for select
  using (record_kind = 'plans.plan-version' and exists (select 1 from plans.plan_version v where v.id = record_id));
create policy stored_file_of_progress on platform.stored_file for select
  using (record_kind = 'plans.progress' and exists (select 1 from plans.progress g where g.id = record_id));

grant select, insert, update on plans.plan, plans.plan_version, plans.derivation, plans.occurrence, plans.progress, plans.urging_addressee to mangnon_app;
grant select, insert on plans.node, plans.urging, plans.urging_task, plans.audience to mangnon_app;
grant select, insert, update, delete on plans.node_version, plans.duty to mangnon_app;
grant select, insert, delete on plans.duty_body, plans.parent, plans.node_programme, plans.node_basis to mangnon_app;
grant delete on plans.derivation to mangnon_app;
grant select on plans.programme to mangnon_app;
grant execute on all functions in schema plans to mangnon_app;
