import { sql, type RawBuilder } from 'kysely'
import { notFound, type Context } from '#platform'
import type { Page } from '#platform/model'
import type {
  PlaceWords,
  PlainDate,
  SuccessionStep,
  TypeCount,
  UnitChild,
  UnitChildren,
  UnitDetail,
  UnitFate,
  UnitLevel,
  UnitRef,
  UnitStretch,
  UnitSummary,
  WhatBecame,
} from './model.ts'
import { eventsOf, fateOf, shownOn } from './rules.ts'
import { searchRank, unitsFound } from './search.ts'
import {
  getLoaded,
  holds,
  lifeOf,
  readLines,
  readShown,
  readStepsFrom,
  readStepsTo,
  shownUnits,
  versionColumns,
  type EdgeRow,
  type ShownRow,
  type VersionRow,
} from './store.ts'

export type UnitFilter = {
  /** Code, or name with or without marks and with or without the word for its kind. */
  search?: string | undefined
  level?: UnitLevel | undefined
  asOf: PlainDate
  /** Only units in being on `asOf`; a search looks at all times otherwise. */
  inBeing?: boolean | undefined
  page: number
  size: number
}

/**
 * Units of a date, or those a search means at any time: best answers first, those in being before those that ended;
 * units that ended say where their ground lies. Five statements, whatever the page holds.
 */
export async function listUnits(ctx: Context, filter: UnitFilter): Promise<Page<UnitSummary>> {
  const { words } = await getLoaded(ctx.db)
  const search = filter.search?.trim() ?? ''
  const hits =
    search === '' ? inBeingOn(filter.asOf, ctx.language) : foundAtAnyTime(search, words, filter, ctx.language)
  const ofLevel = filter.level === undefined ? sql`true` : sql`level = ${filter.level}`
  // The count stands beside the page, so that a page beyond the end knows it too.
  const query = sql<{ total: number } & (ShownRow | { unitId: null })>`
    with hit as (select * from (${hits}) all_hits where ${ofLevel})
    select counted.total, page.*, life.* from (select count(*) as total from hit) counted left join (
      select * from hit order by rank, fits desc, is_in_being desc, array_position(array['country', 'province', 'district', 'commune'], level), code, unit_id
      limit ${filter.size} offset ${(filter.page - 1) * filter.size}) page on true
      left join lateral (${lifeOf('page.unit_id')}) life on page.unit_id is not null
    order by rank, fits desc, is_in_being desc, array_position(array['country', 'province', 'district', 'commune'], level), code, unit_id`
  const { rows } = await query.execute(ctx.db)
  const shown = rows.flatMap((row) => (row.unitId === null ? [] : [row]))
  return {
    items: await summaries(ctx, shown, filter.asOf),
    total: rows[0]?.total ?? 0,
    page: filter.page,
    size: filter.size,
  }
}

function inBeingOn(asOf: PlainDate, language: string): RawBuilder<unknown> {
  return sql`select ${versionColumns(language)}, true as is_in_being, 0 as rank, true as fits
    from territory.unit_version v join territory.unit_type t on t.type = v.type where ${holds('v', asOf)}`
}

function foundAtAnyTime(search: string, words: PlaceWords, filter: UnitFilter, language: string): RawBuilder<unknown> {
  return sql`select shown.*, found.rank, found.fits from ${shownUnits(unitsFound(search, words, null), filter.asOf, language)}
    where ${filter.inBeing === true ? sql`shown.is_in_being` : sql`true`}`
}

/** Lines upward and fates of units that ended, in three statements for all. */
async function summaries(ctx: Context, rows: readonly ShownRow[], asOf: PlainDate): Promise<UnitSummary[]> {
  const lines = await readLines(
    ctx.db,
    rows.map((row) => ({ unitId: row.unitId, parentId: row.parentId, on: shownOn(row, asOf) })),
    ctx.language,
  )
  const edges = await readStepsFrom(
    ctx.db,
    rows.filter((row) => !row.isInBeing).map((row) => row.unitId),
    asOf,
  )
  const named = await readShown(
    ctx.db,
    edges.flatMap((edge) => [edge.fromId, edge.toId]),
    asOf,
    ctx.language,
  )
  return rows.map((row) => ({
    ...refOf(row),
    nameEn: row.nameEn,
    validFrom: row.firstOn,
    validTo: row.endedOn,
    isInBeing: row.isInBeing,
    path: (lines.get(row.unitId) ?? []).map(refOf),
    now: row.isInBeing ? [] : fatesOf(row.unitId, edges, asOf, named),
  }))
}

