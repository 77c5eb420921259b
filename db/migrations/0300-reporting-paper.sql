-- The paper of a submission gets its own number, day and recipients from a clerk when it is issued; a later word of his corrects an earlier one, which is kept.
create table reporting.paper (
  report_id uuid not null,
  number integer not null,
  version integer not null check (version > 0),
  agency_id uuid not null references agencies.agency (id),
  document_number text check (document_number <> ''),
  issued_on date,
  recipients text[] not null,
  given_by uuid not null,
  given_at timestamptz not null,
  primary key (report_id, number, version),
  foreign key (report_id, number) references reporting.submission (report_id, number)
);
comment on table reporting.paper is 'What a clerk gave the paper of a submission; the highest version is printed, earlier ones are what was printed before.';
comment on column reporting.paper.document_number is 'As the register of outgoing documents has it, e.g. 123/BC-UBND or 123; null: not numbered yet.';
comment on column reporting.paper.issued_on is 'The day printed; null: the day it was signed and sent.';
comment on column reporting.paper.recipients is 'Who is listed beside the receiver and the file.';

alter table reporting.paper enable row level security; alter table reporting.paper force row level security;
create policy paper_read on reporting.paper for select using (platform.everywhere() or exists (
  select 1 from reporting.submission s where s.report_id = paper.report_id and s.number = paper.number));
create policy paper_append on reporting.paper for insert with check (platform.everywhere() or (agency_id = platform.agency() and given_by = platform.person()));
grant select, insert on reporting.paper to mangnon_app;
create trigger paper_change after insert or update or delete or truncate on reporting.paper for each statement execute function platform.note_change();
