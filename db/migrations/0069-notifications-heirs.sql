-- Who took a whole body over is known by the reform that was applied, not by the clock of the database; what was closed
-- to others in it stays closed to them, and its heir may settle it.
drop policy comment_read on notifications.comment;
drop policy comment_change on notifications.comment;
create function notifications.keeps(body uuid) returns boolean language sql stable as $$ select body = platform.agency() or exists (
    select 1 from agencies.succession s where s.from_id = body and s.to_id = platform.agency() and s.share = 'whole' and s.function is null) $$;
comment on function notifications.keeps(uuid) is 'Whether the acting body is this one, or took the whole of it over.';
grant execute on function notifications.keeps(uuid) to mangnon_app;
create policy comment_read on notifications.comment for select using (platform.everywhere()
  or (seen_by = 'body' and notifications.keeps(agency_id)) or (seen_by = 'all' and notifications.sees_subject(subject_kind, subject_id)));
create policy comment_change on notifications.comment for update using (platform.everywhere()
  or (seen_by = 'body' and notifications.keeps(agency_id)) or (seen_by = 'all' and notifications.sees_subject(subject_kind, subject_id)));
