import { sql, type Kysely } from 'kysely'
import { idOfKey, setSecurityContext, systemActor, type Database } from '#platform'

/** Someone signed in, by the token of his session. */
export type Seat = { agencyId: string; role: 'officer' | 'approver'; turn: number; token: string }

/**
 * Two officers and the head of the committee of every commune of today, and two of the body that leads, each with a session: laid as the role
 * that owns the tables, without passwords.
 */
export async function seatEveryone(ownerDb: Kysely<Database>, leadKey: string): Promise<Seat[]> {
  return ownerDb.transaction().execute(async (db) => {
    await setSecurityContext(db, systemActor)
    const { rows } = await sql<Seat>`
      with body as (
        select a.id as agency_id, s.role, s.turn from agencies.agency a, (values ('officer', 1), ('officer', 2), ('approver', 1)) s(role, turn)
          where (a.kind = 'people-committee' and a.level = 'commune' and a.valid_to is null and a.valid_from <= current_date) or a.id = ${idOfKey(leadKey)}::uuid
      ), who as (select b.*, gen_random_uuid() as person_id, encode(sha256(gen_random_uuid()::text::bytea), 'hex') as token from body b),
      person as (insert into access.person (id, login, name, search_key, language, has_joined, state, is_demonstration, created_at)
        select person_id, 'bench.' || person_id, 'Bench', 'bench', 'vi', true, 'active', true, now() from who returning id),
      post as (insert into access.post (id, person_id, agency_id, unit_id, role, valid_from, created_at)
        select gen_random_uuid(), person_id, agency_id, null::uuid, role, '2000-01-01', now() from who returning id),
      session as (insert into access.session (id, token_hash, person_id, started_at, seen_at, proved_at, ends_at)
        select gen_random_uuid(), encode(sha256(token::bytea), 'hex'), person_id, now(), now(), now(), now() + interval '10 hours' from who returning id)
      select agency_id, role, turn, token from who order by agency_id, role, turn`.execute(db)
    return rows
  })
}
