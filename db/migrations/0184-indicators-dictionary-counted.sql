-- What is measured is asked by nearly every question and hardly ever written: its answers are kept by the state of these tables. Only they are
-- counted for this schema; figures have their own count (indicators.lane_change).
do $$ declare name text; begin
  foreach name in array array['dimension', 'dimension_value', 'indicator', 'measure', 'measure_period', 'measure_breakdown', 'rule'] loop
    execute format('create trigger %I after insert or update or delete or truncate on indicators.%I for each statement execute function platform.note_change()',
      name || '_change', name);
  end loop;
end $$;
