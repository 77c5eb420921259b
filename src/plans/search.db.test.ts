import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PlanSummary, SearchHit } from './model.ts'
import { aPlanWorld, aTask, type PlanWorld } from '../../test/kit/plan-world.ts'

let world: PlanWorld
let plan = ''
beforeAll(async () => {
  world = await aPlanWorld()
  plan = await world.issued('south', [aTask({ text: 'Phòng, chống đuối nước cho trẻ em; Đào tạo' })], {
    header: { title: 'Kế hoạch bảo vệ trẻ em', number: '308/KH-R' },
  })
  await world.issued('north', [aTask({ text: 'Đuối nước ở miền Bắc', lead: 'northHealth' })], {
    header: { title: 'Kế hoạch miền Bắc', number: '9/KH' },
  })
  await world.draft('south', [aTask({ text: 'Bản nháp đuối nước' })], { header: { title: 'Nháp bảo vệ trẻ em' } })
  await world.done(
    'south officer',
    'POST',
    '/documents/imports?fileName=duoi-nuoc-bao-ve.txt',
    Buffer.from('KẾ HOẠCH\nPhòng, chống đuối nước\n'.repeat(5)),
  )
})
afterAll(() => world.close())

const find = async (who: string, words: string) =>
  (await world.done(who, 'GET', `/search?search=${encodeURIComponent(words)}`)) as unknown as SearchHit[]

describe('one search over everything', () => {
  test.each(['bảo vệ', 'bao ve', 'BẢO VỆ TRẺ', 'bảo vê', 'bảo  vệ,', '308', '308/KH-R', 'kế hoạch bảo'])(
    'finds the plan by “%s”, with and without marks',
    async (words) => {
      expect(
        (await find('southHealth reader', words)).filter((hit) => hit.kind === 'plan').map((hit) => hit.id),
      ).toEqual([plan])
    },
  )

  test.each(['đuối nước', 'duoi nuoc', 'dao tao', 'đào'])('finds the task by “%s”', async (words) => {
    const { nodes } = await world.plan('south officer', plan)
    expect((await find('south reader', words)).filter((hit) => hit.kind === 'task').map((hit) => hit.id)).toEqual([
      nodes[0]?.id,
    ])
  })

  test('finds bodies and units as well', async () => {
    const hits = await find('south reader', 'Sólheim')
    expect(hits.map((hit) => hit.kind)).toEqual(expect.arrayContaining(['agency', 'unit']))
  })

  test('an own draft is found by its body only', async () => {
    expect((await find('south officer', 'nháp')).some((hit) => hit.kind === 'plan')).toBe(true)
    expect((await find('southHealth officer', 'nháp')).some((hit) => hit.kind === 'plan')).toBe(false)
    expect((await find('crown officer', 'nháp')).some((hit) => hit.kind === 'plan')).toBe(false)
    expect((await find('south officer', 'bản nháp')).filter((hit) => hit.kind === 'task')).toEqual([])
  })

  test('a document under review is found by who may read it, not by a reader of the same body', async () => {
    const documents = async (who: string) =>
      (await find(who, 'duoi-nuoc')).filter((hit) => hit.kind === 'document').length
    expect(await documents('south officer')).toBe(1)
    expect([
      await documents('south reader'),
      await documents('south finance'),
      await documents('north officer'),
    ]).toEqual([0, 0, 0])
  })

  test.each([
    "'",
    "a' & b",
    '(((',
    'a:*',
    '!',
    '&|!<->',
    '\\',
    '%',
    '_',
    "'; drop table plans.plan; --",
    '😀',
    'ế'.repeat(200),
    '\u202etert',
    '-',
    'a <2> b',
    ':*:',
  ])('takes “%s” as words, never as a formula', async (words) => {
    for (const at of ['/search?search=', '/plans?search=', '/tasks?search='])
      expect([at, (await world.ask('south officer', 'GET', `${at}${encodeURIComponent(words)}`)).status]).toEqual([
        at,
        200,
      ])
  })

  test('the list of plans is searched the same way', async () => {
    const { items } = await world.done('southHealth reader', 'GET', '/plans?search=bao%20ve')
    expect((items as PlanSummary[]).map((one) => one.id)).toEqual([plan])
  })
})
