-- What everyone may know: figures of a whole country, small counts of sensitive measures hidden so that they follow from nothing told (ADR 0026).
alter table indicators.measure add column small_counts integer check (small_counts >= 1);
comment on column indicators.measure.small_counts is 'The measure is sensitive: counts from 1 to here, or to the setting where that is higher, are told to nobody outside; null: not sensitive.';

create table indicators.release (
  id uuid primary key,
  measure_id uuid not null references indicators.measure (id),
  period text not null,
  period_from date not null,
  period_to date not null,
  agency_id uuid not null references agencies.agency (id),
  bound integer,
  cell_count integer not null,
  hidden_count integer not null,
  released_by uuid not null,
  released_at timestamptz not null
);
create index release_measure on indicators.release (measure_id, period, released_at desc);
comment on table indicators.release is 'A measure and period told to everyone, as its figures then stood; never changed, a later one stands beside it.';
comment on column indicators.release.bound is 'Counts from 1 to here were hidden; null: nothing was.';

create table indicators.released_cell (
  release_id uuid not null references indicators.release (id),
  unit_id uuid not null references territory.unit (id),
  breakdown text not null,
  is_hidden boolean not null,
  numerator numeric,
  denominator numeric,
  value numeric,
  expected integer not null,
  reported integer not null,
  primary key (release_id, unit_id, breakdown),
  check (not is_hidden or (numerator is null and denominator is null and value is null))
);
comment on table indicators.released_cell is 'One figure of a release; a hidden one has no number at all.';
comment on column indicators.released_cell.expected is 'Of so many units below a figure was due; reported: so many gave one.';

do $$ declare name text; begin
  foreach name in array array['release', 'released_cell'] loop
    execute format('alter table indicators.%I enable row level security', name);
    execute format('alter table indicators.%I force row level security', name);
    execute format('create policy %I on indicators.%I for select using ((select platform.everywhere() or platform.agency() is not null))', name || '_read', name);
  end loop;
end $$;
create policy release_append on indicators.release for insert
  with check (platform.everywhere() or (agency_id = platform.agency() and released_by = platform.person()));
create policy released_cell_append on indicators.released_cell for insert
  with check ((select platform.everywhere()) or release_id in (select r.id from indicators.release r where r.agency_id = (select platform.agency())));

grant select, insert on indicators.release, indicators.released_cell to mangnon_app;
