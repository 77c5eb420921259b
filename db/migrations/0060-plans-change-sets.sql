-- Many records changed at once: who, when, from what, and per record the old value and the new; seen before, undone after.
create table plans.change_set (
  id uuid primary key,
  agency_id uuid not null references agencies.agency (id),
  person_id uuid not null,
  about text not null check (about in ('draft', 'labels', 'progress')),
  source text not null check (source in ('bulk', 'sheet', 'undo')),
  state text not null check (state in ('previewed', 'applied')),
  plan_id uuid references plans.plan (id),
  plan_version_id uuid references plans.plan_version (id),
  undoes uuid references plans.change_set (id),
  file_name text,
  seen_count integer not null,
  refusals jsonb not null default '[]',
  is_sent boolean not null default false,
  made_at timestamptz not null,
  applied_at timestamptz,
  unique (id, agency_id),
  check ((about = 'draft') = (plan_id is not null)),
  check ((source = 'undo') = (undoes is not null)),
  check ((state = 'applied') = (applied_at is not null))
);
create index change_set_agency on plans.change_set (agency_id, made_at desc);
create index change_set_undoes on plans.change_set (undoes) where undoes is not null;
comment on table plans.change_set is 'Changes of many records of one body, looked at first and made in one transaction; an applied one is never changed, undoing it is a set of its own.';
comment on column plans.change_set.seen_count is 'Records or rows of the spreadsheet that were looked at.';
comment on column plans.change_set.refusals is 'Rows that make no change and why, as they were found when the set was made.';

create table plans.change (
  change_set_id uuid not null,
  agency_id uuid not null,
  rank integer not null,
  record_id uuid not null,
  record_name text not null,
  row_number integer,
  field text not null check (field in ('text', 'path', 'output', 'funding', 'time', 'duties', 'programmes', 'bases', 'place', 'node', 'labels', 'progress')),
  was jsonb not null,
  becomes jsonb not null,
  seen_version integer,
  outcome text not null check (outcome in ('waiting', 'done', 'left')),
  reason text,
  primary key (change_set_id, rank),
  foreign key (change_set_id, agency_id) references plans.change_set (id, agency_id),
  check ((outcome = 'left') = (reason is not null))
);
comment on table plans.change is 'One field of one record in a change set. Values are what the field holds, of the kind the field has; JSON null is no value.';
comment on column plans.change.seen_version is 'The version of the record this change was made for; null where the old value itself is the precondition.';
comment on column plans.change.reason is 'Why it was left when the set was applied.';

create table plans.task_label (
  agency_id uuid not null references agencies.agency (id),
  node_id uuid not null references plans.node (id),
  label text not null check (label <> '' and length(label) <= 60),
  primary key (agency_id, node_id, label)
);
create index task_label_node on plans.task_label (node_id);
comment on table plans.task_label is 'Short words a body lays on tasks for itself; nobody else sees them and no document holds them.';

alter table plans.change_set enable row level security; alter table plans.change_set force row level security;
create policy change_set_read on plans.change_set for select using (platform.everywhere() or agency_id = platform.agency());
create policy change_set_append on plans.change_set for insert
  with check (state = 'previewed' and (platform.everywhere() or (agency_id = platform.agency() and person_id = platform.person())));
create policy change_set_apply on plans.change_set for update
  using (state = 'previewed' and (platform.everywhere() or (agency_id = platform.agency() and person_id = platform.person())))
  with check (platform.everywhere() or agency_id = platform.agency());
create policy change_set_forget on plans.change_set for delete
  using (state = 'previewed' and (platform.everywhere() or (agency_id = platform.agency() and person_id = platform.person())));

alter table plans.change enable row level security; alter table plans.change force row level security;
create policy change_read on plans.change for select using (platform.everywhere() or agency_id = platform.agency());
create policy change_append on plans.change for insert
  with check ((platform.everywhere() or agency_id = platform.agency()) and exists (select 1 from plans.change_set s where s.id = change_set_id and s.state = 'previewed'));
create policy change_apply on plans.change for update
  using ((platform.everywhere() or agency_id = platform.agency()) and exists (select 1 from plans.change_set s where s.id = change_set_id and s.state = 'previewed'));
create policy change_forget on plans.change for delete
  using ((platform.everywhere() or agency_id = platform.agency()) and exists (select 1 from plans.change_set s where s.id = change_set_id and s.state = 'previewed'));

alter table plans.task_label enable row level security; alter table plans.task_label force row level security;
create policy task_label_read on plans.task_label for select using (platform.everywhere() or agency_id = platform.agency());
create policy task_label_append on plans.task_label for insert
  with check (platform.everywhere() or (agency_id = platform.agency() and exists (select 1 from plans.node n where n.id = node_id)));
create policy task_label_delete on plans.task_label for delete using (platform.everywhere() or agency_id = platform.agency());

-- What an import began and nobody has sent can be taken away again by undoing the import.
create policy progress_forget on plans.progress for delete
  using (state = 'draft' and submitted_at is null and (platform.everywhere() or agency_id = platform.agency()));

grant select, insert, delete, update (state, refusals, is_sent, applied_at) on plans.change_set to mangnon_app;
grant select, insert, delete, update (outcome, reason) on plans.change to mangnon_app;
grant select, insert, delete on plans.task_label to mangnon_app;
grant delete on plans.progress to mangnon_app;
