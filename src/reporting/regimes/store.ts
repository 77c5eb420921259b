import { conflict, forbidden, notFound, type Context } from '#platform'
import { FormDefinition, RegimeDefinition } from '../model.ts'

/** A stored JSON value as the schema reads it: what is kept was checked when it was saved. */
export type KeptVersion = { number: number; definition: RegimeDefinition; effectiveFrom: string }
export type KeptForm = { id: string; number: number; definition: FormDefinition }

/** The acting body, which must be one. @throws forbidden `reporting.no-body` */
export function actingBody(ctx: Context): string {
  const { agencyId } = ctx.actor
  if (agencyId === null) throw forbidden('reporting.no-body')
  return agencyId
}

export type OwnRegime = { id: string; agencyId: string; code: string; state: string; version: number }

/** One's own body's regime, locked for this transaction. @throws notFound */
export async function lockOwnRegime(ctx: Context, id: string): Promise<OwnRegime> {
  const row = await ctx.db
    .selectFrom('reporting.regime')
    .select(['id', 'agencyId', 'code', 'state', 'version'])
    .where('id', '=', id)
    .where('agencyId', '=', actingBody(ctx))
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  return row
}

export type Draft<T> = { number: number; definition: T; savedBy: string; version: number }

/** The draft version of a regime as somebody saw it. @throws conflict `reporting.no-draft`, `platform.stale-version` */
export async function takeRegimeDraft(
  ctx: Context,
  regimeId: string,
  version: number,
): Promise<Draft<RegimeDefinition> & { effectiveFrom: string }> {
  const row = await findRegimeDraft(ctx, regimeId)
  if (row === undefined) throw conflict('reporting.no-draft')
  if (row.version !== version) throw conflict('platform.stale-version')
  return row
}

export async function findRegimeDraft(
  ctx: Context,
  regimeId: string,
): Promise<(Draft<RegimeDefinition> & { effectiveFrom: string }) | undefined> {
  const row = await ctx.db
    .selectFrom('reporting.regimeVersion')
    .select(['number', 'definition', 'effectiveFrom', 'savedBy', 'version'])
    .where('regimeId', '=', regimeId)
    .where('state', '=', 'draft')
    .executeTakeFirst()
  return row && { ...row, definition: RegimeDefinition.parse(row.definition) }
}

export async function findFormDraft(
  ctx: Context,
  regimeId: string,
): Promise<(Draft<FormDefinition> & { id: string }) | undefined> {
  const row = await ctx.db
    .selectFrom('reporting.form')
    .select(['id', 'number', 'definition', 'savedBy', 'version'])
    .where('regimeId', '=', regimeId)
    .where('state', '=', 'draft')
    .executeTakeFirst()
  return row && { ...row, definition: FormDefinition.parse(row.definition) }
}

/** The draft of a form as somebody saw it. @throws conflict `reporting.no-draft`, `platform.stale-version` */
export async function takeFormDraft(
  ctx: Context,
  regimeId: string,
  version: number,
): Promise<Draft<FormDefinition> & { id: string }> {
  const row = await findFormDraft(ctx, regimeId)
  if (row === undefined) throw conflict('reporting.no-draft')
  if (row.version !== version) throw conflict('platform.stale-version')
  return row
}

/** Issued versions of a regime, the newest first. */
export async function readIssuedVersions(ctx: Context, regimeId: string): Promise<KeptVersion[]> {
  const rows = await ctx.db
    .selectFrom('reporting.regimeVersion')
    .select(['number', 'definition', 'effectiveFrom'])
    .where('regimeId', '=', regimeId)
    .where('state', '=', 'issued')
    .orderBy('number', 'desc')
    .execute()
  return rows.map((row) => ({ ...row, definition: RegimeDefinition.parse(row.definition) }))
}

/** The form reports are written with now: the newest that was issued. */
export async function findIssuedForm(ctx: Context, regimeId: string): Promise<KeptForm | undefined> {
  const row = await ctx.db
    .selectFrom('reporting.form')
    .select(['id', 'number', 'definition'])
    .where('regimeId', '=', regimeId)
    .where('state', '=', 'issued')
    .orderBy('number', 'desc')
    .executeTakeFirst()
  return row && { ...row, definition: FormDefinition.parse(row.definition) }
}

/** The number the next version bears. */
export async function nextNumber(
  ctx: Context,
  table: 'reporting.regimeVersion' | 'reporting.form',
  regimeId: string,
): Promise<number> {
  const row = await ctx.db
    .selectFrom(table)
    .select(({ fn }) => fn.max('number').as('number'))
    .where('regimeId', '=', regimeId)
    .executeTakeFirst()
  return Number(row?.number ?? 0) + 1
}
