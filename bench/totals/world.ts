import { sql, type Kysely, type Transaction } from 'kysely'
import { hashPassword } from '#access'
import { idOfKey, setSecurityContext, systemActor, type Database } from '#platform'
import { answeringOn, openGround } from '#indicators'
import { readPeriod, type IndicatorData } from '#indicators/model'
import { readTerritory } from '../../countries/vn/territory-file.ts'

/** A lane of figures: one number for each unit that answers. */
export type LaneOfWorld = { measure: string; period: string; breakdown: string }
export type Seat = { token: string; agencyId: string }
export type World = {
  lanes: LaneOfWorld[]
  cells: number
  /** Lanes that come after these, of which nothing was laid. */
  further: (count: number) => LaneOfWorld[]
  seats: { central: Seat; officer: Seat; approver: Seat }
  commune: string
}

const reform = '2025-07-01'

/**
 * Fills a loaded country with accepted figures of its communes, month by month from before the reform to after it, as the role that
 * owns the tables; a figure follows from its lane and unit alone.
 */
export async function fillWorld(
  ownerDb: Kysely<Database>,
  of: { cells: number; data: IndicatorData; lead: { agencyKey: string; unitKey: string } },
): Promise<World> {
  const territory = readTerritory()
  const ground = openGround({ ...territory, levels: new Map(territory.types.map(({ type, level }) => [type, level])) })
  const measures = of.data.indicators
    .flatMap((indicator) => indicator.measures)
    .filter(({ level, aggregation }) => level === 'commune' && (aggregation === 'sum' || aggregation === 'ratio'))
  const single = of.data.dimensions.map(({ code, values }) => values.map((value) => `${code}=${value.code}`))
  const pairs = single.flatMap((ones, at) =>
    single.slice(at + 1).flatMap((others) => ones.flatMap((one) => others.map((other) => `${one};${other}`))),
  )
  const breakdowns = [...single.flat(), ...pairs]
  const lanes: LaneOfWorld[] = []
  let cells = 0
  const lay = async (measure: string, { period, breakdown }: Omit<LaneOfWorld, 'measure'>) => {
    const { from, to } = readPeriod(period, []) ?? { from: '', to: '' }
    const units = answeringOn(ground, 'commune', from < reform && to <= reform ? from : to).map(idOfKey)
    const lane = { measure: idOfKey(`measure:${measure}`), period, breakdown }
    await ownerDb.transaction().execute(async (db) => {
      await setSecurityContext(db, systemActor)
      await layLane(db, { ...lane, from, to, turn: lanes.length, units })
    })
    lanes.push(lane)
    cells += units.length
  }
  // A year first, which people of communes may enter; months are more than any country asks for.
  const yearly = measures.find(({ periods }) =>
    periods.some((rhythm) => rhythm.calendar === '' && rhythm.frequency === 'year'),
  )
  if (yearly === undefined) throw new Error('no measure is taken up by years')
  await lay(yearly.code, { period: '2025', breakdown: '' })
  const laneOf = (turn: number): { code: string; period: string; breakdown: string } => {
    const month = 6 + (turn % 24)
    const period = `${2024 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`
    const series = Math.floor(turn / 24)
    const measure = measures[series % measures.length]
    const breakdown = ['', ...breakdowns][Math.floor(series / measures.length)]
    if (measure === undefined || breakdown === undefined) throw new Error('the dictionary has no more lanes to fill')
    return { code: measure.code, period, breakdown }
  }
  let turn = 0
  for (; cells < of.cells; turn++) {
    const { code, ...lane } = laneOf(turn)
    await lay(code, lane)
  }
  for (const table of ['indicators.cell', 'indicators.observation'])
    await sql`vacuum (analyze) ${sql.table(table)}`.execute(ownerDb)
  const commune = answeringOn(ground, 'commune', '2026-06-30')[0] ?? ''
  const further = (count: number) =>
    Array.from({ length: count }, (_, at) => {
      const { code, ...lane } = laneOf(turn + at)
      return { measure: idOfKey(`measure:${code}`), ...lane }
    })
  return { lanes, cells, further, seats: await seat(ownerDb, of.lead, commune), commune: idOfKey(commune) }
}

type Laid = {
  measure: string
  period: string
  from: string
  to: string
  breakdown: string
  turn: number
  units: string[]
}

async function layLane(db: Transaction<Database>, lane: Laid): Promise<void> {
  const { measure, period, from, to, breakdown, turn, units } = lane
  await sql`with u as materialized (select gen_random_uuid() as cell_id, t.id, a.id as agency_id, t.at from unnest(${units}::uuid[]) with ordinality t(id, at)
      join lateral (select a.id from agencies.agency a where a.unit_id = t.id and a.kind = 'people-committee' order by a.id limit 1) a on true),
    laid as (insert into indicators.cell (id, measure_id, unit_id, period, period_from, period_to, breakdown, agency_id, answered_on, vintage, accepted_vintage)
      select cell_id, ${measure}, id, ${period}, ${from}, ${to}, ${breakdown}, agency_id, ${to}, 1, 1 from u)
    insert into indicators.observation (cell_id, vintage, agency_id, measure_id, status, numerator, denominator, source, by_agency_id, entered_by, entered_at)
    select cell_id, 1, agency_id, ${measure}, 'A', (at * 7919 + ${turn} * 31) % 997, 1000 + (at + ${turn}) % 500, 'computed', agency_id, ${systemActor.personId}, now() from u`.execute(
    db,
  )
}

/** Somebody at the centre who stands over all, and two of one commune. */
async function seat(
  ownerDb: Kysely<Database>,
  lead: { agencyKey: string; unitKey: string },
  commune: string,
): Promise<World['seats']> {
  const hash = await hashPassword('bench-of-totals')
  return ownerDb.transaction().execute(async (db) => {
    await setSecurityContext(db, systemActor)
    const { rows } = await sql<Seat & { seat: keyof World['seats'] }>`
      with body as (
        select 'central' as seat, ${idOfKey(lead.agencyKey)}::uuid as agency_id, ${idOfKey(lead.unitKey)}::uuid as unit_id, 'officer' as role
        union all select s.seat, a.id, null::uuid, s.role from agencies.agency a, (values ('officer', 'officer'), ('approver', 'approver')) s(seat, role)
          where a.unit_id = ${idOfKey(commune)}::uuid and a.kind = 'people-committee'
      ), who as (select b.*, gen_random_uuid() as person_id, encode(sha256(gen_random_uuid()::text::bytea), 'hex') as token from body b),
      person as (insert into access.person (id, login, name, search_key, language, has_joined, state, is_demonstration, created_at)
        select person_id, 'bench.' || person_id, 'Bench ' || seat, 'bench', 'vi', true, 'active', true, now() from who returning id),
      post as (insert into access.post (id, person_id, agency_id, unit_id, role, valid_from, created_at)
        select gen_random_uuid(), person_id, agency_id, unit_id, role, '2000-01-01', now() from who returning id),
      session as (insert into access.session (id, token_hash, person_id, started_at, seen_at, proved_at, ends_at)
        select gen_random_uuid(), encode(sha256(token::bytea), 'hex'), person_id, now(), now(), now(), now() + interval '10 hours' from who returning id)
      select seat, agency_id, token from who`.execute(db)
    await sql`select access.set_password(id, ${hash}, now()) from access.person where login like 'bench.%'`.execute(db)
    const of = (name: keyof World['seats']): Seat => {
      const row = rows.find((one) => one.seat === name)
      if (row === undefined) throw new Error(`no seat ${name}`)
      return row
    }
    return { central: of('central'), officer: of('officer'), approver: of('approver') }
  })
}
