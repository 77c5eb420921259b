-- Periodic reporting: regimes and their forms, rounds, obligations, reports with immutable submissions, what happened to them, obstacles.
create schema reporting;
grant usage on schema reporting to mangnon_app;

create table reporting.regime (
  id uuid primary key,
  agency_id uuid not null references agencies.agency (id),
  code text not null unique,
  state text not null check (state in ('draft', 'in-force', 'ended')),
  made_by uuid not null,
  made_at timestamptz not null,
  version integer not null default 1
);
create index regime_agency on reporting.regime (agency_id);
comment on table reporting.regime is 'A reporting regime: who owes which report when (Decree 09/2019/NĐ-CP); what it says stands in its versions.';
comment on column reporting.regime.agency_id is 'The body that set it, and that consolidates at the end.';

create table reporting.regime_version (
  regime_id uuid not null references reporting.regime (id),
  number integer not null check (number > 0),
  definition jsonb not null,
  effective_from date not null,
  state text not null check (state in ('draft', 'issued')),
  saved_by uuid not null,
  saved_at timestamptz not null,
  issued_by uuid,
  issued_at timestamptz,
  version integer not null default 1,
  primary key (regime_id, number),
  check ((state = 'issued') = (issued_by is not null) and (issued_by is null) = (issued_at is null))
);
create unique index regime_version_draft on reporting.regime_version (regime_id) where state = 'draft';
comment on table reporting.regime_version is 'What a regime says from a day on; an issued one never changes. Definition: RegimeDefinition, checked when read.';

create table reporting.form (
  id uuid primary key,
  regime_id uuid not null references reporting.regime (id),
  number integer not null check (number > 0),
  definition jsonb not null,
  state text not null check (state in ('draft', 'issued')),
  saved_by uuid not null,
  saved_at timestamptz not null,
  issued_by uuid,
  issued_at timestamptz,
  version integer not null default 1,
  unique (regime_id, number),
  check ((state = 'issued') = (issued_by is not null) and (issued_by is null) = (issued_at is null))
);
create unique index form_draft on reporting.form (regime_id) where state = 'draft';
comment on table reporting.form is 'Sections of the reports of a regime; an issued one never changes. Definition: FormDefinition, checked when read.';

create table reporting.round (
  id uuid primary key,
  regime_id uuid not null references reporting.regime (id),
  regime_number integer not null,
  form_id uuid not null references reporting.form (id),
  agency_id uuid not null references agencies.agency (id),
  period text not null,
  period_from date not null,
  period_to date not null,
  cut_off_on date not null,
  owed_on date not null,
  dates jsonb not null,
  state text not null check (state in ('open', 'closed')),
  opened_by uuid not null,
  opened_at timestamptz not null,
  version integer not null default 1,
  foreign key (regime_id, regime_number) references reporting.regime_version (regime_id, number),
  unique (regime_id, period),
  check (period_from < period_to)
);
create index round_agency on reporting.round (agency_id);
comment on table reporting.round is 'One period of a regime, with the version and the form it was opened with.';
comment on column reporting.round.period_to is 'The first day after it.';
comment on column reporting.round.owed_on is 'The day on whose units and mandates it was worked out who owes.';
comment on column reporting.round.dates is 'RoundDates: due day per tier, lock, as the version gave them.';

create table reporting.obligation (
  id uuid primary key,
  round_id uuid not null references reporting.round (id),
  agency_id uuid not null references agencies.agency (id),
  addressed_id uuid not null references agencies.agency (id),
  unit_id uuid not null references territory.unit (id),
  tier text not null,
  receiver_id uuid references agencies.agency (id),
  parent_id uuid references reporting.obligation (id),
  above uuid[] not null default '{}',
  owner_id uuid not null references agencies.agency (id),
  due_on date not null,
  is_requested boolean not null,
  state text not null check (state in ('owed', 'exempt', 'merged', 'withdrawn')),
  reason text,
  merged_into_id uuid references reporting.obligation (id),
  version integer not null default 1,
  unique (round_id, addressed_id, tier),
  check ((state = 'merged') = (merged_into_id is not null)),
  check (state = 'owed' or reason <> ''),
  check (parent_id <> id and merged_into_id <> id)
);
create index obligation_agency on reporting.obligation (agency_id, state);
create index obligation_receiver on reporting.obligation (receiver_id);
create index obligation_parent on reporting.obligation (parent_id);
create index obligation_round on reporting.obligation (round_id, tier, state);
create index obligation_above on reporting.obligation using gin (above);
comment on table reporting.obligation is 'That a body owes one report of a round.';
comment on column reporting.obligation.agency_id is 'Who holds it today; addressed_id: who owed it when the round was worked out.';
comment on column reporting.obligation.parent_id is 'The obligation in whose report this one is consolidated; null at the top.';
comment on column reporting.obligation.above is 'All receivers up the chain, the nearest first.';
comment on column reporting.obligation.owner_id is 'The body whose regime it is.';
comment on column reporting.obligation.is_requested is 'The executive cannot order it (courts, unions): never called overdue.';

