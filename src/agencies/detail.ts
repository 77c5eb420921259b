import { sql } from 'kysely'
import { notFound, type Context } from '#platform'
import type { PlainDate } from '#platform/model'
import { holds } from '#territory'
import { holdersOf } from './holders.ts'
import type { AgencyDetail, AgencyRef, AgencyStep, AgencySummary, Seat } from './model.ts'
import { listAgencyNames } from './names.ts'
import { aroundBody, bodyColumns, summaryOf } from './queries.ts'

type Head = { isExecutive: boolean; numberingAbbreviation: string | null }

/** One body with its history, on a date. A fixed number of statements. @throws notFound */
export async function getAgencyDetail(ctx: Context, id: string, asOf: PlainDate): Promise<AgencyDetail> {
  const { rows } = await sql<Parameters<typeof summaryOf>[0] & Head>`
    select a.id, n.name, n.short_name, null as former_name, a.kind, a.level, a.valid_from, a.valid_to, ${holds('a', asOf)} as is_in_being, ${bodyColumns},
      a.is_executive, a.numbering_abbreviation
    from agencies.agency a ${aroundBody(asOf)} where a.id = ${id}`.execute(ctx.db)
  const [row] = rows
  if (row === undefined) throw notFound()
  const { isExecutive, numberingAbbreviation, ...head } = row
  const holderIds = (await holdersOf(ctx, [id], { on: asOf })).get(id) ?? []
  const summary: AgencySummary = summaryOf(head)
  return {
    ...summary,
    asOf,
    isExecutive,
    numberingAbbreviation,
    names: await ctx.db
      .selectFrom('agencies.agencyName')
      .select(['name', 'shortName', 'abbreviations', 'validFrom', 'validTo'])
      .where('agencyId', '=', id)
      .orderBy('validFrom', (order) => order.asc().nullsFirst())
      .execute(),
    ...(await readStanding(ctx, id, asOf)),
    ...(await readSteps(ctx, id)),
    holders: [...(await listAgencyNames(ctx, summary.isInBeing ? [id] : holderIds, asOf)).values()],
    ...(await readSeats(ctx, id, asOf)),
  }
}

async function readStanding(
  ctx: Context,
  id: string,
  asOf: PlainDate,
): Promise<Pick<AgencyDetail, 'superiors' | 'mandates' | 'offices' | 'subordinateCount'>> {
  const superiors = await ctx.db
    .selectFrom('agencies.superior')
    .select(['superiorId', 'validFrom', 'validTo'])
    .where('agencyId', '=', id)
    .orderBy('validFrom', (order) => order.asc().nullsFirst())
    .execute()
  const names = await listAgencyNames(
    ctx,
    superiors.map((each) => each.superiorId),
    asOf,
  )
  const mandates = await sql<AgencyDetail['mandates'][number]>`
    select m.function, coalesce(f.names ->> ${ctx.language}, f.code) as function_name, m.valid_from, m.valid_to
    from agencies.mandate m join agencies.function f on f.code = m.function where m.agency_id = ${id} order by ${holds('m', asOf)} desc, f.rank`.execute(
    ctx.db,
  )
  const offices = await sql<AgencyDetail['offices'][number]>`
    select o.name, o.valid_from, o.valid_to,
      array(select coalesce(f.names ->> ${ctx.language}, f.code) from agencies.function f where f.code = any(o.functions) order by f.rank) as function_names
    from agencies.office o where o.agency_id = ${id} order by o.name`.execute(ctx.db)
  const below = await sql<{
    count: number
  }>`select count(*) as count from agencies.superior s where s.superior_id = ${id} and ${holds('s', asOf)}`.execute(
    ctx.db,
  )
  return {
    superiors: superiors.flatMap(({ superiorId, ...period }) => {
      const agency = names.get(superiorId)
      return agency === undefined ? [] : [{ agency, ...period }]
    }),
    mandates: mandates.rows,
    offices: offices.rows,
    subordinateCount: below.rows[0]?.count ?? 0,
  }
}

type StepRow = Omit<AgencyStep, 'agency'> & { otherId: string; isForward: boolean }

/** Steps of succession to and from the body; the other body is named as it was when the step was made. */
async function readSteps(ctx: Context, id: string): Promise<Pick<AgencyDetail, 'becameOf' | 'cameFrom'>> {
  const { rows } = await sql<StepRow & { otherName: string; otherEndedOn: string | null }>`
    select s.from_id = ${id} as is_forward, o.id as other_id, n.name as other_name, o.valid_to as other_ended_on, s.function,
      coalesce(f.names ->> ${ctx.language}, s.function) as function_name, s.on_date, s.share
    from agencies.succession s join agencies.agency o on o.id = case when s.from_id = ${id} then s.to_id else s.from_id end
      left join agencies.function f on f.code = s.function
      cross join lateral (select c.name from agencies.agency_name c where c.agency_id = o.id
        order by ${holds('c', sql`s.on_date`)} desc, coalesce(c.valid_to <= s.on_date, false) desc, c.valid_to desc limit 1) n
    where s.from_id = ${id} or s.to_id = ${id} order by s.on_date, f.rank nulls last, o.rank`.execute(ctx.db)
  const steps = (isForward: boolean) =>
    rows
      .filter((row) => row.isForward === isForward)
      .map(({ isForward: _direction, otherId, otherName, otherEndedOn, ...step }): AgencyStep => ({
        ...step,
        agency: { id: otherId, name: otherName, endedOn: otherEndedOn },
      }))
  return { becameOf: steps(true), cameFrom: steps(false) }
}

async function readSeats(
  ctx: Context,
  id: string,
  asOf: PlainDate,
): Promise<Pick<AgencyDetail, 'seats' | 'seatsElsewhere'>> {
  const rows = await ctx.db
    .selectFrom('agencies.member')
    .select(['bodyId', 'agencyId', 'role', 'post', 'validFrom', 'validTo', 'legalBasis'])
    .where((where) => where.or([where('bodyId', '=', id), where('agencyId', '=', id)]))
    .orderBy('rank')
    .execute()
  const names = await listAgencyNames(ctx, [id, ...rows.flatMap((row) => [row.bodyId, row.agencyId])], asOf)
  const nameOf = (agencyId: string): AgencyRef => names.get(agencyId) ?? { id: agencyId, name: '', endedOn: null }
  const seats = rows.map(({ bodyId, agencyId, ...seat }): Seat => ({
    ...seat,
    body: nameOf(bodyId),
    agency: nameOf(agencyId),
  }))
  return {
    seats: seats.filter((seat) => seat.body.id === id),
    seatsElsewhere: seats.filter((seat) => seat.body.id !== id),
  }
}
