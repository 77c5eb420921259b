-- Drafts are written again and again and read as often: they are kept as they are, not made smaller at each writing.
alter table reporting.draft_section alter column content set storage external;
