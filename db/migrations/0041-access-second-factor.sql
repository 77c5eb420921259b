-- The second factor: authenticator apps (RFC 6238), passkeys, recovery codes. Secrets never come out of the database:
-- codes are computed here, so that the application asks and is told yes or no.
create table access.passkey (
  id uuid primary key,
  person_id uuid not null references access.person (id),
  credential_id text not null unique,
  public_key bytea not null,
  counter bigint not null check (counter >= 0),
  transports text[] not null default '{}',
  name text not null,
  made_at timestamptz not null,
  used_at timestamptz,
  ended_at timestamptz
);
create index passkey_person on access.passkey (person_id);
comment on table access.passkey is 'The public half of a passkey; what signs stays in the device.';
alter table access.passkey enable row level security; alter table access.passkey force row level security;
create policy passkey_own on access.passkey using (platform.everywhere() or person_id = platform.person());
grant select, insert, update (counter, used_at, ended_at) on access.passkey to mangnon_app;

create table access.totp (
  person_id uuid primary key references access.person (id),
  secret bytea,
  since timestamptz,
  last_step bigint not null default 0,
  pending bytea,
  pending_at timestamptz
);
comment on table access.totp is 'The secret an authenticator app shares; pending until the first code was given. last_step = the last half minute whose code was spent. No right on it is granted to the application.';
create table access.recovery_code (
  person_id uuid not null references access.person (id),
  code_hash text not null check (length(code_hash) = 64),
  made_at timestamptz not null,
  used_at timestamptz,
  primary key (person_id, code_hash)
);
comment on table access.recovery_code is 'The SHA-256 of a code on paper for the day the factor is lost; each good once. No right on it is granted to the application.';
alter table access.totp enable row level security; alter table access.totp force row level security;
alter table access.recovery_code enable row level security; alter table access.recovery_code force row level security;
create policy totp_owner on access.totp
  using (current_user = (select pg_get_userbyid(relowner) from pg_catalog.pg_class where oid = 'access.totp'::regclass));
create policy recovery_code_owner on access.recovery_code
  using (current_user = (select pg_get_userbyid(relowner) from pg_catalog.pg_class where oid = 'access.recovery_code'::regclass));

