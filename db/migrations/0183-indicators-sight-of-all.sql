-- The same lines as before, each asked once a statement instead of of every body, and not at all of who stands over all: what he reaches is every body there is.
do $$ declare name text; begin
  foreach name in array array['cell', 'observation', 'decision', 'target', 'finding'] loop
    execute format('alter policy %I on indicators.%I using ((select platform.sees_all()) or agency_id in (select platform.reached())
      or (measure_id in (select indicators.own_measures()) and agency_id in (select indicators.own_ground())))', name || '_read', name);
  end loop;
end $$;
