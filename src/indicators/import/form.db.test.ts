import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { idOfKey, readSheet, startJobRunner } from '#platform'
import type { SavedFigures } from '#indicators/model'
import { actorOf, aPlanWorld, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { indicatorJobs } from '../index.ts'
import { measureId } from '../load.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())

const share = measureId('lov-1')
const unit = (key: string) => idOfKey(`u:${key}`)
const form = async (who: string, query: string) => {
  const answer = await world.ask(who, 'GET', `/figures/form?period=2030${query}`)
  expect(answer.status).toBe(200)
  return answer.raw
}
/** A .csv form as its rows by head. */
async function rowsOf(who: string, query = ''): Promise<Record<string, string>[]> {
  const lines = (await form(who, `&format=csv${query}`)).toString('utf8').replace('\uFEFF', '').trim().split('\r\n')
  const [heads = [], ...rows] = lines.map((line) => line.slice(1, -1).split('","'))
  const keys = heads.map((head) => /\[(\w+)\]$/.exec(head)?.[1] ?? '')
  return rows.map((cells) => Object.fromEntries(cells.map((cell, at) => [keys[at] ?? '', cell])))
}
const enter = async (who: string, cell: Record<string, unknown>) =>
  (await world.done(who, 'PUT', '/figures', {
    cells: [{ measureId: share, period: '2030', breakdown: '', seen: null, status: 'A', ...cell }],
  })) as unknown as SavedFigures

/** Runs the jobs that wait. */
async function work(): Promise<void> {
  const { country, say, files, ground } = world
  const runner = startJobRunner({
    ...{ ground, log: pino({ level: 'silent' }), pollMs: 100_000 },
    actorOf: () => Promise.resolve(actorOf('solheim officer')),
    kinds: indicatorJobs({ files, calendars: country.calendars, say, smallCounts: 5 }),
  })
  await runner.idle()
  await runner.close()
}

describe('a form of figures', () => {
  test('has a row for every figure of the unit in the period, filled with what was said and what the period before came to', async () => {
    const said = { unitId: unit('2020:02101'), numerator: 30, denominator: 40, comment: 'Đã rà soát' }
    const earlier = await enter('solheim officer', { ...said, period: '2029', numerator: 10 })
    const cells = earlier.rows.flatMap((row) => (row.ok ? [{ cellId: row.cellId, vintage: row.vintage }] : []))
    await world.done('solheim approver', 'POST', '/figures/decisions', { cells, outcome: 'accepted', reason: null })
    await enter('solheim officer', said)
    const rows = await rowsOf('solheim officer')
    expect(rows.map(({ measure, breakdown }) => `${measure} ${breakdown}`)).toEqual([
      'lov-1 ',
      'lov-1 sex=male',
      'lov-1 sex=female',
      'lov-2a ',
    ])
    expect(rows[0]).toMatchObject({
      ...{ unit: '02101', unitName: 'Tørg Sólheim', period: '2030', status: 'Chính thức', numerator: '30' },
      ...{ denominator: '40', comment: 'Đã rà soát', vintage: '1', before: '25' },
    })
    expect(rows[1]).toMatchObject({ numerator: '', status: '', vintage: '' })
  })

  test('of a province holds the communes in it, one measure of all; of others nothing is found', async () => {
    const rows = await rowsOf('south officer', `&below=true&measureId=${measureId('lov-2a')}`)
    expect(rows.map(({ unit: code }) => code).sort()).toEqual(['02101', '02102'])
    for (const other of ['north officer', 'havn officer'])
      expect((await world.ask(other, 'GET', `/figures/form?period=2030&unitId=${unit('2020:02101')}`)).status).toBe(404)
    // A body of one field is asked in that field only.
    const own = await world.ask('southSchools officer', 'GET', '/figures/form?period=2030')
    expect([own.status, own.body.code]).toEqual([422, 'indicators.form-empty'])
    expect((await world.ask('south officer', 'GET', '/figures/form?period=2030-Q9')).status).toBe(422)
  })

  test('comes back as it left and changes nothing', async () => {
    for (const format of ['xlsx', 'csv']) {
      const bytes = await form('solheim officer', `&format=${format}`)
      const begun = await world.done('solheim officer', 'POST', `/figures/imports?fileName=x.${format}`, bytes)
      const id = String(begun.id)
      await work()
      expect(await world.done('solheim officer', 'GET', `/figures/imports/${id}`)).toMatchObject({
        ...{ state: 'checked', counted: 4, same: 1, empty: 3, added: 0, changed: 0, refused: 0 },
      })
      await world.done('solheim officer', 'POST', `/figures/imports/${id}/cancellation`)
    }
    const sheet = await readSheet(await form('solheim officer', ''), { rows: 100, columns: 30 })
    expect(sheet[1]?.cells.slice(0, 3)).toEqual(['Mã số đo', 'Số đo', 'Mã đơn vị'])
  })
})
