-- What other systems call our measures, breakdowns and units, as each body says it; and which of their forms are said to be complete (ADR 0028).
create table indicators.exchange_code (
  id uuid primary key,
  agency_id uuid not null references agencies.agency (id),
  system text not null check (system ~ '^[a-z][a-z0-9-]{0,39}$'),
  kind text not null check (kind in ('element', 'combo', 'unit', 'data-set')),
  foreign_uid text,
  foreign_code text,
  foreign_name text,
  foreign_attributes jsonb not null default '{}',
  combo_id uuid references indicators.exchange_code (id),
  options jsonb,
  measure_id uuid references indicators.measure (id),
  breakdown text,
  part text check (part in ('value', 'numerator', 'denominator')),
  value_type text check (value_type in ('number', 'boolean', 'true-only')),
  unit_id uuid references territory.unit (id),
  calendar text,
  set_by uuid not null,
  set_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  check ((ended_at is null) = (ended_by is null)),
  check (foreign_uid is not null or foreign_code is not null or foreign_name is not null or foreign_attributes <> '{}'),
  check ((kind = 'element') = (measure_id is not null) and (kind = 'element') = (part is not null) and (kind = 'element') = (value_type is not null)),
  check (combo_id is null or kind = 'element'),
  check (kind <> 'combo' or breakdown is not null),
  check (breakdown is null or kind = 'combo' or combo_id is not null),
  check (options is null or kind = 'combo'),
  check ((kind = 'unit') = (unit_id is not null)),
  check (calendar is null or kind = 'data-set')
);
create index exchange_code_living on indicators.exchange_code (agency_id, system, kind) where ended_at is null;
create index exchange_code_combo on indicators.exchange_code (combo_id) where combo_id is not null;
comment on table indicators.exchange_code is 'One thing of another system and what it is with us, as a body says; never changed, only ended and said anew.';
comment on column indicators.exchange_code.foreign_attributes is 'Further names: the id of an attribute there, and its value for this thing.';
comment on column indicators.exchange_code.combo_id is 'The element means this measure and breakdown with that combination of options only.';
comment on column indicators.exchange_code.options is 'Of a combination: category and option, as formats write them that part combinations.';
comment on column indicators.exchange_code.part is 'What of the figure it is: a rate comes as two elements.';
comment on column indicators.exchange_code.calendar is 'Of a form: the calendar in which its periods are meant; empty for the plain year, null: that of the measure.';

create table indicators.completion (
  id uuid primary key,
  agency_id uuid not null references agencies.agency (id),
  system text not null,
  data_set text not null,
  unit_id uuid not null references territory.unit (id),
  period text not null,
  completed_on date not null,
  said_by uuid not null,
  said_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  check ((ended_at is null) = (ended_by is null))
);
create unique index completion_one on indicators.completion (agency_id, system, data_set, unit_id, period) where ended_at is null;
comment on table indicators.completion is 'A body said that all of a form was sent for a unit and period; taken back: ended.';

do $$ declare name text; begin
  foreach name in array array['exchange_code', 'completion'] loop
    execute format('alter table indicators.%I enable row level security', name);
    execute format('alter table indicators.%I force row level security', name);
    execute format('create policy %I on indicators.%I for select using (platform.everywhere() or agency_id = platform.agency())', name || '_read', name);
    execute format('create policy %I on indicators.%I for update using (platform.everywhere() or agency_id = platform.agency())
      with check (platform.everywhere() or ended_by = platform.person())', name || '_change', name);
  end loop;
end $$;
create policy exchange_code_append on indicators.exchange_code for insert
  with check (platform.everywhere() or (agency_id = platform.agency() and set_by = platform.person()));
create policy completion_append on indicators.completion for insert
  with check (platform.everywhere() or (agency_id = platform.agency() and said_by = platform.person()));
grant select, insert, update (ended_by, ended_at) on indicators.exchange_code, indicators.completion to mangnon_app;
