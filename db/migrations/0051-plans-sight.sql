-- Who stands over every body needs no list of them: one look instead of a set of all bodies in each statement.
create table platform.whole_reach (
  viewer_id uuid primary key
);
comment on table platform.whole_reach is 'Viewers that stand over every body there is; written with platform.reach, emptied whenever either changes otherwise.';
grant select on platform.whole_reach to mangnon_app;

create function platform.note_whole_reach() returns void language sql as $$
  delete from platform.whole_reach;
  insert into platform.whole_reach (viewer_id)
    select r.viewer_id from platform.reach r group by r.viewer_id having count(*) = (select count(*) from agencies.agency) $$;
comment on function platform.note_whole_reach is 'Writes anew who stands over every body; for the role that owns the tables.';
revoke execute on function platform.note_whole_reach from public;

create function platform.forget_whole_reach() returns trigger language plpgsql as $$ begin
    delete from platform.whole_reach;
    return null;
  end $$;
comment on function platform.forget_whole_reach is 'A body came, or sight changed: nobody is known to stand over all until that is worked out anew.';
create trigger agency_whole_reach after insert on agencies.agency for each statement execute function platform.forget_whole_reach();
create trigger reach_whole_reach after insert or update or delete or truncate on platform.reach for each statement execute function platform.forget_whole_reach();

create function platform.sees_all() returns boolean language sql stable as $$
  select platform.everywhere() or exists (select 1 from platform.whole_reach w where w.viewer_id = any (platform.viewers())) $$;
comment on function platform.sees_all is 'Whether the actor acts everywhere or stands over every body: what any policy asks of a body is then answered.';
grant execute on function platform.sees_all to mangnon_app;

create function platform.standing_over() returns setof uuid language sql stable as $$
  select r.viewer_id from platform.reach r where r.agency_id = platform.agency() $$;
comment on function platform.standing_over is 'Whoever stands over the acting agency: what these issued is readable downwards.';
grant execute on function platform.standing_over to mangnon_app;

select platform.note_whole_reach();

-- The same lines as before, each asked once a statement instead of once a row, and not at all of who stands over all.
alter policy audience_read on plans.audience using ((select platform.sees_all())
  or agency_id in (select platform.reached()) or owner_id in (select platform.reached()));
alter policy duty_body_read on plans.duty_body using ((select platform.sees_all())
  or agency_id in (select platform.reached()) or owner_id in (select platform.reached()));
alter policy occurrence_read on plans.occurrence using ((select platform.sees_all())
  or agency_id in (select platform.reached()) or owner_id in (select platform.reached()));
alter policy progress_read on plans.progress using ((select platform.sees_all())
  or agency_id in (select platform.reached()) or owner_id in (select platform.reached()));
alter policy progress_version_read on plans.progress_version using ((select platform.sees_all())
  or agency_id in (select platform.reached()) or owner_id in (select platform.reached()));
alter policy progress_check_read on plans.progress_check using ((select platform.sees_all())
  or agency_id in (select platform.reached()) or owner_id in (select platform.reached()));
alter policy urging_addressee_read on plans.urging_addressee using ((select platform.sees_all())
  or agency_id in (select platform.reached()) or owner_id in (select platform.reached()));
alter policy urging_task_read on plans.urging_task using ((select platform.sees_all())
  or agency_id in (select platform.reached()) or owner_id in (select platform.reached()));
alter policy urging_read on plans.urging using ((select platform.sees_all())
  or agency_id in (select platform.reached()) or exists (select 1 from plans.urging_addressee a where a.urging_id = urging.id));

-- What a policy of one table asks of another stands in functions, so that it is planned once a connection, not in every statement.
create function plans.heard() returns setof uuid language plpgsql stable as $$ begin
    return query select a.plan_id from plans.audience a where a.agency_id = any (array(select platform.reached()));
  end $$;
comment on function plans.heard is 'The plans that bind a body within the actor''s reach.';
grant execute on function plans.heard to mangnon_app;

alter policy plan_read on plans.plan using ((select platform.sees_all()) or agency_id in (select platform.reached())
  or state <> 'draft' and (agency_id in (select platform.standing_over()) or id in (select plans.heard())));

create function plans.seen() returns setof uuid language plpgsql stable as $$ begin
    if platform.sees_all() then
      return query select p.id from plans.plan p;
    else
      return query
        select p.id from plans.plan p where p.agency_id = any (array(select platform.reached()))
        union select p.id from plans.plan p where p.state <> 'draft' and p.agency_id = any (array(select platform.standing_over()))
        union select p.id from plans.plan p where p.state <> 'draft' and p.id in (select plans.heard());
    end if;
  end $$;
comment on function plans.seen is 'The plans the actor sees: what row security lets through, found by indexes. What belongs to a plan asks it.';
grant execute on function plans.seen to mangnon_app;

alter policy plan_version_read on plans.plan_version using (((select platform.sees_all()) or plan_id in (select plans.seen()))
  and (state = 'issued' or agency_id = platform.agency() or (select platform.everywhere())));
alter policy node_read on plans.node using ((select platform.sees_all()) or plan_id in (select plans.seen()));
alter policy parent_read on plans.parent using ((select platform.sees_all())
  or plan_id in (select plans.seen()) and parent_plan_id in (select plans.seen()));
alter policy derivation_read on plans.derivation using ((select platform.sees_all())
  or plan_id in (select plans.seen()) and parent_plan_id in (select plans.seen()));
-- Rows of a version are read by its key: each asks for its version, and the set of all versions is never made (offset 0).
alter policy node_version_read on plans.node_version using (
  exists (select 1 from plans.plan_version v where v.id = node_version.plan_version_id offset 0));
alter policy duty_read on plans.duty using (
  exists (select 1 from plans.plan_version v where v.id = duty.plan_version_id offset 0));
alter policy node_basis_read on plans.node_basis using (
  exists (select 1 from plans.plan_version v where v.id = node_basis.plan_version_id offset 0));
alter policy node_programme_read on plans.node_programme using (
  exists (select 1 from plans.plan_version v where v.id = node_programme.plan_version_id offset 0));
alter policy plan_version_whole on plans.plan_version using ((select platform.everywhere()));
alter policy node_whole on plans.node using ((select platform.everywhere()));
alter policy node_version_whole on plans.node_version using ((select platform.everywhere()));
alter policy parent_whole on plans.parent using ((select platform.everywhere()));
alter policy derivation_whole on plans.derivation using ((select platform.everywhere()));
alter policy duty_whole on plans.duty using ((select platform.everywhere()));
alter policy node_basis_whole on plans.node_basis using ((select platform.everywhere()));
alter policy node_programme_whole on plans.node_programme using ((select platform.everywhere()));

create index occurrence_owner on plans.occurrence (owner_id, due_on);
create index occurrence_urgency on plans.occurrence ((done_on is null) desc, due_on, id) where cancelled_on is null;
create index urging_sent on plans.urging (sent_at desc);
