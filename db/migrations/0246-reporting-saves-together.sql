-- Sections of drafts saved by many people at once, in one transaction: asked and written as each of them.
create function reporting.find_to_save(waiting jsonb, known uuid[]) returns table (place integer, state text, obligation_state text, round_state text, reopened_until date,
    agency_id uuid, is_all_open boolean, version integer, form_id uuid, form jsonb) language plpgsql volatile set plan_cache_mode = force_generic_plan as $$
  declare one record;
  begin
    for one in select * from jsonb_to_recordset(waiting) as w(place integer, person uuid, viewers uuid[], agency uuid, report uuid, section text) order by report
    loop
      perform platform.become(one.person, one.viewers, one.agency);
      -- Who holds a report for longer is not waited for: his turn comes in the ordinary way.
      return query select one.place, r.state, o.state, n.state, r.reopened_until, o.agency_id, r.open_lines is null, d.version, n.form_id,
          case when n.form_id = any (known) then null else (select f.definition from reporting.form f where f.id = n.form_id) end
        from reporting.report r join reporting.obligation o on o.id = r.obligation_id join reporting.round n on n.id = o.round_id
          join reporting.draft_section d on d.report_id = r.id and d.section = one.section
        where r.id = one.report and o.agency_id = one.agency for update of r, d skip locked;
    end loop;
    perform platform.become(null, null, null);
  end $$;
comment on function reporting.find_to_save is 'Locks and reads the drafts that wait to be saved, each as the person who saves. Known: forms whose definition need not be told.';

create function reporting.save_sections(waiting jsonb) returns setof integer language plpgsql volatile set plan_cache_mode = force_generic_plan as $$
  declare one record;
  begin
    for one in select * from jsonb_to_recordset(waiting) as w(place integer, person uuid, viewers uuid[], agency uuid, report uuid, section text, version integer, content jsonb, at timestamptz)
    loop
      perform platform.become(one.person, one.viewers, one.agency);
      update reporting.draft_section d set content = one.content, saved_by = one.person, saved_at = one.at, version = one.version + 1,
          writers = case when one.person = any (d.writers) then d.writers else d.writers || one.person end
        where d.report_id = one.report and d.section = one.section and d.version = one.version;
      if found then return next one.place; end if;
    end loop;
    perform platform.become(null, null, null);
  end $$;
comment on function reporting.save_sections is 'Writes sections of drafts, each as the person who saves, where the draft still has the version he saw. @returns the places of those written';
revoke execute on function reporting.find_to_save, reporting.save_sections from public;
grant execute on function reporting.find_to_save, reporting.save_sections to mangnon_app;
