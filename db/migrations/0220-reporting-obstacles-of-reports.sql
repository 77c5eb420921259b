-- Obstacles written in a report are records of their own once it is sent; after a reform they follow the bodies that took over.
alter table reporting.obstacle add column said_in jsonb not null default '[]';
comment on column reporting.obstacle.said_in is 'Lines of reports that say it: reportId, line, number of the first submission there, isWithdrawn where it is no longer said.';
create index obstacle_said_in on reporting.obstacle using gin (said_in jsonb_path_ops);
grant update (agency_id, words, proposal, folded, said_in) on reporting.obstacle to mangnon_app;
alter table reporting.obstacle_step drop constraint obstacle_step_kind_check;
alter table reporting.obstacle_step add constraint obstacle_step_kind_check check (kind in ('raised', 'passed-on', 'escalated', 'answered', 'not-resolved',
  'closed', 'reworded', 'withdrawn', 'handed-over'));
