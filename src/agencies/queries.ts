import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { notFound, remembered, type Context, type Sight } from '#platform'
import type { PlainDate } from '#platform/model'
import { holds, wordsQuery } from '#territory'
import { foldName, markedKey } from '#territory/model'
import { findClass, resolveClass, suggestAgencies } from './holders.ts'
import type {
  AgencyFacets,
  AgencyKind,
  AgencyLevel,
  AgencyPage,
  AgencySummary,
  ClassBodies,
  Suggestions,
} from './model.ts'
import { listAgencyNames } from './names.ts'
import { nearestName } from './store.ts'

export type AgencyFilter = {
  /** Name, short name or abbreviation of any time, with or without marks. */
  search?: string | undefined
  level?: AgencyLevel | undefined
  kind?: AgencyKind | undefined
  unitId?: string | undefined
  /** With `unitId`: the bodies of everything below the unit too. */
  below?: boolean | undefined
  superiorId?: string | undefined
  /** Only bodies in being on `asOf`, or only those that were not. */
  inBeing?: boolean | undefined
  asOf: PlainDate
  /** What the list of bodies restricts further, on `agencies.agency a`. */
  also?: RawBuilder<SqlBool>
  /** Whether that asks for nothing but bodies and units, which are open to everybody. */
  isOpen?: boolean
  page: number
  size: number
}

function sightOf({ also, isOpen }: AgencyFilter): Sight {
  return also === undefined || isOpen === true ? { open: ['agencies', 'territory'] } : 'own'
}

/** How well a name answers: 1 the very name, 2 the same without marks, 3 its beginning, 4 all words. */
export function bodiesFound(search: string): RawBuilder<unknown> {
  const folded = foldName(search)
  const marked = markedKey(search)
  return sql`select c.agency_id, min(case when c.marked_key = ${marked} then 1
        when c.folded_key = ${folded} then 2
        when c.folded_key like ${folded + '%'} then 3 else 4 end) as rank
    from agencies.agency_name c
    where ${folded !== ''} and to_tsvector('simple', c.search_key) @@ to_tsquery('simple', ${wordsQuery(folded)}) group by c.agency_id`
}

/** Every body that fits all but the facets' own choices; the choices are columns to be asked. */
function candidates(filter: AgencyFilter): RawBuilder<unknown> {
  const search = filter.search?.trim() ?? ''
  const found = search === '' ? sql`select id as agency_id, 0 as rank from agencies.agency` : bodiesFound(search)
  const ofUnit =
    filter.unitId === undefined
      ? sql`true`
      : filter.below === true
        ? sql`a.unit_id in (${unitsBelow(filter.unitId, filter.asOf)})`
        : sql`a.unit_id = ${filter.unitId}`
  const ofSuperior =
    filter.superiorId === undefined
      ? sql`true`
      : sql`exists (select 1 from agencies.superior s where s.agency_id = a.id and s.superior_id = ${filter.superiorId} and ${holds('s', filter.asOf)})`
  return sql`select a.id, a.kind, a.level, a.unit_id, a.rank as place, a.valid_from, a.valid_to, found.rank, ${holds('a', filter.asOf)} as is_in_being
    from (${found}) found join agencies.agency a on a.id = found.agency_id where ${ofUnit} and ${ofSuperior} and ${filter.also ?? sql`true`}`
}

export function unitsBelow(unitId: string, on: PlainDate): RawBuilder<unknown> {
  return sql`with recursive below(id) as (
      select ${unitId}::uuid
      union
      select v.unit_id from below join territory.unit_version v on v.parent_id = below.id and ${holds('v', on)}
    ) select id from below`
}

type Row = Omit<AgencySummary, 'unit' | 'superior'> & {
  unitId: string
  unitName: string
  superiorId: string | null
  superiorName: string | null
  superiorEndedOn: string | null
}

