import { sql } from 'kysely'
import { isInForce, listActors, namesOfAgencies } from '#access'
import { asAnother, asEverywhere, type Actor, type Context } from '#platform'
import { foldName } from '#territory/model'
import type { Mentionable, RecordOf, SeenBy } from '../model.ts'
import { findRecords, type Subjects, type TalkOf } from '../subjects.ts'

/** Whose eyes a thread is for. */
type Circle = { record: RecordOf; seenBy: SeenBy; agencyId: string }

/**
 * Those of some people who may read a thread, each with the body in whose post: they see the record themselves by both
 * walls, and stand in the body that keeps the thread to itself.
 */
export async function whoMayRead(
  ctx: Context,
  subjects: Subjects,
  circle: Circle,
  personIds: readonly string[],
): Promise<Map<string, string>> {
  const actors: Actor[] = await asEverywhere(ctx, () => listActors(ctx, personIds))
  const reading = new Map<string, string>()
  for (const actor of actors) {
    if (actor.agencyId === null || reading.has(actor.personId)) continue
    if (circle.seenBy === 'body' && actor.agencyId !== circle.agencyId) continue
    const found = await asAnother(ctx, actor, (theirs) => findRecords(theirs, subjects, [circle.record]))
    if (found.has(circle.record.id)) reading.set(actor.personId, actor.agencyId)
  }
  return reading
}

/** How many are offered at once, and how many are looked at to find them. */
const offered = 8
const looked = 24

/**
 * People who may be called by name in a thread, by what was typed; those of the own body first. Nobody is offered who
 * could not read it.
 */
export async function listMentionable(
  ctx: Context,
  subjects: Subjects,
  talk: TalkOf,
  of: Circle & { search: string },
): Promise<Mentionable[]> {
  const words = foldName(of.search)
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, 6)
  const found = await asEverywhere(ctx, async () => {
    const { agencyIds, above } = await talk.bodies(ctx, of.record.id)
    const { rows } = await sql<{ id: string; name: string }>`
      select person.id, person.name from access.person person
      where person.state = 'active' and person.id <> ${ctx.actor.personId}::uuid
        and ${words.length === 0 ? sql`true` : sql`to_tsvector('simple', person.search_key) @@ to_tsquery('simple', ${words.map((word) => `${word}:*`).join(' & ')})`}
        and exists (select 1 from access.post post where post.person_id = person.id and ${isInForce(ctx)} and ${
          of.seenBy === 'body'
            ? sql`post.agency_id = ${of.agencyId}::uuid`
            : sql`(exists (select 1 from platform.reach r where r.agency_id = any (${agencyIds}::uuid[]) and r.viewer_id in (post.agency_id, post.unit_id))
              or exists (select 1 from platform.reach r where r.viewer_id = ${above}::uuid and r.agency_id = post.agency_id))`
        })
      order by exists (select 1 from access.post post where post.person_id = person.id and post.agency_id = ${of.agencyId}::uuid) desc, person.search_key, person.id
      limit ${looked}`.execute(ctx.db)
    return rows
  })
  const reading = await whoMayRead(
    ctx,
    subjects,
    of,
    found.map((person) => person.id),
  )
  const shown = found.filter((person) => reading.has(person.id)).slice(0, offered)
  const names = await namesOfAgencies(ctx, [...reading.values()])
  return shown.map(({ id, name }) => ({ id, name, agencyName: names.get(reading.get(id) ?? '') ?? '' }))
}
