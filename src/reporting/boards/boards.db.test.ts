import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { idOfKey } from '#platform'
import type { BoardCounts, Cockpit, ReportBoard } from '#reporting/model'
import { aRoundOfFates, fatesOf, type Fate } from '../../../test/kit/board-round.ts'
import { aPlanWorld, bodyId, type PlanWorld } from '../../../test/kit/plan-world.ts'
import type { ReportRound } from '../../../test/kit/report-round.ts'

let world: PlanWorld
let round: ReportRound
let fates: Fate[]
beforeAll(async () => {
  world = await aPlanWorld()
  round = await aRoundOfFates(world)
  fates = await fatesOf(world, round.roundId)
})
afterAll(() => world.close())

const board = async (who: string, query: string) =>
  (await world.done(who, 'GET', `/reporting/boards?${query}`)) as unknown as ReportBoard
const cockpit = async (who: string) =>
  (await world.done(who, 'GET', `/reporting/rounds/${round.roundId}/cockpit`)) as unknown as Cockpit

/** Where one report is counted, said a second time and plainly. */
function placeOf(of: Fate): { completeness: string; timeliness: string | null; lateBy: string | null; review: string } {
  const isOut = of.reportState === null || of.reportState === 'draft'
  const until = isOut ? '2031-05-20' : (of.sentDay ?? '')
  const days = (Date.parse(until) - Date.parse(of.dueOn)) / 86_400_000
  const isLate = of.state === 'owed' && !of.requested && days > 0
  const group = days <= 3 ? 'to-3' : days <= 7 ? 'to-7' : days <= 30 ? 'to-30' : 'over-30'
  const named = isOut ? 'missing' : of.nil ? 'nil' : of.acceptedNumber === null ? 'sent' : 'accepted'
  return {
    completeness: of.state !== 'owed' ? of.state : of.reportState === 'returned' ? 'returned' : named,
    timeliness: of.state !== 'owed' ? null : isOut ? (isLate ? 'overdue' : 'waiting') : isLate ? 'late' : 'on-time',
    lateBy: isLate ? group : null,
    review: of.acceptances > 0 ? (of.returns > 0 ? 'after-return' : 'first-pass') : of.returns > 0 ? 'still-returned' : 'not-reviewed', // prettier-ignore
  }
}

function expectCounts(counts: BoardCounts, of: readonly Fate[]): void {
  expect(counts.total).toBe(of.length)
  expect(counts.owed).toBe(of.filter(({ state }) => state === 'owed').length)
  for (const part of ['completeness', 'timeliness', 'lateBy', 'review'] as const) {
    for (const [value, count] of Object.entries(counts[part]))
      expect([part, value, count]).toEqual([part, value, of.filter((one) => placeOf(one)[part] === value).length])
  }
  expect(counts.linesReturned).toBe(of.reduce((sum, { lines }) => sum + lines, 0))
  expect(counts.amendments).toBe(of.reduce((sum, { amendments }) => sum + amendments, 0))
}

