-- The count is written while the document is still a draft of its own body; without a policy the update found no row.
create policy duty_count on plans.duty for update
  using ((platform.everywhere() or agency_id = platform.agency()) and exists (select 1 from plans.plan_version v where v.id = plan_version_id and v.state = 'draft'));
