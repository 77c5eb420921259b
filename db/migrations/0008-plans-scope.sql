-- Second wall of plans, closer: foreign keys carry the body they belong to, an issued version takes nothing more,
-- period, programmes and legal bases belong to the version that says them, and a proof keeps who sent it.
-- Forced row security is lifted while the owner of the tables moves what is there.
do $$ declare name text; begin
  foreach name in array array['plan','plan_version','node_version','node_programme','node_basis','duty_body','audience','occurrence','progress','urging','urging_addressee','urging_task'] loop
    execute format('alter table plans.%I no force row level security', name);
  end loop;
end $$;

-- What a version says.
alter table plans.plan_version add column period_from date, add column period_to date;
update plans.plan_version v set period_from = p.period_from, period_to = p.period_to from plans.plan p where p.id = v.plan_id;
comment on column plans.plan_version.period_from is 'The period as this version says it; that of the plan follows when the version is issued.';

alter table plans.node_programme add column plan_version_id uuid;
alter table plans.node_basis add column plan_version_id uuid;
alter table plans.node_programme drop constraint node_programme_pkey;
alter table plans.node_basis drop constraint node_basis_pkey;
insert into plans.node_programme (node_id, plan_id, agency_id, programme_code, plan_version_id)
  select l.node_id, l.plan_id, l.agency_id, l.programme_code, n.plan_version_id from plans.node_programme l join plans.node_version n on n.node_id = l.node_id;
insert into plans.node_basis (node_id, plan_id, agency_id, basis, plan_version_id)
  select l.node_id, l.plan_id, l.agency_id, l.basis, n.plan_version_id from plans.node_basis l join plans.node_version n on n.node_id = l.node_id;
delete from plans.node_programme where plan_version_id is null;
delete from plans.node_basis where plan_version_id is null;
alter table plans.node_programme alter column plan_version_id set not null, add primary key (plan_version_id, node_id, programme_code);
alter table plans.node_basis alter column plan_version_id set not null, add primary key (plan_version_id, node_id, basis);

alter table plans.progress add column submitted_by uuid;
update plans.progress set submitted_by = person_id where submitted_at is not null;
comment on column plans.progress.submitted_by is 'Who sent it to be checked: neither the writer nor the sender checks.';

-- A reference to what one may not see must not tell that it is there: each carries the body of the record.
alter table plans.plan add unique (id, agency_id);
alter table plans.plan_version add unique (id, plan_id, agency_id);
alter table plans.node add unique (id, plan_id);
alter table plans.duty add unique (id, plan_version_id, node_id);
alter table plans.occurrence add unique (id, node_id, plan_id, agency_id, owner_id);
alter table plans.urging add unique (id, agency_id);
alter table plans.plan_version drop constraint plan_version_plan_id_fkey,
  add foreign key (plan_id, agency_id) references plans.plan (id, agency_id) on update cascade;
alter table plans.parent drop constraint parent_plan_id_fkey,
  add foreign key (plan_id, agency_id) references plans.plan (id, agency_id) on update cascade;
alter table plans.node drop constraint node_plan_id_fkey,
  add foreign key (plan_id, agency_id) references plans.plan (id, agency_id) on update cascade;
alter table plans.node_version drop constraint node_version_plan_version_id_fkey, drop constraint node_version_node_id_fkey, drop constraint node_version_parent_node_id_fkey,
  add foreign key (plan_version_id, plan_id, agency_id) references plans.plan_version (id, plan_id, agency_id) on update cascade,
  add foreign key (node_id, plan_id) references plans.node (id, plan_id),
  add foreign key (parent_node_id, plan_id) references plans.node (id, plan_id);
alter table plans.duty drop constraint duty_plan_version_id_fkey, drop constraint duty_node_id_fkey,
  add foreign key (plan_version_id, plan_id, agency_id) references plans.plan_version (id, plan_id, agency_id) on update cascade,
  add foreign key (plan_version_id, node_id) references plans.node_version (plan_version_id, node_id);
