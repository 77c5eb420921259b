-- Access tokens of programs, and what a session says of the device it was begun on.
create table access.token (
  id uuid primary key,
  person_id uuid not null references access.person (id),
  post_id uuid not null references access.post (id),
  name text not null,
  scope text not null check (scope in ('read', 'role')),
  token_hash text not null unique,
  made_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > made_at),
  used_at timestamptz,
  ended_at timestamptz
);
create index token_person on access.token (person_id);
comment on table access.token is 'By which a program acts for a person, in one post. Only the SHA-256 of the token is kept; scope read = nothing may be written with it.';
alter table access.token enable row level security; alter table access.token force row level security;
create policy token_own on access.token using (platform.everywhere() or person_id = platform.person());
grant select, insert, update (used_at, ended_at) on access.token to mangnon_app;

create table access.device (
  id uuid primary key,
  person_id uuid not null references access.person (id),
  mark_hash text not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  unique (person_id, mark_hash)
);
comment on table access.device is 'A browser a person has signed in with, known again by a mark it keeps; only the SHA-256 of the mark is here.';
alter table access.device enable row level security; alter table access.device force row level security;
create policy device_own on access.device using (platform.everywhere() or person_id = platform.person());
grant select, insert, update (last_at) on access.device to mangnon_app;

create table access.notice (
  id uuid primary key,
  person_id uuid not null references access.person (id),
  kind text not null,
  params jsonb not null default '{}',
  made_at timestamptz not null,
  read_at timestamptz
);
create index notice_unread on access.notice (person_id, made_at desc) where read_at is null;
comment on table access.notice is 'What a person must hear about the own account; shown until read.';
alter table access.notice enable row level security; alter table access.notice force row level security;
create policy notice_own on access.notice using (platform.everywhere() or person_id = platform.person());
grant select, insert, update (read_at) on access.notice to mangnon_app;

alter table access.session
  add column agent text,
  add column address text,
  add column factor_at timestamptz,
  add column challenge text,
  add column challenge_at timestamptz;
comment on column access.session.agent is 'The browser as it calls itself, shortened; with the address it tells a person which session is which.';
comment on column access.session.factor_at is 'When the second factor was given in this session.';
comment on column access.session.challenge is 'What a passkey must sign next, for a few minutes and once.';
grant update (factor_at, challenge, challenge_at) on access.session to mangnon_app;
