import { sql } from 'kysely'
import { listPersonNames } from '#access'
import { listAgencyNames, nameOfBody } from '#agencies'
import { notFound, type Context } from '#platform'
import { FormDefinition, NotOpened, RegimeDefinition } from '../../model.ts'
import { RegimeWordsRead } from '../from-document/model.ts'
import type { RegimeDetail, RegimeRow } from '../model.ts'

/** Every regime one may see: those in force or ended of all bodies, drafts of one's own and of those below. */
export async function listRegimes(ctx: Context): Promise<RegimeRow[]> {
  const { rows } = await sql<Omit<RegimeRow, 'names' | 'kind'> & { definition: unknown }>`
    select r.id, r.code, r.state, r.agency_id, ${nameOfBody(sql`r.agency_id`, ctx.today)} as agency_name, v.definition, v.effective_from,
      (r.agency_id = ${ctx.actor.agencyId}::uuid) is true as is_own,
      exists (select 1 from reporting.regime_version d where d.regime_id = r.id and d.state = 'draft')
        or exists (select 1 from reporting.form d where d.regime_id = r.id and d.state = 'draft') as has_draft,
      (select count(*)::integer from reporting.round o where o.regime_id = r.id) as rounds,
      (select count(*)::integer from reporting.round o where o.regime_id = r.id and o.state = 'open') as open_rounds
    from reporting.regime r cross join lateral (
      select v.definition, v.effective_from from reporting.regime_version v where v.regime_id = r.id order by v.state = 'issued' desc, v.number desc limit 1) v
    order by r.state = 'ended', r.code limit 1000`.execute(ctx.db)
  return rows.map(({ definition, ...row }) => {
    const { names, kind } = RegimeDefinition.parse(definition)
    return { ...row, names, kind }
  })
}

/** One regime whole. @throws notFound */
export async function getRegime(ctx: Context, id: string): Promise<RegimeDetail> {
  const { rows } = await sql<
    Pick<RegimeDetail, 'id' | 'code' | 'state' | 'agencyId' | 'agencyName' | 'isOwn' | 'version'> & {
      wordsRead: unknown
      notOpened: unknown
    }
  >`
    select r.id, r.code, r.state, r.agency_id, ${nameOfBody(sql`r.agency_id`, ctx.today)} as agency_name,
      (r.agency_id = ${ctx.actor.agencyId}::uuid) is true as is_own, r.version, r.words_read, r.not_opened
    from reporting.regime r where r.id = ${id}::uuid`.execute(ctx.db)
  const [row] = rows
  if (row === undefined) throw notFound()
  const versions = await ctx.db
    .selectFrom('reporting.regimeVersion')
    .select(['number', 'state', 'definition', 'effectiveFrom', 'version', 'savedAt', 'savedBy', 'issuedAt', 'issuedBy'])
    .where('regimeId', '=', id)
    .orderBy('number', 'desc')
    .execute()
  const forms = await ctx.db
    .selectFrom('reporting.form')
    .select(['id', 'number', 'state', 'definition', 'version', 'savedAt', 'savedBy', 'issuedAt', 'issuedBy'])
    .where('regimeId', '=', id)
    .orderBy('number', 'desc')
    .execute()
  const opened = await ctx.db
    .selectFrom('reporting.round')
    .select('period')
    .where('regimeId', '=', id)
    .orderBy('periodFrom', 'desc')
    .execute()
  const names = await listPersonNames(
    ctx,
    [...versions, ...forms].flatMap(({ savedBy, issuedBy }) => [savedBy, issuedBy]),
  )
  const said = <T extends { savedBy: string; issuedBy: string | null }>(one: T) => ({
    ...one,
    savedBy: names.get(one.savedBy) ?? null,
    issuedBy: one.issuedBy === null ? null : (names.get(one.issuedBy) ?? null),
  })
  const read = versions.map((one) => ({ ...said(one), definition: RegimeDefinition.parse(one.definition) }))
  const named = read.flatMap(({ definition }) =>
    definition.tiers.flatMap(({ who }) => [...who.agencies, ...who.except]),
  )
  return {
    ...row,
    wordsRead: RegimeWordsRead.nullable().parse(row.wordsRead),
    notOpened: row.isOwn ? NotOpened.nullable().parse(row.notOpened) : null,
    versions: read,
    forms: forms.map((one) => ({ ...said(one), definition: FormDefinition.parse(one.definition) })),
    opened: opened.map(({ period }) => period),
    bodies: [...(await listAgencyNames(ctx, named, ctx.today)).values()],
  }
}
