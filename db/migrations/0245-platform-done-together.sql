-- Requests of many people that are done in one transaction: the walls stand for each of them by himself, one after the other.
create function platform.become(person uuid, viewers uuid[], agency uuid) returns void language plpgsql volatile as $$ begin
    perform set_config('mangnon.person', coalesce(person::text, ''), true), set_config('mangnon.viewers', coalesce(viewers::text, ''), true),
      set_config('mangnon.agency', coalesce(agency::text, ''), true), set_config('mangnon.everywhere', '', true);
  end $$;
comment on function platform.become is 'Tells row security who acts from here on in this transaction, as the server tells it for one request; never everywhere. Null: nobody.';

create function platform.keep_together(done jsonb) returns void language plpgsql volatile set plan_cache_mode = force_generic_plan as $$
  declare one record;
  begin
    for one in select * from jsonb_to_recordset(done) as d(person uuid, viewers uuid[], agency uuid, key text, route text, hash text, answer jsonb, entry_id uuid,
      at timestamptz, action text, post uuid, of_agency uuid, record_kind text, record_id uuid, params jsonb, request_id text)
    loop
      perform platform.become(one.person, one.viewers, one.agency);
      insert into platform.idempotency_key (person_id, key, route, request_hash, status, answer, at)
        values (one.person, one.key, one.route, one.hash, 200, one.answer, one.at);
      insert into platform.audit_entry (id, at, action, outcome, person_id, post_id, agency_id, record_kind, record_id, params, request_id)
        values (one.entry_id, one.at, one.action, 'done', one.person, one.post, one.of_agency, one.record_kind, one.record_id, one.params, one.request_id);
    end loop;
    perform platform.become(null, null, null);
  end $$;
comment on function platform.keep_together is 'Keeps the answer and appends the audit entry of each request that was done together with others, each as its own person. Fails whole for a key that was used.';
revoke execute on function platform.become, platform.keep_together from public;
grant execute on function platform.become, platform.keep_together to mangnon_app;