/**
 * Bodies of all times or of a date, those in being first, with facets. Two statements, whatever the page holds.
 */
export async function listAgencies(ctx: Context, filter: AgencyFilter): Promise<AgencyPage> {
  const { facets, total } = await countFacets(ctx, filter)
  const search = filter.search?.trim() ?? ''
  const query = sql<Row>`
    with page as (
      select * from (${candidates(filter)}) c where ${chosen(filter, 'level')} and ${chosen(filter, 'kind')} and ${chosen(filter, 'inBeing')}
      order by c.rank, c.is_in_being desc, array_position(array['central', 'province', 'district', 'commune'], c.level), c.place
      limit ${filter.size} offset ${(filter.page - 1) * filter.size}
    )
    select a.id, n.name, n.short_name, a.kind, a.level, a.valid_from, a.valid_to, a.is_in_being, ${bodyColumns},
      ${
        search === ''
          ? sql`null`
          : sql`(select c.name from agencies.agency_name c where c.agency_id = a.id and c.name <> n.name
        and to_tsvector('simple', c.search_key) @@ to_tsquery('simple', ${wordsQuery(foldName(search))})
        and not to_tsvector('simple', n.search_key) @@ to_tsquery('simple', ${wordsQuery(foldName(search))}) limit 1)`
      } as former_name
    from page a ${aroundBody(filter.asOf)}
    order by a.rank, a.is_in_being desc, array_position(array['central', 'province', 'district', 'commune'], a.level), a.place`
  const rows = await remembered(ctx, query, sightOf(filter))
  return { items: rows.map(summaryOf), total, page: filter.page, size: filter.size, facets, asOf: filter.asOf }
}

/** SQL: name `n`, unit `u` and superior `s` (named `sn`) of the body `a` on a date. */
export function aroundBody(asOf: PlainDate): RawBuilder<unknown> {
  return sql`cross join lateral (${nearestName(asOf)}) n
    cross join lateral (select v.unit_id, v.name from territory.unit_version v where v.unit_id = a.unit_id
      order by ${holds('v', asOf)} desc, coalesce(v.valid_to <= ${asOf}, false) desc, v.valid_to desc limit 1) u
    left join lateral (select b.id, b.valid_to from agencies.superior t join agencies.agency b on b.id = t.superior_id where t.agency_id = a.id
      order by ${holds('t', asOf)} desc, t.valid_from desc nulls last limit 1) s on true
    left join lateral (select sc.name from agencies.agency_name sc where sc.agency_id = s.id order by ${holds('sc', asOf)} desc, sc.valid_from desc nulls last limit 1) sn on true`
}

export const bodyColumns = sql`u.unit_id, u.name as unit_name, s.id as superior_id, sn.name as superior_name, s.valid_to as superior_ended_on`

export function summaryOf(row: Row): AgencySummary {
  const { unitId, unitName, superiorId, superiorName, superiorEndedOn, ...own } = row
  const superior = superiorId === null ? null : { id: superiorId, name: superiorName ?? '', endedOn: superiorEndedOn }
  return { ...own, unit: { id: unitId, name: unitName }, superior }
}

type Choice = 'level' | 'kind' | 'inBeing'

function chosen(filter: AgencyFilter, choice: Choice): RawBuilder<unknown> {
  switch (choice) {
    case 'level':
      return filter.level === undefined ? sql`true` : sql`c.level = ${filter.level}`
    case 'kind':
      return filter.kind === undefined ? sql`true` : sql`c.kind = ${filter.kind}`
    case 'inBeing':
      return filter.inBeing === undefined ? sql`true` : sql`c.is_in_being = ${filter.inBeing}`
  }
}

