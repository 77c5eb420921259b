-- What is measured, what is to be reached, and what was said (ADR 0025). The dictionary is the country's and open; figures are
-- records of the body that answers for a unit, said in vintages that are never changed.
create schema indicators;
grant usage on schema indicators to mangnon_app;

create table indicators.dimension (
  code text primary key,
  names jsonb not null,
  rank integer not null
);
create table indicators.dimension_value (
  dimension text not null references indicators.dimension (code),
  code text not null,
  names jsonb not null,
  rank integer not null,
  primary key (dimension, code)
);
comment on table indicators.dimension is 'By what figures may be broken down.';

create table indicators.indicator (
  id uuid primary key,
  code text not null unique,
  names jsonb not null,
  definition jsonb,
  aspect text not null check (aspect in ('structure', 'process', 'outcome')),
  from_age integer,
  to_age integer,
  age_basis text check (age_basis in ('law', 'convention', 'own')),
  source_document text not null,
  source_item text not null,
  remark jsonb,
  rank integer not null,
  check ((from_age is null) = (age_basis is null) and (from_age is null) = (to_age is null))
);
comment on table indicators.indicator is 'One "chỉ tiêu" of a document; often several measures.';
comment on column indicators.indicator.age_basis is 'By whose definition these ages are children: the law''s, the Convention''s, the indicator''s own.';
comment on column indicators.indicator.remark is 'What the source leaves open or says doubtfully.';

create table indicators.measure (
  id uuid primary key,
  indicator_id uuid not null references indicators.indicator (id),
  code text not null unique,
  names jsonb not null,
  unit_of_measure jsonb not null,
  factor numeric not null check (factor > 0),
  numerator jsonb,
  denominator jsonb,
  is_share boolean not null,
  direction text not null check (direction in ('up', 'down')),
  aggregation text not null check (aggregation in ('sum', 'ratio', 'weighted', 'last', 'none')),
  level text not null check (level in ('country', 'province', 'district', 'commune')),
  function text not null references agencies.function (code),
  due_days integer not null check (due_days >= 0),
  rank integer not null
);
create index measure_indicator on indicators.measure (indicator_id);
comment on table indicators.measure is 'What is measured: one number per unit, period and breakdown.';
comment on column indicators.measure.level is 'Where figures are taken up; above it they are totals.';
comment on column indicators.measure.function is 'The field of work whose bodies answer for it.';
comment on column indicators.measure.due_days is 'Days after the end of a period by which its figure is due.';

create table indicators.measure_period (
  measure_id uuid not null references indicators.measure (id),
  calendar text not null,
  frequency text not null check (frequency in ('month', 'quarter', 'half-year', 'nine-months', 'year')),
  primary key (measure_id, calendar, frequency)
);
create table indicators.measure_breakdown (
  measure_id uuid not null references indicators.measure (id),
  dimension text not null references indicators.dimension (code),
  calendar text not null,
  frequency text not null check (frequency in ('month', 'quarter', 'half-year', 'nine-months', 'year')),
  every_years integer not null check (every_years >= 1),
  primary key (measure_id, dimension, calendar, frequency)
);
comment on column indicators.measure_period.calendar is 'Code of a calendar of the country; empty for the plain year.';

create table indicators.target (
  id uuid primary key,
  measure_id uuid not null references indicators.measure (id),
  unit_id uuid not null references territory.unit (id),
  breakdown text not null,
  kind text not null check (kind in ('level', 'yearly-change')),
  year_from integer,
  year integer not null,
  comparator text not null check (comparator in ('=', '>=', '>', '<=', '<', '~')),
  value numeric not null,
  agency_id uuid references agencies.agency (id),
  set_by uuid,
  set_at timestamptz not null,
  ended_at timestamptz,
  version integer not null default 1,
  check ((kind = 'yearly-change') = (year_from is not null)),
  check (year_from < year)
);
create unique index target_one on indicators.target (measure_id, unit_id, breakdown, kind, year) where ended_at is null;
comment on table indicators.target is 'What a measure of a unit is to reach by a year, or by how much it is to change each year.';
comment on column indicators.target.agency_id is 'The body of the unit that set it; null: it is of the country''s data.';

create table indicators.cell (
  id uuid primary key,
  measure_id uuid not null references indicators.measure (id),
  unit_id uuid not null references territory.unit (id),
  period text not null,
  period_from date not null,
  period_to date not null,
  breakdown text not null,
  agency_id uuid not null references agencies.agency (id),
  answered_on date,
  vintage integer not null,
  accepted_vintage integer,
  unique (measure_id, period, breakdown, unit_id),
  unique (id, agency_id, measure_id),
  check (accepted_vintage <= vintage)
);
create index cell_unit on indicators.cell (unit_id, period_from desc);
create index cell_agency on indicators.cell (agency_id, period_from desc);
create index cell_to_decide on indicators.cell (agency_id) where accepted_vintage is distinct from vintage;
comment on table indicators.cell is 'The place of one figure: measure, unit, period, breakdown; and which of what was said of it stands.';
comment on column indicators.cell.breakdown is 'Empty for the whole, else dimension=value, parted by semicolons in the order of dimensions.';
comment on column indicators.cell.agency_id is 'The body that answers for it; its successor goes on.';
comment on column indicators.cell.answered_on is 'The day a value was first given: what counts for being in time.';