create table reporting.obligation_change (
  id uuid primary key,
  obligation_id uuid not null references reporting.obligation (id),
  agency_id uuid not null references agencies.agency (id),
  kind text not null check (kind in ('extended', 'exempted', 'restored', 'merged', 'withdrawn', 'passed')),
  due_on date,
  reason text not null check (reason <> ''),
  by_agency_id uuid,
  changed_by uuid not null,
  changed_at timestamptz not null,
  check ((kind = 'extended') = (due_on is not null))
);
create index obligation_change_of on reporting.obligation_change (obligation_id, changed_at);
comment on table reporting.obligation_change is 'Why an obligation is not as it was worked out; never changed.';
comment on column reporting.obligation_change.agency_id is 'The body that held the obligation then.';

create table reporting.delegation (
  id uuid primary key,
  agency_id uuid not null references agencies.agency (id),
  from_person uuid not null,
  to_person uuid not null,
  regime_id uuid references reporting.regime (id),
  order_number text not null check (order_number <> ''),
  order_on date not null,
  valid_from date not null,
  valid_to date,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  check (from_person <> to_person),
  check (valid_to is null or valid_from < valid_to),
  check ((ended_by is null) = (ended_at is null))
);
create index delegation_agency on reporting.delegation (agency_id) where ended_at is null;
comment on table reporting.delegation is 'That a person may sign reports for the head of a body, by an order; regime null: all.';

create table reporting.report (
  id uuid primary key,
  obligation_id uuid not null unique references reporting.obligation (id),
  agency_id uuid not null references agencies.agency (id),
  state text not null check (state in ('draft', 'submitted', 'in-review', 'returned', 'accepted', 'approved', 'locked', 'reopened')),
  number integer not null default 0 check (number >= 0),
  accepted_number integer check (accepted_number <= number),
  is_nil boolean not null default false,
  open_lines text[],
  due_on date,
  first_submitted_at timestamptz,
  accepted_at timestamptz,
  reopened_until date,
  version integer not null default 1,
  check ((state = 'draft') <= (number = 0))
);
create index report_agency on reporting.report (agency_id, state);
comment on table reporting.report is 'The report that fulfils an obligation, as it stands; what it said stands in its submissions.';
comment on column reporting.report.number is 'The newest submission; 0: none yet.';
comment on column reporting.report.open_lines is 'section/line that may be changed after a return or a reopening; null: all.';
comment on column reporting.report.due_on is 'A new due day given with a return; null: that of the obligation.';

create table reporting.draft_section (
  report_id uuid not null references reporting.report (id),
  section text not null,
  agency_id uuid not null references agencies.agency (id),
  content jsonb not null,
  saved_by uuid not null,
  saved_at timestamptz not null,
  version integer not null default 1,
  primary key (report_id, section)
);
comment on table reporting.draft_section is 'What is being written, by section; seen by its own body alone. Content: SectionContent.';

create table reporting.submission (
  report_id uuid not null references reporting.report (id),
  number integer not null check (number > 0),
  agency_id uuid not null references agencies.agency (id),
  kind text not null check (kind in ('first', 'again', 'amended')),
  is_nil boolean not null,
  content jsonb not null,
  digest text not null,
  form_id uuid not null references reporting.form (id),
  signed_by uuid not null,
  signed_as text not null,
  delegation_id uuid references reporting.delegation (id),
  submitted_by uuid not null,
  submitted_at timestamptz not null,
  primary key (report_id, number)
);
comment on table reporting.submission is 'A report as it was signed and sent; never changed. Content: ReportContent; digest: SHA-256 of it in canonical JSON.';

create table reporting.step (
  id uuid primary key,
  report_id uuid not null references reporting.report (id),
  number integer not null,
  agency_id uuid not null references agencies.agency (id),
  kind text not null check (kind in ('submitted', 'withdrawn', 'review-begun', 'returned', 'accepted', 'consolidated', 'approved', 'locked', 'reopened', 'reopening-ended')),
  lines jsonb,
  reason text,
  due_on date,
  order_number text,
  order_on date,
  until_on date,
  by_agency_id uuid,
  taken_by uuid not null,
  taken_at timestamptz not null,
  check (kind <> 'returned' or (lines is not null and due_on is not null)),
  check (kind <> 'reopened' or (order_number <> '' and order_on is not null and reason <> '' and until_on is not null))
);
create index step_report on reporting.step (report_id, taken_at);
create index step_kind on reporting.step (kind, taken_at);
comment on table reporting.step is 'What happened to a report; never changed.';
comment on column reporting.step.lines is 'Of a return: [{line, reason}]; of a reopening: the lines opened, null all.';

