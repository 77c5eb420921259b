-- A lost second factor is taken away by two administrators; a post is handed over for a time or for good.
create table access.factor_reset (
  id uuid primary key,
  person_id uuid not null references access.person (id),
  reason text not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  state text not null default 'asked' check (state in ('asked', 'done', 'refused')),
  decided_by uuid,
  decided_at timestamptz,
  check ((state = 'asked') = (decided_by is null)),
  check (asked_by <> person_id),
  check (state <> 'done' or (decided_by <> asked_by and decided_by <> person_id))
);
create unique index factor_reset_asked on access.factor_reset (person_id) where state = 'asked';
comment on table access.factor_reset is 'That a person lost the second factor: one administrator asks, another decides. Append and decide once.';
alter table access.factor_reset enable row level security; alter table access.factor_reset force row level security;
create policy factor_reset_read on access.factor_reset for select using (platform.everywhere() or access.sees_person(person_id));
create policy factor_reset_append on access.factor_reset for insert
  with check (platform.everywhere() or (asked_by = platform.person() and access.sees_person(person_id)));
create policy factor_reset_decide on access.factor_reset for update
  using (platform.everywhere() or access.sees_person(person_id))
  with check (platform.everywhere() or decided_by = platform.person());
grant select, insert, update (state, decided_by, decided_at) on access.factor_reset to mangnon_app;

alter table access.post add column stands_in_for uuid references access.post (id);
create index post_stands_in on access.post (stands_in_for) where stands_in_for is not null;
comment on column access.post.stands_in_for is 'The post for whose holder this one acts, until its valid_to.';
