-- People by spreadsheet: what was read waits for a person's decision; nothing is written to accounts before.
alter table access.person add column mail text;
comment on column access.person.mail is 'Where invitations and notices may be sent; nobody is found or linked by it.';
grant update (mail) on access.person to mangnon_app;

create table access.people_import (
  id uuid primary key,
  person_id uuid not null references access.person (id),
  agency_id uuid,
  state text not null check (state in ('checking', 'checked', 'making', 'made')),
  rows jsonb not null,
  is_partial boolean not null default false,
  job_id uuid not null,
  made_at timestamptz not null
);
create index people_import_person on access.people_import (person_id, made_at desc);
comment on table access.people_import is 'A spreadsheet of people to be invited: rows as read, what is wrong with each, and whom each became.';
alter table access.people_import enable row level security; alter table access.people_import force row level security;
create policy people_import_own on access.people_import using (platform.everywhere() or person_id = platform.person());
grant select, insert, update (state, rows, is_partial, job_id) on access.people_import to mangnon_app;