create table reporting.seen (
  report_id uuid not null,
  number integer not null,
  person_id uuid not null,
  agency_id uuid not null references agencies.agency (id),
  by_agency_id uuid,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (report_id, number, person_id),
  foreign key (report_id, number) references reporting.submission (report_id, number)
);
comment on table reporting.seen is 'Who of the receiving side opened a submission, first and last.';

create table reporting.line_mark (
  report_id uuid not null,
  number integer not null,
  line text not null,
  agency_id uuid not null references agencies.agency (id),
  reason text not null check (reason <> ''),
  by_agency_id uuid,
  marked_by uuid not null,
  marked_at timestamptz not null,
  primary key (report_id, number, line),
  foreign key (report_id, number) references reporting.submission (report_id, number)
);
comment on table reporting.line_mark is 'A line a reviewer marked to be returned, until the report is returned or accepted.';

create table reporting.obstacle (
  id uuid primary key,
  agency_id uuid not null references agencies.agency (id),
  report_id uuid references reporting.report (id),
  theme text not null,
  words text not null check (words <> ''),
  proposal text,
  routed_to_id uuid not null references agencies.agency (id),
  answer_due_on date not null,
  state text not null check (state in ('raised', 'answered', 'closed')),
  raised_by uuid not null,
  raised_at timestamptz not null,
  version integer not null default 1
);
create index obstacle_agency on reporting.obstacle (agency_id, state);
create index obstacle_routed on reporting.obstacle (routed_to_id, state, answer_due_on);
comment on table reporting.obstacle is 'What stands in the way of work (khó khăn, vướng mắc), raised by a body, with the body that is to resolve it.';

create table reporting.obstacle_step (
  id uuid primary key,
  obstacle_id uuid not null references reporting.obstacle (id),
  agency_id uuid not null references agencies.agency (id),
  kind text not null check (kind in ('raised', 'passed-on', 'escalated', 'answered', 'not-resolved', 'closed')),
  words text,
  to_agency_id uuid references agencies.agency (id),
  by_agency_id uuid,
  taken_by uuid not null,
  taken_at timestamptz not null
);
create index obstacle_step_of on reporting.obstacle_step (obstacle_id, taken_at);
comment on table reporting.obstacle_step is 'What happened to an obstacle; never changed.';

-- The second wall. Regimes, forms and rounds are known to everyone signed in once they are issued.
alter table reporting.regime enable row level security; alter table reporting.regime force row level security;
create policy regime_read on reporting.regime for select using (platform.everywhere() or agency_id in (select platform.reached()) or (state <> 'draft' and platform.agency() is not null));
create policy regime_append on reporting.regime for insert with check (platform.everywhere() or (agency_id = platform.agency() and made_by = platform.person()));
create policy regime_change on reporting.regime for update using (platform.everywhere() or agency_id = platform.agency());
alter table reporting.regime_version enable row level security; alter table reporting.regime_version force row level security;
create policy regime_version_read on reporting.regime_version for select using (platform.everywhere()
  or exists (select 1 from reporting.regime r where r.id = regime_id and (state = 'issued' or r.agency_id in (select platform.reached()))));
create policy regime_version_append on reporting.regime_version for insert with check (platform.everywhere()
  or exists (select 1 from reporting.regime r where r.id = regime_id and r.agency_id = platform.agency()));
create policy regime_version_change on reporting.regime_version for update using (platform.everywhere()
  or (state = 'draft' and exists (select 1 from reporting.regime r where r.id = regime_id and r.agency_id = platform.agency()))) with check (true);
create policy regime_version_forget on reporting.regime_version for delete using (platform.everywhere()
  or (state = 'draft' and exists (select 1 from reporting.regime r where r.id = regime_id and r.agency_id = platform.agency())));
alter table reporting.form enable row level security; alter table reporting.form force row level security;
create policy form_read on reporting.form for select using (platform.everywhere()
  or exists (select 1 from reporting.regime r where r.id = regime_id and (form.state = 'issued' or r.agency_id in (select platform.reached()))));
