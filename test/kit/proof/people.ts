import { sql } from 'kysely'
import { Role } from '#access/model'
import { idOfKey, newId, type Context } from '#platform'
import { hashSecret } from '../../../src/access/secrets.ts'
import { bodyId, type BodyName, type PlanWorld } from '../plan-world.ts'
import { canary } from './records.ts'
import type { Standing } from './policy.ts'

/** The secret of a session or token is its name: only its hash is kept. */
export const secretOf = (name: string) => Buffer.from(name).toString('base64url')

const now = '2031-03-04T03:00:00Z'
const earlier = '2031-03-04T02:30:00Z' // the password was given half an hour ago
const later = '2031-03-04T12:00:00Z'

type Person = { name: string; body: BodyName; role: Role; standing: Standing }

/** Everyone who asks: in each body each role as it should be, and at one body in each other standing. */
export function everybody(
  bodies: readonly BodyName[],
  odd: { body: BodyName; standings: readonly Standing[] },
): Person[] {
  const aPerson = (body: BodyName, role: Role, standing: Standing) => ({
    ...{ body, role, standing },
    name: standing === 'whole' ? `${body} ${role}` : `${body} ${role} ${standing}`,
  })
  return [
    ...bodies.flatMap((body) => Role.options.map((role) => aPerson(body, role, 'whole'))),
    ...odd.standings.flatMap((standing) => Role.options.map((role) => aPerson(odd.body, role, standing))),
  ]
}

/** Lays people with their posts, sessions, tokens and second factors straight into the tables, as the product itself. */
export async function layPeople(world: PlanWorld, people: readonly Person[]): Promise<void> {
  await world.asProduct(async (ctx) => {
    for (const person of people) await layPerson(ctx, person)
  })
}

async function layPerson({ db }: Context, { name, body, role, standing }: Person): Promise<void> {
  const id = idOfKey(`person ${name}`)
  const post = idOfKey(`post ${name}`)
  const state = standing === 'disabled' ? 'disabled' : 'active'
  const login = name.replaceAll(' ', '.').toLowerCase()
  await sql`insert into access.person (id, login, name, search_key, language, has_joined, state, created_at)
    values (${id}, ${login}, ${`Ai ${name}`}, ${`ai ${name.toLowerCase()}`}, 'en', true, ${state}, ${now})`.execute(db)
  if (standing !== 'no-post') {
    const validTo = standing === 'ended-post' ? '2031-03-04' : null
    const standsInFor = standing === 'stand-in' ? idOfKey(`post ${body} ${role}`) : null
    await sql`insert into access.post (id, person_id, agency_id, role, valid_from, valid_to, needs_confirmation, stands_in_for, created_at)
      values (${post}, ${id}, ${bodyId(body)}, ${role}, '2030-01-01', ${validTo}, ${standing === 'unconfirmed'}, ${standsInFor}, ${now})`.execute(
      db,
    )
  }
  // Whoever must have a second factor has one, save who is still to take it up.
  const hasFactor = standing === 'factor' || (['administrator', 'approver'].includes(role) && standing !== 'enrolment')
  if (hasFactor)
    await sql`insert into access.passkey (id, person_id, credential_id, public_key, counter, name, made_at)
      values (${newId()}, ${id}, ${secretOf(name)}, '\\x00', 0, 'x', ${now})`.execute(db)
  const endsAt = standing === 'expired' ? earlier : later
  await sql`insert into access.session (id, token_hash, person_id, started_at, seen_at, proved_at, ends_at, ended_at, factor_at)
    values (${idOfKey(`session ${name}`)}, ${hashSecret(secretOf(name))}, ${id}, ${earlier}, ${now}, ${standing === 'old-proof' ? earlier : now}, ${endsAt},
      ${standing === 'ended-session' ? now : null}, ${hasFactor && standing !== 'factor' ? now : null})`.execute(db)
  if (standing === 'token-read' || standing === 'token-role')
    await sql`insert into access.token (id, person_id, post_id, name, scope, token_hash, made_at, ends_at)
      values (${idOfKey(`token ${name}`)}, ${id}, ${post}, 'x', ${standing === 'token-read' ? 'read' : 'role'}, ${hashSecret(secretOf(name))}, ${earlier}, ${later})`.execute(
      db,
    )
}

