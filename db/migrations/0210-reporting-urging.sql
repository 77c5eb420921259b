-- What bodies were reminded of, once a due day and stage; and letters that urge those who have not reported (công văn đôn đốc).
create table reporting.reminding (
  obligation_id uuid not null references reporting.obligation (id),
  due_on date not null,
  kind text not null check (kind in ('due', 'overdue', 'escalated')),
  days integer not null check (days >= 0),
  agency_id uuid not null references agencies.agency (id),
  told_at timestamptz not null,
  primary key (obligation_id, due_on, kind, days),
  check (kind = 'due' or days = 0)
);
comment on table reporting.reminding is 'Of which stage before or after which due day a body was told; a new due day begins anew. Never changed.';
comment on column reporting.reminding.days is 'Days before the due day the regime names; 0 on the day and after it.';
comment on column reporting.reminding.agency_id is 'Who held the obligation then.';

create table reporting.urging (
  id uuid primary key,
  agency_id uuid not null references agencies.agency (id),
  round_id uuid not null references reporting.round (id),
  number text,
  issued_on date,
  powers text,
  post text not null check (post <> ''),
  signer text,
  words text,
  report_by date,
  as_of date not null,
  made_by uuid not null,
  made_at timestamptz not null
);
create index urging_round on reporting.urging (round_id, made_at desc);
create index urging_agency on reporting.urging (agency_id);
comment on table reporting.urging is 'A letter by which a body urges those who have not reported in a round; never changed.';
comment on column reporting.urging.number is 'As printed on the letter; null: not yet given.';
comment on column reporting.urging.words is 'What is asked besides the standing words.';
comment on column reporting.urging.as_of is 'The day on which it was looked who still owes.';

create table reporting.urging_addressee (
  urging_id uuid not null references reporting.urging (id),
  obligation_id uuid not null references reporting.obligation (id),
  agency_id uuid not null references agencies.agency (id),
  owner_id uuid not null references agencies.agency (id),
  due_on date not null,
  is_overdue boolean not null,
  primary key (urging_id, obligation_id)
);
create index urging_addressee_agency on reporting.urging_addressee (agency_id);
create index urging_addressee_obligation on reporting.urging_addressee (obligation_id);
comment on table reporting.urging_addressee is 'Whom a letter urges, and how the report stood then; never changed.';
comment on column reporting.urging_addressee.owner_id is 'The body that urges.';

alter table reporting.reminding enable row level security; alter table reporting.reminding force row level security;
create policy reminding_read on reporting.reminding for select using (platform.everywhere()
  or exists (select 1 from reporting.obligation o where o.id = obligation_id));
create policy reminding_append on reporting.reminding for insert with check (platform.everywhere());
alter table reporting.urging_addressee enable row level security; alter table reporting.urging_addressee force row level security;
create policy urging_addressee_read on reporting.urging_addressee for select using ((select platform.sees_all())
  or agency_id in (select platform.reached()) or owner_id in (select platform.reached()));
create policy urging_addressee_append on reporting.urging_addressee for insert with check (platform.everywhere()
  or (owner_id = platform.agency() and exists (select 1 from reporting.obligation o where o.id = obligation_id and o.agency_id = urging_addressee.agency_id
    and (o.owner_id = platform.agency() or o.above && array(select platform.agency())))));
alter table reporting.urging enable row level security; alter table reporting.urging force row level security;
create policy urging_read on reporting.urging for select using ((select platform.sees_all()) or agency_id in (select platform.reached())
  or exists (select 1 from reporting.urging_addressee a where a.urging_id = id));
create policy urging_append on reporting.urging for insert with check (platform.everywhere() or (agency_id = platform.agency() and made_by = platform.person()));
grant select, insert on reporting.reminding, reporting.urging, reporting.urging_addressee to mangnon_app;
create trigger urging_change after insert or update or delete or truncate on reporting.urging for each statement execute function platform.note_change();
