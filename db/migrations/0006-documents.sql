-- Documents being read into the system: the file, what the reader proposed, and the review as far as it has come.
create schema documents;
grant usage on schema documents to mangnon_app;

create table documents.import (
  id uuid primary key,
  agency_id uuid not null references agencies.agency (id),
  person_id uuid not null,
  file_name text not null,
  file_sha256 text not null,
  state text not null check (state in ('reviewing', 'confirmed', 'discarded')),
  reading jsonb not null,
  proposal jsonb not null,
  reviewed_count integer not null default 0,
  total_count integer not null default 0,
  plan_id uuid,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  version integer not null default 1
);
create index import_agency on documents.import (agency_id, created_at desc);
create index import_sha on documents.import (file_sha256);
comment on table documents.import is 'A document under review. reading = as the reader gave it, never changed; proposal = the review so far; nothing of it enters a plan unconfirmed.';

alter table documents.import enable row level security; alter table documents.import force row level security;
create policy import_own on documents.import using (agency_id = platform.agency() or platform.everywhere())
  with check (agency_id = platform.agency());
create policy stored_file_of_import on platform.stored_file for select
  using (record_kind = 'documents.import' and exists (select 1 from documents.import i where i.id = record_id));
grant select, insert, update on documents.import to mangnon_app;