create policy form_append on reporting.form for insert with check (platform.everywhere()
  or exists (select 1 from reporting.regime r where r.id = regime_id and r.agency_id = platform.agency()));
create policy form_change on reporting.form for update using (platform.everywhere()
  or (state = 'draft' and exists (select 1 from reporting.regime r where r.id = regime_id and r.agency_id = platform.agency()))) with check (true);
create policy form_forget on reporting.form for delete using (platform.everywhere()
  or (state = 'draft' and exists (select 1 from reporting.regime r where r.id = regime_id and r.agency_id = platform.agency())));
alter table reporting.round enable row level security; alter table reporting.round force row level security;
create policy round_read on reporting.round for select using (platform.everywhere() or platform.agency() is not null);
create policy round_append on reporting.round for insert with check (platform.everywhere() or (agency_id = platform.agency() and opened_by = platform.person()));
create policy round_change on reporting.round for update using (platform.everywhere() or agency_id = platform.agency());

-- Obligations and what hangs on them: the body, those above it, the receivers up the chain, and the owner of the regime.
alter table reporting.obligation enable row level security; alter table reporting.obligation force row level security;
create policy obligation_read on reporting.obligation for select using ((select platform.sees_all()) or agency_id in (select platform.reached())
  or addressed_id in (select platform.reached()) or owner_id = platform.agency() or above && array(select platform.agency()));
create policy obligation_append on reporting.obligation for insert with check (platform.everywhere() or owner_id = platform.agency());
create policy obligation_change on reporting.obligation for update using (platform.everywhere() or owner_id = platform.agency() or receiver_id = platform.agency())
  with check (platform.everywhere() or owner_id = platform.agency() or receiver_id = platform.agency());
alter table reporting.obligation_change enable row level security; alter table reporting.obligation_change force row level security;
create policy obligation_change_read on reporting.obligation_change for select using (platform.everywhere()
  or obligation_id in (select o.id from reporting.obligation o where o.id = obligation_id));
create policy obligation_change_append on reporting.obligation_change for insert with check (platform.everywhere()
  or (changed_by = platform.person() and by_agency_id = platform.agency() and exists (select 1 from reporting.obligation o where o.id = obligation_id)));
alter table reporting.delegation enable row level security; alter table reporting.delegation force row level security;
create policy delegation_read on reporting.delegation for select using (platform.everywhere() or agency_id in (select platform.reached()));
create policy delegation_append on reporting.delegation for insert with check (platform.everywhere() or (agency_id = platform.agency() and recorded_by = platform.person()));
create policy delegation_change on reporting.delegation for update using (platform.everywhere() or agency_id = platform.agency());
alter table reporting.report enable row level security; alter table reporting.report force row level security;
create policy report_read on reporting.report for select using ((select platform.sees_all()) or exists (select 1 from reporting.obligation o where o.id = obligation_id));
create policy report_append on reporting.report for insert with check (platform.everywhere() or agency_id = platform.agency());
create policy report_change on reporting.report for update using (platform.everywhere() or exists (select 1 from reporting.obligation o where o.id = obligation_id
  and (o.agency_id = platform.agency() or o.receiver_id = platform.agency() or o.owner_id = platform.agency())));
alter table reporting.draft_section enable row level security; alter table reporting.draft_section force row level security;
create policy draft_section_read on reporting.draft_section for select using (platform.everywhere() or agency_id = platform.agency());
create policy draft_section_append on reporting.draft_section for insert with check (platform.everywhere() or (agency_id = platform.agency() and saved_by = platform.person()));
create policy draft_section_change on reporting.draft_section for update using (platform.everywhere() or agency_id = platform.agency())
  with check (platform.everywhere() or (agency_id = platform.agency() and saved_by = platform.person()));
create policy draft_section_forget on reporting.draft_section for delete using (platform.everywhere() or agency_id = platform.agency());
alter table reporting.submission enable row level security; alter table reporting.submission force row level security;
create policy submission_read on reporting.submission for select using ((select platform.sees_all()) or exists (select 1 from reporting.report r join reporting.obligation o on o.id = r.obligation_id
  where r.id = report_id and (o.agency_id in (select platform.reached()) or o.receiver_id = platform.agency() or submission.number <= r.accepted_number)));
create policy submission_append on reporting.submission for insert with check (platform.everywhere() or (agency_id = platform.agency() and submitted_by = platform.person()));
alter table reporting.step enable row level security; alter table reporting.step force row level security;
create policy step_read on reporting.step for select using ((select platform.sees_all()) or exists (select 1 from reporting.report r where r.id = report_id));
create policy step_append on reporting.step for insert with check (platform.everywhere() or (taken_by = platform.person() and by_agency_id = platform.agency()
  and exists (select 1 from reporting.report r where r.id = report_id)));
