-- Figures come by the thousand: that what they name is there is proven once a statement instead of once a row. Who takes something away that
-- figures name waits until nobody writes any, and is refused.
alter table indicators.cell drop constraint cell_agency_id_fkey, drop constraint cell_measure_id_fkey, drop constraint cell_unit_id_fkey;
alter table indicators.observation drop constraint observation_by_agency_id_fkey, drop constraint observation_cell_id_agency_id_measure_id_fkey;
alter table indicators.decision drop constraint decision_cell_id_agency_id_measure_id_fkey;
alter table indicators.cell drop constraint cell_id_agency_id_measure_id_key;

create function indicators.refuse_key(of text) returns void language plpgsql as $$ begin
    raise exception 'figures name what is not there: %', of using errcode = 'foreign_key_violation';
  end $$;
comment on function indicators.refuse_key is 'The fault that a foreign key would be.';

create function indicators.look_anew() returns void language plpgsql set search_path = pg_catalog as $$ begin
    if current_setting('transaction_isolation') <> 'read committed' then
      raise exception 'figures are written, and what they name is taken away, in transactions that see what others have done'
        using errcode = 'invalid_transaction_state'; end if;
  end $$;
comment on function indicators.look_anew is 'Proofs wait for others and then look again: a transaction that goes on seeing what was there when it began would prove nothing.';

-- By the keys of what is named, which is little of all there is; the planner takes the figures of a statement for more than they are.
create function indicators.prove_cells() returns trigger language plpgsql
  set search_path = pg_catalog set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$ begin
    perform indicators.look_anew();
    if exists (select from (select distinct agency_id as id from after) n where not exists (select from agencies.agency a where a.id = n.id)) then
      perform indicators.refuse_key('the body of a cell'); end if;
    if exists (select from (select distinct measure_id as id from after) n where not exists (select from indicators.measure m where m.id = n.id)) then
      perform indicators.refuse_key('the measure of a cell'); end if;
    if exists (select from (select distinct unit_id as id from after) n where not exists (select from territory.unit u where u.id = n.id)) then
      perform indicators.refuse_key('the unit of a cell'); end if;
    return null;
  end $$;
comment on function indicators.prove_cells is 'Body, measure and unit of the cells a statement laid down are there.';

-- By the key of each cell, whatever the planner believed of the table when it was small. Whoever may say something of a cell sees it.
create function indicators.prove_said() returns trigger language plpgsql
  set search_path = pg_catalog set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$ begin
    perform indicators.look_anew();
    if exists (select from after n where not exists (
      select from indicators.cell c where c.id = n.cell_id and c.agency_id = n.agency_id and c.measure_id = n.measure_id)) then
      perform indicators.refuse_key('a cell of that body and measure'); end if;
    if exists (select from (select distinct by_agency_id as id from after) n where not exists (select from agencies.agency a where a.id = n.id)) then
      perform indicators.refuse_key('the body of whoever said it'); end if;
    return null;
  end $$;
comment on function indicators.prove_said is 'What was said or decided is of a cell that is there, with its body and measure.';

create function indicators.prove_keys() returns void language plpgsql set search_path = pg_catalog as $$
  declare was text := coalesce(current_setting('mangnon.everywhere', true), '');
  begin
    perform indicators.look_anew();
    lock table indicators.cell, indicators.observation, indicators.decision in share row exclusive mode;
    perform set_config('mangnon.everywhere', 'yes', true);
    if exists (select from indicators.cell c where not exists (select from agencies.agency a where a.id = c.agency_id)) then
      perform indicators.refuse_key('the body of a cell'); end if;
    if exists (select from indicators.cell c where not exists (select from indicators.measure m where m.id = c.measure_id)) then
      perform indicators.refuse_key('the measure of a cell'); end if;
    if exists (select from indicators.cell c where not exists (select from territory.unit u where u.id = c.unit_id)) then
      perform indicators.refuse_key('the unit of a cell'); end if;
    if exists (select from indicators.observation o where not exists (
        select from indicators.cell c where c.id = o.cell_id and c.agency_id = o.agency_id and c.measure_id = o.measure_id))
      or exists (select from indicators.decision d where not exists (
        select from indicators.cell c where c.id = d.cell_id and c.agency_id = d.agency_id and c.measure_id = d.measure_id)) then
      perform indicators.refuse_key('a cell of that body and measure'); end if;
    if exists (select from indicators.observation o where not exists (select from agencies.agency a where a.id = o.by_agency_id)) then
      perform indicators.refuse_key('the body of whoever said it'); end if;
    perform set_config('mangnon.everywhere', was, true);
  end $$;
