-- A job may take over what waits of its kind: its payload becomes that of all. Only the product itself gives a running job another payload.
create function platform.give_payload(of_job uuid, try integer, given jsonb) returns boolean language plpgsql volatile security definer set search_path = pg_catalog as $$ begin
    update platform.job set payload = given where id = of_job and attempts = try and state = 'running' and platform.everywhere();
    return found;
  end $$;
comment on function platform.give_payload is 'Gives a running job the payload of those it takes over. @returns whether that try still holds the job';
revoke execute on function platform.give_payload from public;
grant execute on function platform.give_payload to mangnon_app;
