import { getAgency } from '#agencies'
import type { Selectable } from 'kysely'
import { conflict, notFound, type Context, type Database } from '#platform'
import { planVisible } from './visible.ts'
import { emptyProse, type PlanAct, type PlanHeader, type PlanProse, type PlanState } from '../model.ts'

export type PlanRow = {
  id: string
  agencyId: string
  issuerId: string
  level: string
  title: string
  state: PlanState
  number: string | null
  issuedOn: string | null
  periodFrom: string | null
  periodTo: string | null
  functionCode: string
  isInvented: boolean
  importId: string | null
  version: number
}

const planColumnNames = [
  'id',
  'agencyId',
  'issuerId',
  'level',
  'title',
  'state',
  'number',
  'issuedOn',
  'periodFrom',
  'periodTo',
  'functionCode',
  'isInvented',
  'importId',
  'version',
] as const

/** A plan within reach. @throws notFound */
export async function getPlan(ctx: Context, id: string): Promise<PlanRow> {
  const row = await ctx.db
    .selectFrom('plans.plan')
    .select(planColumnNames)
    .where('id', '=', id)
    .where(planVisible(ctx, 'plans.plan'))
    .executeTakeFirst()
  if (!row) throw notFound()
  return { ...row, state: row.state as PlanState }
}

const tiers = ['central', 'province', 'district', 'commune']

/**
 * Whether the acting agency may carry a plan out by one of its own: the plan of another body, of its own tier or one
 * above. What a body below plans is not handed upwards.
 */
export async function mayDeriveFrom(ctx: Context, plan: PlanRow): Promise<boolean> {
  const { agencyId } = ctx.actor
  if (agencyId === null || plan.agencyId === agencyId) return false
  const acting = await getAgency(ctx, agencyId, ctx.today)
  return tiers.indexOf(plan.level) <= tiers.indexOf(acting.level)
}

/** A plan the acting agency owns, locked for this transaction: only the owner writes. @throws notFound */
export async function lockOwnPlan(ctx: Context, id: string): Promise<PlanRow> {
  const row = await ctx.db
    .selectFrom('plans.plan')
    .select(planColumnNames)
    .where('id', '=', id)
    .where('agencyId', '=', ctx.actor.agencyId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound()
  return { ...row, state: row.state as PlanState }
}

export type VersionRow = {
  id: string
  planId: string
  ordinal: number
  act: PlanAct
  state: 'draft' | 'issued'
  header: PlanHeader
  reason: string | null
  savedBy: string | null
  /** Who laid something beside the draft since it was last saved. */
  laidBy: string | null
  version: number
  issuedAt: string | null
}

/** The draft of a plan, or its newest issued version. */
export async function findVersion(
  ctx: Context,
  plan: Pick<PlanRow, 'id'>,
  state: 'draft' | 'issued',
): Promise<VersionRow | undefined> {
  const row = await ctx.db
    .selectFrom('plans.planVersion')
    .selectAll()
    .where('planId', '=', plan.id)
    .where('state', '=', state)
    .orderBy('ordinal', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && asVersion(row)
}

/** An issued document of a plan, and the one that changed it, if any. @throws notFound also for a draft */
export async function getIssued(
  ctx: Context,
  plan: Pick<PlanRow, 'id'>,
  versionId: string,
): Promise<{ version: VersionRow; next: VersionRow | undefined }> {
  const rows = await ctx.db
    .selectFrom('plans.planVersion')
    .selectAll()
    .where('planId', '=', plan.id)
    .where('state', '=', 'issued')
    .orderBy('ordinal')
    .execute()
  const at = rows.findIndex((row) => row.id === versionId)
  const row = rows[at]
  if (!row) throw notFound()
  const after = rows[at + 1]
  return { version: asVersion(row), next: after && asVersion(after) }
}

function asVersion(row: Selectable<Database['plans.planVersion']>): VersionRow {
  return {
    id: row.id,
    planId: row.planId,
    ordinal: row.ordinal,
    act: row.act as PlanAct,
    state: row.state as 'draft' | 'issued',
    reason: row.reason,
    savedBy: row.savedBy,
    laidBy: row.laidBy,
    version: row.version,
    issuedAt: row.issuedAt,
    header: {
      kind: row.kind,
      number: row.number,
      place: row.place,
      issuedOn: row.issuedOn,
      title: row.title,
      preamble: row.preamble,
      signature: { powers: [], post: '', name: '', ...(row.signature as Partial<PlanHeader['signature']>) },
      bases: row.bases as string[],
      recipients: row.recipients as string[],
      prose: { ...emptyProse, ...(row.prose as Partial<PlanProse>) },
      periodFrom: row.periodFrom,
      periodTo: row.periodTo,
    },
  }
}

/** Takes the draft at the version its writer saw. @throws conflict `platform.stale-version`, `plans.no-draft` */
export async function takeDraft(ctx: Context, plan: PlanRow, seen: number): Promise<VersionRow> {
  const draft = await findVersion(ctx, plan, 'draft')
  if (!draft) throw conflict('plans.no-draft')
  if (draft.version !== seen) throw conflict('platform.stale-version')
  return draft
}

/**
 * Marks a draft as changed by the actor: whoever read it before issues it no more, nor does the actor; who last wrote it
 * still does not either. For what
 * belongs to the draft but is saved beside it: its signed file, its decisions on tasks above, its plans above.
 */
export async function touchDraft(ctx: Context, draft: VersionRow): Promise<void> {
  await ctx.db
    .updateTable('plans.planVersion')
    .set({ laidBy: ctx.actor.personId, version: draft.version + 1 })
    .where('id', '=', draft.id)
    .execute()
}
