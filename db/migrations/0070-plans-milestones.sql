-- Milestones (mốc): those a document names for a task, and those of a piece of work. They tell how work goes; they never
-- say that it is done, nor move its due date.
create table plans.node_milestone (
  plan_version_id uuid not null,
  node_id uuid not null,
  plan_id uuid not null,
  agency_id uuid not null,
  rank integer not null,
  text text not null check (length(text) > 0),
  due_on date,
  primary key (plan_version_id, node_id, rank),
  foreign key (plan_version_id, plan_id, agency_id) references plans.plan_version (id, plan_id, agency_id) on update cascade,
  foreign key (plan_version_id, node_id) references plans.node_version (plan_version_id, node_id)
);
comment on table plans.node_milestone is 'A milestone as one version of a plan names it: its words, and the day they mean; null while nobody has said which.';

create table plans.milestone (
  id uuid primary key,
  occurrence_id uuid not null,
  node_id uuid not null,
  plan_id uuid not null,
  agency_id uuid not null,
  owner_id uuid not null,
  name text not null check (length(name) > 0),
  due_on date not null,
  done_on date,
  proof text,
  is_of_plan boolean not null,
  cancelled_on date,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  version integer not null default 1,
  check ((done_on is null) = (proof is null)),
  foreign key (occurrence_id, node_id, plan_id, agency_id, owner_id)
    references plans.occurrence (id, node_id, plan_id, agency_id, owner_id) on update cascade
);
create unique index milestone_of_plan on plans.milestone (occurrence_id, name, due_on) where is_of_plan;
create index milestone_occurrence on plans.milestone (occurrence_id);
create index milestone_agency on plans.milestone (agency_id, due_on) where done_on is null and cancelled_on is null;
create index milestone_plan on plans.milestone (plan_id) where is_of_plan;
comment on table plans.milestone is 'A dated milestone of one piece of work: set by the body that leads it, or named by the plan (is_of_plan). Passing it changes no standing.';
comment on column plans.milestone.proof is 'What shows that it was passed, in words: a document''s number, what came of it.';
comment on column plans.milestone.cancelled_on is 'Taken back by its body, or left out by a later document of the plan; never deleted.';

do $$ declare name text; begin
  foreach name in array array['node_milestone', 'milestone'] loop
    execute format('alter table plans.%I enable row level security', name);
    execute format('alter table plans.%I force row level security', name);
  end loop;
end $$;
create policy node_milestone_whole on plans.node_milestone for select using (platform.everywhere());
create policy node_milestone_read on plans.node_milestone for select
  using (exists (select 1 from plans.plan_version v where v.id = plan_version_id));
create policy node_milestone_append on plans.node_milestone for insert with check ((platform.everywhere() or agency_id = platform.agency())
  and exists (select 1 from plans.plan_version v where v.id = plan_version_id and v.state = 'draft'));
create policy node_milestone_delete on plans.node_milestone for delete using ((platform.everywhere() or agency_id = platform.agency())
  and exists (select 1 from plans.plan_version v where v.id = plan_version_id and v.state = 'draft'));
create policy milestone_read on plans.milestone for select
  using (platform.everywhere() or agency_id in (select platform.reached()) or owner_id in (select platform.reached()));
create policy milestone_append on plans.milestone for insert
  with check (platform.everywhere() or (recorded_by = platform.person()
    and case when is_of_plan then owner_id else agency_id end = platform.agency()));
create policy milestone_change on plans.milestone for update
  using (platform.everywhere() or agency_id = platform.agency() or (is_of_plan and owner_id = platform.agency()));
grant select, insert, delete on plans.node_milestone to mangnon_app;
grant select, insert on plans.milestone to mangnon_app;
grant update (name, due_on, done_on, proof, cancelled_on, recorded_by, recorded_at, version) on plans.milestone to mangnon_app;
