-- A job runs with the rights of the person it names: nobody puts one in the queue in another's name, nor hands it over.
drop policy job_reach on platform.job;
create policy job_read on platform.job for select
  using (platform.everywhere() or person_id = platform.person() or exists (
    select 1 from platform.reach r where r.agency_id = job.agency_id and r.viewer_id = any (platform.viewers())));
create policy job_append on platform.job for insert
  with check (platform.everywhere() or (person_id = platform.person() and agency_id is not distinct from platform.agency()));
create policy job_change on platform.job for update
  using (platform.everywhere() or person_id = platform.person() or exists (
    select 1 from platform.reach r where r.agency_id = job.agency_id and r.viewer_id = any (platform.viewers())));
revoke update on platform.job from mangnon_app;
grant update (state, done_count, total_count, problem_code, result, cancel_requested, attempts, heartbeat_at, started_at, finished_at) on platform.job to mangnon_app;

-- Files are laid by the body they belong to.
drop policy stored_file_append on platform.stored_file;
create policy stored_file_append on platform.stored_file for insert with check (platform.everywhere() or agency_id = platform.agency());

-- Answers kept for repeats are forgotten after some days, by the product itself.
create policy idempotency_old on platform.idempotency_key for delete using (platform.everywhere());
create policy idempotency_seen on platform.idempotency_key for select using (platform.everywhere());
