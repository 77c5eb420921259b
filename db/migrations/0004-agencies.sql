-- Bodies, their names, mandates, succession and coordination, over time. Reference data readable by all.
create schema agencies;
grant usage on schema agencies to mangnon_app;

create table agencies.function (
  code text primary key,
  names jsonb not null,
  rank integer not null
);
comment on table agencies.function is 'A field of work of the State, in the words of each language.';

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
  rank integer not null,
  check (valid_from is null or valid_to is null or valid_from < valid_to)
);
create index agency_unit on agencies.agency (unit_id);
create index agency_superior on agencies.agency (superior_id);
create index agency_kind on agencies.agency (kind, level);
comment on table agencies.agency is 'A body that can owe a duty. is_executive false: it is requested, never assigned.';
comment on column agencies.agency.superior_id is 'Whom it answers to now, or answered to last; over time see agencies.superior.';
comment on column agencies.agency.rank is 'Place in the country''s own order of its bodies.';

create table agencies.superior (
  agency_id uuid not null references agencies.agency (id),
  superior_id uuid not null references agencies.agency (id),
  valid_from date,
  valid_to date
);
create index superior_agency on agencies.superior (agency_id);
create index superior_superior on agencies.superior (superior_id);
comment on table agencies.superior is 'Whom a body answers to during [valid_from, valid_to).';

create table agencies.agency_name (
  agency_id uuid not null references agencies.agency (id),
  valid_from date,
  valid_to date,
  name text not null,
  short_name text not null,
  abbreviations text[] not null default '{}',
  marked_key text not null,
  folded_key text not null,
  search_key text not null
);
create unique index agency_name_start on agencies.agency_name (agency_id, coalesce(valid_from, date '0001-01-01'));
create index agency_name_folded on agencies.agency_name (folded_key text_pattern_ops);
create index agency_name_words on agencies.agency_name using gin (to_tsvector('simple', search_key));
comment on table agencies.agency_name is 'How a body was called during [valid_from, valid_to); search_key holds the name, short name and abbreviations, folded.';

create table agencies.mandate (
  agency_id uuid not null references agencies.agency (id),
  function text not null references agencies.function (code),
  valid_from date,
  valid_to date
);
create index mandate_agency on agencies.mandate (agency_id);
create index mandate_function on agencies.mandate (function);
comment on table agencies.mandate is 'Which body holds which function of the State during [valid_from, valid_to).';

create table agencies.succession (
  from_id uuid not null references agencies.agency (id),
  to_id uuid not null references agencies.agency (id),
  function text references agencies.function (code),
  on_date date not null,
  share text not null check (share in ('whole', 'part'))
);
create unique index agency_succession_edge on agencies.succession (from_id, to_id, coalesce(function, ''), on_date);
create index agency_succession_to on agencies.succession (to_id);
comment on table agencies.succession is 'Who took over from whom, per function; function null = everything else; share part = for some of the ground only.';

create table agencies.member (
  body_id uuid not null references agencies.agency (id),
  agency_id uuid not null references agencies.agency (id),
  role text not null check (role in ('chair', 'standing-vice-chair', 'vice-chair', 'standing-member', 'member')),
  post text not null,
  rank integer not null,
  valid_from date,
  valid_to date,
  legal_basis text
);
create index member_body on agencies.member (body_id);
create index member_agency on agencies.member (agency_id);
comment on table agencies.member is 'Who sits in a coordination body, by post and never by name.';

create table agencies.office (
  agency_id uuid not null references agencies.agency (id),
  name text not null,
  functions text[] not null,
  valid_from date,
  valid_to date
);
create index office_agency on agencies.office (agency_id);
comment on table agencies.office is 'A part of a body that is no body of its own, such as a commune''s division of culture and society.';

create table agencies.agency_class (
  code text primary key,
  names jsonb not null,
  definition jsonb not null,
  rank integer not null
);
comment on table agencies.agency_class is 'A phrase that names many bodies at once; definition is the country''s own entry (patterns, selectors, abolition), checked when read.';

grant select on all tables in schema agencies to mangnon_app;
