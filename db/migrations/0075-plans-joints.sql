-- One piece of work entered once serves tasks of several plans (lồng ghép): a body joins two tasks on which it leads, what it
-- does is entered at one of them, shown in both, and counted once where plans are taken together.
alter table plans.occurrence add unique (id, agency_id);
alter table plans.occurrence add column joined_id uuid,
  add foreign key (joined_id, agency_id) references plans.occurrence (id, agency_id) deferrable initially deferred;
create index occurrence_joined on plans.occurrence (joined_id) where joined_id is not null;
comment on column plans.occurrence.joined_id is 'The piece of work at which progress is entered for all that are joined with it, that one itself included; null: not joined.';
grant update (joined_id) on plans.occurrence to mangnon_app;

create table plans.joint (
  id uuid primary key,
  agency_id uuid not null references agencies.agency (id),
  home_node_id uuid not null,
  home_plan_id uuid not null,
  node_id uuid not null,
  plan_id uuid not null,
  reason text not null check (length(reason) > 0),
  joined_by uuid not null,
  joined_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  cause text check (cause in ('parted', 'plan-changed', 'succession')),
  end_reason text,
  version integer not null default 1,
  foreign key (home_node_id, home_plan_id) references plans.node (id, plan_id),
  foreign key (node_id, plan_id) references plans.node (id, plan_id),
  check (home_plan_id <> plan_id),
  check ((ended_at is null) = (ended_by is null)),
  check ((ended_at is null) = (cause is null)),
  check ((end_reason is not null) = (cause is not distinct from 'parted'))
);
create unique index joint_of_task on plans.joint (agency_id, node_id) where ended_at is null;
create index joint_home on plans.joint (home_node_id) where ended_at is null;
create index joint_node on plans.joint (node_id);
create index joint_plan on plans.joint (plan_id) where ended_at is null;
create index joint_home_plan on plans.joint (home_plan_id) where ended_at is null;
comment on table plans.joint is 'A task (node_id) that a body carries out together with a task of another plan (home_node_id), where it enters progress. Ended, never deleted.';
comment on column plans.joint.cause is 'Why it ended: the body parted the tasks, a document no longer has one of them so, or the body''s work passed on.';

create table plans.set_apart (
  agency_id uuid not null references agencies.agency (id),
  one_node_id uuid not null,
  one_plan_id uuid not null,
  other_node_id uuid not null,
  other_plan_id uuid not null,
  decided_by uuid not null,
  decided_at timestamptz not null,
  primary key (agency_id, one_node_id, other_node_id),
  foreign key (one_node_id, one_plan_id) references plans.node (id, plan_id),
  foreign key (other_node_id, other_plan_id) references plans.node (id, plan_id),
  check (one_node_id < other_node_id)
);
comment on table plans.set_apart is 'Two tasks of which a body said that they are not the same work: not offered again.';

do $$ declare name text; begin
  foreach name in array array['joint', 'set_apart'] loop
    execute format('alter table plans.%I enable row level security', name);
    execute format('alter table plans.%I force row level security', name);
    execute format('create policy %I on plans.%I for select using (platform.everywhere() or agency_id in (select platform.reached()))', name || '_read', name);
  end loop;
end $$;
-- A body joins only tasks on which it leads; a node it may not see fails the same way as one that is not there.
create policy joint_append on plans.joint for insert with check (platform.everywhere() or (agency_id = platform.agency()
  and exists (select 1 from plans.occurrence o where o.node_id = joint.node_id and o.plan_id = joint.plan_id and o.agency_id = joint.agency_id and not o.is_requested)
  and exists (select 1 from plans.occurrence o where o.node_id = joint.home_node_id and o.plan_id = joint.home_plan_id and o.agency_id = joint.agency_id and not o.is_requested)));
create policy joint_change on plans.joint for update using (platform.everywhere() or (agency_id = platform.agency() and ended_at is null))
  with check (platform.everywhere() or agency_id = platform.agency());
create policy set_apart_append on plans.set_apart for insert with check (agency_id = platform.agency()
  and exists (select 1 from plans.occurrence o where o.node_id = one_node_id and o.plan_id = one_plan_id and o.agency_id = set_apart.agency_id)
  and exists (select 1 from plans.occurrence o where o.node_id = other_node_id and o.plan_id = other_plan_id and o.agency_id = set_apart.agency_id));
create policy set_apart_delete on plans.set_apart for delete using (agency_id = platform.agency());
grant select, insert, update (ended_by, ended_at, cause, end_reason, version) on plans.joint to mangnon_app;
grant select, insert, delete on plans.set_apart to mangnon_app;

-- Whoever sees a piece of work sees what was said of it, also where that was entered at another it is joined with.
create policy progress_joined on plans.progress for select
  using (exists (select 1 from plans.occurrence o where o.joined_id = progress.occurrence_id));
create policy progress_version_joined on plans.progress_version for select
  using (exists (select 1 from plans.occurrence o where o.joined_id = progress_version.occurrence_id));
create policy progress_check_joined on plans.progress_check for select
  using (exists (select 1 from plans.progress_version v where v.id = progress_check.progress_version_id));

-- Work by programme.
create index node_programme_code on plans.node_programme (programme_code, node_id);