alter table plans.duty_body drop constraint duty_body_duty_id_fkey,
  add foreign key (duty_id, plan_version_id, node_id) references plans.duty (id, plan_version_id, node_id),
  add foreign key (plan_version_id, plan_id, owner_id) references plans.plan_version (id, plan_id, agency_id) on update cascade;
alter table plans.audience drop constraint audience_plan_id_fkey,
  add foreign key (plan_id, owner_id) references plans.plan (id, agency_id) on update cascade;
alter table plans.derivation drop constraint derivation_plan_id_fkey, drop constraint derivation_node_id_fkey, drop constraint derivation_parent_node_id_fkey, drop constraint derivation_parent_plan_id_fkey,
  add foreign key (plan_id, agency_id) references plans.plan (id, agency_id) on update cascade,
  add foreign key (node_id, plan_id) references plans.node (id, plan_id),
  add foreign key (parent_node_id, parent_plan_id) references plans.node (id, plan_id);
alter table plans.node_programme drop constraint node_programme_node_id_fkey,
  add foreign key (plan_version_id, plan_id, agency_id) references plans.plan_version (id, plan_id, agency_id) on update cascade,
  add foreign key (plan_version_id, node_id) references plans.node_version (plan_version_id, node_id);
alter table plans.node_basis drop constraint node_basis_node_id_fkey,
  add foreign key (plan_version_id, plan_id, agency_id) references plans.plan_version (id, plan_id, agency_id) on update cascade,
  add foreign key (plan_version_id, node_id) references plans.node_version (plan_version_id, node_id);
alter table plans.occurrence drop constraint occurrence_plan_id_fkey, drop constraint occurrence_node_id_fkey,
  add foreign key (plan_id, owner_id) references plans.plan (id, agency_id) on update cascade,
  add foreign key (node_id, plan_id) references plans.node (id, plan_id);
alter table plans.progress drop constraint progress_occurrence_id_fkey,
  add foreign key (occurrence_id, node_id, plan_id, agency_id, owner_id) references plans.occurrence (id, node_id, plan_id, agency_id, owner_id) on update cascade;
alter table plans.urging_addressee drop constraint urging_addressee_urging_id_fkey,
  add foreign key (urging_id, owner_id) references plans.urging (id, agency_id);
alter table plans.urging_task drop constraint urging_task_urging_id_fkey,
  add foreign key (urging_id, owner_id) references plans.urging (id, agency_id),
  add foreign key (urging_id, agency_id) references plans.urging_addressee (urging_id, agency_id);

do $$ declare name text; begin
  foreach name in array array['plan','plan_version','node_version','node_programme','node_basis','duty_body','audience','occurrence','progress','urging','urging_addressee','urging_task'] loop
    execute format('alter table plans.%I force row level security', name);
  end loop;
end $$;

-- Who writes what. A body writes its own; what hangs on a version is written while the version is a draft.
drop policy plan_append on plans.plan;
create policy plan_append on plans.plan for insert with check (platform.everywhere() or agency_id = platform.agency());
drop policy parent_append on plans.parent;
create policy parent_append on plans.parent for insert with check ((platform.everywhere() or agency_id = platform.agency())
  and exists (select 1 from plans.plan above where above.id = parent_plan_id));
drop policy parent_change on plans.parent;
drop policy node_change on plans.node;
drop policy node_delete on plans.node;
drop policy derivation_append on plans.derivation;
create policy derivation_append on plans.derivation for insert with check ((platform.everywhere() or agency_id = platform.agency())
  and exists (select 1 from plans.plan above where above.id = parent_plan_id));
