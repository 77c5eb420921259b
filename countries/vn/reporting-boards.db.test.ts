import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { computeReach } from '#access'
import { idOfKey, type Actor } from '#platform'
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