alter table reporting.seen enable row level security; alter table reporting.seen force row level security;
create policy seen_read on reporting.seen for select using ((select platform.sees_all()) or exists (select 1 from reporting.report r where r.id = report_id));
create policy seen_append on reporting.seen for insert with check (platform.everywhere() or (person_id = platform.person() and by_agency_id = platform.agency()
  and exists (select 1 from reporting.submission s where s.report_id = seen.report_id and s.number = seen.number)));
create policy seen_change on reporting.seen for update using (platform.everywhere() or person_id = platform.person());
alter table reporting.line_mark enable row level security; alter table reporting.line_mark force row level security;
create policy line_mark_read on reporting.line_mark for select using (platform.everywhere() or by_agency_id = platform.agency());
create policy line_mark_append on reporting.line_mark for insert with check (platform.everywhere() or (marked_by = platform.person() and by_agency_id = platform.agency()
  and exists (select 1 from reporting.submission s where s.report_id = line_mark.report_id and s.number = line_mark.number)));
create policy line_mark_change on reporting.line_mark for update using (platform.everywhere() or by_agency_id = platform.agency());
create policy line_mark_forget on reporting.line_mark for delete using (platform.everywhere() or by_agency_id = platform.agency());
alter table reporting.obstacle enable row level security; alter table reporting.obstacle force row level security;
create policy obstacle_read on reporting.obstacle for select using ((select platform.sees_all()) or agency_id in (select platform.reached()) or routed_to_id in (select platform.reached()));
create policy obstacle_append on reporting.obstacle for insert with check (platform.everywhere() or (agency_id = platform.agency() and raised_by = platform.person()));
create policy obstacle_change on reporting.obstacle for update using (platform.everywhere() or agency_id = platform.agency() or routed_to_id = platform.agency()) with check (true);
alter table reporting.obstacle_step enable row level security; alter table reporting.obstacle_step force row level security;
create policy obstacle_step_read on reporting.obstacle_step for select using ((select platform.sees_all()) or exists (select 1 from reporting.obstacle b where b.id = obstacle_id));
create policy obstacle_step_append on reporting.obstacle_step for insert with check (platform.everywhere() or (taken_by = platform.person() and by_agency_id = platform.agency()
  and exists (select 1 from reporting.obstacle b where b.id = obstacle_id)));

grant select, insert, update (state, version) on reporting.regime to mangnon_app;
grant select, insert, delete, update (definition, effective_from, state, saved_by, saved_at, issued_by, issued_at, version) on reporting.regime_version to mangnon_app;
grant select, insert, delete, update (definition, state, saved_by, saved_at, issued_by, issued_at, version) on reporting.form to mangnon_app;
grant select, insert, update (state, version) on reporting.round to mangnon_app;
grant select, insert, update (agency_id, receiver_id, parent_id, above, due_on, state, reason, merged_into_id, version) on reporting.obligation to mangnon_app;
grant select, insert on reporting.obligation_change, reporting.submission, reporting.step, reporting.obstacle_step to mangnon_app;
grant select, insert, update (valid_to, ended_by, ended_at) on reporting.delegation to mangnon_app;
grant select, insert, update (agency_id, state, number, accepted_number, is_nil, open_lines, due_on, first_submitted_at, accepted_at, reopened_until, version) on reporting.report to mangnon_app;
grant select, insert, delete, update (content, saved_by, saved_at, agency_id, version) on reporting.draft_section to mangnon_app;
grant select, insert, update (last_at) on reporting.seen to mangnon_app;
grant select, insert, delete, update (reason, marked_by, marked_at) on reporting.line_mark to mangnon_app;
grant select, insert, update (routed_to_id, answer_due_on, state, version) on reporting.obstacle to mangnon_app;

create trigger regime_change after insert or update or delete or truncate on reporting.regime for each statement execute function platform.note_change();
create trigger regime_version_change after insert or update or delete or truncate on reporting.regime_version for each statement execute function platform.note_change();
create trigger form_change after insert or update or delete or truncate on reporting.form for each statement execute function platform.note_change();
create trigger round_change after insert or update or delete or truncate on reporting.round for each statement execute function platform.note_change();
create trigger obligation_changed after insert or update or delete or truncate on reporting.obligation for each statement execute function platform.note_change();
create trigger report_change after insert or update or delete or truncate on reporting.report for each statement execute function platform.note_change();
create trigger obstacle_change after insert or update or delete or truncate on reporting.obstacle for each statement execute function platform.note_change();