do $$ declare name text; begin
  foreach name in array array['node_version', 'duty', 'node_programme', 'node_basis'] loop
    execute format('drop policy %I on plans.%I', name || '_append', name);
    execute format('drop policy %I on plans.%I', name || '_change', name);
    execute format('drop policy %I on plans.%I', name || '_delete', name);
    execute format('create policy %I on plans.%I for insert with check ((platform.everywhere() or agency_id = platform.agency()) and exists (select 1 from plans.plan_version v where v.id = plan_version_id and v.state = ''draft''))', name || '_append', name);
    execute format('create policy %I on plans.%I for delete using ((platform.everywhere() or agency_id = platform.agency()) and exists (select 1 from plans.plan_version v where v.id = plan_version_id and v.state = ''draft''))', name || '_delete', name);
  end loop;
  foreach name in array array['node_programme', 'node_basis'] loop
    execute format('drop policy %I on plans.%I', name || '_read', name);
    execute format('create policy %I on plans.%I for select using (exists (select 1 from plans.plan_version v where v.id = plan_version_id))', name || '_read', name);
  end loop;
  foreach name in array array['duty_body', 'audience', 'occurrence', 'urging_addressee', 'urging_task'] loop
    execute format('drop policy %I on plans.%I', name || '_append', name);
    execute format('create policy %I on plans.%I for insert with check (platform.everywhere() or owner_id = platform.agency())', name || '_append', name);
  end loop;
  foreach name in array array['duty_body', 'audience', 'urging_task', 'urging_addressee'] loop
    execute format('drop policy %I on plans.%I', name || '_change', name);
  end loop;
end $$;
drop policy duty_body_delete on plans.duty_body;
drop policy progress_append on plans.progress;
create policy progress_append on plans.progress for insert with check (platform.everywhere() or (agency_id = platform.agency() and person_id = platform.person() and state = 'draft'));
create policy urging_addressee_change on plans.urging_addressee for update using (platform.everywhere() or agency_id = platform.agency());
drop policy urging_append on plans.urging;
create policy urging_append on plans.urging for insert with check ((platform.everywhere() or agency_id = platform.agency())
  and (plan_id is null or exists (select 1 from plans.plan p where p.id = plan_id)));

-- A file lies under a record of the body it belongs to, and under an update only while that is being written.
create policy stored_file_of_plans_append on platform.stored_file as restrictive for insert with check (case record_kind
  when 'plans.plan-version' then exists (select 1 from plans.plan_version v where v.id = record_id and v.agency_id = stored_file.agency_id)
  when 'plans.progress' then exists (select 1 from plans.progress g where g.id = record_id and g.agency_id = stored_file.agency_id and g.state in ('draft', 'returned'))
  else true end);

-- Which columns may change at all: never the record's identity or whose it is.
revoke update on plans.plan, plans.plan_version, plans.derivation, plans.occurrence, plans.progress, plans.urging_addressee, plans.node_version, plans.duty from mangnon_app;
revoke delete on plans.duty_body from mangnon_app;
grant update (title, search_key, state, number, issued_on, period_from, period_to, version) on plans.plan to mangnon_app;
grant update (state, kind, number, place, issued_on, title, preamble, signature, bases, recipients, prose, period_from, period_to, saved_by, issued_by, issued_at, version) on plans.plan_version to mangnon_app;
grant update (is_requested, due_on, done_on, cancelled_on, status) on plans.occurrence to mangnon_app;
grant update (status, narrative, evidence_note, state, person_id, submitted_at, submitted_by, checked_by, checked_at, reason, version) on plans.progress to mangnon_app;
grant update (answer, answered_by, answered_at, version) on plans.urging_addressee to mangnon_app;

create function plans.keep_accepted() returns trigger language plpgsql
  as $$ begin raise exception 'accepted progress does not change' using errcode = 'restrict_violation'; end $$;
create trigger progress_accepted before update on plans.progress for each row when (old.state = 'accepted' and old.owner_id = new.owner_id and old.agency_id = new.agency_id) execute function plans.keep_accepted();
comment on function plans.keep_accepted() is 'What was accepted stays as it was accepted; only the body it belongs to may follow a succession.';
