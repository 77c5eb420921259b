-- Bodies, their names, mandates, succession and coordination, over time. Reference data readable by all.
create schema agencies;
grant usage on schema agencies to mangnon_app;

create table agencies.agency (
  id uuid primary key,
  key text not null unique,
  kind text not null,
  level text not null check (level in ('central', 'province', 'district', 'commune')),
  unit_id uuid not null references territory.unit (id),
  superior_id uuid references agencies.agency (id),
  valid_from date,
  valid_to date,
  is_executive boolean not null,
  numbering_abbreviation text,
  check (valid_from is null or valid_to is null or valid_from < valid_to)
);
create index agency_unit on agencies.agency (unit_id);
create index agency_superior on agencies.agency (superior_id);
create index agency_kind on agencies.agency (kind, level);
comment on table agencies.agency is 'A body that can owe a duty. is_executive false: it is requested, never assigned.';

create table agencies.agency_name (
  agency_id uuid not null references agencies.agency (id),
  valid_from date,
  valid_to date,
  name text not null,
  short_name text not null,
  abbreviations text[] not null default '{}',
  search_key text not null
);
create unique index agency_name_start on agencies.agency_name (agency_id, coalesce(valid_from, date '0001-01-01'));
create index agency_name_search on agencies.agency_name using gin (to_tsvector('simple', search_key));
comment on table agencies.agency_name is 'How a body was called during [valid_from, valid_to).';

create table agencies.mandate (
  agency_id uuid not null references agencies.agency (id),
  function text not null,
  valid_from date,
  valid_to date
);
create index mandate_agency on agencies.mandate (agency_id);
create index mandate_function on agencies.mandate (function);
comment on table agencies.mandate is 'Which body holds which function of the State during [valid_from, valid_to).';

create table agencies.succession (
  from_id uuid not null references agencies.agency (id),
  to_id uuid not null references agencies.agency (id),
  function text,
  on_date date not null
);
create unique index agency_succession_edge on agencies.succession (from_id, to_id, coalesce(function, ''), on_date);
create index agency_succession_to on agencies.succession (to_id);
comment on table agencies.succession is 'Who took over from whom, per function; function null = everything else.';

create table agencies.member (
  body_id uuid not null references agencies.agency (id),
  agency_id uuid references agencies.agency (id),
  role text not null,
  post jsonb not null,
  rank integer not null,
  valid_from date,
  valid_to date
);
create index member_body on agencies.member (body_id);
comment on table agencies.member is 'Who sits in a coordination body, by post and never by name.';

create table agencies.office (
  kind text not null,
  level text not null,
  name text not null,
  valid_from date,
  valid_to date,
  legal_basis text
);
comment on table agencies.office is 'Offices inside every body of a kind and level (the commune''s division of culture and society, say): not bodies of their own.';

grant select on all tables in schema agencies to mangnon_app;
