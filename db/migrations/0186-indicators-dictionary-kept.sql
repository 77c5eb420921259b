-- Indicators that bodies bring in beside those of the country's data, with supporting fields of work and sources in their order.
alter table indicators.indicator add column supporting text[] not null default '{}';
alter table indicators.indicator add column data_sources jsonb not null default '[]';
alter table indicators.indicator add column agency_id uuid references agencies.agency (id);
alter table indicators.dimension add column agency_id uuid references agencies.agency (id);
comment on column indicators.indicator.supporting is 'Fields of work whose bodies support the one that answers.';
comment on column indicators.indicator.data_sources is 'Where figures come from, the first to be asked first: names in every language.';
comment on column indicators.indicator.agency_id is 'The body that brought it in and keeps it; null: the country''s data.';
comment on column indicators.dimension.agency_id is 'The body that brought it in and keeps it; null: the country''s data.';

-- Read by everyone; written by the keeper alone, whatever the application forgets.
do $$ declare name text; begin
  foreach name in array array['indicator', 'measure', 'measure_period', 'measure_breakdown', 'dimension', 'dimension_value'] loop
    execute format('alter table indicators.%I enable row level security', name);
    execute format('alter table indicators.%I force row level security', name);
    execute format('create policy %I on indicators.%I for select using (true)', name || '_read', name);
  end loop;
  foreach name in array array['indicator', 'dimension'] loop
    execute format('create policy %I on indicators.%I for insert with check (platform.everywhere() or agency_id = platform.agency())', name || '_append', name);
    execute format('create policy %I on indicators.%I for update using (platform.everywhere() or agency_id = platform.agency())
      with check (platform.everywhere() or agency_id = platform.agency())', name || '_change', name);
  end loop;
end $$;
create policy measure_write on indicators.measure for all using (platform.everywhere()
  or indicator_id in (select i.id from indicators.indicator i where i.agency_id = (select platform.agency())));
create policy dimension_value_write on indicators.dimension_value for all using (platform.everywhere()
  or dimension in (select d.code from indicators.dimension d where d.agency_id = (select platform.agency())));
do $$ declare name text; begin
  foreach name in array array['measure_period', 'measure_breakdown'] loop
    execute format('create policy %I on indicators.%I for all using (platform.everywhere() or measure_id in (select m.id from indicators.measure m
      join indicators.indicator i on i.id = m.indicator_id where i.agency_id = (select platform.agency())))', name || '_write', name);
  end loop;
end $$;
grant insert, update on indicators.indicator, indicators.measure, indicators.dimension, indicators.dimension_value to mangnon_app;
grant insert, delete on indicators.measure_period, indicators.measure_breakdown to mangnon_app;

alter table indicators.import add column subject text not null default 'figures' check (subject in ('figures', 'dictionary'));
alter table indicators.import add column usual jsonb not null default '{}';
comment on column indicators.import.subject is 'What the file holds: figures, or what is measured.';
comment on column indicators.import.usual is 'What holds where the file leaves it open, as its bringer said.';

create table indicators.import_term (
  import_id uuid not null references indicators.import (id),
  row_number integer not null,
  outcome text not null check (outcome in ('added', 'changed', 'same')),
  kind text not null check (kind in ('measure', 'dimension')),
  code text not null,
  name text not null,
  record jsonb not null,
  is_chosen boolean not null default true,
  primary key (import_id, row_number)
);
comment on table indicators.import_term is 'A measure or breakdown of a file that waits to be taken in; gone once it is, or the import is ended.';
comment on column indicators.import_term.record is 'As it would be kept.';
alter table indicators.import_term enable row level security; alter table indicators.import_term force row level security;
create policy import_term_own on indicators.import_term for all using ((select platform.everywhere())
  or import_id in (select i.id from indicators.import i where i.agency_id = (select platform.agency())));
grant select, insert, delete, update (is_chosen) on indicators.import_term to mangnon_app;

-- Whether anybody has figures of a measure: told to whoever would change what it means, without telling whose.
create function indicators.has_figures(of uuid) returns boolean language plpgsql volatile set search_path = pg_catalog as $$
declare was text := coalesce(current_setting('mangnon.everywhere', true), ''); found boolean;
begin
  perform set_config('mangnon.everywhere', 'yes', true);
  found := exists (select 1 from indicators.cell c where c.measure_id = of);
  perform set_config('mangnon.everywhere', was, true);
  return found;
end $$;
revoke all on function indicators.has_figures(uuid) from public;
grant execute on function indicators.has_figures(uuid) to mangnon_app;
