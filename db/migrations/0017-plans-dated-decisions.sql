-- Who decided on a task above, and when. What was left undecided when the plan was issued may be decided later, as a
-- dated record beside the plan; what was decided changes only while a document is being written.
alter table plans.derivation
  add column decided_by uuid,
  add column decided_at timestamptz,
  add column is_after_issue boolean not null default false,
  add check (not is_after_issue or decided_at is not null);
comment on column plans.derivation.is_after_issue is 'Decided when no document was being written: a record beside the issued plan, which it does not change.';
drop policy derivation_delete on plans.derivation;
create policy derivation_delete on plans.derivation for delete using ((platform.everywhere() or agency_id = platform.agency())
  and exists (select 1 from plans.plan_version v where v.plan_id = derivation.plan_id and v.state = 'draft'));