describe('a board', () => {
  test('tells apart what is missing, nil, late by half an hour, freed and merged, as a plain reading does', async () => {
    const { total, rows } = await board('ministry officer', `roundId=${round.roundId}`)
    expect(total.completeness).toMatchObject({ accepted: 2, nil: 1, missing: 2, exempt: 1, merged: 1 })
    expect(total.timeliness).toEqual({ 'on-time': 2, late: 1, overdue: 1, waiting: 1 })
    expect(total.lateBy).toMatchObject({ 'to-3': 2 })
    expect(total.review).toMatchObject({ 'first-pass': 1, 'after-return': 1 })
    expectCounts(total, fates)
    expect(rows.map(({ key }) => key)).toEqual(['commune', 'office', 'province', 'root'])
    for (const row of rows) expectCounts(row.counts, fates.filter(({ tier }) => tier === row.key)) // prettier-ignore
  })

  test('opens each number to as many obligations as it counts', async () => {
    const { rows } = await board('ministry officer', `roundId=${round.roundId}`)
    const listed = async (asked: string) =>
      (await world.done('ministry officer', 'GET', `/reporting/obligations?roundId=${round.roundId}&${asked}`)).total
    for (const { key, counts } of rows) {
      expect(await listed(`tier=${key}`)).toBe(counts.total)
      expect(await listed(`tier=${key}&amended=true`)).toBe(counts.amended)
      for (const part of ['completeness', 'timeliness', 'lateBy', 'review'] as const)
        for (const [value, count] of Object.entries(counts[part]))
          expect([key, value, await listed(`tier=${key}&${part}=${value}`)]).toEqual([key, value, count])
    }
  })

  test('goes down the territory: the units below add up to the whole, and open to their own', async () => {
    const nation = await board('ministry officer', `by=unit&roundId=${round.roundId}`)
    expect(nation.rows.reduce((sum, { counts }) => sum + counts.total, 0)).toBe(nation.total.total)
    const province = nation.rows.find(({ counts }) => counts.total === 6)
    const unitId = province?.unit?.id ?? ''
    const below = await board('ministry officer', `by=unit&roundId=${round.roundId}&unitId=${unitId}`)
    expect(below.total).toEqual(province?.counts)
    expect(below.above.map(({ id }) => id)).toEqual([idOfKey('u:TL')])
    expect(below.rows.reduce((sum, { counts }) => sum + counts.total, 0)).toBe(6)
    const list = await world.done('ministry officer', 'GET', `/reporting/obligations?unitId=${unitId}`)
    expect(list.total).toBe(6)
    const itself = below.rows.find(({ unit }) => unit === null)?.counts.total
    const own = await world.done('ministry officer', 'GET', `/reporting/obligations?ofUnitId=${unitId}`)
    expect(own.total).toBe(itself)
  })

  test('counts what the reader sees: a province its own subtree, a commune its own, another province nothing', async () => {
    const of = (names: Parameters<typeof bodyId>[0][]) =>
      fates.filter(({ agencyId }) => names.map((name) => bodyId(name)).includes(agencyId))
    const north = await board('north officer', `roundId=${round.roundId}`)
    expectCounts(north.total, of(['lunda', 'havn', 'askog', 'northHealth', 'northCourt', 'north']))
    expectCounts((await board('lunda officer', `roundId=${round.roundId}`)).total, of(['lunda']))
    const south = await board('south officer', `roundId=${round.roundId}`)
    expect([south.total.total, south.rounds]).toEqual([0, []])
    expect((await world.ask('south officer', 'GET', `/reporting/rounds/${round.roundId}/cockpit`)).status).toBe(404)
  })

  test('says the same of reviewing as the counts of the round do', async () => {
    const { total } = await board('north officer', `roundId=${round.roundId}`)
    const counts = await world.done('north officer', 'GET', `/reporting/reports/reviews?roundId=${round.roundId}`)
    expect(counts).toEqual({
      submitted: total.timeliness['on-time'] + total.timeliness.late,
      accepted: total.review['first-pass'] + total.review['after-return'],
      firstPass: total.review['first-pass'],
      linesReturned: total.linesReturned,
      amendments: total.amendments,
    })
  })

  test('keeps the rounds of a regime in their order, and of each regime the newest', async () => {
    const next = await world.done('ministry approver', 'POST', `/reporting/regimes/${round.regimeId}/rounds`, {
      period: 'tl-report:2031-S2',
    })
    const history = await board('ministry officer', `by=round&roundId=${round.roundId}`)
    expect(history.rows.map(({ key }) => key)).toEqual([round.roundId, String(next.id)])
    expectCounts(history.rows[0]?.counts ?? history.total, fates)
    expect(history.rows[1]?.counts.timeliness.waiting).toBe(history.rows[1]?.counts.owed)
    const regimes = await board('ministry officer', 'by=regime')
    expect(regimes.rows.map(({ key }) => key)).toEqual([String(next.id)])
  })
})

describe('the day a round is due', () => {
  test('shows each standing by tier and province, who writes, and nothing of a draft', async () => {
    const seen = await cockpit('ministry officer')
    const counts = { owed: 5, notBegun: 1, writing: 1, submitted: 1, inReview: 0, returned: 0, accepted: 2, notOwed: 2 }
    expect(seen.total).toEqual(counts)
    for (const key of ['tiers', 'units'] as const)
      expect(seen[key].reduce((sum, one) => sum + one.counts.owed, 0)).toBe(5)
    expect(seen.tiers.find(({ code }) => code === 'commune')).toMatchObject({
      ...{ dueOn: '2031-05-10', dueAt: '2031-05-10T17:00:00.000Z' },
    })
    expect(seen.writing.map(({ tier }) => tier)).toEqual(['province'])
    expect(JSON.stringify(seen)).not.toContain('Bårn i')
    expect(seen.newest.map(({ number }) => number)).toEqual([2, 1, 1, 1])
  })

  test('counts sendings in the country’s day: those before midnight are not of today', async () => {
    const before = world.clock.now
    world.clock.now = new Date('2031-05-10T17:40:00Z')
    const night = await cockpit('north officer')
    world.clock.now = new Date('2031-05-10T16:59:30Z')
    const evening = await cockpit('north officer')
    world.clock.now = before
    expect(night.hours).toEqual([{ hour: 0, count: 2 }])
    expect([night.minutes[10], night.minutes[41]]).toEqual([2, 1])
    expect(evening.hours.at(-1)).toEqual({ hour: 23, count: 1 })
    expect((await cockpit('lunda officer')).hours.every(({ count }) => count === 0)).toBe(true)
  })
})
