import { sql } from 'kysely'
import { actorOf, type PlanWorld, type Who } from './plan-world.ts'

/** Enrols those who ask in a world of plans as real persons, each in the post named; `mail` where letters reach them. */
export async function enrolAll(world: PlanWorld, people: Record<Who, { name: string; mail?: string }>): Promise<void> {
  for (const [who, { name, mail }] of Object.entries(people)) {
    const { personId, postId, agencyId, role } = actorOf(who)
    await world.rows(sql`insert into access.person (id, login, name, search_key, language, state, created_at, mail)
      values (${personId}::uuid, ${`p${personId.slice(-12)}`}, ${name}, ${name.toLowerCase()}, 'vi', 'active', now(), ${mail ?? null})`)
    await world.rows(sql`insert into access.post (id, person_id, agency_id, role, valid_from, created_at)
      values (${postId}::uuid, ${personId}::uuid, ${agencyId}::uuid, ${role}, '2030-01-01', now())`)
  }
}

/** The id of the person who asks. */
export const personOf = (who: Who): string => actorOf(who).personId