function fatesOf(
  unitId: string,
  edges: readonly EdgeRow[],
  asOf: PlainDate,
  named: ReadonlyMap<string, ShownRow>,
): UnitFate[] {
  return fateOf(unitId, edges, asOf, (id) => named.get(id)?.isInBeing ?? false)
    .flatMap((fate) => {
      const row = named.get(fate.unitId)
      return row === undefined ? [] : [{ unit: refOf(row), extent: fate.extent }]
    })
    .sort((a, b) => (a.unit.code < b.unit.code ? -1 : 1))
}

function refOf(row: VersionRow & { typeName: string }): UnitRef {
  return { id: row.unitId, code: row.code, name: row.name, type: row.type, typeName: row.typeName, level: row.level }
}

/** One unit with its history. @throws notFound */
export async function getUnit(ctx: Context, id: string, asOf: PlainDate): Promise<UnitDetail> {
  const { recordedFrom } = await getLoaded(ctx.db)
  const row = (await readShown(ctx.db, [id], asOf, ctx.language)).get(id)
  if (row === undefined) throw notFound()
  const [summary] = await summaries(ctx, [row], asOf)
  if (summary === undefined) throw notFound()
  const stretches = await readStretches(ctx, id, asOf)
  const forward = await readStepsFrom(ctx.db, [id], null)
  const backward = await readStepsTo(ctx.db, id)
  const became = await stepsOf(ctx, forward, asOf)
  const cameFrom = await stepsOf(ctx, backward, asOf)
  const aliases = await ctx.db
    .selectFrom('territory.unitAlias')
    .select(['field', 'value', 'difference', 'validFrom', 'validTo', 'source'])
    .where('unitId', '=', id)
    .orderBy('field')
    .orderBy('value')
    .execute()
  const remarks = await ctx.db
    .selectFrom('territory.unitRemark')
    .select(['onDate', 'text'])
    .where('unitId', '=', id)
    .orderBy('onDate')
    .execute()
  return {
    ...summary,
    asOf,
    recordedFrom,
    stretches,
    aliases,
    remarks,
    became,
    cameFrom,
    events: eventsOf(
      stretches,
      became.filter((step) => step.from.id === id),
      cameFrom,
    ),
    below: await countBelow(ctx, id, shownOn(row, asOf)),
  }
}

async function readStretches(ctx: Context, id: string, asOf: PlainDate): Promise<UnitStretch[]> {
  const { rows } = await sql<VersionRow & { typeName: string }>`
    select ${versionColumns(ctx.language)} from territory.unit_version v join territory.unit_type t on t.type = v.type
    where v.unit_id = ${id} order by v.valid_from nulls first`.execute(ctx.db)
  const climbs = rows.map((row) => ({ unitId: row.parentId ?? id, on: shownOn(row, row.validFrom ?? asOf) }))
  const parents = await readParents(ctx, climbs)
  return rows.map(({ unitId: _unit, parentId, level: _level, ...row }, place) => ({
    ...row,
    parent: parentId === null ? null : (parents[place] ?? null),
  }))
}

/** Each unit as it was on its own day. */
async function readParents(
  ctx: Context,
  wanted: readonly { unitId: string; on: PlainDate }[],
): Promise<(UnitRef | undefined)[]> {
  const list = wanted.map((each, place) => ({ ...each, place }))
  const { rows } = await sql<VersionRow & { typeName: string; place: number }>`
    select w.place, ${versionColumns(ctx.language)} from jsonb_to_recordset(${JSON.stringify(list)}::jsonb) as w("unitId" uuid, "on" date, place integer)
      join territory.unit_version v on v.unit_id = w."unitId" and ${holds('v', sql`w."on"`)} join territory.unit_type t on t.type = v.type`.execute(
    ctx.db,
  )
  const byPlace = new Map(rows.map((row) => [row.place, refOf(row)]))
  return list.map(({ place }) => byPlace.get(place))
}

async function stepsOf(ctx: Context, edges: readonly EdgeRow[], asOf: PlainDate): Promise<SuccessionStep[]> {
  const named = await readShown(
    ctx.db,
    edges.flatMap((edge) => [edge.fromId, edge.toId]),
    asOf,
    ctx.language,
  )
  return edges
    .flatMap(({ fromId, toId, ...edge }) => {
      const from = named.get(fromId)
      const to = named.get(toId)
      return from === undefined || to === undefined ? [] : [{ ...edge, from: refOf(from), to: refOf(to) }]
    })
    .sort(byDateAndCode)
}

