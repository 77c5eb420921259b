import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { idOfKey } from '#platform'
import type { RegimeDetail, RegimeRounds } from '#reporting/model'
import { openDueRounds } from './commands/open-due-rounds.ts'
import { country } from '../../../countries/testland/index.ts'
import { enrolAll } from '../../../test/kit/enrolled.ts'
import { aPlanWorld, bodyId, type BodyName, type PlanWorld } from '../../../test/kit/plan-world.ts'
import {
  aFormDefinition,
  aRegime,
  aRegimeDefinition,
  aReportRound,
  obligationsOf,
  roundBodies,
} from '../../../test/kit/report-round.ts'

const { calendars, defaultFunction, reporting } = country
const parts = { calendars, defaultFunction, ...reporting }
let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
  await enrolAll(world, { 'lunda officer': { name: 'Ida' }, 'ministry officer': { name: 'Ola' } })
})
afterAll(() => world.close())

const opened = () => world.asProduct((ctx) => openDueRounds(ctx, parts))
const told = async (body: BodyName) =>
  ((await world.done(`${body} officer`, 'GET', '/notices')).items as { kind: string }[]).map(({ kind }) => kind)

describe('a round', () => {
  test('lays one obligation on each body that owes, each to its receiver', async () => {
    const round = await aReportRound(world)
    const all = await obligationsOf(world, round.roundId)
    expect(all).toHaveLength(Object.values(roundBodies).flat().length + 1)
    const province = round.of('north')
    const root = round.of('ministry')
    for (const name of ['lunda', 'havn', 'askog', 'northHealth', 'northCourt'] as const) {
      const { receiverId, parentId, above, state } = round.of(name)
      expect([name, receiverId, parentId, above, state]).toEqual([
        ...[name, bodyId('north'), province.id],
        [bodyId('north'), bodyId('ministry')],
        'owed',
      ])
    }
    expect(province).toMatchObject({ receiverId: bodyId('ministry'), parentId: root.id, dueOn: '2031-05-18' })
    expect(root).toMatchObject({ receiverId: null, parentId: null, above: [], tier: 'root', dueOn: '2031-05-25' })
  })

  test('asks a court and orders the others', async () => {
    const round = await aReportRound(world)
    expect([round.of('northCourt').isRequested, round.of('northHealth').isRequested]).toEqual([true, false])
  })

  test('is opened once a period', async () => {
    const { regimeId } = await aReportRound(world)
    const again = await world.ask('ministry approver', 'POST', `/reporting/regimes/${regimeId}/rounds`, {
      period: 'tl-report:2031-S1',
    })
    expect([again.status, again.body.code]).toEqual([409, 'reporting.round-open-already'])
  })

  test('opens by itself so many days before its first due day, once, and tells who owes', async () => {
    const { regimeId } = await aRegime(world, { regime: { opensDaysBefore: 30 } })
    const rounds = async () => {
      const at = `/reporting/regimes/${regimeId}/rounds`
      const { items } = (await world.done('ministry approver', 'GET', at)) as unknown as RegimeRounds
      return items.map(({ period, state }) => [period, state])
    }
    world.clock.now = new Date('2031-04-09T03:00:00Z')
    expect(await opened()).toEqual({ opened: 0, refused: 0 })
    expect(await rounds()).toEqual([])
    world.clock.now = new Date('2031-04-09T17:00:00Z') // the tenth begins in Hà Nội's time
    expect(await opened()).toEqual({ opened: 1, refused: 0 })
    expect(await opened()).toEqual({ opened: 0, refused: 0 })
    expect(await rounds()).toEqual([['tl-report:2031-S1', 'open']])
    expect(await told('lunda')).toContain('report-round-opened')
    world.clock.now = new Date('2031-03-04T03:00:00Z')
  })

  test('that cannot open by itself says why at its regime and to its body, once, and opens when that is mended', async () => {
    const definition = aRegimeDefinition({ opensDaysBefore: 90 })
    const begun = { code: 'R-no-form', definition, effectiveFrom: '2030-12-01' }
    const at = `/reporting/regimes/${String((await world.done('ministry officer', 'POST', '/reporting/regimes', begun)).id)}`
    await world.done('ministry approver', 'POST', `${at}/issue`, { version: 1 })
    const read = async () => (await world.done('ministry approver', 'GET', at)) as unknown as RegimeDetail
    expect(await opened()).toEqual({ opened: 0, refused: 1 })
    expect(await opened()).toEqual({ opened: 0, refused: 1 })
    expect((await read()).notOpened).toEqual({ period: 'tl-report:2031-S1', code: 'reporting.no-form', params: {} })
    expect((await told('ministry')).filter((kind) => kind === 'report-round-not-opened')).toHaveLength(1)
    await world.done('ministry officer', 'PUT', `${at}/form`, { definition: aFormDefinition(), version: null })
    await world.done('ministry approver', 'POST', `${at}/form/issue`, { version: 1 })
    expect(await opened()).toEqual({ opened: 1, refused: 0 })
    expect(await read()).toMatchObject({ notOpened: null, opened: ['tl-report:2031-S1'] })
  })

  test('is found in the list of its regime by page and by year, the newest first', async () => {
    const { regimeId } = await aRegime(world)
    const at = `/reporting/regimes/${regimeId}/rounds`
    const listed = async (asked: string, who = 'ministry approver') => {
      const { items, total, years } = (await world.done(who, 'GET', `${at}${asked}`)) as unknown as RegimeRounds
      return [items.map(({ period }) => period.replace('tl-report:', '')), total, years]
    }
    expect(await listed('')).toEqual([[], 0, []])
    for (const period of ['tl-report:2031-S2', 'tl-report:2032-S1', 'tl-report:2031-S1'])
      await world.done('ministry approver', 'POST', at, { period })
    expect(await listed('')).toEqual([['2032-S1', '2031-S2', '2031-S1'], 3, [2032, 2031]])
    expect(await listed('?size=2')).toEqual([['2032-S1', '2031-S2'], 3, [2032, 2031]])
    expect(await listed('?size=2&page=2')).toEqual([['2031-S1'], 3, [2032, 2031]])
    // The first half of 2032 begins in December 2031: the year is that of its name.
    expect(await listed('?year=2031')).toEqual([['2031-S2', '2031-S1'], 2, [2032, 2031]])
    expect(await listed('?year=2032', 'lunda officer')).toEqual([['2032-S1'], 1, [2032, 2031]])
    expect(await listed('?year=1999')).toEqual([[], 0, [2032, 2031]])
    expect((await world.ask('ministry approver', 'GET', `/reporting/regimes/${idOfKey('none')}/rounds`)).status).toBe(
      404,
    )
  })

  test('says before it is opened what it would lay on whom', async () => {
    const { regimeId } = await aRegime(world)
    const trial = await world.done(
      'ministry approver',
      'GET',
      `/reporting/regimes/${regimeId}/trial?period=tl-report:2031-S1`,
    )
    expect(trial).toMatchObject({
      ...{ periodFrom: '2030-12-10', periodTo: '2031-06-10', cutOffOn: '2031-06-09', owedOn: '2031-03-04' },
      ...{ obstacles: [], aboveNoneCount: 0, lockOn: '2031-07-24' },
      tiers: [
        { code: 'commune', dueOn: '2031-05-10', owed: 3, requested: 0 },
        { code: 'office', dueOn: '2031-05-12', owed: 2, requested: 1 },
        { code: 'province', dueOn: '2031-05-18', owed: 1 },
        { code: 'root', dueOn: '2031-05-25', owed: 1 },
      ],
    })
  })
})
