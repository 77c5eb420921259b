-- What is said about records, what someone must hear, and how it is sent. Knows records only by kind and id: the modules
-- after this one say in notifications.sees_subject who sees each kind.
create schema notifications;
grant usage on schema notifications to mangnon_app;

create function notifications.sees_subject(kind text, subject uuid) returns boolean language sql stable as $$ select false $$;
comment on function notifications.sees_subject(text, uuid) is 'Whether the actor sees the record that is talked of; written anew by the module that owns the kinds.';

create table notifications.comment (
  id uuid primary key,
  thread_id uuid not null,
  subject_kind text not null,
  subject_id uuid not null,
  agency_id uuid not null references agencies.agency (id),
  person_id uuid not null,
  seen_by text not null check (seen_by in ('body', 'all')),
  circle_id uuid generated always as (case when seen_by = 'body' then agency_id else '00000000-0000-0000-0000-000000000000' end) stored,
  text text check (length(text) between 1 and 4000),
  written_at timestamptz not null,
  edited_at timestamptz,
  withdrawn_at timestamptz,
  resolved_by uuid,
  resolved_at timestamptz,
  version integer not null default 1,
  unique (id, subject_kind, subject_id, circle_id),
  foreign key (thread_id, subject_kind, subject_id, circle_id) references notifications.comment (id, subject_kind, subject_id, circle_id),
  check ((withdrawn_at is null) = (text is not null)),
  check ((resolved_at is null) = (resolved_by is null)),
  check (resolved_at is null or thread_id = id)
);
create index comment_subject on notifications.comment (subject_kind, subject_id, written_at desc);
create index comment_thread on notifications.comment (thread_id, written_at);
comment on table notifications.comment is 'What someone says about a record: the first of a thread, or an answer in it.';
comment on column notifications.comment.seen_by is 'body: only people of the writer''s body; all: whoever sees the record.';
comment on column notifications.comment.circle_id is 'The body that keeps the thread to itself; zeros for a thread that all see. An answer stays in the circle of its thread.';
comment on column notifications.comment.text is 'Null: withdrawn by its writer; what it said is kept beside.';

create table notifications.comment_version (
  comment_id uuid not null references notifications.comment (id),
  version integer not null,
  text text not null,
  until timestamptz not null,
  primary key (comment_id, version)
);
comment on table notifications.comment_version is 'What a comment said before it was edited or withdrawn: laid down by the database itself, never changed.';

create function notifications.keep_comment() returns trigger language plpgsql as $$ begin
    if new.text is distinct from old.text then
      if not platform.everywhere() and old.person_id is distinct from platform.person() then
        raise exception 'a comment is changed by its writer only' using errcode = 'insufficient_privilege';
      end if;
      if old.text is null then
        raise exception 'a withdrawn comment stays withdrawn' using errcode = 'restrict_violation';
      end if;
      insert into notifications.comment_version (comment_id, version, text, until)
        values (old.id, old.version, old.text, coalesce(new.withdrawn_at, new.edited_at));
    end if;
    return new;
  end $$;
create trigger comment_kept before update on notifications.comment for each row execute function notifications.keep_comment();
comment on function notifications.keep_comment() is 'Only the writer changes the words, and what was said before is kept.';

create table notifications.mention (
  comment_id uuid not null references notifications.comment (id),
  person_id uuid not null references access.person (id),
  primary key (comment_id, person_id)
);
create index mention_person on notifications.mention (person_id);
comment on table notifications.mention is 'Who is called by name in a comment; it tells, and never gives sight.';

create table notifications.following (
  person_id uuid not null references access.person (id),
  subject_kind text not null,
  subject_id uuid not null,
  read_at timestamptz,
  muted_at timestamptz,
  primary key (person_id, subject_kind, subject_id)
);
comment on table notifications.following is 'How far a person has read what is said about a record, and whether notices about it are muted.';

create table notifications.notice (
  id uuid primary key,
  person_id uuid not null references access.person (id),
  agency_id uuid,
  kind text not null,
  subject_kind text,
  subject_id uuid,
  by_person_id uuid,
  by_agency_id uuid,
  params jsonb not null default '{}',
  count integer not null default 1,
  made_at timestamptz not null,
  read_at timestamptz,
  snoozed_until timestamptz,
  mailed_at timestamptz,
  check ((subject_kind is null) = (subject_id is null))
);
create index notice_person on notifications.notice (person_id, made_at desc);
create unique index notice_stacked on notifications.notice (person_id, kind, coalesce(subject_id, person_id), coalesce(agency_id, person_id)) where read_at is null;
create index notice_unmailed on notifications.notice (made_at) where read_at is null and mailed_at is null;
comment on table notifications.notice is 'What a person must hear. While it is unread the same news about the same record makes it newer and counts up, no second one.';
comment on column notifications.notice.agency_id is 'The body in whose post the person is told; null = as a person.';
comment on column notifications.notice.params is 'Plain words of the product and dates, never what someone wrote.';

