-- Whether a lane of figures (measure, period, breakdown) is still as it was read is told by a number the database itself counts on, in the
-- transaction that writes; and which cells were written last, so that what was read need not be read whole again.
create table indicators.lane_change (
  measure_id uuid not null,
  period text not null,
  breakdown text not null,
  slot integer not null,
  count bigint not null,
  recent uuid[] not null,
  primary key (measure_id, period, breakdown, slot)
);
comment on table indicators.lane_change is 'How many times accepted figures of a lane were written, by slot of the connection that did, so that hardly anybody waits for another; their sum names the state of the lane.';
comment on column indicators.lane_change.recent is 'The cells counted last, one for each count and no more than a hundred; empty where more were written at once.';

alter table indicators.lane_change enable row level security;
alter table indicators.lane_change force row level security;
create policy lane_change_owner on indicators.lane_change
  using (current_user = (select pg_get_userbyid(relowner) from pg_catalog.pg_class where oid = 'indicators.lane_change'::regclass));
create policy lane_change_read on indicators.lane_change for select using ((select platform.sees_all()));
grant select on indicators.lane_change to mangnon_app;

create function indicators.note_lane(measure uuid, lane_period text, lane_breakdown text, cells uuid[]) returns void language sql set search_path = pg_catalog as $$
    insert into indicators.lane_change as l (measure_id, period, breakdown, slot, count, recent)
      values (measure, lane_period, lane_breakdown, pg_backend_pid() % 32, cardinality(cells), case when cardinality(cells) > 100 then '{}' else cells end)
      on conflict (measure_id, period, breakdown, slot) do update set count = l.count + excluded.count,
        recent = case when excluded.recent = '{}' then '{}'
          else (l.recent || excluded.recent)[greatest(1, cardinality(l.recent || excluded.recent) - 99):] end $$;
comment on function indicators.note_lane is 'Counts cells of one lane that were written.';
revoke execute on function indicators.note_lane from public;

-- A trigger is shown rows of one event only. What is not accepted is in no total and is not counted.
create function indicators.note_lanes() returns trigger language plpgsql security definer set search_path = pg_catalog as $$ begin
    if tg_op = 'TRUNCATE' or tg_table_name = 'observation' then
      update indicators.lane_change set count = count + 1, recent = '{}';
    elsif tg_op = 'INSERT' then
      perform indicators.note_lane(c.measure_id, c.period, c.breakdown, c.ids) from (
        select measure_id, period, breakdown, array_agg(id) as ids from after where accepted_vintage is not null
        group by measure_id, period, breakdown order by measure_id, period, breakdown) c;
    elsif tg_op = 'DELETE' then
      perform indicators.note_lane(c.measure_id, c.period, c.breakdown, c.ids) from (
        select measure_id, period, breakdown, array_agg(id) as ids from before where accepted_vintage is not null
        group by measure_id, period, breakdown order by measure_id, period, breakdown) c;
    else
      perform indicators.note_lane(c.measure_id, c.period, c.breakdown, c.ids) from (
        select w.measure_id, w.period, w.breakdown, array_agg(distinct a.id) as ids from before b join after a on a.id = b.id
        cross join lateral (values (b.measure_id, b.period, b.breakdown, b.accepted_vintage), (a.measure_id, a.period, a.breakdown, a.accepted_vintage))
          as w (measure_id, period, breakdown, accepted)
        where w.accepted is not null
          and (b.accepted_vintage, b.answered_on, b.measure_id, b.period, b.period_to, b.breakdown, b.unit_id)
            is distinct from (a.accepted_vintage, a.answered_on, a.measure_id, a.period, a.period_to, a.breakdown, a.unit_id)
        group by w.measure_id, w.period, w.breakdown order by w.measure_id, w.period, w.breakdown) c;
    end if;
    return null;
  end $$;
comment on function indicators.note_lanes is 'Counts what a statement wrote of accepted figures, within its own transaction: the count stands or falls with what it counts.';
revoke execute on function indicators.note_lanes from public;

create trigger cell_lanes_added after insert on indicators.cell referencing new table as after for each statement execute function indicators.note_lanes();
create trigger cell_lanes_changed after update on indicators.cell referencing old table as before new table as after
  for each statement execute function indicators.note_lanes();
create trigger cell_lanes_gone after delete on indicators.cell referencing old table as before for each statement execute function indicators.note_lanes();
create trigger cell_lanes_emptied after truncate on indicators.cell for each statement execute function indicators.note_lanes();
-- What was said is never changed; whoever owns the tables and does so all the same makes everything be read again.
create trigger observation_lanes after update or delete or truncate on indicators.observation for each statement execute function indicators.note_lanes();
