-- Audit, idempotency, jobs, files, rate limits, and the reach that row-level security asks.
-- Every table here forces row-level security; the application role owns nothing and has only what is granted below.

create function platform.person() returns uuid language sql stable
  as $$ select nullif(current_setting('mangnon.person', true), '')::uuid $$;
create function platform.viewers() returns uuid[] language sql stable
  as $$ select coalesce(nullif(current_setting('mangnon.viewers', true), '')::uuid[], '{}') $$;
create function platform.everywhere() returns boolean language sql stable
  as $$ select coalesce(current_setting('mangnon.everywhere', true), '') = 'yes' $$;
create function platform.agency() returns uuid language sql stable
  as $$ select nullif(current_setting('mangnon.agency', true), '')::uuid $$;

create table platform.reach (
  agency_id uuid not null,
  viewer_id uuid not null,
  primary key (agency_id, viewer_id)
);
create index reach_viewer on platform.reach (viewer_id, agency_id);
comment on table platform.reach is 'Which viewers (an agency or a unit) stand over which agency: itself, its superiors, its successors, the units it lies in. Recomputed after every reform; read by every policy.';

create function platform.sees(agency uuid) returns boolean language sql stable
  as $$ select platform.everywhere() or exists (
    select 1 from platform.reach r where r.agency_id = agency and r.viewer_id = any (platform.viewers())) $$;
comment on function platform.sees(uuid) is 'Whether the actor reaches the agency: the second wall of every table that belongs to one.';
create function platform.stands_under(agency uuid) returns boolean language sql stable
  as $$ select exists (
    select 1 from platform.reach r where r.viewer_id = agency and r.agency_id = platform.agency()) $$;
comment on function platform.stands_under(uuid) is 'Whether the acting agency is one that this agency stands over: issued documents are readable downwards.';

create table platform.audit_entry (
  id uuid primary key,
  sequence bigint generated always as identity unique,
  at timestamptz not null,
  action text not null,
  outcome text not null check (outcome in ('done', 'refused')),
  person_id uuid,
  post_id uuid,
  agency_id uuid,
  record_kind text,
  record_id uuid,
  params jsonb not null default '{}',
  request_id text not null
);
create index audit_entry_record on platform.audit_entry (record_id, sequence desc);
create index audit_entry_person on platform.audit_entry (person_id, sequence desc);
create index audit_entry_at on platform.audit_entry (at desc);
create index audit_entry_agency on platform.audit_entry (agency_id, sequence desc);
comment on table platform.audit_entry is 'What was done or refused, by whom, to which record. Append-only: the application may insert and read.';

create table platform.idempotency_key (
  person_id uuid not null,
  key text not null check (length(key) between 8 and 100),
  route text not null,
  request_hash text not null,
  status integer not null,
  answer jsonb,
  at timestamptz not null,
  primary key (person_id, key)
);
comment on table platform.idempotency_key is 'The answer given to an unsafe request, so that a retry has one effect and the same answer.';

create table platform.job (
  id uuid primary key,
  kind text not null,
  payload jsonb not null,
  state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  done_count integer not null default 0,
  total_count integer,
  problem_code text,
  result jsonb,
  cancel_requested boolean not null default false,
  attempts integer not null default 0,
  person_id uuid not null,
  post_id uuid,
  agency_id uuid,
  heartbeat_at timestamptz,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz
);
create index job_waiting on platform.job (created_at) where state in ('queued', 'running');
create index job_person on platform.job (person_id, created_at desc);
comment on table platform.job is 'Long work, put in the queue in the transaction that asks for it; progress in items; runs with the current rights of its owner.';

create table platform.stored_file (
  id uuid primary key,
  record_kind text not null,
  record_id uuid not null,
  agency_id uuid not null,
  name text not null,
  media_type text not null,
  size bigint not null check (size >= 0),
  sha256 text not null check (length(sha256) = 64),
  person_id uuid not null,
  stored_at timestamptz not null
);
create index stored_file_record on platform.stored_file (record_kind, record_id);
create index stored_file_sha on platform.stored_file (sha256);
comment on table platform.stored_file is 'A file under its record; the bytes lie outside the database by their SHA-256. Reached only through the record.';

create table platform.rate_window (
  key_hash text not null,
  window_start timestamptz not null,
  count integer not null,
  primary key (key_hash, window_start)
);
comment on table platform.rate_window is 'How often a thing was tried in a window; keys are hashes, so no names or addresses are kept.';

create table platform.setting (
  key text primary key,
  value jsonb not null,
  set_at timestamptz not null
);
comment on table platform.setting is 'Facts about this instance: which country was loaded, whether the demonstration was.';

alter table platform.audit_entry enable row level security; alter table platform.audit_entry force row level security;
alter table platform.idempotency_key enable row level security; alter table platform.idempotency_key force row level security;
alter table platform.job enable row level security; alter table platform.job force row level security;
alter table platform.stored_file enable row level security; alter table platform.stored_file force row level security;

-- The reach is asked with exists, not through platform.sees: the planner then looks it up once for a long list.
create policy audit_append on platform.audit_entry for insert with check (true);
create policy audit_read on platform.audit_entry for select
  using (platform.everywhere() or person_id = platform.person() or exists (
    select 1 from platform.reach r where r.agency_id = audit_entry.agency_id and r.viewer_id = any (platform.viewers())));
create policy idempotency_own on platform.idempotency_key using (person_id = platform.person()) with check (person_id = platform.person());
create policy job_reach on platform.job
  using (platform.everywhere() or person_id = platform.person() or exists (
    select 1 from platform.reach r where r.agency_id = job.agency_id and r.viewer_id = any (platform.viewers())))
  with check (person_id = platform.person() or platform.sees(agency_id));
create policy stored_file_reach on platform.stored_file for select
  using (platform.everywhere() or exists (
    select 1 from platform.reach r where r.agency_id = stored_file.agency_id and r.viewer_id = any (platform.viewers())));
create policy stored_file_append on platform.stored_file for insert with check (platform.sees(agency_id));

grant usage on schema platform to mangnon_app;
grant execute on all functions in schema platform to mangnon_app;
grant select, insert on platform.audit_entry, platform.stored_file to mangnon_app;
grant select, insert, update, delete on platform.idempotency_key to mangnon_app;
grant select, insert, update on platform.job, platform.rate_window, platform.setting to mangnon_app;
grant delete on platform.rate_window to mangnon_app;
-- The reach decides what everyone sees: only the owner of the schema writes it, when territory or agencies were loaded.
grant select on platform.reach to mangnon_app;
