-- What figures must agree in (the country's data), and what was found where they do not: a task for the body whose figure it is.
create table indicators.rule (
  code text primary key,
  kind text not null check (kind in ('compare', 'parts', 'change', 'outlier', 'copied', 'heaping')),
  measure_id uuid references indicators.measure (id),
  side text check (side in ('value', 'numerator', 'denominator')),
  comparator text check (comparator in ('<=', '>=', '=')),
  other_measure_id uuid references indicators.measure (id),
  other_side text check (other_side in ('value', 'numerator', 'denominator')),
  dimension text references indicators.dimension (code),
  threshold numeric check (threshold > 0),
  names jsonb,
  is_active boolean not null default true,
  rank integer not null,
  check ((kind = 'heaping') = (measure_id is null)),
  check ((kind = 'compare') = (comparator is not null) and (kind = 'compare') = (side is not null)
    and (kind = 'compare') = (other_measure_id is not null) and (kind = 'compare') = (other_side is not null)),
  check ((kind = 'parts') = (dimension is not null)),
  check ((kind in ('change', 'outlier')) = (threshold is not null))
);
create index rule_measure on indicators.rule (measure_id);
comment on table indicators.rule is 'What figures must agree in: with another measure, their parts, the period before, their siblings.';
comment on column indicators.rule.threshold is 'Of a change: percent of the period before; of an outlier: robust z over the units of the same unit above.';
comment on column indicators.rule.is_active is 'It left the country''s data when false; findings of it are kept.';

create table indicators.finding (
  id uuid primary key,
  rule text not null references indicators.rule (code),
  agency_id uuid not null references agencies.agency (id),
  cell_id uuid references indicators.cell (id),
  measure_id uuid references indicators.measure (id),
  unit_id uuid not null references territory.unit (id),
  period text not null,
  breakdown text not null,
  vintage integer,
  params jsonb not null,
  state text not null check (state in ('open', 'confirmed', 'corrected')),
  found_at timestamptz not null,
  explanation text,
  answered_by uuid,
  answered_at timestamptz,
  check ((cell_id is null) = (measure_id is null) and (cell_id is null) = (vintage is null)),
  check (state <> 'confirmed' or (explanation is not null and answered_by is not null and answered_at is not null))
);
create unique index finding_of_cell on indicators.finding (rule, cell_id) where cell_id is not null;
create unique index finding_of_body on indicators.finding (rule, agency_id, unit_id, period) where cell_id is null;
create index finding_cell on indicators.finding (cell_id);
create index finding_agency on indicators.finding (agency_id, state, period);
comment on table indicators.finding is 'A figure that breaks a rule, or figures of a body that do: answered by that body, or gone with a corrected figure.';
comment on column indicators.finding.cell_id is 'The figure; null: it is of all figures of the body in the period.';
comment on column indicators.finding.vintage is 'The vintage it was found in; a later one is looked at anew.';

alter table indicators.finding enable row level security; alter table indicators.finding force row level security;
create policy finding_read on indicators.finding for select using (platform.everywhere() or agency_id in (select platform.reached())
  or (measure_id in (select indicators.own_measures()) and agency_id in (select indicators.own_ground())));
create policy finding_append on indicators.finding for insert with check (platform.everywhere());
create policy finding_change on indicators.finding for update using (platform.everywhere() or agency_id in (select platform.reached()))
  with check (platform.everywhere() or answered_by = platform.person());
create policy finding_delete on indicators.finding for delete using (platform.everywhere());
grant select on indicators.rule to mangnon_app;
grant select, insert, delete, update (state, vintage, params, found_at, explanation, answered_by, answered_at) on indicators.finding to mangnon_app;