/** Each facet counts what fits all the other choices; `total` fits them all. */
async function countFacets(ctx: Context, filter: AgencyFilter): Promise<{ facets: AgencyFacets; total: number }> {
  const query = sql<{ facet: string; value: string; count: number }>`
    with c as materialized (select c.level, c.kind, c.is_in_being from (${candidates(filter)}) c)
    select 'level' as facet, level as value, count(*) as count from c where ${chosen(filter, 'kind')} and ${chosen(filter, 'inBeing')} group by level
    union all
    select 'kind', kind, count(*) from c where ${chosen(filter, 'level')} and ${chosen(filter, 'inBeing')} group by kind
    union all
    select 'inBeing', is_in_being::text, count(*) from c where ${chosen(filter, 'level')} and ${chosen(filter, 'kind')} group by is_in_being
    union all
    select 'total', '', count(*) from c where ${chosen(filter, 'level')} and ${chosen(filter, 'kind')} and ${chosen(filter, 'inBeing')}`
  const rows = await remembered(ctx, query, sightOf(filter))
  const of = <T>(facet: string, read: (value: string) => T) =>
    rows.filter((row) => row.facet === facet).map((row) => ({ value: read(row.value), count: row.count }))
  return {
    facets: {
      levels: of('level', (value) => value as AgencyLevel),
      kinds: of('kind', (value) => value as AgencyKind),
      inBeing: of('inBeing', (value) => value === 'true'),
    },
    total: rows.find((row) => row.facet === 'total')?.count ?? 0,
  }
}

export type FoundAgency = { id: string; name: string; unitName: string; endedOn: PlainDate | null }

/** The bodies a typed name means, best first, those in being on the day before others. */
export async function searchAgencies(
  ctx: Context,
  search: string,
  of: { on: PlainDate; limit: number },
): Promise<FoundAgency[]> {
  const { rows } = await sql<FoundAgency>`
    select a.id, n.name, u.name as unit_name, case when a.valid_to <= ${of.on} then a.valid_to end as ended_on
    from (${bodiesFound(search)}) found join agencies.agency a on a.id = found.agency_id ${aroundBody(of.on)}
    order by found.rank, ${holds('a', of.on)} desc, array_position(array['central', 'province', 'district', 'commune'], a.level), a.rank limit ${of.limit}`.execute(
    ctx.db,
  )
  return rows
}

/** The bodies of a class with their names, for the screen. @throws as `resolveClass` */
export async function listClassBodies(
  ctx: Context,
  code: string,
  of: { issuerId: string; on: PlainDate },
): Promise<ClassBodies> {
  const { bodies, ...resolved } = await resolveClass(ctx, code, { ...of, today: ctx.today })
  const addressed = await listAgencyNames(
    ctx,
    bodies.map((body) => body.addressedId),
    of.on,
  )
  const holders = await listAgencyNames(
    ctx,
    bodies.map((body) => body.holderId),
    ctx.today,
  )
  return {
    code,
    name: await classNameOf(ctx, code),
    on: of.on,
    ...resolved,
    bodies: bodies.flatMap((body) => {
      const one = addressed.get(body.addressedId)
      const other = holders.get(body.holderId)
      return one === undefined || other === undefined ? [] : [{ addressed: one, holder: other }]
    }),
  }
}

async function classNameOf(ctx: Context, code: string): Promise<string> {
  const { rows } = await sql<{
    name: string
  }>`select coalesce(names ->> ${ctx.language}, code) as name from agencies.agency_class where code = ${code}`.execute(
    ctx.db,
  )
  const [row] = rows
  if (row === undefined) throw notFound('agencies.no-such-class', { code })
  return row.name
}

/** What a printed phrase may mean: a class, or bodies. */
export async function suggest(
  ctx: Context,
  raw: string,
  of: { issuerId: string | null; on: PlainDate },
): Promise<Suggestions> {
  const agencyClass = await findClass(ctx, raw)
  return {
    agencyClass: agencyClass === undefined ? null : { ...agencyClass, name: await classNameOf(ctx, agencyClass.code) },
    bodies: await suggestAgencies(ctx, raw, of),
  }
}
