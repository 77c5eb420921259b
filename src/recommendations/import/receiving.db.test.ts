import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { country } from '../../../countries/testland/index.ts'
import { aPlanWorld, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { bringIn } from '../../../test/kit/recommendation-steps.ts'
import { loadRecommendationLists } from '../load.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
  await loadRecommendationLists(world.land.owner, country.ownState, world.clock.now.toISOString().slice(0, 10))
})
afterAll(() => world.close())

const keeper = 'ministry officer'
const isStored = (words: string) =>
  world.files.open(createHash('sha256').update(words).digest('hex'), 0).then(
    (file) => {
      file.destroy()
      return true
    },
    () => false,
  )
const give = (who: 'ministry officer' | 'south officer', query: string, words: string) =>
  world.ask(who, 'POST', `/recommendations/imports/table?fileName=x.csv&${query}`, Buffer.from(words))

describe('a file that may not come in is refused before its bytes are kept', () => {
  test.each([
    ['from a body that keeps nothing', 'south officer', 'source=sheet', 'recommendations.not-keeper'],
    ['for a mechanism nobody knows', keeper, 'source=sheet&mechanism=wise-men', 'recommendations.no-such-mechanism'],
    ['of rows that name no mechanism', keeper, 'source=impact-oss', 'recommendations.mechanism-needed'],
  ] as const)('%s', async (what, who, query, code) => {
    const answer = await give(who, query, `mechanism,text\nCRC,${what}\n`)
    expect(answer.body.code).toBe(code)
    expect(await isStored(`mechanism,text\nCRC,${what}\n`)).toBe(false)
  })

  test('while another of the body is read', async () => {
    const first = await give(keeper, 'source=sheet', 'mechanism,text\nCRC,First\n')
    expect(first.status).toBe(200)
    expect(await isStored('mechanism,text\nCRC,First\n')).toBe(true)
    const answer = await give(keeper, 'source=sheet', 'mechanism,text\nCRC,Second\n')
    expect([answer.status, answer.body.code]).toEqual([409, 'recommendations.import-at-work'])
    expect(await isStored('mechanism,text\nCRC,Second\n')).toBe(false)
    await world.done(keeper, 'POST', `/recommendations/imports/${String(first.body.id)}/cancellation`, {})
  })
})

test('differences are settled over the network: none, one, or all by a job', async () => {
  const row = { mechanism: 'crc', symbol: 'CRC/C/TLD/CO/5', published: '2030-10-21', cycle: '5' }
  const texts = (words: string) =>
    ['10', '11'].map((paragraph) => ({ ...row, paragraph, text: `${words} ${paragraph}` }))
  const asked = await bringIn(world, texts('Before'))
  await bringIn(world, texts('After'))
  const { items } = await world.done(keeper, 'GET', '/recommendations/incoming')
  const [{ importId = '' } = {}] = items as { importId: string }[]
  const settle = (of: object, decision = 'take') =>
    world.done(keeper, 'POST', `/recommendations/imports/${importId}/settlement`, { decision, of })
  expect(await settle({ all: true, own: false })).toEqual({ settled: 0, notKept: 0, jobId: null })
  expect(await settle({ recommendationIds: [asked['10']] })).toEqual({ settled: 1, notKept: 0, jobId: null })
  expect(await settle({ recommendationIds: [asked['10']] })).toEqual({ settled: 0, notKept: 0, jobId: null })
  const { jobId } = await settle({ all: true })
  expect(await world.done(keeper, 'GET', `/recommendations/imports/${importId}`)).toMatchObject({
    ...{ open: 1, settling: { jobId, state: 'queued', decision: 'take' } },
  })
})
