import { sql } from 'kysely'
import { invalid, type Context } from '#platform'
import type { Page } from '#platform/model'
import { currentVersion } from '#territory'
import { foldName, isValidOn } from '#territory/model'
import { nameOn } from '../model.ts'
import { listAgencyNames } from '../names.ts'
import type {
  BodyTouched,
  ReformDetail,
  ReformPreview,
  ReformState,
  ReformSummary,
  TouchedRecord,
  UnitTouched,
} from '../model.ts'
import { lastDayOf } from '../rules.ts'
import { mayStep } from './commands.ts'
import { getReformRow, type ReformRow } from './store.ts'
import { stateNow, tryDraft, type ReformParts, type Trial } from './trial.ts'
import { functionName, typeName } from './touched.ts'

type Paging = { page: number; size: number }

/** Reforms within reach, those still to come first, then the newest. */
export async function listReforms(
  ctx: Context,
  parts: ReformParts,
  filter: Paging & { search?: string | undefined; state?: ReformState | undefined },
): Promise<Page<ReformSummary>> {
  const where = sql<boolean>`${parts.withinReach(ctx, 'r.agencyId')}
    and ${filter.state === undefined ? sql`true` : sql`r.state = ${filter.state}`}
    and ${filter.search === undefined ? sql`r.state <> 'discarded' or ${filter.state === 'discarded'}` : sql`(r.title ilike ${`%${likeable(filter.search)}%`} or r.legal_basis ilike ${`%${likeable(filter.search)}%`})`}`
  const counted = await sql<{ total: number }>`select count(*) as total from agencies.reform r where ${where}`.execute(
    ctx.db,
  )
  const { rows } = await sql<Omit<ReformSummary, 'agency'> & { agencyId: string }>`
    select r.id, r.title, r.legal_basis, r.on_date as date, r.state, r.agency_id, jsonb_array_length(r.unit_changes) as unit_change_count,
      jsonb_array_length(r.body_changes) as body_change_count, r.updated_at, r.applied_at
    from agencies.reform r where ${where}
    order by r.state in ('applied', 'discarded'), r.on_date desc, r.updated_at desc, r.id limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(
    ctx.db,
  )
  const names = await listAgencyNames(
    ctx,
    rows.map((row) => row.agencyId),
    ctx.today,
  )
  const items = rows.map(({ agencyId, ...row }) => ({
    ...row,
    agency: names.get(agencyId) ?? { id: agencyId, name: '', endedOn: null },
  }))
  return { items, total: counted.rows[0]?.total ?? 0, page: filter.page, size: filter.size }
}

function likeable(text: string): string {
  return text.replace(/[\\%_]/g, (sign) => `\\${sign}`)
}

/** One reform with its changes and what the actor may do with it. @throws notFound */
export async function getReform(ctx: Context, parts: ReformParts, id: string): Promise<ReformDetail> {
  const row = await getReformRow(ctx, id, { within: parts.withinReach(ctx, 'agencyId') })
  const names = await listAgencyNames(ctx, [row.agencyId], ctx.today)
  const drafts = parts.may(ctx, 'agencies.draft-reform')
  const prepared = [row.savedBy, row.submittedBy]
  return {
    id: row.id,
    title: row.title,
    legalBasis: row.legalBasis,
    date: row.onDate,
    state: row.state,
    agency: names.get(row.agencyId) ?? { id: row.agencyId, name: '', endedOn: null },
    unitChangeCount: row.unitChanges.length,
    bodyChangeCount: row.bodyChanges.length,
    updatedAt: row.updatedAt,
    appliedAt: row.appliedAt,
    version: row.version,
    reason: row.reason,
    unitChanges: row.unitChanges,
    bodyChanges: row.bodyChanges,
    names: await namesIn(ctx, row),
    submittedAt: row.submittedAt,
    approvedAt: row.approvedAt,
    may: {
      edit: drafts && mayStep(row.state, 'save'),
      submit: drafts && mayStep(row.state, 'submit'),
      approve:
        parts.may(ctx, 'agencies.approve-reform') &&
        mayStep(row.state, 'approve') &&
        !prepared.includes(ctx.actor.personId),
      takeBack: drafts && mayStep(row.state, 'return'),
      discard: drafts && mayStep(row.state, 'discard'),
    },
  }
}

/** What the keys in a reform's changes mean on the day before it. */
async function namesIn(ctx: Context, row: ReformRow): Promise<ReformDetail['names']> {
  const text = JSON.stringify([row.unitChanges, row.bodyChanges])
  const keys = [...new Set(text.match(/"u:[^"]+"/g)?.map((quoted) => quoted.slice(1, -1)) ?? [])]
  if (keys.length === 0) return []
  const { rows } = await sql<{ key: string; id: string; name: string }>`
    select u.key, u.id, v.name || ' (' || v.code || ')' as name from territory.unit u join lateral (
      select name, code from territory.unit_version where unit_id = u.id
      order by (valid_from is null or valid_from < ${row.onDate}::date) desc, valid_from desc nulls last limit 1) v on true
    where u.key = any (${keys}::text[])
    union all
    select a.key, a.id, n.name from agencies.agency a join lateral (
      select name from agencies.agency_name where agency_id = a.id
      order by (valid_from is null or valid_from < ${row.onDate}::date) desc, valid_from desc nulls last limit 1) n on true
    where a.key = any (${keys}::text[])`.execute(ctx.db)
  return rows
}

/** A trial of the reform as it stands; none for one that was applied: its own state has passed. */
async function trialOf(ctx: Context, parts: ReformParts, id: string): Promise<Trial> {
  const row = await getReformRow(ctx, id, { within: parts.withinReach(ctx, 'agencyId') })
  if (row.state === 'applied' || row.state === 'discarded') throw invalid('agencies.reform-over')
  return tryDraft(ctx, parts, row)
}

const countsOf = (list: readonly { fate: string }[]) => ({
  ended: list.filter((each) => each.fate === 'ended').length,
  made: list.filter((each) => each.fate === 'made').length,
  changed: list.filter((each) => each.fate === 'changed').length,
})

/** What stands against a draft, and how much it would touch; each number opens to its list. */
export async function previewReform(ctx: Context, parts: ReformParts, id: string): Promise<ReformPreview> {
  const { findings, touched } = await trialOf(ctx, parts, id)
  const records = []
  for (const source of parts.touched) {
    const { total } = await source.list(ctx, touched?.moving ?? [], { page: 1, size: 1 })
    records.push({ kind: source.kind, count: total })
  }
  return { findings, units: countsOf(touched?.units ?? []), bodies: countsOf(touched?.bodies ?? []), records }
}

type TouchedFilter = Paging & { fate?: 'ended' | 'made' | 'changed' | undefined; search?: string | undefined }

function pageOfTouched<T extends UnitTouched | BodyTouched>(list: readonly T[], filter: TouchedFilter): Page<T> {
  const wanted = foldName(filter.search ?? '')
  const fits = list.filter(
    (each) =>
      (filter.fate === undefined || each.fate === filter.fate) &&
      (wanted === '' || foldName(`${each.before?.name ?? ''} ${each.after?.name ?? ''}`).includes(wanted)),
  )
  const from = (filter.page - 1) * filter.size
  return { items: fits.slice(from, from + filter.size), total: fits.length, page: filter.page, size: filter.size }
}

export async function listUnitsTouched(
  ctx: Context,
  parts: ReformParts,
  of: { id: string; filter: TouchedFilter },
): Promise<Page<UnitTouched>> {
  return pageOfTouched((await trialOf(ctx, parts, of.id)).touched?.units ?? [], of.filter)
}

export async function listBodiesTouched(
  ctx: Context,
  parts: ReformParts,
  of: { id: string; filter: TouchedFilter },
): Promise<Page<BodyTouched>> {
  return pageOfTouched((await trialOf(ctx, parts, of.id)).touched?.bodies ?? [], of.filter)
}

/** Posts, plans, duties or work on bodies that end or hand work over, with who holds it afterwards. */
export async function listRecordsTouched(
  ctx: Context,
  parts: ReformParts,
  of: { id: string; kind: string; paging: Paging },
): Promise<Page<TouchedRecord>> {
  const { touched } = await trialOf(ctx, parts, of.id)
  const source = parts.touched.find((each) => each.kind === of.kind)
  if (source === undefined || touched === null) return { items: [], total: 0, ...of.paging }
  const page = await source.list(ctx, touched.moving, of.paging)
  const names = await listAgencyNames(
    ctx,
    page.items.map((item) => item.agencyId),
    ctx.today,
  )
  return {
    ...page,
    items: page.items.map(({ agencyId, functionCode, ...item }) => ({
      ...item,
      agency: names.get(agencyId) ?? { id: agencyId, name: '', endedOn: null },
      heirs: touched.heirsOf(agencyId, functionCode),
    })),
  }
}

const mostChoices = 20

/** Units in being on the day before a reform, by code or name. */
export async function findUnits(ctx: Context, parts: ReformParts, of: { search: string; date: string }) {
  const { territory } = await stateNow(ctx, parts.source)
  const byKey = new Map(territory.units.map((unit) => [unit.key, unit]))
  const wanted = foldName(of.search)
  const items = []
  for (const unit of territory.units) {
    const version = currentVersion(unit, of.date)
    if (version === undefined) continue
    if (!(version.code === of.search.trim() || foldName(version.name).includes(wanted))) continue
    const above = version.parent === null ? undefined : byKey.get(version.parent)
    items.push({
      key: unit.key,
      code: version.code,
      name: version.name,
      typeName: typeName(territory, version.type, ctx.language),
      above: above?.versions.at(-1)?.name ?? null,
      aboveKey: version.parent,
    })
    if (items.length >= mostChoices) break
  }
  return { items }
}

/** Bodies in being on the day before a reform, by name or by unit, with their fields of work. */
export async function findBodies(ctx: Context, parts: ReformParts, of: { search: string; date: string }) {
  const { bodies, territory } = await stateNow(ctx, parts.source)
  const units = new Map(territory.units.map((unit) => [unit.key, unit]))
  const on = lastDayOf(of.date) ?? of.date
  const words = foldName(of.search).split(' ')
  const items: { key: string; name: string; unit: string }[] = []
  for (const agency of bodies.agencies) {
    if (!isValidOn(agency, on)) continue
    const name = nameOn(agency, on).name
    const unit = units.get(agency.unitKey)?.versions.at(-1)?.name ?? ''
    const text = foldName(`${name} ${nameOn(agency, on).shortName} ${unit}`)
    if (!words.every((word) => text.includes(word))) continue
    items.push({ key: agency.key, name, unit })
    if (items.length >= mostChoices) break
  }
  const held = Map.groupBy(
    bodies.mandates.filter((mandate) => isValidOn(mandate, on) && items.some((item) => item.key === mandate.agencyKey)),
    (mandate) => mandate.agencyKey,
  )
  return {
    items: items.map((item) => ({
      ...item,
      functions: (held.get(item.key) ?? []).map((mandate) => ({
        code: mandate.function,
        name: functionName(bodies, mandate.function, ctx.language),
      })),
    })),
  }
}

/** Kinds of unit and fields of work, for the editor's choices. */
export async function reformWords(ctx: Context, parts: ReformParts) {
  const { territory, bodies } = await stateNow(ctx, parts.source)
  return {
    types: territory.types
      .filter((type) => type.level !== 'country')
      .map((type) => ({ type: type.type, name: typeName(territory, type.type, ctx.language), level: type.level })),
    functions: bodies.functions.map(({ code }) => ({ code, name: functionName(bodies, code, ctx.language) })),
  }
}
