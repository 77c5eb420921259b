import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { computeReach } from '#access'
import { idOfKey, type Actor, type Context } from '#platform'
import { landObligations, openDueRounds } from '#reporting'
import { boardRoutes } from '../../src/reporting/boards/routes.ts'
import { aCountry, type TestCountry } from '../../test/kit/country.ts'
import { aFormDefinition, aRegimeDefinition } from '../../test/kit/report-round.ts'
import { counting } from '../../test/kit/statements.ts'
import { country } from './index.ts'

const ministry = idOfKey('u:VN/bo-y-te')
const roundId = idOfKey('round of every commune')
const person = idOfKey('reader')
const actor: Actor = {
  ...{ personId: person, sessionId: null, postId: null, agencyId: ministry, role: 'officer' },
  ...{ viewers: [ministry], everywhere: false },
}
const day = '2026-05-10'

let land: TestCountry
beforeAll(async () => {
  land = await aCountry(country)
  await computeReach(land.owner)
  await layRound()
}, 300_000)
afterAll(() => land.drop())

/** Every commune of the country owes a report to the ministry; every second has sent it this morning, every tenth writes. */
async function layRound(): Promise<void> {
  const [regime, form] = [idOfKey('regime'), idOfKey('form')]
  const tiers = JSON.stringify(aRegimeDefinition())
  const dates = JSON.stringify({ due: { commune: day, root: '2026-05-25' }, lockOn: null, graceDays: 0 })
  await land.on(day, async ({ db }) => {
    await sql`insert into reporting.regime (id, agency_id, code, state, made_by, made_at) values (${regime}, ${ministry}, 'R', 'in-force', ${person}, now())`.execute(db) // prettier-ignore
    await sql`insert into reporting.regime_version (regime_id, number, definition, effective_from, state, saved_by, saved_at, issued_by, issued_at)
      values (${regime}, 1, ${tiers}::jsonb, '2025-01-01', 'issued', ${person}, now(), ${person}, now())`.execute(db)
    await sql`insert into reporting.form (id, regime_id, number, definition, state, saved_by, saved_at, issued_by, issued_at)
      values (${form}, ${regime}, 1, ${JSON.stringify(aFormDefinition())}::jsonb, 'issued', ${person}, now(), ${person}, now())`.execute(
      db,
    )
    await sql`insert into reporting.round (id, regime_id, regime_number, form_id, agency_id, period, period_from, period_to, cut_off_on, owed_on, dates, state, opened_by, opened_at)
      values (${roundId}, ${regime}, 1, ${form}, ${ministry}, '2026-S1', '2025-12-15', '2026-06-15', '2026-06-15', ${day}, ${dates}::jsonb, 'open', ${person}, now())`.execute(
      db,
    )
    await sql`insert into reporting.obligation (id, round_id, agency_id, addressed_id, unit_id, tier, receiver_id, above, owner_id, due_on, is_requested, state)
      select gen_random_uuid(), ${roundId}, a.id, a.id, v.unit_id, 'commune', ${ministry}::uuid, array[${ministry}::uuid], ${ministry}, ${day}, false, 'owed'
      from territory.unit_version v join territory.unit u on u.id = v.unit_id and u.level = 'commune'
      join lateral (select a.id from agencies.agency a where a.unit_id = v.unit_id and a.valid_to is null order by a.rank, a.id limit 1) a on true
      where v.valid_to is null on conflict do nothing`.execute(db)
    await sql`insert into reporting.report (id, obligation_id, agency_id, state, number, first_submitted_at)
      select gen_random_uuid(), o.id, o.agency_id, case when o.at % 2 = 0 then 'submitted' else 'draft' end, case when o.at % 2 = 0 then 1 else 0 end,
        case when o.at % 2 = 0 then ${`${day}T01:00:00Z`}::timestamptz + (o.at % 240) * interval '1 minute' end
      from (select *, row_number() over (order by id) as at from reporting.obligation) o where o.at % 2 = 0 or o.at % 10 = 1`.execute(
      db,
    )
    await sql`insert into reporting.step (id, report_id, number, agency_id, kind, taken_by, taken_at)
      select gen_random_uuid(), r.id, 1, r.agency_id, 'submitted', ${person}, r.first_submitted_at from reporting.report r where r.number = 1`.execute(
      db,
    )
  })
  await sql`analyze`.execute(land.owner)
}

test('the cockpit of a round that every commune owes asks six statements, however many owe', async () => {
  const cockpit = boardRoutes().find(({ path }) => path.endsWith('/cockpit'))
  await land.on(
    day,
    async (ctx) => {
      const watched = counting(ctx)
      const seen = await cockpit?.run(watched.ctx, { params: { id: roundId }, query: {}, body: undefined } as never)
      expect(watched.count()).toBe(6)
      expect(seen).toMatchObject({ total: { owed: 3321, submitted: 1660, writing: 333, notBegun: 1328 } })
    },
    { actor },
  )
})

