-- What a document that changes an issued plan will say of tasks above. It lies with the draft and becomes the plan's word
-- when the document is issued: until then coverage counts what stands issued.
create table plans.derivation_draft (
  plan_version_id uuid not null,
  plan_id uuid not null,
  agency_id uuid not null,
  parent_plan_id uuid not null,
  parent_node_id uuid not null,
  kind text not null check (kind in ('taken-over', 'adapted', 'not-applicable', 'undecided')),
  node_id uuid,
  reason text,
  decided_by uuid not null,
  decided_at timestamptz not null,
  primary key (plan_version_id, parent_node_id),
  foreign key (plan_version_id, plan_id, agency_id) references plans.plan_version (id, plan_id, agency_id) on update cascade,
  foreign key (node_id, plan_id) references plans.node (id, plan_id),
  foreign key (parent_node_id, parent_plan_id) references plans.node (id, plan_id),
  check ((kind in ('taken-over', 'adapted')) = (node_id is not null)),
  check ((kind = 'not-applicable') = (length(coalesce(reason, '')) > 0))
);
comment on table plans.derivation_draft is 'Decisions on tasks above as a draft that changes an issued plan will make them; undecided takes one back. Gone when it is issued.';

alter table plans.derivation_draft enable row level security; alter table plans.derivation_draft force row level security;
create policy derivation_draft_read on plans.derivation_draft for select using (platform.everywhere() or agency_id = platform.agency());
create policy derivation_draft_append on plans.derivation_draft for insert with check ((platform.everywhere() or agency_id = platform.agency())
  and exists (select 1 from plans.plan_version v where v.id = plan_version_id and v.state = 'draft')
  and exists (select 1 from plans.plan above where above.id = parent_plan_id));
create policy derivation_draft_delete on plans.derivation_draft for delete using (platform.everywhere() or agency_id = platform.agency());
grant select, insert, delete on plans.derivation_draft to mangnon_app;
create trigger derivation_draft_change after insert or update or delete or truncate on plans.derivation_draft
  for each statement execute function platform.note_change();
