-- A body an obstacle has been with goes on seeing it when it is passed on, or when nobody answered in time; obstacles are found by words.
alter table reporting.obstacle add column held_ids uuid[] not null default '{}', add column folded text not null default '';
comment on column reporting.obstacle.held_ids is 'Bodies it was routed to, from the first to the one it is with.';
comment on column reporting.obstacle.folded is 'Its words without diacritics, to be found by.';
drop policy obstacle_read on reporting.obstacle;
create policy obstacle_read on reporting.obstacle for select using ((select platform.sees_all()) or agency_id in (select platform.reached())
  or routed_to_id in (select platform.reached()) or held_ids && array(select platform.reached()));
grant update (held_ids) on reporting.obstacle to mangnon_app;
create trigger obstacle_step_change after insert or update or delete or truncate on reporting.obstacle_step for each statement execute function platform.note_change();