describe('the reform of 1 July 2025, in the midst of a round that every commune owes', () => {
  const parts = { calendars: country.calendars, defaultFunction: country.defaultFunction, ...country.reporting }
  type Laid = { id: string; tier: string; addressedId: string; agencyId: string; state: string; intoId: string | null }
  const read = (db: Context['db']) =>
    sql<Laid & { isSent: boolean; endedOn: string | null }>`
      select o.id, o.tier, o.addressed_id, o.agency_id, o.state, o.merged_into_id as into_id, r.id is not null as is_sent, a.valid_to as ended_on
      from reporting.obligation o join reporting.round d on d.id = o.round_id join agencies.agency a on a.id = o.agency_id
      left join reporting.report r on r.obligation_id = o.id where d.period = 'vn-report:2025-S1' order by o.id`
      .execute(db)
      .then(({ rows }) => rows)

  /** Committees of communes that took over from a commune's as a whole and owe nothing. */
  const wholeHeirs = (db: Context['db'], owing: readonly string[]) =>
    sql<{ key: string }>`
      select distinct a.key from agencies.succession s join agencies.agency a on a.id = s.to_id join agencies.agency p on p.id = s.from_id
      join territory.unit u on u.id = a.unit_id and u.level = 'commune' join territory.unit w on w.id = p.unit_id and w.level = 'commune'
      where s.on_date = '2025-07-01' and s.share = 'whole' and a.key like '%/ubnd' and p.key like '%/ubnd' and not (a.id = any (${owing}::uuid[]))`
      .execute(db)
      .then(({ rows }) => rows)

  test('lands each report in exactly one place: nothing lost, nothing owed twice, nobody owes who is no more', async () => {
    const before = await land.on('2025-05-02', async (ctx) => {
      const [regime, form] = [idOfKey('half-years'), idOfKey('form of half-years')]
      const { definition } = country.reporting.presets.find(({ code }) => code === 'sau-thang') ?? {}
      await sql`insert into reporting.regime (id, agency_id, code, state, made_by, made_at) values (${regime}, ${ministry}, 'H', 'in-force', ${person}, now())`.execute(ctx.db) // prettier-ignore
      await sql`insert into reporting.regime_version (regime_id, number, definition, effective_from, state, saved_by, saved_at, issued_by, issued_at)
        values (${regime}, 1, ${JSON.stringify(definition)}::jsonb, '2024-12-15', 'issued', ${person}, now(), ${person}, now())`.execute(
        ctx.db,
      )
      await sql`insert into reporting.form (id, regime_id, number, definition, state, saved_by, saved_at, issued_by, issued_at)
        values (${form}, ${regime}, 1, ${JSON.stringify(aFormDefinition())}::jsonb, 'issued', ${person}, now(), ${person}, now())`.execute(
        ctx.db,
      )
      expect(await openDueRounds(ctx, parts)).toEqual({ opened: 1, refused: 0 })
      // Every third commune has sent before.
      await sql`insert into reporting.report (id, obligation_id, agency_id, state, number, first_submitted_at)
        select gen_random_uuid(), o.id, o.agency_id, 'submitted', 1, '2025-05-02' from (
          select o.*, row_number() over (order by o.id) as at from reporting.obligation o join reporting.round d on d.id = o.round_id
          where d.period = 'vn-report:2025-S1' and o.tier = 'xa') o where o.at % 3 = 0`.execute(ctx.db)
      return read(ctx.db)
    })
    const after = await land.on('2025-07-02', async (ctx) => {
      await landObligations(ctx, country.defaultFunction)
      return read(ctx.db)
    })
    const ofTier = (rows: readonly Laid[], tier: string) => rows.filter((row) => row.tier === tier)
    expect([ofTier(before, 'xa').length, ofTier(before, 'tinh').length]).toEqual([10_035, 63])
    expect(before.every(({ state }) => state === 'owed')).toBe(true)
    // None is lost.
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id))
    expect(after.filter(({ state }) => state !== 'owed' && state !== 'merged')).toEqual([])
    // Who owes is there, and owes what he has not sent once.
    const owed = after.filter(({ state }) => state === 'owed')
    expect(owed.filter(({ endedOn }) => endedOn !== null && endedOn <= '2025-07-02')).toEqual([])
    const unsent = owed.filter(({ isSent }) => !isSent).map(({ tier, agencyId }) => `${tier} ${agencyId}`)
    expect(new Set(unsent).size).toBe(unsent.length)
    const owing = ofTier(owed, 'xa').map(({ agencyId }) => agencyId)
    // Five islands were districts without communes, eight communes are made of parts whose work another holds: nothing was owed for these.
    expect([new Set(owing).size, ofTier(owed, 'tinh').length]).toEqual([3321 - 5 - 8, 34])
    expect(await land.on('2025-07-02', ({ db }) => wholeHeirs(db, owing))).toEqual([])
    // What was merged is in one that is owed, of the body that took over; what was sent is its own.
    const byId = new Map(after.map((row) => [row.id, row]))
    const astray = after.filter((row) => {
      const into = row.intoId === null ? undefined : byId.get(row.intoId)
      return row.state === 'merged' && (row.isSent || into?.state !== 'owed' || into.agencyId !== row.agencyId)
    })
    expect(astray).toEqual([])
  }, 120_000)
})