/** A person of a body about whom others may ask: with words planted in everything that is kept of him. @returns ids */
export async function laySubject(world: PlanWorld, body: BodyName): Promise<Record<string, string>> {
  const of = (what: string) => idOfKey(`${what} subject ${body}`)
  const say = (kind: Parameters<typeof canary>[0]) => canary(kind, body)
  const ids = {
    person: of('person'),
    post: of('post'),
    session: of('session'),
    token: of('token'),
    notice: of('notice'),
  }
  await world.asProduct(async ({ db }) => {
    await sql`insert into access.person (id, login, name, search_key, language, has_joined, state, created_at)
      values (${ids.person}, ${`${say('person')}.x`}, ${`Kari ${say('person')}`}, ${`kari ${say('person')}`}, 'en', true, 'active', ${now})`.execute(
      db,
    )
    await sql`insert into access.post (id, person_id, agency_id, role, valid_from, needs_confirmation, granted_by, created_at)
      values (${ids.post}, ${ids.person}, ${bodyId(body)}, 'approver', '2030-01-01', true, ${newId()}, ${now})`.execute(
      db,
    )
    await sql`insert into access.passkey (id, person_id, credential_id, public_key, counter, name, made_at)
      values (${of('passkey')}, ${ids.person}, ${say('token')}, '\\x00', 0, ${say('token')}, ${now})`.execute(db)
    await sql`insert into access.session (id, token_hash, person_id, started_at, seen_at, proved_at, ends_at, agent)
      values (${ids.session}, ${newId()}, ${ids.person}, ${now}, ${now}, ${now}, ${later}, ${say('session')})`.execute(
      db,
    )
    await sql`insert into access.token (id, person_id, post_id, name, scope, token_hash, made_at, ends_at)
      values (${ids.token}, ${ids.person}, ${ids.post}, ${say('token')}, 'read', ${newId()}, ${now}, ${later})`.execute(
      db,
    )
    await sql`insert into notifications.notice (id, person_id, kind, params, made_at)
      values (${ids.notice}, ${ids.person}, 'new-device', ${JSON.stringify({ agent: say('notice') })}, ${now})`.execute(
      db,
    )
    await sql`insert into access.factor_reset (id, person_id, reason, asked_by, asked_at)
      values (${of('reset')}, ${ids.person}, ${say('reset')}, ${newId()}, ${now})`.execute(db)
    await sql`insert into access.identity (id, person_id, issuer, subject, linked_at)
      values (${of('identity')}, ${ids.person}, 'https://issuer.example', ${say('token')}, ${now})`.execute(db)
    await sql`insert into platform.job (id, kind, payload, state, person_id, agency_id, created_at)
      values (${of('job')}, 'x', ${JSON.stringify({ words: say('notice') })}, 'queued', ${ids.person}, ${bodyId(body)}, ${now})`.execute(
      db,
    )
    const rows = JSON.stringify([{ number: 2, cells: { name: say('sheet') }, faults: [], wish: null, personId: null }])
    await sql`insert into access.people_import (id, person_id, agency_id, state, rows, job_id, made_at)
      values (${of('sheet')}, ${ids.person}, ${bodyId(body)}, 'checked', ${rows}, ${of('job')}, ${now})`.execute(db)
    await sql`select set_config('mangnon.person', ${ids.person}, true), set_config('mangnon.agency', ${bodyId(body)}, true)`.execute(
      db,
    )
    await sql`insert into access.saved_view (id, list, name, person_id, agency_id, audience, filter, changed_at)
      values (${of('view')}, 'plans.tasks', ${say('notice')}, ${ids.person}, ${bodyId(body)}, 'private', '{}', ${now})`.execute(
      db,
    )
  })
  return {
    ...ids,
    ...{ passkey: of('passkey'), reset: of('reset'), identity: of('identity'), job: of('job'), sheet: of('sheet') },
    view: of('view'),
  }
}
