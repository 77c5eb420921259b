-- Files of figures: looked at row by row first, taken in as whoever brought them chooses; what was looked at waits here.
create table indicators.import (
  id uuid primary key,
  agency_id uuid not null references agencies.agency (id),
  file_name text not null,
  file_sha256 text not null,
  file_bytes bigint not null,
  decimal_sign text check (decimal_sign in ('.', ',')),
  takes text not null check (takes in ('nothing', 'whole', 'good')),
  state text not null check (state in ('checking', 'checked', 'taking', 'done', 'failed', 'cancelled')),
  row_at integer not null default 0,
  counted integer not null default 0,
  added integer not null default 0,
  changed integer not null default 0,
  same integer not null default 0,
  empty integer not null default 0,
  refused integer not null default 0,
  taken integer not null default 0,
  problem_code text,
  problem_params jsonb not null default '{}',
  job_id uuid,
  started_by uuid not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  check (counted = added + changed + same + empty + refused),
  check (taken <= added + changed)
);
create index import_agency on indicators.import (agency_id, started_at desc);
comment on table indicators.import is 'A file of figures: how far it is read and what became of each of its rows.';
comment on column indicators.import.takes is 'What is taken in without asking again: nothing, the whole where no row is refused, the good rows.';
comment on column indicators.import.decimal_sign is 'What parts decimals in the file, as its bringer said; null: only what can be read in one way is read.';
comment on column indicators.import.empty is 'Rows of a form that were left empty: they say nothing.';

create table indicators.import_row (
  import_id uuid not null references indicators.import (id),
  row_number integer not null,
  outcome text not null check (outcome in ('added', 'changed', 'same')),
  measure_id uuid not null,
  unit_id uuid not null,
  period text not null,
  breakdown text not null,
  seen integer,
  status text,
  numerator numeric,
  denominator numeric,
  absence text,
  comment text,
  primary key (import_id, row_number),
  unique (import_id, measure_id, unit_id, period, breakdown)
);
comment on table indicators.import_row is 'A good row of a file that waits to be taken in; gone once it is, or the import is ended.';
comment on column indicators.import_row.seen is 'The vintage it was compared with.';

create table indicators.import_problem (
  import_id uuid not null references indicators.import (id),
  row_number integer not null,
  place text not null,
  code text not null,
  params jsonb not null,
  excerpt text,
  primary key (import_id, row_number, place)
);
comment on table indicators.import_problem is 'Why a row of a file was refused: at which cell, and what stood there.';

alter table indicators.observation add column import_id uuid references indicators.import (id);
comment on column indicators.observation.import_id is 'The file it came with.';

do $$ declare name text; begin
  foreach name in array array['import', 'import_row', 'import_problem'] loop
    execute format('alter table indicators.%I enable row level security', name);
    execute format('alter table indicators.%I force row level security', name);
  end loop;
  foreach name in array array['import_row', 'import_problem'] loop
    execute format('create policy %I on indicators.%I for all using ((select platform.everywhere())
      or import_id in (select i.id from indicators.import i where i.agency_id = (select platform.agency())))', name || '_own', name);
  end loop;
end $$;
create policy import_read on indicators.import for select using (platform.everywhere() or agency_id = platform.agency());
create policy import_append on indicators.import for insert with check (platform.everywhere() or agency_id = platform.agency());
create policy import_change on indicators.import for update using (platform.everywhere() or agency_id = platform.agency());

-- Whoever stands over a body may bring in its figures with a file; they are that body's all the same.
drop policy cell_append on indicators.cell;
create policy cell_append on indicators.cell for insert with check (platform.everywhere() or agency_id in (select platform.reached()));

grant select, insert, update on indicators.import to mangnon_app;
grant select, insert, delete on indicators.import_row to mangnon_app;
grant select, insert on indicators.import_problem to mangnon_app;
