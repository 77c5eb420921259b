-- A file laid beside a draft can be taken away again while it is a draft; what was issued keeps its file, and every other
-- file stays under its record for good. The audit keeps its name by hash.
create policy stored_file_take_away on platform.stored_file for delete using (record_kind = 'plans.plan-version'
  and agency_id = platform.agency()
  and exists (select 1 from plans.plan_version v where v.id = record_id and v.agency_id = stored_file.agency_id and v.state = 'draft'));
grant delete on platform.stored_file to mangnon_app;
