-- Second wall of access and of the audit, closer: nobody raises himself, a post or a person is never made into another
-- one, and nobody writes an entry in another's name.
drop policy post_reach on access.post;
create policy post_read on access.post for select
  using (platform.everywhere() or person_id = platform.person() or exists (
    select 1 from platform.reach r where r.agency_id = post.agency_id and r.viewer_id = any (platform.viewers())));
create policy post_append on access.post for insert
  with check (platform.everywhere() or (platform.sees(agency_id) and person_id <> platform.person() and granted_by = platform.person()));
create policy post_change on access.post for update
  using (platform.everywhere() or platform.sees(agency_id))
  with check (platform.everywhere() or (platform.sees(agency_id) and person_id <> platform.person()));

revoke update on access.person, access.post, access.session, access.invitation from mangnon_app;
grant update (language, password_hash, state, version) on access.person to mangnon_app;
grant update (valid_to, granted_by, needs_confirmation, confirmed_by, confirmed_at, version) on access.post to mangnon_app;
grant update (seen_at, proved_at, ended_at) on access.session to mangnon_app;
grant update (ends_at, used_at) on access.invitation to mangnon_app;

drop policy audit_append on platform.audit_entry;
create policy audit_append on platform.audit_entry for insert
  with check (platform.everywhere() or person_id is null or person_id = platform.person());
