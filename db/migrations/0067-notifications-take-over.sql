-- What people still had to hear about their own account goes on in the one store of notices: unread ones of a kind as one.
alter table access.notice no force row level security;
alter table notifications.notice no force row level security;
insert into notifications.notice (id, person_id, kind, params, count, made_at)
  select distinct on (person_id, kind) id, person_id, kind, params, count(*) over (partition by person_id, kind), made_at
  from access.notice where read_at is null order by person_id, kind, made_at desc;
insert into notifications.notice (id, person_id, kind, params, made_at, read_at, mailed_at)
  select id, person_id, kind, params, made_at, read_at, read_at from access.notice where read_at is not null;
alter table access.notice force row level security;
alter table notifications.notice force row level security;