comment on function indicators.prove_keys is 'Holds every figure against what it names: after a backup was read in, and where a key was changed or a table emptied. Nobody writes figures meanwhile.';

create function indicators.prove_all() returns trigger language plpgsql set search_path = pg_catalog as $$ begin
    perform indicators.prove_keys();
    return null;
  end $$;
comment on function indicators.prove_all is 'A key that figures name was changed, or a table emptied: all of them are looked at.';

-- What is taken away is known by its ids. Who is about to write figures has a lock this one waits for, and those who come later see it gone.
create function indicators.prove_unused() returns trigger language plpgsql set search_path = pg_catalog as $$
  declare was text := coalesce(current_setting('mangnon.everywhere', true), ''); used boolean;
  begin
    perform indicators.look_anew();
    lock table indicators.cell, indicators.observation, indicators.decision in share row exclusive mode;
    perform set_config('mangnon.everywhere', 'yes', true);
    used := case tg_table_name
      when 'agency' then exists (select from before b join indicators.cell c on c.agency_id = b.id)
        or exists (select from before b join indicators.observation o on o.by_agency_id = b.id)
      when 'measure' then exists (select from before b join indicators.cell c on c.measure_id = b.id)
      when 'unit' then exists (select from before b join indicators.cell c on c.unit_id = b.id)
      else exists (select from before b join indicators.observation o on o.cell_id = b.id)
        or exists (select from before b join indicators.decision d on d.cell_id = b.id) end;
    perform set_config('mangnon.everywhere', was, true);
    if used then perform indicators.refuse_key(tg_table_name || ' is named by figures'); end if;
    return null;
  end $$;
comment on function indicators.prove_unused is 'Nothing is taken away that figures name.';

grant execute on function indicators.look_anew, indicators.refuse_key to mangnon_app;
revoke execute on function indicators.prove_keys, indicators.prove_all, indicators.prove_unused from public;

create trigger cell_proven after insert on indicators.cell referencing new table as after for each statement execute function indicators.prove_cells();
create trigger observation_proven after insert on indicators.observation referencing new table as after for each statement execute function indicators.prove_said();
create trigger decision_proven after insert on indicators.decision referencing new table as after for each statement execute function indicators.prove_said();

create trigger cell_key_kept after update of id, agency_id, measure_id, unit_id or truncate on indicators.cell for each statement execute function indicators.prove_all();
create trigger observation_key_kept after update of cell_id, agency_id, measure_id, by_agency_id on indicators.observation for each statement execute function indicators.prove_all();
create trigger decision_key_kept after update of cell_id, agency_id, measure_id on indicators.decision for each statement execute function indicators.prove_all();
create trigger agency_of_figures_kept after update of id or truncate on agencies.agency for each statement execute function indicators.prove_all();
create trigger measure_of_figures_kept after update of id or truncate on indicators.measure for each statement execute function indicators.prove_all();
create trigger unit_of_figures_kept after update of id or truncate on territory.unit for each statement execute function indicators.prove_all();

create trigger cell_unused after delete on indicators.cell referencing old table as before for each statement execute function indicators.prove_unused();
create trigger agency_unused after delete on agencies.agency referencing old table as before for each statement execute function indicators.prove_unused();
create trigger measure_unused after delete on indicators.measure referencing old table as before for each statement execute function indicators.prove_unused();
create trigger unit_unused after delete on territory.unit referencing old table as before for each statement execute function indicators.prove_unused();

-- Who stands over every body reaches each: that is asked once a statement, and the list of bodies is not drawn up for him.
alter policy cell_append on indicators.cell with check ((select platform.sees_all()) or agency_id in (select platform.reached()));
alter policy cell_change on indicators.cell using ((select platform.sees_all()) or agency_id in (select platform.reached()));
alter policy observation_append on indicators.observation with check ((select platform.everywhere())
  or (by_agency_id = (select platform.agency()) and entered_by = (select platform.person())
    and ((select platform.sees_all()) or agency_id in (select platform.reached()))));
