-- Who sees figures is asked by the day of the transaction, in the country's time zone and by the product's clock, not by the database's own.
create function platform.today() returns date language sql stable
  as $$ select coalesce(nullif(current_setting('mangnon.today', true), '')::date, current_date) $$;
comment on function platform.today() is 'The day of this transaction, as the server told it; the database''s own where nobody did.';
grant execute on function platform.today() to mangnon_app;

create or replace function indicators.own_measures() returns setof uuid language sql stable rows 30
  as $$ select m.id from indicators.measure m where m.function in (select d.function from agencies.mandate d where d.agency_id = platform.agency()
    and (d.valid_from is null or d.valid_from <= platform.today()) and (d.valid_to is null or platform.today() < d.valid_to)) $$;
