-- People, posts, sessions, invitations. A person holds posts; a post gives a role at an agency, over a territory if named.
create schema access;
grant usage on schema access to mangnon_app;

create table access.person (
  id uuid primary key,
  login text not null unique check (login = lower(login) and length(login) between 3 and 60),
  name text not null,
  search_key text not null,
  language text not null check (language in ('vi', 'en', 'fr')),
  password_hash text,
  state text not null check (state in ('invited', 'active', 'disabled')),
  is_demonstration boolean not null default false,
  created_at timestamptz not null,
  version integer not null default 1
);
create index person_search on access.person using gin (to_tsvector('simple', search_key));
comment on table access.person is 'Someone who signs in. No password until the invitation is taken up; demonstration persons cannot exist in production.';

create table access.post (
  id uuid primary key,
  person_id uuid not null references access.person (id),
  agency_id uuid not null references agencies.agency (id),
  unit_id uuid references territory.unit (id),
  role text not null check (role in ('officer', 'approver', 'consolidator', 'finance', 'inspector', 'auditor', 'administrator', 'reader')),
  valid_from date not null,
  valid_to date,
  granted_by uuid,
  needs_confirmation boolean not null default false,
  confirmed_by uuid,
  confirmed_at timestamptz,
  created_at timestamptz not null,
  version integer not null default 1,
  check (valid_to is null or valid_from <= valid_to),
  check ((confirmed_by is null) = (confirmed_at is null)),
  check (confirmed_by is null or (confirmed_by <> granted_by and confirmed_by <> person_id)),
  check (granted_by is null or granted_by <> person_id)
);
create index post_person on access.post (person_id);
create index post_agency on access.post (agency_id);
comment on table access.post is 'A role at an agency during [valid_from, valid_to); unit_id widens its sight to the bodies of a territory. valid_to = valid_from: it never came into force.';
comment on column access.post.needs_confirmation is 'The role weighs so much that a second administrator must confirm it before it counts.';

create table access.session (
  id uuid primary key,
  token_hash text not null unique,
  person_id uuid not null references access.person (id),
  started_at timestamptz not null,
  seen_at timestamptz not null,
  proved_at timestamptz not null,
  ends_at timestamptz not null,
  ended_at timestamptz
);
create index session_person on access.session (person_id);
comment on table access.session is 'A signed-in browser. Only the SHA-256 of the token is kept; proved_at is when the password was last given.';

create table access.invitation (
  id uuid primary key,
  code_hash text not null unique,
  person_id uuid references access.person (id),
  kind text not null check (kind in ('first-administrator', 'person')),
  made_by uuid,
  made_at timestamptz not null,
  ends_at timestamptz not null,
  used_at timestamptz,
  check ((kind = 'person') = (person_id is not null))
);
create index invitation_person on access.invitation (person_id);
comment on table access.invitation is 'A one-time code, printed on a slip; it dies on use, with a newer one for the same person, and after its time.';

alter table access.person enable row level security; alter table access.person force row level security;
alter table access.post enable row level security; alter table access.post force row level security;
alter table access.session enable row level security; alter table access.session force row level security;
alter table access.invitation enable row level security; alter table access.invitation force row level security;

create policy post_reach on access.post
  using (platform.everywhere() or person_id = platform.person() or exists (
    select 1 from platform.reach r where r.agency_id = post.agency_id and r.viewer_id = any (platform.viewers())))
  with check (platform.sees(agency_id));

-- A person is seen by whoever sees one of his posts, past ones too.
create policy person_reach on access.person for select
  using (platform.everywhere() or id = platform.person() or exists (select 1 from access.post p where p.person_id = person.id));
create policy person_append on access.person for insert with check (platform.everywhere() or platform.person() is not null);
create policy person_change on access.person for update
  using (platform.everywhere() or id = platform.person() or exists (select 1 from access.post p where p.person_id = person.id));

create policy session_own on access.session using (platform.everywhere() or person_id = platform.person());

create policy invitation_reach on access.invitation
  using (platform.everywhere() or exists (select 1 from access.person p where p.id = invitation.person_id and p.id <> platform.person()));

grant select, insert, update on all tables in schema access to mangnon_app;
