-- What other systems have: things that their metadata or payloads named, with what each may be with us (ADR 0028).
create table indicators.foreign_thing (
  id uuid primary key,
  agency_id uuid not null references agencies.agency (id),
  system text not null check (system ~ '^[a-z][a-z0-9-]{0,39}$'),
  kind text not null check (kind in ('element', 'combo', 'unit', 'data-set')),
  uid text,
  code text,
  name text,
  above text[] not null default '{}',
  detail jsonb not null default '{}',
  found jsonb not null default '[]',
  found_by text,
  code_id uuid references indicators.exchange_code (id),
  refused bigint not null default 0,
  refused_at timestamptz,
  seen_at timestamptz not null,
  check (uid is not null or code is not null or name is not null),
  check ((refused = 0) = (refused_at is null))
);
create unique index foreign_thing_uid on indicators.foreign_thing (agency_id, system, kind, uid) where uid is not null;
create index foreign_thing_kind on indicators.foreign_thing (agency_id, system, kind);
create index foreign_thing_code on indicators.foreign_thing (code_id) where code_id is not null;
comment on table indicators.foreign_thing is 'A thing of another system as a body came to know it: by metadata it brought in, or by values that were refused.';
comment on column indicators.foreign_thing.above is 'Of a unit: names of the units it lies in there, nearest first.';
comment on column indicators.foreign_thing.detail is 'What else tells what it is: options of a combination, rhythm of a form, place of a unit, as received.';
comment on column indicators.foreign_thing.found is 'What it may be with us, the likeliest first, each with why.';
comment on column indicators.foreign_thing.found_by is 'Why the likeliest was found.';
comment on column indicators.foreign_thing.code_id is 'What the body said it is.';
comment on column indicators.foreign_thing.refused is 'Values refused because it was not known.';

alter table indicators.foreign_thing enable row level security; alter table indicators.foreign_thing force row level security;
create policy foreign_thing_own on indicators.foreign_thing for all using (platform.everywhere() or agency_id = platform.agency())
  with check (platform.everywhere() or agency_id = platform.agency());
grant select, insert, update, delete on indicators.foreign_thing to mangnon_app;
