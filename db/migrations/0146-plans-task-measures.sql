-- Measures by whose figures a task is followed: many to many, said by the body whose plan it is; ended, never deleted.
create table plans.task_measure (
  id uuid primary key,
  node_id uuid not null,
  plan_id uuid not null,
  measure_id uuid not null references indicators.measure (id),
  origin text not null check (origin in ('person', 'likeness')),
  reason text check (reason <> ''),
  agency_id uuid not null references agencies.agency (id),
  linked_by uuid not null,
  linked_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  end_reason text,
  version integer not null default 1,
  foreign key (node_id, plan_id) references plans.node (id, plan_id),
  check ((ended_at is null) = (ended_by is null)),
  check ((ended_at is null) = (end_reason is null))
);
create unique index task_measure_of on plans.task_measure (node_id, measure_id) where ended_at is null;
create index task_measure_measure on plans.task_measure (measure_id) where ended_at is null;
create index task_measure_plan on plans.task_measure (plan_id);
comment on table plans.task_measure is 'A measure by whose figures a task is followed.';
comment on column plans.task_measure.agency_id is 'The body that said so.';

alter table plans.task_measure enable row level security;
alter table plans.task_measure force row level security;
create policy task_measure_read on plans.task_measure for select
  using (platform.everywhere() or exists (select 1 from plans.plan p where p.id = plan_id));
create policy task_measure_append on plans.task_measure for insert with check (platform.everywhere() or (agency_id = platform.agency() and linked_by = platform.person()
  and exists (select 1 from plans.plan p where p.id = plan_id and p.state = 'issued' and p.agency_id = platform.agency())));
create policy task_measure_change on plans.task_measure for update using (platform.everywhere() or (ended_at is null
  and exists (select 1 from plans.plan p where p.id = plan_id and p.agency_id = platform.agency())))
  with check (platform.everywhere() or exists (select 1 from plans.plan p where p.id = plan_id and p.agency_id = platform.agency()));
grant select, insert, update (ended_by, ended_at, end_reason, version) on plans.task_measure to mangnon_app;

create trigger task_measure_change after insert or update or delete or truncate on plans.task_measure for each statement execute function platform.note_change();
