-- How a body heads, numbers and signs its documents, as it says itself. Kept by adding: the latest entry of the latest day holds.
create table agencies.letterhead (
  id uuid primary key,
  agency_id uuid not null references agencies.agency (id),
  valid_from date not null,
  parent_line text,
  name_lines text[] not null check (cardinality(name_lines) <= 4),
  place text,
  abbreviation text,
  drafting_sign text,
  books text not null check (books in ('by-kind', 'one')),
  capacities text[] not null check (cardinality(capacities) <= 20),
  address_line text,
  recorded_by uuid not null,
  recorded_at timestamptz not null
);
create index letterhead_agency on agencies.letterhead (agency_id, valid_from desc, recorded_at desc);
comment on table agencies.letterhead is 'From a day on: the head, place, abbreviation, books of numbers and signing capacities of a body''s documents; what is null or empty is as the country says.';
comment on column agencies.letterhead.abbreviation is 'What stands for the body in the number: UBND in 12/KH-UBND.';
comment on column agencies.letterhead.drafting_sign is 'What follows it in a letter''s number for the office that drafted it.';
comment on column agencies.letterhead.books is 'by-kind: each kind of document is numbered by itself in a year; one: all together.';
comment on column agencies.letterhead.capacities is 'In what capacities its documents are signed: lines as printed, the last is the post.';
alter table agencies.letterhead enable row level security;
alter table agencies.letterhead force row level security;
create policy letterhead_read on agencies.letterhead for select using (true);
create policy letterhead_write on agencies.letterhead for insert with check (agency_id = platform.agency() or platform.everywhere());
grant select, insert on agencies.letterhead to mangnon_app;
