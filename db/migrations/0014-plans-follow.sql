-- When a body ends or hands over a function after a plan was issued, open work and the plan itself follow to the
-- successor. Only the product itself moves them; what hangs on them follows by the foreign keys.
grant update (agency_id) on plans.plan, plans.occurrence to mangnon_app;
grant delete on plans.duty_body to mangnon_app;
create policy duty_body_follow on plans.duty_body for delete using (platform.everywhere());
create function plans.keep_body() returns trigger language plpgsql
  as $$ begin
    if platform.everywhere() then return new; end if;
    raise exception 'a record follows a succession only, it is not handed over' using errcode = 'restrict_violation';
  end $$;
create trigger plan_body before update of agency_id on plans.plan for each row when (old.agency_id <> new.agency_id) execute function plans.keep_body();
create trigger occurrence_body before update of agency_id on plans.occurrence for each row when (old.agency_id <> new.agency_id) execute function plans.keep_body();
comment on function plans.keep_body() is 'Whose a plan or a piece of work is changes only by succession, by the product itself.';
