-- Every sending of a progress update and every judgement of it is kept for good: what was returned can be read beside
-- what came after it. The application only adds; rows follow a succession by their foreign keys.
alter table plans.progress add unique (id, occurrence_id, plan_id, agency_id, owner_id);

create table plans.progress_version (
  id uuid primary key,
  progress_id uuid not null,
  occurrence_id uuid not null,
  plan_id uuid not null,
  agency_id uuid not null,
  owner_id uuid not null,
  ordinal integer not null check (ordinal > 0),
  status text check (status in ('not-started', 'in-progress', 'blocked', 'completed')),
  narrative text,
  evidence_note text,
  file_ids uuid[] not null,
  person_id uuid not null,
  submitted_by uuid not null,
  submitted_at timestamptz not null,
  unique (progress_id, ordinal),
  unique (id, progress_id, agency_id, owner_id),
  check ((status is null) = (narrative is null)),
  foreign key (progress_id, occurrence_id, plan_id, agency_id, owner_id)
    references plans.progress (id, occurrence_id, plan_id, agency_id, owner_id) on update cascade
);
create index progress_version_occurrence on plans.progress_version (occurrence_id, submitted_at desc);
comment on table plans.progress_version is 'A progress update as it was sent, once for each sending; never changed.';
comment on column plans.progress_version.narrative is 'Null: sent before sendings were kept and corrected in place since; its words are lost.';
comment on column plans.progress_version.file_ids is 'Files of evidence that lay under the update when it was sent.';

create table plans.progress_check (
  progress_version_id uuid primary key,
  progress_id uuid not null,
  agency_id uuid not null,
  owner_id uuid not null,
  decision text not null check (decision in ('returned', 'accepted')),
  reason text,
  person_id uuid not null,
  checked_at timestamptz not null,
  check ((decision = 'returned') = (reason is not null)),
  foreign key (progress_version_id, progress_id, agency_id, owner_id)
    references plans.progress_version (id, progress_id, agency_id, owner_id) on update cascade
);
comment on table plans.progress_check is 'How one sending was judged: returned with a reason, or accepted; once, never changed.';

do $$ declare name text; begin
  foreach name in array array['progress_version', 'progress_check'] loop
    execute format('alter table plans.%I enable row level security', name);
    execute format('alter table plans.%I force row level security', name);
    execute format('create policy %I on plans.%I for select using (platform.everywhere() or agency_id in (select platform.reached()) or owner_id in (select platform.reached()))', name || '_read', name);
  end loop;
end $$;
create policy progress_version_append on plans.progress_version for insert
  with check (platform.everywhere() or (agency_id = platform.agency() and submitted_by = platform.person()));
create policy progress_check_append on plans.progress_check for insert
  with check (platform.everywhere() or (agency_id <> platform.agency() and person_id = platform.person()
    and (agency_id in (select platform.reached()) or owner_id in (select platform.reached()))));
grant select, insert on plans.progress_version, plans.progress_check to mangnon_app;
