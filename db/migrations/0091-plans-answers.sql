-- Which tasks answer which recommendations, and how: many to many, said by the body whose plan it is or by the keeper of
-- the mechanism's documents; ended, never deleted.
create table plans.answer (
  id uuid primary key,
  recommendation_id uuid not null references recommendations.recommendation (id),
  node_id uuid not null,
  plan_id uuid not null,
  kind text not null check (kind in ('implements', 'contributes', 'monitors')),
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
create unique index answer_of on plans.answer (recommendation_id, node_id) where ended_at is null;
create index answer_node on plans.answer (node_id) where ended_at is null;
create index answer_plan on plans.answer (plan_id) where ended_at is null;
comment on table plans.answer is 'A task that answers a recommendation: carries it out, contributes to it, or watches over it.';
comment on column plans.answer.agency_id is 'The body that said so.';

alter table plans.answer enable row level security;
alter table plans.answer force row level security;
create policy answer_read on plans.answer for select
  using (platform.everywhere() or exists (select 1 from plans.plan p where p.id = plan_id));
create policy answer_append on plans.answer for insert with check (platform.everywhere() or (agency_id = platform.agency() and linked_by = platform.person()
  and exists (select 1 from plans.plan p where p.id = plan_id and p.state = 'issued' and (p.agency_id = platform.agency() or recommendations.keeps(recommendation_id)))));
create policy answer_change on plans.answer for update using (platform.everywhere() or (ended_at is null
  and exists (select 1 from plans.plan p where p.id = plan_id and (p.agency_id = platform.agency() or recommendations.keeps(recommendation_id)))))
  with check (platform.everywhere() or exists (select 1 from plans.plan p where p.id = plan_id and (p.agency_id = platform.agency() or recommendations.keeps(recommendation_id))));
grant select, insert, update (ended_by, ended_at, end_reason, version) on plans.answer to mangnon_app;

-- Lists of tasks count by what they answer, and keep their counts by the state of the data.
create trigger answer_change after insert or update or delete or truncate on plans.answer for each statement execute function platform.note_change();
create trigger recommendation_change after insert or update or delete or truncate on recommendations.recommendation for each statement execute function platform.note_change();
