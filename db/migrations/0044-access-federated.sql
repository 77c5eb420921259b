-- Signing in with another provider (OpenID Connect): whose subject is whose, and rounds that are under way.
create table access.identity (
  id uuid primary key,
  person_id uuid not null references access.person (id),
  issuer text not null,
  subject text not null,
  linked_at timestamptz not null,
  ended_at timestamptz
);
create unique index identity_subject on access.identity (issuer, subject) where ended_at is null;
create index identity_person on access.identity (person_id);
comment on table access.identity is 'The subject of a provider that is this person: linked with a slip, or by the person signed in; never found by name or mail.';
alter table access.identity enable row level security; alter table access.identity force row level security;
create policy identity_own on access.identity using (platform.everywhere() or person_id = platform.person());
grant select, insert, update (ended_at) on access.identity to mangnon_app;

create table access.federated_round (
  state_hash text primary key,
  mark_hash text not null,
  verifier text not null,
  nonce text not null,
  person_id uuid references access.person (id),
  invitation_id uuid references access.invitation (id),
  began_at timestamptz not null,
  used_at timestamptz
);
create index federated_round_began on access.federated_round (began_at);
comment on table access.federated_round is 'A sign-in that went out to the provider and has not come back: for this browser, once, for ten minutes. person_id = to link it to whoever is signed in; invitation_id = to take up a slip.';
alter table access.federated_round enable row level security; alter table access.federated_round force row level security;
create policy federated_round_product on access.federated_round using (platform.everywhere());
grant select, insert, update (used_at), delete on access.federated_round to mangnon_app;
