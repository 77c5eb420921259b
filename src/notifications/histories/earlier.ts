import { sql } from 'kysely'
import { listPersonNames, namesOfAgencies, withinReach } from '#access'
import { asEverywhere, type Context } from '#platform'
import type { Found, Subject } from '../subjects.ts'

const nothing: readonly string[] = []
const told = (...actions: string[]) => Object.fromEntries(actions.map((action) => [action, nothing]))

/** Records of the modules before this one: no talk about them, only their histories. */
export function accountSubjects(): Subject[] {
  return [bodySubject, unitSubject, reformSubject, personSubject]
}

/** Reforms that were applied and name a thing by its key in one of their lists of changes. */
async function reformsNaming(ctx: Context, list: 'unit' | 'body', key: string | undefined): Promise<string[]> {
  if (key === undefined) return []
  const changes = list === 'unit' ? sql`unit_changes` : sql`body_changes`
  const { rows } = await asEverywhere(ctx, () =>
    sql<{ id: string }>`select id from agencies.reform where state = 'applied'
      and jsonb_path_exists(${changes}, '$.** ? (@ == $key)', ${JSON.stringify({ key })}::jsonb)`.execute(ctx.db),
  )
  return rows.map((row) => row.id)
}

const bodySubject: Subject = {
  kind: 'agencies.agency',
  allow: 'agencies.read',
  talk: null,
  async find(ctx, ids) {
    const names = await namesOfAgencies(ctx, ids)
    return new Map([...names].map(([id, title]) => [id, { title, address: `/co-quan/${id}`, isInternal: false }]))
  },
  history: {
    async records(ctx, id) {
      const body = await ctx.db.selectFrom('agencies.agency').select('key').where('id', '=', id).executeTakeFirst()
      return [id, ...(await reformsNaming(ctx, 'body', body?.key))]
    },
    open: { ...told('agencies.letterhead-changed'), 'agencies.reform-applied': ['date'] },
    within: {},
  },
}

const unitSubject: Subject = {
  kind: 'territory.unit',
  allow: 'territory.read',
  talk: null,
  async find(ctx, ids) {
    const { rows } = await sql<{ id: string; name: string }>`
      select distinct on (unit_id) unit_id as id, name from territory.unit_version where unit_id = any (${[...ids]}::uuid[])
      order by unit_id, valid_from desc nulls last`.execute(ctx.db)
    return new Map(rows.map(({ id, name }) => [id, { title: name, address: `/dia-ban/${id}`, isInternal: false }]))
  },
  history: {
    async records(ctx, id) {
      const unit = await ctx.db.selectFrom('territory.unit').select('key').where('id', '=', id).executeTakeFirst()
      return reformsNaming(ctx, 'unit', unit?.key)
    },
    open: { 'agencies.reform-applied': ['date'] },
    within: {},
  },
}

const reformSubject: Subject = {
  kind: 'agencies.reform',
  allow: 'agencies.read-reforms',
  talk: null,
  async find(ctx, ids) {
    const rows = await ctx.db
      .selectFrom('agencies.reform')
      .select(['id', 'title'])
      .where('id', 'in', [...ids])
      .where(withinReach(ctx, 'agencyId'))
      .execute()
    return new Map(
      rows.map(({ id, title }): [string, Found] => [id, { title, address: `/sap-xep/${id}`, isInternal: true }]),
    )
  },
  history: {
    records: (_ctx, id) => Promise.resolve([id]),
    open: {},
    within: {
      'agencies.reform-saved': ['date', 'unitChanges', 'bodyChanges'],
      ...told(
        'agencies.reform-drafted',
        'agencies.reform-submitted',
        'agencies.reform-approved',
        'agencies.reform-returned',
        'agencies.reform-blocked',
        'agencies.reform-applied',
        'agencies.reform-discarded',
      ),
    },
  },
}

const personSubject: Subject = {
  kind: 'access.person',
  allow: 'access.read-people',
  talk: null,
  async find(ctx, ids) {
    const rows = await ctx.db
      .selectFrom('access.post')
      .select('personId')
      .distinct()
      .where('personId', 'in', [...ids])
      .where(withinReach(ctx, 'agencyId'))
      .execute()
    const names = await listPersonNames(
      ctx,
      rows.map((row) => row.personId),
    )
    return new Map(
      [...names].map(([id, title]) => [id, { title, address: `/quan-tri/nguoi-dung/${id}`, isInternal: true }]),
    )
  },
  history: {
    records: (_ctx, id) => Promise.resolve([id]),
    open: {},
    within: {
      ...told(
        'access.invitation-renewed',
        'access.invitation-mailed',
        'access.invitation-taken-up',
        'access.person-disabled',
        'access.person-enabled',
        'access.password-changed',
        'access.mail-changed',
        'access.totp-enrolled',
        'access.totp-dropped',
        'access.passkey-enrolled',
        'access.passkey-dropped',
        'access.recovery-codes-made',
        'access.factor-reset-asked',
        'access.factor-reset',
        'access.factor-reset-refused',
        'access.session-ended',
        'access.identity-ended',
      ),
      'access.identity-linked': ['level'],
      'access.person-invited': ['role', 'waits'],
      'access.post-granted': ['role', 'waits'],
      'access.post-confirmed': ['role'],
      'access.post-ended': ['role'],
      'access.stand-in-named': ['role', 'from', 'to', 'waits'],
      'access.successor-named': ['role', 'from', 'to', 'waits'],
    },
  },
}
