-- Administrative units over time. Reference data: readable by all, written by the loader and by reforms.
create schema territory;
grant usage on schema territory to mangnon_app;

create table territory.unit_type (
  type text primary key,
  level text not null check (level in ('country', 'province', 'district', 'commune')),
  names jsonb not null,
  rank integer not null
);
comment on table territory.unit_type is 'What the country calls its kinds of unit, and the level each stands on.';

create table territory.unit (
  id uuid primary key,
  key text not null unique,
  level text not null check (level in ('country', 'province', 'district', 'commune'))
);
comment on table territory.unit is 'One piece of ground with its history. The id follows from the key; a code is no identity.';

create table territory.unit_version (
  unit_id uuid not null references territory.unit (id),
  valid_from date,
  valid_to date,
  code text not null,
  name text not null,
  name_en text not null,
  type text not null references territory.unit_type (type),
  parent_id uuid references territory.unit (id),
  legal_basis text,
  check (valid_from is null or valid_to is null or valid_from < valid_to)
);
create unique index unit_version_start on territory.unit_version (unit_id, coalesce(valid_from, date '0001-01-01'));
create index unit_version_code on territory.unit_version (code);
create index unit_version_parent on territory.unit_version (parent_id);
create index unit_version_type on territory.unit_version (type, code);
comment on table territory.unit_version is 'How a unit was called, coded and placed during [valid_from, valid_to); null = since before the records, still so.';

create table territory.succession (
  from_id uuid not null references territory.unit (id),
  to_id uuid not null references territory.unit (id),
  kind text not null check (kind in ('whole', 'part', 'renamed')),
  share text not null,
  on_date date not null,
  weight numeric check (weight between 0 and 1),
  note text,
  primary key (from_id, to_id, on_date)
);
create index succession_to on territory.succession (to_id);
comment on table territory.succession is 'What became of a unit: the whole, a part, or the same ground under another name; weight only where published.';

create table territory.unit_alias (
  unit_id uuid not null references territory.unit (id),
  field text not null check (field in ('name', 'code')),
  value text not null,
  difference text not null,
  valid_from date,
  valid_to date,
  source text
);
create index unit_alias_unit on territory.unit_alias (unit_id);
create index unit_alias_code on territory.unit_alias (value) where field = 'code';
comment on table territory.unit_alias is 'Other spellings and codes under which a unit is found, and where they stand so.';

create table territory.unit_name (
  unit_id uuid not null references territory.unit (id),
  name text not null,
  valid_from date,
  valid_to date,
  type text references territory.unit_type (type),
  marked_key text not null,
  marked_bare_key text not null,
  folded_key text not null,
  bare_key text not null,
  loose_key text not null
);
create index unit_name_unit on territory.unit_name (unit_id);
create index unit_name_bare on territory.unit_name (bare_key text_pattern_ops);
create index unit_name_folded on territory.unit_name (folded_key text_pattern_ops);
create index unit_name_loose on territory.unit_name (loose_key);
create index unit_name_words on territory.unit_name using gin (to_tsvector('simple', folded_key));
comment on table territory.unit_name is 'Search index over all names of versions and aliases, made by the loader: with marks, folded, without the word for the kind of unit (bare), and forgiving the country''s confused spellings (loose).';

create table territory.unit_remark (
  unit_id uuid not null references territory.unit (id),
  on_date date not null,
  text text not null
);
create index unit_remark_unit on territory.unit_remark (unit_id);

grant select on all tables in schema territory to mangnon_app;
