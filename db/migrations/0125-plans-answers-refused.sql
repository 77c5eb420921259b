-- Tasks that likeness of words suggested for a recommendation and that do not answer it, as a person said: not suggested again
-- until that is taken back; taken back, never deleted.
create table plans.answer_refusal (
  id uuid primary key,
  recommendation_id uuid not null references recommendations.recommendation (id),
  node_id uuid not null,
  plan_id uuid not null,
  reason text check (reason <> ''),
  agency_id uuid not null references agencies.agency (id),
  refused_by uuid not null,
  refused_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  foreign key (node_id, plan_id) references plans.node (id, plan_id),
  check ((ended_at is null) = (ended_by is null))
);
create unique index answer_refusal_of on plans.answer_refusal (recommendation_id, node_id) where ended_at is null;
create index answer_refusal_node on plans.answer_refusal (node_id) where ended_at is null;
create index answer_refusal_plan on plans.answer_refusal (plan_id);
comment on table plans.answer_refusal is 'A task that does not answer a recommendation though their words are like, as a person said.';
comment on column plans.answer_refusal.reason is 'Why, or the words by which it had been suggested.';
comment on column plans.answer_refusal.agency_id is 'The body that said so.';

alter table plans.answer_refusal enable row level security;
alter table plans.answer_refusal force row level security;
create policy answer_refusal_read on plans.answer_refusal for select
  using (platform.everywhere() or exists (select 1 from plans.plan p where p.id = plan_id));
create policy answer_refusal_append on plans.answer_refusal for insert with check (platform.everywhere() or (agency_id = platform.agency() and refused_by = platform.person()
  and exists (select 1 from plans.plan p where p.id = plan_id and p.state = 'issued' and (p.agency_id = platform.agency() or recommendations.keeps(recommendation_id)))));
create policy answer_refusal_change on plans.answer_refusal for update using (platform.everywhere() or (ended_at is null
  and exists (select 1 from plans.plan p where p.id = plan_id and (p.agency_id = platform.agency() or recommendations.keeps(recommendation_id)))))
  with check (platform.everywhere() or exists (select 1 from plans.plan p where p.id = plan_id and (p.agency_id = platform.agency() or recommendations.keeps(recommendation_id))));
grant select, insert, update (ended_by, ended_at) on plans.answer_refusal to mangnon_app;

create trigger answer_refusal_change after insert or update or delete or truncate on plans.answer_refusal for each statement execute function platform.note_change();
