import { sql } from 'kysely'
import { forbidden, newId, type Context } from '#platform'
import type { Language, PlainDate } from '#platform/model'
import type { Role } from '../model.ts'
import { searchKeyOf } from '../store.ts'

/** An invented person of the demonstration; `passwordHash` as `hashPassword` gives it, one for all if need be. */
export type DemonstrationPerson = {
  id: string
  login: string
  name: string
  language: Language
  passwordHash: string
  posts: { agencyId: string; unitId: string | null; role: Role; validFrom: PlainDate }[]
}

/**
 * Enrols the people of the demonstration at once, marked as such; only the product itself may, and once: known ids stay
 * as they are.
 * @returns how many were new
 * @throws forbidden for anyone else
 */
export async function enrolDemonstration(ctx: Context, people: readonly DemonstrationPerson[]): Promise<number> {
  if (ctx.actor.role !== 'system') throw forbidden('access.not-permitted')
  const rows = people.map(({ posts: _, ...person }) => ({ ...person, searchKey: searchKeyOf(person) }))
  const made = await sql<{ id: string }>`
    insert into access.person (id, login, name, search_key, language, has_joined, state, is_demonstration, created_at)
    select id, login, name, "searchKey", language, true, 'active', true, ${ctx.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, login text, name text, "searchKey" text, language text)
    on conflict (id) do nothing returning id`.execute(ctx.db)
  const isNew = new Set(made.rows.map((row) => row.id))
  const passwords = people.flatMap(({ id, passwordHash }) => (isNew.has(id) ? [{ id, passwordHash }] : []))
  await sql`
    select access.set_password(id, "passwordHash", ${ctx.now}::timestamptz)
    from jsonb_to_recordset(${JSON.stringify(passwords)}::jsonb) as t(id uuid, "passwordHash" text)`.execute(ctx.db)
  const posts = people
    .filter((person) => isNew.has(person.id))
    .flatMap((person) => person.posts.map((post) => ({ id: newId(), personId: person.id, ...post })))
  await sql`
    insert into access.post (id, person_id, agency_id, unit_id, role, valid_from, created_at)
    select id, "personId", "agencyId", "unitId", role, "validFrom", ${ctx.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(posts)}::jsonb) as t(id uuid, "personId" uuid, "agencyId" uuid, "unitId" uuid, role text, "validFrom" date)`.execute(
    ctx.db,
  )
  await ctx.record(
    'access.demonstration-enrolled',
    { kind: 'access.person', id: null },
    { people: isNew.size, posts: posts.length },
  )
  return isNew.size
}
