import { sql, type Expression, type Kysely, type SqlBool, type Transaction } from 'kysely'
import { z } from 'zod'
import { asEverywhere, conflict, notFound, type Context, type Database } from '#platform'
import { UnitChange } from '#territory/model'
import { BodyChange, type ReformInput, type ReformState } from '../model.ts'
import type { Reform } from './state.ts'

/** The condition that a row's agency lies within the actor's reach, made by `access`. */
export type WithinReach = (ctx: Context, column: string) => Expression<SqlBool>

export type ReformRow = {
  id: string
  agencyId: string
  title: string
  legalBasis: string
  onDate: string
  state: ReformState
  unitChanges: UnitChange[]
  bodyChanges: BodyChange[]
  reason: string | null
  draftedBy: string
  savedBy: string
  updatedAt: string
  submittedBy: string | null
  submittedAt: string | null
  approvedBy: string | null
  approvedAt: string | null
  appliedAt: string | null
  version: number
}

/** What is kept of the changes, parsed when read. */
const Kept = z.object({ unitChanges: z.array(UnitChange), bodyChanges: z.array(BodyChange) })

const columns = [
  'id',
  'agencyId',
  'title',
  'legalBasis',
  'onDate',
  'state',
  'unitChanges',
  'bodyChanges',
  'reason',
  'draftedBy',
  'savedBy',
  'updatedAt',
  'submittedBy',
  'submittedAt',
  'approvedBy',
  'approvedAt',
  'appliedAt',
  'version',
] as const

type Raw = Omit<ReformRow, 'state' | 'unitChanges' | 'bodyChanges'> & {
  state: string
  unitChanges: unknown
  bodyChanges: unknown
}

function toRow(raw: Raw): ReformRow {
  return {
    ...raw,
    state: raw.state as ReformState,
    ...Kept.parse({ unitChanges: raw.unitChanges, bodyChanges: raw.bodyChanges }),
  }
}

/** One reform within reach; locked when it is to be changed. @throws notFound */
export async function getReformRow(
  ctx: Context,
  id: string,
  of: { within: Expression<SqlBool>; forChange?: boolean },
): Promise<ReformRow> {
  const row = await ctx.db
    .selectFrom('agencies.reform')
    .select(columns)
    .where('id', '=', id)
    .where(of.within)
    .$if(of.forChange === true, (query) => query.forUpdate())
    .executeTakeFirst()
  if (row === undefined) throw notFound('agencies.reform-not-found')
  return toRow(row)
}

/** The oldest approved reform whose day has come, locked; undefined when there is none. */
export async function takeDueReform(ctx: Context): Promise<ReformRow | undefined> {
  const row = await ctx.db
    .selectFrom('agencies.reform')
    .select(columns)
    .where('state', '=', 'scheduled')
    .where('onDate', '<=', ctx.today)
    .orderBy('onDate')
    .orderBy('approvedAt')
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()
  return row && toRow(row)
}

export async function insertReform(ctx: Context, id: string, of: ReformInput & { agencyId: string }): Promise<void> {
  await ctx.db
    .insertInto('agencies.reform')
    .values({
      id,
      agencyId: of.agencyId,
      ...written(of),
      state: 'draft',
      draftedBy: ctx.actor.personId,
      savedBy: ctx.actor.personId,
      updatedAt: ctx.now,
      version: 1,
    })
    .execute()
}

function written(of: ReformInput) {
  return {
    title: of.title,
    legalBasis: of.legalBasis,
    onDate: of.date,
    unitChanges: JSON.stringify(of.unitChanges),
    bodyChanges: JSON.stringify(of.bodyChanges),
  }
}

export async function updateDraft(ctx: Context, row: ReformRow, of: ReformInput): Promise<void> {
  await moveReform(ctx, row, { ...written(of), savedBy: ctx.actor.personId })
}

type Moves = Partial<{
  title: string
  legalBasis: string
  onDate: string
  unitChanges: string
  bodyChanges: string
  savedBy: string
  state: ReformState
  reason: string | null
  submittedBy: string | null
  submittedAt: string | null
  approvedBy: string | null
  approvedAt: string | null
  appliedAt: string
  appliedRank: number
}>

/** Writes a step of a reform that is locked. @throws conflict `platform.stale-version` */
export async function moveReform(ctx: Context, row: ReformRow, moves: Moves): Promise<void> {
  const { numUpdatedRows } = await ctx.db
    .updateTable('agencies.reform')
    .set({ ...moves, updatedAt: ctx.now, version: row.version + 1 })
    .where('id', '=', row.id)
    .where('version', '=', row.version)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) throw conflict('platform.stale-version')
}

/** All reforms applied here, in their order: what the country is besides its own data. Seen by the product itself. */
export async function readAppliedReforms(db: Kysely<Database> | Transaction<Database>): Promise<Reform[]> {
  const { rows } = await sql<{ onDate: string; legalBasis: string; unitChanges: unknown; bodyChanges: unknown }>`
    select on_date, legal_basis, unit_changes, body_changes from agencies.reform where state = 'applied' order by applied_rank`.execute(
    db,
  )
  return rows.map(({ onDate, legalBasis, ...changes }) => ({ date: onDate, legalBasis, ...Kept.parse(changes) }))
}

/** As `readAppliedReforms`, inside a request whose actor may see few of them. */
export async function appliedReforms(ctx: Context): Promise<Reform[]> {
  return asEverywhere(ctx, () => readAppliedReforms(ctx.db))
}

/** The place of the next reform to be applied. */
export async function nextRank(ctx: Context): Promise<number> {
  const { rows } = await sql<{
    next: number
  }>`select coalesce(max(applied_rank), 0) + 1 as next from agencies.reform`.execute(ctx.db)
  return rows[0]?.next ?? 1
}
