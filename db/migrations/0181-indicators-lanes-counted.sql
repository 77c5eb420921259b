-- Figures accepted before lanes were counted.
select set_config('mangnon.everywhere', 'yes', true);
insert into indicators.lane_change (measure_id, period, breakdown, slot, count, recent)
  select measure_id, period, breakdown, 0, count(*), '{}' from indicators.cell where accepted_vintage is not null group by measure_id, period, breakdown;
select set_config('mangnon.everywhere', '', true);
