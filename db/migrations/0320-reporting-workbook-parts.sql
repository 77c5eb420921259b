-- One workbook that holds the reports of many bodies: what came back of it lies with each body until that body takes it into its own draft.
create table reporting.workbook_part (
  id uuid primary key,
  round_id uuid not null references reporting.round (id),
  obligation_id uuid not null references reporting.obligation (id),
  agency_id uuid not null references agencies.agency (id),
  from_agency_id uuid not null references agencies.agency (id),
  file_name text not null,
  form text not null,
  decimal_sign text check (decimal_sign in ('.', ',')),
  cells integer not null check (cells > 0),
  lines jsonb not null,
  state text not null default 'looked' check (state in ('looked', 'waiting', 'replaced', 'taken', 'left')),
  made_by uuid not null,
  made_at timestamptz not null,
  handed_at timestamptz,
  ended_by uuid,
  ended_at timestamptz,
  check ((state = 'looked') = (handed_at is null)),
  check ((state in ('replaced', 'taken', 'left')) = (ended_at is not null))
);
create index workbook_part_obligation on reporting.workbook_part (obligation_id) where state = 'waiting';
create index workbook_part_from on reporting.workbook_part (from_agency_id, round_id);
comment on table reporting.workbook_part is 'What a workbook of many bodies says for one of them: looked at by who receives its report, handed to it, taken into its draft or left by it.';
comment on column reporting.workbook_part.from_agency_id is 'The body that receives the report, which made the workbook and brought it back.';
comment on column reporting.workbook_part.form is 'What the form is known by of which the workbook was made.';
comment on column reporting.workbook_part.decimal_sign is 'The sign before decimals where figures were written as words; null: only what can be read in one way.';
comment on column reporting.workbook_part.cells is 'In how many cells something else was written than what they were handed out with.';
comment on column reporting.workbook_part.lines is 'The lines of these cells as they came: OpenLine[], compared with the draft whenever they are looked at.';

alter table reporting.workbook_part enable row level security; alter table reporting.workbook_part force row level security;
create policy workbook_part_read on reporting.workbook_part for select using (platform.everywhere() or from_agency_id = platform.agency()
  or (agency_id = platform.agency() and state <> 'looked'));
create policy workbook_part_append on reporting.workbook_part for insert with check (platform.everywhere()
  or (from_agency_id = platform.agency() and made_by = platform.person() and state = 'looked' and exists (
    select 1 from reporting.obligation o where o.id = obligation_id and o.receiver_id = platform.agency() and o.agency_id = workbook_part.agency_id)));
create policy workbook_part_change on reporting.workbook_part for update using (platform.everywhere() or from_agency_id = platform.agency()
  or (agency_id = platform.agency() and state = 'waiting'))
  with check (platform.everywhere() or (from_agency_id = platform.agency() and state in ('waiting', 'replaced'))
  or (agency_id = platform.agency() and state in ('taken', 'left') and ended_by = platform.person()));
create policy workbook_part_forget on reporting.workbook_part for delete using (state = 'looked' and (platform.everywhere() or from_agency_id = platform.agency()));
grant select, insert, delete on reporting.workbook_part to mangnon_app;
grant update (state, handed_at, ended_by, ended_at) on reporting.workbook_part to mangnon_app;
create trigger workbook_part_change after insert or update or delete or truncate on reporting.workbook_part for each statement execute function platform.note_change();
