import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { idOfKey } from '#platform'
import type { LikelyMeasure, LinkedMeasure, MeasuredRecommendation, MeasureStanding } from '#indicators/model'
import { actorOf, aPlanWorld, bodyId, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { bringIn } from '../../../test/kit/recommendation-steps.ts'
import { measureId } from '../load.ts'

let world: PlanWorld
/** Recommendations by paragraph: 10 and 11 are the Committee's, which the ministry keeps, 20 is of the review. */
let asked: Record<string, string> = {}
const keeper = 'ministry officer'
const share = measureId('lov-1')
const count = measureId('lov-2a')
const indicator = idOfKey('indicator:lov-1')

beforeAll(async () => {
  world = await aPlanWorld()
  const document = { mechanism: 'crc', symbol: 'CRC/C/TLD/CO/5-6', published: '2030-10-21', cycle: '5-6' }
  asked = await bringIn(world, [
    { ...document, paragraph: '10', text: 'Vaccinate all children', sdgs: '3.8', articles: '24' },
    { ...document, paragraph: '11', text: 'Spend more: (a) on land; (b) at sea' },
    { mechanism: 'upr', published: '2030-05-07', cycle: '4', paragraph: '20', text: 'Ratify', position: 'supported' },
  ])
})
afterAll(() => world.close())
beforeEach(() => sql`truncate indicators.recommendation_measure`.execute(world.land.owner))

const link = (who: string, paragraph: string, ...measures: string[]) =>
  world.ask(who, 'POST', '/recommendation-measures', {
    links: measures.map((measure) => ({ recommendationId: asked[paragraph], measureId: measure })),
  })
const linked = async (who: string, paragraph: string) =>
  (await world.done(who, 'GET', `/recommendations/${asked[paragraph]}/measures`)) as unknown as LinkedMeasure[]
const measured = async (query = '') =>
  (await world.done('solheim officer', 'GET', `/indicators/${indicator}/recommendations?${query}`)) as unknown as {
    items: MeasuredRecommendation[]
    total: number
  }

describe('measures that tell of recommendations', () => {
  test('are laid by the keeper alone, once, and read by all', async () => {
    expect((await link(keeper, '10', share, count)).body).toEqual({ linked: 2, same: 0 })
    expect((await link(keeper, '10', share)).body).toEqual({ linked: 0, same: 1 })
    expect((await link(keeper, '20', share)).body.code).toBe('indicators.link-not-yours')
    expect((await link('south officer', '10', share)).body.code).toBe('indicators.link-not-yours')
    expect((await link(keeper, '10', bodyId('south'))).status).toBe(404)
    expect((await linked('solheim officer', '10')).map(({ name, mayEnd }) => [name, mayEnd])).toEqual([
      ['Tỷ lệ trẻ em được tiêm chủng', false],
      ['Số trẻ em gặp nạn', false],
    ])
    expect((await linked(keeper, '10')).map(({ mayEnd }) => mayEnd)).toEqual([true, true])
  })

  test('two who lay the same at once lay it once', async () => {
    const answers = await Promise.all([link(keeper, '10', share), link('ministry approver', '10', share)])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(await linked(keeper, '10')).toHaveLength(1)
  })

  test('are taken off with a reason, once; what was said is kept and may be said again', async () => {
    await link(keeper, '10', share)
    const [one] = await linked(keeper, '10')
    const at = `/recommendation-measures/${one?.id}/ending`
    const ending = { version: 1, reason: 'Counts something else' }
    expect((await world.ask('south officer', 'POST', at, ending)).body.code).toBe('indicators.link-not-yours')
    expect((await world.ask(keeper, 'POST', at, { ...ending, version: 4 })).status).toBe(409)
    expect((await world.ask(keeper, 'POST', at, ending)).status).toBe(204)
    expect((await world.ask(keeper, 'POST', at, ending)).status).toBe(404)
    expect(await linked(keeper, '10')).toEqual([])
    expect((await link(keeper, '10', share)).body).toEqual({ linked: 1, same: 0 })
    expect(await world.rows(sql`select end_reason from indicators.recommendation_measure order by linked_at, ended_at`)) // prettier-ignore
      .toEqual([{ endReason: 'Counts something else' }, { endReason: null }])
  })

  test('stand with their indicator, by page, measure and words', async () => {
    await link(keeper, '10', share)
    await link(keeper, '11', share)
    expect((await measured()).items.map(({ paragraph }) => paragraph)).toEqual(['10', '11'])
    expect(await measured('page=2&size=1')).toMatchObject({ total: 2, items: [{ paragraph: '11' }] })
    expect((await measured('search=VACCINATE%20children')).items.map(({ paragraph }) => paragraph)).toEqual(['10'])
    expect((await measured(`measureId=${count}`)).total).toBe(0)
    expect((await world.ask(keeper, 'GET', `/indicators/${share}/recommendations`)).status).toBe(404)
  })

  test('are suggested by targets of the goals, articles and words, until they are laid', async () => {
    const suggested = async () =>
      (await world.done(
        keeper,
        'GET',
        `/recommendations/${asked['10']}/measures/suggestions`,
      )) as unknown as LikelyMeasure[]
    const [first] = await suggested()
    expect(first).toMatchObject({ measureId: share, sdgTargets: ['3.8'], articles: ['24'] })
    expect(first?.words.join(' ')).toMatch(/vaccinat|children/)
    await link(keeper, '10', share)
    expect((await suggested()).map(({ measureId: id }) => id)).not.toContain(share)
  })

  test('go along to the parts of a paragraph that is split; nothing is laid to the whole any more', async () => {
    await link(keeper, '11', share)
    const whole = `/recommendations/${asked['11']}`
    const { version } = await world.done(keeper, 'GET', whole)
    const parts = ['a', 'b'].map((part) => ({ part, text: `Spend more ${part}` }))
    const { ids } = await world.done(keeper, 'POST', `${whole}/parts`, { version, parts })
    for (const id of ids as string[])
      expect(await world.done(keeper, 'GET', `/recommendations/${id}/measures`)).toMatchObject([{ measureId: share }])
    expect(await linked(keeper, '11')).toEqual([])
    expect((await link(keeper, '11', share)).body.code).toBe('indicators.link-of-split')
  })

  test('the database refuses them from whoever does not keep the mechanism, whatever a command did', async () => {
    await link(keeper, '10', share)
    const insert = (who: string, agency: string) =>
      world
        .as(who, ({ db }) =>
          sql`insert into indicators.recommendation_measure (id, recommendation_id, measure_id, origin, agency_id, linked_by, linked_at)
            values (gen_random_uuid(), ${asked['10']}, ${count}, 'person', ${agency}, platform.person(), now())`.execute(
            db,
          ),
        )
        .then(
          () => 'done',
          (fault: Error) => fault.message,
        )
    expect(await insert('south officer', bodyId('south'))).toContain('row-level security')
    expect(await insert(keeper, bodyId('south'))).toContain('row-level security')
    expect(await insert(keeper, bodyId('ministry'))).toBe('done')
    const end = (who: string) =>
      world.as(
        who,
        ({ db }) =>
        sql`update indicators.recommendation_measure set ended_by = platform.person(), ended_at = now(), end_reason = 'x'`.execute(db), // prettier-ignore
      )
    expect((await end('south officer')).numAffectedRows).toBe(0n)
    expect(await linked(keeper, '10')).toHaveLength(2)
  })
})

describe('how a measure stands', () => {
  const standing = async (who: string, ...ids: string[]) =>
    (await world.done(
      who,
      'GET',
      `/figures/standings?${ids.map((id) => `measureId=${id}`).join('&')}`,
    )) as unknown as MeasureStanding[]

  async function accepted(body: string, unitKey: string, year: string, numerator: number): Promise<void> {
    const place = { measureId: share, unitId: idOfKey(`u:${unitKey}`), period: year, breakdown: '', seen: null }
    const cells = [{ ...place, status: 'A', numerator, denominator: 100 }]
    const saved = (await world.done(`${body} officer`, 'PUT', '/figures', { cells })) as {
      rows?: { cellId: string; vintage: number }[]
    }
    const decided = (saved.rows ?? []).map(({ cellId, vintage }) => ({ cellId, vintage }))
    await world.done(`${body} approver`, 'POST', '/figures/decisions', {
      ...{ cells: decided, outcome: 'accepted', reason: null },
    })
  }

  test('is told of the country to who sees all of it, else of the widest of his own units; never a part for the whole', async () => {
    world.clock.now = new Date('2031-03-04T03:00:00Z')
    const [before] = await standing('crown officer', share)
    expect(before).toMatchObject({ isNational: true, says: 'no-data', year: 2033, unitOfMeasure: '%' })
    await accepted('solheim', '2020:02101', '2030', 95)
    const [nation] = await standing('crown officer', share)
    // Reached by the figure, but one commune of seven gave it.
    expect(nation?.lines[0]?.series).toMatchObject([{ year: 2030, value: 95, reported: 1, expected: 7 }])
    expect(nation?.lines[0]?.targets[0]?.progress).toMatchObject({ state: 'no-data', leftOut: 1, coverage: 1 / 7 })
    expect(nation?.says).toBe('no-data')
    const [own] = await standing('solheim officer', share)
    expect(own).toMatchObject({ isNational: false, says: 'no-target', lines: [{ series: [{ value: 95 }] }] })
    expect(own?.unit?.id).toBe(idOfKey('u:2020:02101'))
    expect(actorOf('solheim officer').agencyId).toBe(bodyId('solheim'))
  })

  test('several at once, those that are not there left out', async () => {
    const both = await standing('crown officer', count, share, bodyId('south'))
    expect(both.map(({ measureId: id }) => id)).toEqual([share, count])
  })
})
