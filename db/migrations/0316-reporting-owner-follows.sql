-- A regime goes over to whoever holds the work of its body, with its rounds and what is owed in them.
grant update (agency_id) on reporting.regime, reporting.round to mangnon_app;
grant update (owner_id) on reporting.obligation, reporting.urging_addressee to mangnon_app;
create policy urging_addressee_change on reporting.urging_addressee for update using (platform.everywhere());
