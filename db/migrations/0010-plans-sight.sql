-- What binds a body is seen by those it answers to as well: else their numbers would count work their lists cannot show.
drop policy plan_read on plans.plan;
create policy plan_read on plans.plan for select using (
  platform.everywhere() or agency_id in (select platform.reached())
  or (state <> 'draft' and (platform.stands_under(agency_id)
    or exists (select 1 from plans.audience a where a.plan_id = plan.id and a.agency_id in (select platform.reached())))));

-- A plan above that one cannot see is not named by the plan below that one can.
drop policy parent_read on plans.parent;
create policy parent_read on plans.parent for select using (exists (select 1 from plans.plan p where p.id = plan_id) and exists (select 1 from plans.plan above where above.id = parent_plan_id));
drop policy derivation_read on plans.derivation;
create policy derivation_read on plans.derivation for select using (exists (select 1 from plans.plan p where p.id = plan_id) and exists (select 1 from plans.plan above where above.id = parent_plan_id));