create table indicators.observation (
  cell_id uuid not null,
  vintage integer not null,
  agency_id uuid not null,
  measure_id uuid not null,
  status text check (status in ('A', 'E', 'P', 'F')),
  numerator numeric,
  denominator numeric,
  absence text check (absence in ('missing', 'not-applicable', 'not-yet-known')),
  source text not null check (source in ('typed', 'file', 'computed', 'exchange')),
  comment text,
  by_agency_id uuid not null references agencies.agency (id),
  entered_by uuid not null,
  entered_at timestamptz not null,
  primary key (cell_id, vintage),
  foreign key (cell_id, agency_id, measure_id) references indicators.cell (id, agency_id, measure_id),
  check ((status is null) = (numerator is null)),
  check ((status is null) <> (absence is null)),
  check (denominator is null or numerator is not null)
);
comment on table indicators.observation is 'One vintage of a figure: a value with its status, or why there is none. Never changed.';

create table indicators.decision (
  cell_id uuid not null,
  vintage integer not null,
  agency_id uuid not null,
  measure_id uuid not null,
  outcome text not null check (outcome in ('accepted', 'returned')),
  reason text,
  by_agency_id uuid not null references agencies.agency (id),
  decided_by uuid not null,
  decided_at timestamptz not null,
  primary key (cell_id, vintage),
  foreign key (cell_id, vintage) references indicators.observation (cell_id, vintage),
  foreign key (cell_id, agency_id, measure_id) references indicators.cell (id, agency_id, measure_id),
  check ((outcome = 'returned') = (reason is not null))
);
comment on table indicators.decision is 'A second person accepted a vintage, or gave it back with a reason. Never changed.';

-- Beside its reach a body sees the figures of its own ground in its own field of work.
create function indicators.own_measures() returns setof uuid language sql stable rows 30
  as $$ select m.id from indicators.measure m where m.function in (select d.function from agencies.mandate d where d.agency_id = platform.agency()
    and (d.valid_from is null or d.valid_from <= current_date) and (d.valid_to is null or current_date < d.valid_to)) $$;
comment on function indicators.own_measures() is 'Measures of the acting body''s fields of work, for policies: evaluated once a statement.';
create function indicators.own_ground() returns setof uuid language sql stable rows 100
  as $$ select r.agency_id from platform.reach r where r.viewer_id = (select a.unit_id from agencies.agency a where a.id = platform.agency()) $$;
comment on function indicators.own_ground() is 'Bodies that lie in the unit of the acting body, for policies: evaluated once a statement.';

do $$ declare name text; begin
  foreach name in array array['cell', 'observation', 'decision', 'target'] loop
    execute format('alter table indicators.%I enable row level security', name);
    execute format('alter table indicators.%I force row level security', name);
    execute format('create policy %I on indicators.%I for select using (platform.everywhere() or agency_id in (select platform.reached())
      or (measure_id in (select indicators.own_measures()) and agency_id in (select indicators.own_ground())))', name || '_read', name);
  end loop;
end $$;
create policy cell_append on indicators.cell for insert with check (platform.everywhere() or agency_id = platform.agency());
create policy cell_change on indicators.cell for update using (platform.everywhere() or agency_id in (select platform.reached()));
create policy observation_append on indicators.observation for insert
  with check (platform.everywhere() or (by_agency_id = platform.agency() and entered_by = platform.person() and agency_id in (select platform.reached())));
create policy decision_append on indicators.decision for insert
  with check (platform.everywhere() or (by_agency_id = platform.agency() and decided_by = platform.person() and agency_id in (select platform.reached())
    and not exists (select 1 from indicators.observation o where o.cell_id = decision.cell_id and o.vintage = decision.vintage and o.entered_by = platform.person())));
-- Targets of the country, and of those above, are for all who are signed in below them.
create policy target_above on indicators.target for select using (platform.agency() is not null and (agency_id is null or platform.stands_under(agency_id)));
create policy target_append on indicators.target for insert with check (platform.everywhere() or agency_id = platform.agency());
create policy target_change on indicators.target for update using (platform.everywhere() or agency_id = platform.agency());

grant select on all tables in schema indicators to mangnon_app;
grant insert, update (answered_on, vintage, accepted_vintage) on indicators.cell to mangnon_app;
grant insert on indicators.observation, indicators.decision to mangnon_app;
grant insert, update (comparator, value, set_by, set_at, ended_at, version) on indicators.target to mangnon_app;
grant execute on all functions in schema indicators to mangnon_app;
