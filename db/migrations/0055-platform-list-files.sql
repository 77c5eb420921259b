-- Files of lists that jobs have written: they wait some days for whoever asked, and are forgotten.
create table platform.list_file (
  id uuid primary key references platform.job (id),
  person_id uuid not null,
  post_id uuid,
  name text not null,
  media_type text not null,
  row_count integer not null check (row_count >= 0),
  bytes bytea not null,
  made_at timestamptz not null
);
create index list_file_made on platform.list_file (made_at);
comment on table platform.list_file is 'A list as a file, by the job that wrote it: fetched by who asked for it, in the post it was asked in; forgotten after some days.';
alter table platform.list_file enable row level security; alter table platform.list_file force row level security;
create policy list_file_own on platform.list_file for select using (platform.everywhere() or person_id = platform.person());
create policy list_file_append on platform.list_file for insert with check (person_id = platform.person());
create policy list_file_forget on platform.list_file for delete using (platform.everywhere());
grant select, insert, delete on platform.list_file to mangnon_app;
