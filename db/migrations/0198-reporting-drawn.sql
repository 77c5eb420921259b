-- What a report took over from a report below, or left with a reason, line by line; a newer submission below that says otherwise is a difference.
create table reporting.drawn (
  report_id uuid not null references reporting.report (id),
  from_report_id uuid not null references reporting.report (id),
  line text not null,
  agency_id uuid not null references agencies.agency (id),
  number integer not null check (number > 0),
  outcome text not null check (outcome in ('taken', 'left')),
  digest text not null,
  amount text,
  reason text,
  drawn_by uuid not null,
  drawn_at timestamptz not null,
  primary key (report_id, from_report_id, line),
  check (report_id <> from_report_id),
  check (outcome = 'taken' or reason <> '')
);
create index drawn_from on reporting.drawn (from_report_id);
comment on table reporting.drawn is 'What a report has of each line of the reports below: the submission it was taken from or left out of, with the reason.';
comment on column reporting.drawn.digest is 'SHA-256 of the line as it was then, in canonical JSON; empty: it was no longer said.';
comment on column reporting.drawn.amount is 'Of a cell of money that was taken: the amount that went into the sum.';
alter table reporting.drawn enable row level security; alter table reporting.drawn force row level security;
create policy drawn_read on reporting.drawn for select using ((select platform.sees_all()) or agency_id in (select platform.reached()));
create policy drawn_append on reporting.drawn for insert with check (platform.everywhere() or (agency_id = platform.agency() and drawn_by = platform.person()));
create policy drawn_change on reporting.drawn for update using (platform.everywhere() or agency_id = platform.agency())
  with check (platform.everywhere() or (agency_id = platform.agency() and drawn_by = platform.person()));
grant select, insert, update (number, outcome, digest, amount, reason, drawn_by, drawn_at) on reporting.drawn to mangnon_app;
create trigger drawn_change after insert or update or delete or truncate on reporting.drawn for each statement execute function platform.note_change();
create trigger step_change after insert or update or delete or truncate on reporting.step for each statement execute function platform.note_change();