create table notifications.preference (
  person_id uuid primary key references access.person (id),
  digest text not null check (digest in ('daily', 'weekdays', 'off')),
  hour integer not null check (hour between 0 and 23),
  version integer not null default 1
);
comment on table notifications.preference is 'When a person wants the digest by mail, in the country''s time; without a row the product''s own choice stands.';

create table notifications.mail (
  id uuid primary key,
  person_id uuid not null references access.person (id),
  kind text not null check (kind in ('digest', 'security')),
  address text not null,
  day date not null,
  title text not null,
  text text not null,
  html text not null,
  state text not null check (state in ('waiting', 'sending', 'sent', 'failed')),
  made_at timestamptz not null,
  tried_at timestamptz,
  attempts integer not null default 0,
  sent_at timestamptz
);
create unique index mail_one_digest on notifications.mail (person_id, day) where kind = 'digest';
create index mail_waiting on notifications.mail (made_at) where state in ('waiting', 'sending');
comment on table notifications.mail is 'Letters to be sent, laid down in the transaction that causes them; titles and addresses only. One digest a person and day.';

alter table notifications.comment enable row level security; alter table notifications.comment force row level security;
alter table notifications.comment_version enable row level security; alter table notifications.comment_version force row level security;
alter table notifications.mention enable row level security; alter table notifications.mention force row level security;
alter table notifications.following enable row level security; alter table notifications.following force row level security;
alter table notifications.notice enable row level security; alter table notifications.notice force row level security;
alter table notifications.preference enable row level security; alter table notifications.preference force row level security;
alter table notifications.mail enable row level security; alter table notifications.mail force row level security;

-- A thread that a body keeps to itself goes on with whoever took the whole body over.
create policy comment_read on notifications.comment for select using (platform.everywhere()
  or (seen_by = 'body' and (agency_id = platform.agency() or exists (select 1 from agencies.succession s
    where s.from_id = agency_id and s.to_id = platform.agency() and s.share = 'whole' and s.function is null and s.on_date <= current_date)))
  or (seen_by = 'all' and notifications.sees_subject(subject_kind, subject_id)));
create policy comment_append on notifications.comment for insert with check (platform.everywhere()
  or (agency_id = platform.agency() and person_id = platform.person() and notifications.sees_subject(subject_kind, subject_id)));
create policy comment_change on notifications.comment for update
  using (platform.everywhere() or (seen_by = 'body' and agency_id = platform.agency()) or (seen_by = 'all' and notifications.sees_subject(subject_kind, subject_id)));
create policy comment_version_read on notifications.comment_version for select
  using (platform.everywhere() or exists (select 1 from notifications.comment c where c.id = comment_id));
create policy comment_version_append on notifications.comment_version for insert
  with check (platform.everywhere() or exists (select 1 from notifications.comment c where c.id = comment_id and c.person_id = platform.person()));
create policy mention_read on notifications.mention for select
  using (platform.everywhere() or exists (select 1 from notifications.comment c where c.id = comment_id));
create policy mention_append on notifications.mention for insert
  with check (platform.everywhere() or exists (select 1 from notifications.comment c where c.id = comment_id and c.person_id = platform.person()));
create policy following_own on notifications.following using (platform.everywhere() or person_id = platform.person());
create policy notice_read on notifications.notice for select using (platform.everywhere() or person_id = platform.person());
create policy notice_append on notifications.notice for insert with check (platform.everywhere());
create policy notice_change on notifications.notice for update using (platform.everywhere() or person_id = platform.person());
create policy preference_own on notifications.preference using (platform.everywhere() or person_id = platform.person());
create policy mail_read on notifications.mail for select using (platform.everywhere());
create policy mail_append on notifications.mail for insert with check (platform.everywhere());
create policy mail_change on notifications.mail for update using (platform.everywhere());
create policy mail_forget on notifications.mail for delete using (platform.everywhere());

grant select, insert, update (text, edited_at, withdrawn_at, resolved_by, resolved_at, version) on notifications.comment to mangnon_app;
grant select, insert on notifications.comment_version, notifications.mention to mangnon_app;
grant select, insert, update (read_at, muted_at) on notifications.following to mangnon_app;
grant select, insert, update (by_person_id, by_agency_id, params, count, made_at, read_at, snoozed_until, mailed_at) on notifications.notice to mangnon_app;
grant select, insert, update (digest, hour, version) on notifications.preference to mangnon_app;
grant select, insert, delete, update (state, tried_at, attempts, sent_at) on notifications.mail to mangnon_app;
grant execute on all functions in schema notifications to mangnon_app;