function byDateAndCode(a: SuccessionStep, b: SuccessionStep): number {
  const key = (step: SuccessionStep) => `${step.onDate} ${step.from.code} ${step.to.code}`
  return key(a) < key(b) ? -1 : 1
}

/** Everything under a unit on a date, by type. */
async function countBelow(ctx: Context, id: string, on: PlainDate): Promise<TypeCount[]> {
  const { rows } = await sql<TypeCount>`
    with recursive below(unit_id, type) as (
      select v.unit_id, v.type from territory.unit_version v where v.parent_id = ${id} and ${holds('v', on)}
      union all
      select v.unit_id, v.type from below join territory.unit_version v on v.parent_id = below.unit_id and ${holds('v', on)}
    )
    select t.type, coalesce(t.names ->> ${ctx.language}, t.type) as type_name, t.level, count(*) as count
    from below join territory.unit_type t on t.type = below.type group by t.type
    order by array_position(array['country', 'province', 'district', 'commune'], t.level), t.rank`.execute(ctx.db)
  return rows
}

/** The units directly under one on a date, and how many of each kind lie anywhere below. @throws notFound */
export async function listChildren(ctx: Context, id: string, asOf: PlainDate): Promise<UnitChildren> {
  const { recordedFrom } = await getLoaded(ctx.db)
  const row = (await readShown(ctx.db, [id], asOf, ctx.language)).get(id)
  if (row === undefined) throw notFound()
  const on = shownOn(row, asOf)
  const { rows } = await sql<VersionRow & { typeName: string; childCount: number }>`
    select ${versionColumns(ctx.language)}, (select count(*) from territory.unit_version c where c.parent_id = v.unit_id and ${holds('c', on)}) as child_count
    from territory.unit_version v join territory.unit_type t on t.type = v.type
    where v.parent_id = ${id} and ${holds('v', on)}
    order by array_position(array['country', 'province', 'district', 'commune'], t.level), v.code`.execute(ctx.db)
  const children = rows.map((child): UnitChild => ({
    ...refOf(child),
    nameEn: child.nameEn,
    validFrom: child.validFrom,
    legalBasis: child.legalBasis,
    childCount: child.childCount,
  }))
  return { asOf: on, recordedFrom, unit: refOf(row), counts: await countBelow(ctx, id, on), children }
}

/**
 * Which units had a code or a name on a day, and where their ground lies on another.
 *
 * @param of.on null = at any time
 */
export async function whatBecame(
  ctx: Context,
  of: { wanted: string; on: PlainDate | null; asOf: PlainDate },
): Promise<WhatBecame> {
  const { words, recordedFrom } = await getLoaded(ctx.db)
  const { rows } = await sql<ShownRow & { rank: number }>`
    select shown.*, life.*, found.rank from ${shownUnits(unitsFound(of.wanted, words, of.on), of.asOf, ctx.language)}
      cross join lateral (${lifeOf('shown.unit_id')}) life
    where found.rank <= ${searchRank.same}
    order by found.rank, found.fits desc, shown.is_in_being, array_position(array['country', 'province', 'district', 'commune'], shown.level), shown.code
    limit 50`.execute(ctx.db)
  const best = Math.min(...rows.map((row) => row.rank))
  const meant = rows.filter((row) => row.rank === best)
  const units = await summaries(ctx, meant, of.asOf)
  const steps = await stepsOf(
    ctx,
    await readStepsFrom(
      ctx.db,
      meant.map((row) => row.unitId),
      of.asOf,
    ),
    of.asOf,
  )
  return {
    on: of.on,
    asOf: of.asOf,
    recordedFrom,
    units: units.map((unit) => ({ ...unit, steps: chainFrom(unit.id, steps) })),
  }
}

/** The steps that lead on from one unit, out of many. */
function chainFrom(unitId: string, steps: readonly SuccessionStep[]): SuccessionStep[] {
  const reached = new Set([unitId])
  for (let size = 0; size !== reached.size;) {
    size = reached.size
    for (const step of steps) if (reached.has(step.from.id)) reached.add(step.to.id)
  }
  return steps.filter((step) => reached.has(step.from.id))
}
