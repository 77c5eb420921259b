-- Nobody signs what he wrote, though another saved the section after him: all who wrote in a section are kept, as long as its report is written.
alter table reporting.draft_section add column writers uuid[] not null default '{}';
comment on column reporting.draft_section.writers is 'All who ever saved it, each once; empty: it is as it was filled in.';
grant update (writers) on reporting.draft_section to mangnon_app;
update reporting.draft_section set writers = array[saved_by] where version > 1;
