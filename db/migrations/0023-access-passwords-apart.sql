-- Passwords leave the person's row for a table the application has no right on: it asks by the functions below, and a
-- kept hash never comes out of the database. Posts, persons and slips are made in the own name, for persons in sight.
alter table access.person add column made_by uuid, add column has_joined boolean not null default false;
comment on column access.person.made_by is 'Who invited the person: sees the account until it is taken up, so that its first post can be laid.';
comment on column access.person.has_joined is 'Whether the invitation was ever taken up.';

create table access.password (
  person_id uuid primary key references access.person (id),
  hash text not null check (hash ~ '^\$argon2id\$v=19\$m=\d+,t=\d+,p=\d+\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+$'),
  set_at timestamptz not null
);
comment on table access.password is 'The argon2id hash of a password. No right on it is granted to the application (ADR 0003, addendum).';
alter table access.password enable row level security; alter table access.password force row level security;
-- Should somebody grant it one day: still only the owner, within the functions below.
create policy password_owner on access.password
  using (current_user = (select pg_get_userbyid(relowner) from pg_catalog.pg_class where oid = 'access.password'::regclass));

create function access.password_recipe(person uuid) returns text language sql stable security definer set search_path = pg_catalog
  as $$ select regexp_replace(p.hash, '[^$]*$', '') from access.password p
    where p.person_id = person and (platform.everywhere() or person = platform.person()) $$;
comment on function access.password_recipe(uuid) is 'Cost and salt of a password, without its tag: what is needed to hash a try in the same way. Of oneself, or of anyone for the product itself (signing in).';
create function access.is_password(person uuid, hashed text) returns boolean language sql stable security definer set search_path = pg_catalog
  as $$ select exists (select from access.password p
    where p.person_id = person and p.hash = hashed and (platform.everywhere() or person = platform.person())) $$;
comment on function access.is_password(uuid, text) is 'Whether this is the hash that is kept.';
create function access.set_password(person uuid, hashed text, at timestamptz) returns void language plpgsql security definer set search_path = pg_catalog
  as $$ begin
    if not (platform.everywhere() or coalesce(person = platform.person(), false)) then
      raise exception 'a password is set by its owner' using errcode = 'insufficient_privilege';
    end if;
    insert into access.password (person_id, hash, set_at) values (person, hashed, at)
      on conflict (person_id) do update set hash = excluded.hash, set_at = excluded.set_at;
  end $$;
comment on function access.set_password(uuid, text, timestamptz) is 'Keeps a new password: of oneself, or of anyone for the product itself (a slip taken up).';
grant execute on function access.password_recipe(uuid), access.is_password(uuid, text), access.set_password(uuid, text, timestamptz) to mangnon_app;
grant update (has_joined) on access.person to mangnon_app;

drop policy person_reach on access.person;
create policy person_reach on access.person for select
  using (platform.everywhere() or id = platform.person() or (made_by = platform.person() and not has_joined)
    or exists (select 1 from access.post p where p.person_id = person.id));
drop policy person_append on access.person;
create policy person_append on access.person for insert
  with check (platform.everywhere() or (made_by = platform.person() and state = 'invited' and not has_joined and not is_demonstration));

-- A post is laid only on a person in sight: else one's own body would bring anyone of the country into view.
create function access.sees_person(person uuid) returns boolean language sql stable
  as $$ select exists (select from access.person p where p.id = person) $$;
comment on function access.sees_person(uuid) is 'Whether the person is in sight of the actor; a function, because a policy of posts may not name the people whose policy names posts.';
grant execute on function access.sees_person(uuid) to mangnon_app;
drop policy post_append on access.post;
create policy post_append on access.post for insert
  with check (platform.everywhere() or (platform.sees(agency_id) and person_id <> platform.person() and granted_by = platform.person()
    and access.sees_person(person_id)));

drop policy invitation_reach on access.invitation;
create policy invitation_read on access.invitation for select
  using (platform.everywhere() or exists (select 1 from access.person p where p.id = invitation.person_id and p.id <> platform.person()));
create policy invitation_change on access.invitation for update
  using (platform.everywhere() or exists (select 1 from access.person p where p.id = invitation.person_id and p.id <> platform.person()));
create policy invitation_append on access.invitation for insert
  with check (platform.everywhere() or (made_by = platform.person()
    and exists (select 1 from access.person p where p.id = invitation.person_id and p.id <> platform.person())));
