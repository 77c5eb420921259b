-- A report that was withdrawn is a draft again and keeps its numbers: what was sent under them was signed.
do $$ declare rule text; begin
  select c.conname into strict rule from pg_constraint c where c.conrelid = 'reporting.report'::regclass and c.contype = 'c'
    and pg_get_constraintdef(c.oid) like '%draft%' and pg_get_constraintdef(c.oid) like '%number = 0%';
  execute format('alter table reporting.report drop constraint %I', rule);
end $$;
alter table reporting.report add constraint report_number_of_state check (state in ('draft') or number > 0);

-- Figures are said in reports too.
alter table indicators.observation drop constraint observation_source_check;
alter table indicators.observation add constraint observation_source_check check (source in ('typed', 'file', 'computed', 'exchange', 'report'));
