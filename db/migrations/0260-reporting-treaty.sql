-- What the State reports to a treaty body: a report by the Convention's clusters, with paragraphs in several languages and where each came from.
create table reporting.treaty_report (
  id uuid primary key,
  agency_id uuid not null references agencies.agency (id),
  mechanism text not null references recommendations.mechanism (code),
  kind text not null check (kind in ('periodic', 'replies')),
  cycle text not null check (cycle <> ''),
  word_limit integer not null check (word_limit > 0),
  languages text[] not null check (cardinality(languages) > 0),
  made_by uuid not null,
  made_at timestamptz not null,
  unique (agency_id, mechanism, kind, cycle)
);
comment on table reporting.treaty_report is 'A report of the State to a treaty body as it is being written; seen by the body that writes it alone.';
comment on column reporting.treaty_report.cycle is 'Which report it is, as the treaty body names it, e.g. seventh.';
comment on column reporting.treaty_report.word_limit is 'Words it may have in one language, as the rule was when it was begun.';

create table reporting.treaty_section (
  treaty_report_id uuid not null references reporting.treaty_report (id),
  cluster text not null,
  rank integer not null,
  agency_id uuid not null references agencies.agency (id),
  paragraphs jsonb not null,
  saved_by uuid not null,
  saved_at timestamptz not null,
  version integer not null default 1,
  primary key (treaty_report_id, cluster)
);
comment on table reporting.treaty_section is 'What is being written under one cluster of the Convention. Paragraphs: TreatyParagraph[], checked when read.';

alter table reporting.treaty_report enable row level security; alter table reporting.treaty_report force row level security;
create policy treaty_report_read on reporting.treaty_report for select using (platform.everywhere() or agency_id = platform.agency());
create policy treaty_report_append on reporting.treaty_report for insert with check (platform.everywhere() or (agency_id = platform.agency() and made_by = platform.person()));
alter table reporting.treaty_section enable row level security; alter table reporting.treaty_section force row level security;
create policy treaty_section_read on reporting.treaty_section for select using (platform.everywhere() or agency_id = platform.agency());
create policy treaty_section_append on reporting.treaty_section for insert with check (platform.everywhere() or (agency_id = platform.agency() and saved_by = platform.person()));
create policy treaty_section_change on reporting.treaty_section for update using (platform.everywhere() or agency_id = platform.agency())
  with check (platform.everywhere() or (agency_id = platform.agency() and saved_by = platform.person()));
grant select, insert on reporting.treaty_report, reporting.treaty_section to mangnon_app;
grant update (paragraphs, saved_by, saved_at, version) on reporting.treaty_section to mangnon_app;
create trigger treaty_report_change after insert or update or delete or truncate on reporting.treaty_report for each statement execute function platform.note_change();
create trigger treaty_section_change after insert or update or delete or truncate on reporting.treaty_section for each statement execute function platform.note_change();
