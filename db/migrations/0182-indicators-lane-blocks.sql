-- Accepted figures of whole lanes as memory holds them, so that a start need not read them row by row. They say nothing that rows do not say:
-- each is held against the state of its lane before it is used, and may be thrown away at any time.
create table indicators.unit_order (
  id text primary key,
  unit_ids uuid[] not null
);
comment on table indicators.unit_order is 'Units in an order by which packed figures name them; its id is a digest of it.';
create table indicators.lane_block (
  measure_id uuid not null references indicators.measure (id),
  period text not null,
  breakdown text not null,
  due_days integer not null,
  state text not null,
  order_id text not null references indicators.unit_order (id),
  figures bytea not null,
  checksum text not null,
  written_at timestamptz not null,
  primary key (measure_id, period, breakdown)
);
create index lane_block_order on indicators.lane_block (order_id);
alter table indicators.lane_block alter column figures set storage external;
comment on table indicators.lane_block is 'Accepted figures of a lane, packed, with the state of indicators.lane_change they were of.';
comment on column indicators.lane_block.due_days is 'By which it was told which figures came late.';
comment on column indicators.lane_block.checksum is 'A digest of figures, lane and state: what was damaged is not used.';

do $$ declare name text; begin
  foreach name in array array['unit_order', 'lane_block'] loop
    execute format('alter table indicators.%I enable row level security', name);
    execute format('alter table indicators.%I force row level security', name);
    execute format('create policy %I on indicators.%I using ((select platform.everywhere())) with check (platform.everywhere())', name || '_product', name);
  end loop;
end $$;
grant select, insert, delete on indicators.unit_order to mangnon_app;
grant select, insert, update, delete on indicators.lane_block to mangnon_app;
