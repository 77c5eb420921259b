--! breaking
drop table access.notice;
