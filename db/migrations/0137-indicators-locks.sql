-- Periods whose figures stand: who locked them, who opened them again and why.
create table indicators.period_lock (
  id uuid primary key,
  agency_id uuid not null references agencies.agency (id),
  measure_id uuid references indicators.measure (id),
  period text not null,
  reason text,
  locked_by uuid not null,
  locked_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  end_reason text,
  check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (end_reason is null))
);
create unique index period_lock_one on indicators.period_lock (agency_id, period, coalesce(measure_id, '00000000-0000-0000-0000-000000000000'))
  where ended_at is null;
comment on table indicators.period_lock is 'Figures of a period that bodies below one, and itself, no longer enter or decide on, until it is ended with a reason.';
comment on column indicators.period_lock.measure_id is 'The only measure locked; null: all.';

alter table indicators.period_lock enable row level security; alter table indicators.period_lock force row level security;
create policy period_lock_read on indicators.period_lock for select
  using (platform.everywhere() or agency_id in (select platform.reached()) or (platform.agency() is not null and platform.stands_under(agency_id)));
create policy period_lock_append on indicators.period_lock for insert
  with check (platform.everywhere() or (agency_id = platform.agency() and locked_by = platform.person()));
create policy period_lock_change on indicators.period_lock for update
  using (platform.everywhere() or agency_id = platform.agency()) with check (platform.everywhere() or ended_by = platform.person());
grant select, insert, update (ended_by, ended_at, end_reason) on indicators.period_lock to mangnon_app;
