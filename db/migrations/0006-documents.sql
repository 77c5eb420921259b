-- Documents being read into the system: the file, what the reader proposed, and the review as far as it has come.
create schema documents;
grant usage on schema documents to mangnon_app;

create table documents.import (
  id uuid primary key,
  agency_id uuid not null references agencies.agency (id),
  person_id uuid not null,
  file_name text not null,
  file_sha256 text not null check (length(file_sha256) = 64),
  state text not null check (state in ('reading', 'unreadable', 'reviewing', 'confirmed', 'discarded')),
  job_id uuid,
  problem_code text,
  reading jsonb,
  original jsonb,
  proposal jsonb,
  suggestions jsonb not null default '[]',
  title text,
  number text,
  reviewed_count integer not null default 0,
  total_count integer not null default 0,
  plan_id uuid,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  version integer not null default 1,
  check (state not in ('reviewing', 'confirmed') or (reading is not null and original is not null and proposal is not null)),
  check (state <> 'unreadable' or problem_code is not null),
  check (reviewed_count between 0 and total_count)
);
create index import_agency on documents.import (agency_id, created_at desc);
create index import_sha on documents.import (agency_id, file_sha256);
comment on table documents.import is 'A document under review. Drafts only: nothing of it enters a plan unconfirmed.';
comment on column documents.import.reading is 'As the reader gave it; never changed.';
comment on column documents.import.original is 'The document in pieces, for display beside the proposal; never changed.';
comment on column documents.import.proposal is 'The review so far.';
comment on column documents.import.suggestions is 'Bodies and classes that printed words may mean, once per words.';
comment on column documents.import.reviewed_count is 'Tasks decided, of total_count; kept with each save for the list.';
comment on column documents.import.plan_id is 'The plan it became; plans stand later, so no foreign key.';

alter table documents.import enable row level security; alter table documents.import force row level security;
create policy import_own on documents.import using (agency_id = platform.agency() or platform.everywhere())
  with check (agency_id = platform.agency());
create policy stored_file_of_import on platform.stored_file for select
  using (record_kind = 'documents.import' and exists (select 1 from documents.import i where i.id = record_id));
grant select, insert, update on documents.import to mangnon_app;