create function access.sha1(message bytea) returns bytea language plpgsql immutable strict set search_path = pg_catalog
  as $$ declare
    whole constant bigint := 4294967295;
    padded bytea := message || '\x80'::bytea;
    h bigint[] := array[1732584193, 4023233417, 2562383102, 271733878, 3285377520];
    w bigint[]; a bigint; b bigint; c bigint; d bigint; e bigint; f bigint; k bigint; x bigint; at integer; t integer;
  begin
    padded := padded || decode(repeat('00', (120 - length(padded) % 64) % 64), 'hex') || int8send(length(message) * 8::bigint);
    for block in 0 .. length(padded) / 64 - 1 loop
      w := '{}';
      for i in 0 .. 15 loop
        at := block * 64 + i * 4;
        w[i] := get_byte(padded, at)::bigint * 16777216 + get_byte(padded, at + 1) * 65536 + get_byte(padded, at + 2) * 256 + get_byte(padded, at + 3);
      end loop;
      for i in 16 .. 79 loop
        x := w[i - 3] # w[i - 8] # w[i - 14] # w[i - 16];
        w[i] := ((x << 1) | (x >> 31)) & whole;
      end loop;
      a := h[1]; b := h[2]; c := h[3]; d := h[4]; e := h[5];
      for i in 0 .. 79 loop
        t := i / 20;
        if t = 0 then f := (b & c) | ((b # whole) & d); k := 1518500249;
        elsif t = 2 then f := ((b & c) | (b & d)) | (c & d); k := 2400959708;
        else f := b # c # d; k := case t when 1 then 1859775393 else 3395469782 end;
        end if;
        x := (((a << 5) | (a >> 27)) + f + e + k + w[i]) & whole;
        e := d; d := c; c := ((b << 30) | (b >> 2)) & whole; b := a; a := x;
      end loop;
      h := array[(h[1] + a) & whole, (h[2] + b) & whole, (h[3] + c) & whole, (h[4] + d) & whole, (h[5] + e) & whole];
    end loop;
    return decode(lpad(to_hex(h[1]), 8, '0') || lpad(to_hex(h[2]), 8, '0') || lpad(to_hex(h[3]), 8, '0') || lpad(to_hex(h[4]), 8, '0') || lpad(to_hex(h[5]), 8, '0'), 'hex');
  end $$;
comment on function access.sha1(bytea) is 'SHA-1 (FIPS 180-4), which authenticator apps use and the server has not built in; held to other implementations by tests.';
create function access.totp_code(secret bytea, step bigint) returns text language plpgsql immutable strict set search_path = pg_catalog
  as $$ declare
    key bytea := case when length(secret) > 64 then access.sha1(secret) else secret end;
    inner_pad bytea := ''; outer_pad bytea := ''; mac bytea; at integer; byte integer;
  begin
    key := key || decode(repeat('00', 64 - length(key)), 'hex');
    inner_pad := key; outer_pad := key;
    for i in 0 .. 63 loop
      byte := get_byte(key, i);
      inner_pad := set_byte(inner_pad, i, byte # 54);
      outer_pad := set_byte(outer_pad, i, byte # 92);
    end loop;
    mac := access.sha1(outer_pad || access.sha1(inner_pad || int8send(step)));
    at := get_byte(mac, 19) & 15;
    return lpad((((get_byte(mac, at) & 127)::bigint * 16777216 + get_byte(mac, at + 1) * 65536 + get_byte(mac, at + 2) * 256 + get_byte(mac, at + 3)) % 1000000)::text, 6, '0');
  end $$;
comment on function access.totp_code(bytea, bigint) is 'The six digits of a half minute (RFC 6238, HMAC-SHA-1).';

create function access.may_ask(person uuid) returns boolean language sql stable set search_path = pg_catalog
  as $$ select coalesce(platform.everywhere() or person = platform.person(), false) $$;
comment on function access.may_ask(uuid) is 'Whether the actor may ask about secrets of this person: the own ones, or the product itself.';

create function access.has_totp(person uuid) returns boolean language sql stable security definer set search_path = pg_catalog
  as $$ select exists (select from access.totp t where t.person_id = person and t.secret is not null and access.may_ask(person)) $$;
comment on function access.has_totp(uuid) is 'Whether an authenticator app is in use.';
create function access.begin_totp(person uuid, fresh bytea, at timestamptz) returns void language plpgsql security definer set search_path = pg_catalog
  as $$ begin
    if not access.may_ask(person) then raise exception 'not one''s own' using errcode = 'insufficient_privilege'; end if;
    insert into access.totp as t (person_id, pending, pending_at) values (person, fresh, at)
      on conflict (person_id) do update set pending = excluded.pending, pending_at = excluded.pending_at;
  end $$;
comment on function access.begin_totp(uuid, bytea, timestamptz) is 'Keeps a secret that an authenticator app is just being told; the one in use stays until a code of the new one was given.';
create function access.confirm_totp(person uuid, code text, at timestamptz) returns boolean language plpgsql security definer set search_path = pg_catalog
  as $$ declare now_step bigint := floor(extract(epoch from at) / 30); found_step bigint; fresh bytea; begin
    if not access.may_ask(person) then raise exception 'not one''s own' using errcode = 'insufficient_privilege'; end if;
    select pending into fresh from access.totp where person_id = person and pending_at > at - interval '30 minutes' for update;
    select s into found_step from generate_series(now_step - 1, now_step + 1) s where access.totp_code(fresh, s) = code order by s desc limit 1;
    if found_step is null then return false; end if;
    update access.totp set secret = fresh, since = at, last_step = found_step, pending = null, pending_at = null where person_id = person;
    return true;
  end $$;
comment on function access.confirm_totp(uuid, text, timestamptz) is 'Takes the pending secret into use when this is one of its codes of now.';
create function access.spend_totp(person uuid, code text, at timestamptz) returns boolean language plpgsql security definer set search_path = pg_catalog
  as $$ declare now_step bigint := floor(extract(epoch from at) / 30); found_step bigint; kept access.totp; begin
    if not access.may_ask(person) then raise exception 'not one''s own' using errcode = 'insufficient_privilege'; end if;
    select * into kept from access.totp where person_id = person for update;
    select s into found_step from generate_series(now_step - 1, now_step + 1) s
      where s > kept.last_step and access.totp_code(kept.secret, s) = code order by s limit 1;
    if found_step is null then return false; end if;
    update access.totp set last_step = found_step where person_id = person;
    return true;
  end $$;
comment on function access.spend_totp(uuid, text, timestamptz) is 'Whether this is a code of this half minute, the one before or after, not spent yet; it and all older ones are spent now.';
create function access.drop_totp(person uuid) returns void language plpgsql security definer set search_path = pg_catalog
  as $$ begin
    if not access.may_ask(person) then raise exception 'not one''s own' using errcode = 'insufficient_privilege'; end if;
    delete from access.totp where person_id = person;
  end $$;
comment on function access.drop_totp(uuid) is 'Forgets the authenticator app.';

create function access.lay_recovery_codes(person uuid, hashes text[], at timestamptz) returns void language plpgsql security definer set search_path = pg_catalog
  as $$ begin
    if not access.may_ask(person) then raise exception 'not one''s own' using errcode = 'insufficient_privilege'; end if;
    delete from access.recovery_code where person_id = person;
    insert into access.recovery_code (person_id, code_hash, made_at) select person, h, at from unnest(hashes) h;
  end $$;
comment on function access.lay_recovery_codes(uuid, text[], timestamptz) is 'Keeps new recovery codes; the old ones are dead.';
create function access.spend_recovery_code(person uuid, hash text, at timestamptz) returns boolean language plpgsql security definer set search_path = pg_catalog
  as $$ begin
    if not access.may_ask(person) then raise exception 'not one''s own' using errcode = 'insufficient_privilege'; end if;
    update access.recovery_code set used_at = at where person_id = person and code_hash = hash and used_at is null;
    return found;
  end $$;
comment on function access.spend_recovery_code(uuid, text, timestamptz) is 'Whether this is a recovery code not used yet; it is used now.';
create function access.recovery_codes_left(person uuid) returns integer language sql stable security definer set search_path = pg_catalog
  as $$ select count(*)::integer from access.recovery_code c where c.person_id = person and c.used_at is null and access.may_ask(person) $$;
comment on function access.recovery_codes_left(uuid) is 'How many recovery codes are still good.';

grant execute on function access.may_ask(uuid), access.has_totp(uuid), access.begin_totp(uuid, bytea, timestamptz), access.confirm_totp(uuid, text, timestamptz),
  access.spend_totp(uuid, text, timestamptz), access.drop_totp(uuid), access.lay_recovery_codes(uuid, text[], timestamptz),
  access.spend_recovery_code(uuid, text, timestamptz), access.recovery_codes_left(uuid) to mangnon_app;
