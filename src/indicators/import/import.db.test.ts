import { sql } from 'kysely'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { idOfKey, inTransaction, startJobRunner, systemActor, writeCsv, writeSheets, exportJob } from '#platform'
import { may } from '#access'
import type { FigureImport, FigureProblem, IncomingFigure } from '#indicators/model'
import { actorOf, aPlanWorld, bodyId, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { figureList, indicatorJobs, lapseImports } from '../index.ts'
import { measureId } from '../load.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())

const heads = [
  'measure',
  'unit',
  'unitName',
  'period',
  'breakdown',
  'status',
  'numerator',
  'denominator',
  'absence',
  'comment',
]
type Line = Partial<Record<string, string | number>>
const aLine = (over: Line = {}): Line => ({
  measure: 'lov-1',
  unit: '02101',
  period: '2030',
  numerator: 30,
  denominator: 40,
  ...over,
})
const cellsOf = (line: Line) => heads.map((head) => line[head] ?? null)
const columns = heads.map((head) => ({ head, width: 12 }))
const asCsv = (...lines: Line[]) => Buffer.from(writeCsv({ columns, rows: lines.map(cellsOf) }))

/** Runs the jobs that wait. */
async function work(who = 'south officer'): Promise<void> {
  const { country, say, files, ground } = world
  const runner = startJobRunner({
    ...{ ground, log: pino({ level: 'silent' }), actorOf: () => Promise.resolve(actorOf(who)), pollMs: 100_000 },
    kinds: [
      ...indicatorJobs({ files, calendars: country.calendars, say, smallCounts: 5 }),
      exportJob({ lists: [figureList], say, may }),
    ],
  })
  await runner.idle()
  await runner.close()
}

type Asked = { who?: string; takes?: string; decimalSign?: string; name?: string }
async function bringIn(
  file: Buffer,
  { who = 'south officer', name = 'x.csv', ...of }: Asked = {},
): Promise<FigureImport> {
  const query = new URLSearchParams({ fileName: name, ...of })
  const begun = (await world.done(who, 'POST', `/figures/imports?${query}`, file)) as FigureImport
  await work(who)
  return told(begun.id, who)
}
const told = async (id: string, who = 'south officer') =>
  (await world.done(who, 'GET', `/figures/imports/${id}`)) as FigureImport
const problems = async (id: string, who = 'south officer') =>
  (await world.done(who, 'GET', `/figures/imports/${id}/problems?size=200`)).items as FigureProblem[]
const counts = ({ state, counted, added, changed, same, empty, refused, taken }: FigureImport) => ({
  ...{ state, counted, added, changed, same, empty, refused, taken },
})
const stored = async () =>
  (await world.rows(sql<{ count: number }>`select count(*)::integer as count from indicators.observation`))[0]?.count
const cellAt = async (unit: string, period = '2030') =>
  (
    await world.rows(sql<{ vintage: number; owner: string; source: string; numerator: number }>`
      select c.vintage, c.agency_id as owner, o.source, o.numerator::float8 as numerator from indicators.cell c
      join indicators.observation o on o.cell_id = c.id and o.vintage = c.vintage
      where c.measure_id = ${measureId('lov-1')} and c.unit_id = ${idOfKey(unit)} and c.period = ${period} and c.breakdown = ''`)
  )[0]

const asProduct = { actor: systemActor, language: 'vi', requestId: 'test' } as const

describe('a file of figures', () => {
  test('is looked at row by row: each is new, changed, the same, left empty, or refused at its cell; nothing is taken in yet', async () => {
    const file = asCsv(
      aLine(),
      aLine({ numerator: 31 }),
      aLine({ unit: '02102', numerator: '1.234,5', denominator: '2.000' }),
      aLine({ unit: '02102', numerator: '1.234.567', denominator: '2.000.000' }),
      aLine({ measure: 'no-such' }),
      aLine({ unit: '2101' }),
      aLine({ unit: '03101' }),
      aLine({ period: '2030-Q5' }),
      aLine({ period: '2032', status: 'Dự báo' }),
      aLine({ breakdown: 'colour=red' }),
      aLine({ breakdown: 'sex=female', numerator: 'NaN' }),
      aLine({ breakdown: 'sex=male', numerator: '1e300' }),
      aLine({ breakdown: 'sex=female', numerator: 12, status: 'Sơ bộ', comment: '=1+1' }),
      aLine({ breakdown: 'sex=male', numerator: '', denominator: '' }),
      aLine({ breakdown: 'sex=male', numerator: '', denominator: '', absence: 'Missing' }),
      aLine({ breakdown: 'sex=male', numerator: 'x', denominator: '12,345', status: 'sure' }),
    )
    const before = await stored()
    const looked = await bringIn(file)
    expect(counts(looked)).toEqual({
      ...{ state: 'checked', counted: 16, added: 4, changed: 0, same: 0, empty: 1, refused: 11, taken: 0 },
    })
    expect((await problems(looked.id)).map(({ cell, code }) => `${cell} ${code.replace('indicators.', '')}`)).toEqual([
      ...[' twice', 'H4 number-ambiguous', 'A6 unknown-measure-code', 'B7 unknown-unit-code', 'B8 not-ones-unit'],
      ...[
        'D9 unknown-period',
        'D10 period-to-come',
        'E11 unknown-breakdown',
        'G12 number-unreadable',
        'G13 number-too-large',
      ],
      ...['F17 unknown-status', 'G17 number-unreadable', 'H17 number-ambiguous'],
    ])
    for (const { title } of await problems(looked.id)) expect(title).toMatch(/[ạ-ỹđ]/iu)
    expect(await stored()).toBe(before)
    expect(
      (await world.ask('south officer', 'POST', `/figures/imports/${looked.id}/acceptance`, { takes: 'whole' })).status,
    ).toBe(409)
    const { items } = (await world.done('south officer', 'GET', `/figures/imports/${looked.id}/rows`)) as {
      items: IncomingFigure[]
    }
    expect(
      items.map(({ row, unit, here, becomes }) => [row, unit.name, here, becomes.status, becomes.numerator]),
    ).toEqual([
      [2, 'Tørg Sólheim', null, 'A', 30],
      [5, 'Ösel Vík-Đal', null, 'A', 1_234_567],
      [14, 'Tørg Sólheim', null, 'P', 12],
      [16, 'Tørg Sólheim', null, null, null],
    ])
    await world.done('south officer', 'POST', `/figures/imports/${looked.id}/acceptance`, { takes: 'good' })
    await work()
    expect(counts(await told(looked.id))).toMatchObject({ state: 'done', counted: 16, taken: 4, refused: 11 })
    expect(await stored()).toBe((before ?? 0) + 4)
    expect(await cellAt('u:2020:02101')).toEqual({
      ...{ vintage: 1, source: 'file', numerator: 30, owner: bodyId('solheim') },
    })
    const again = await bringIn(file, { takes: 'good' })
    expect(counts(again)).toMatchObject({ state: 'done', added: 0, changed: 0, same: 4, refused: 11, taken: 0 })
    expect(await stored()).toBe((before ?? 0) + 4)
    expect(await world.rows(sql`select 1 from indicators.import_row`)).toEqual([])
  })

  test('says how its decimals are parted, where that is told', async () => {
    const file = asCsv(
      aLine({ unit: '02102', numerator: '1.300.000', denominator: '2.000.000' }),
      aLine({ numerator: 1, denominator: '12.345' }),
    )
    const point = await bringIn(file, { decimalSign: '.' })
    expect((await problems(point.id)).map(({ cell, code }) => [cell, code])).toEqual([
      ['G2', 'indicators.number-unreadable'],
      ['H2', 'indicators.number-unreadable'],
      ['H3', 'indicators.denominator-not-whole'],
    ])
    const comma = await bringIn(file, { decimalSign: ',' })
    expect(counts(comma)).toMatchObject({ changed: 2, refused: 0 })
    await world.done('south officer', 'POST', `/figures/imports/${comma.id}/cancellation`)
  })

  test('a code means the unit it meant at the end of the period, and a name beside it must be that unit’s', async () => {
    world.clock.now = new Date('2033-03-04T03:00:00Z')
    const looked = await bringIn(
      asCsv(
        aLine({ period: '2031', unit: '02102', unitName: 'Ösel Vík-Đal' }),
        aLine({ period: '2032', unit: '02102', unitName: 'vikdal' }),
        aLine({ period: '2031', unit: '02102', unitName: 'Tørg Víkdal' }),
        aLine({ period: '2031', unit: '02103' }),
      ),
    )
    expect(
      (await problems(looked.id)).map(({ row, cell, code }) => [row, cell, code.replace('indicators.', '')]),
    ).toEqual([
      [4, 'B4', 'unit-code-means-other'],
      [5, 'B5', 'unit-code-not-then'],
    ])
    expect(counts(looked)).toMatchObject({ added: 2, refused: 2 })
    world.clock.now = new Date('2031-03-04T03:00:00Z')
    await world.done('south officer', 'POST', `/figures/imports/${looked.id}/cancellation`)
  })

  test('what somebody enters between looking and taking is not overrun', async () => {
    const looked = await bringIn(asCsv(aLine({ numerator: 33 }), aLine({ breakdown: 'sex=female', numerator: 13 })))
    expect(counts(looked)).toMatchObject({ changed: 2 })
    const place = { measureId: measureId('lov-1'), unitId: idOfKey('u:2020:02101'), period: '2030', breakdown: '' }
    const typed = { ...place, seen: 1, status: 'A', numerator: 35, denominator: 40 }
    await world.done('solheim officer', 'PUT', '/figures', { cells: [typed] })
    await world.done('south officer', 'POST', `/figures/imports/${looked.id}/acceptance`, { takes: 'whole' })
    await work()
    expect(counts(await told(looked.id))).toMatchObject({ state: 'done', changed: 1, taken: 1, refused: 1 })
    expect((await problems(looked.id)).map(({ row, code }) => [row, code])).toEqual([
      [2, 'indicators.entered-meanwhile'],
    ])
    expect((await cellAt('u:2020:02101'))?.numerator).toBe(35)
  })

  test('a row in which the file breaks off is not read: 3 may be the beginning of 30', async () => {
    const file = 'measure,unit,period,numerator,denominator,comment\nlov-1,02101,2030,20,40,\nlov-1,02102,2030,20,3'
    const looked = await bringIn(Buffer.from(file))
    expect((await problems(looked.id)).map(({ row, cell, code }) => [row, cell, code])).toEqual([
      [3, 'E3', 'indicators.cell-cut'],
    ])
    expect(counts(looked)).toMatchObject({ refused: 1 })
    await world.done('south officer', 'POST', `/figures/imports/${looked.id}/cancellation`)
  })

  test('that is no table, lacks a column or names one twice is refused whole, and says why', async () => {
    const state = async (file: Buffer, name?: string) => {
      const { state: is, problemCode, problem } = await bringIn(file, { ...(name && { name }) })
      expect(problem).not.toBeNull()
      return [is, problemCode]
    }
    expect(await state(Buffer.from('measure,unit,period\nx,y,z\n'))).toEqual(['failed', 'indicators.file-head-missing'])
    expect(await state(Buffer.from('measure,Mã số đo,unit,period,numerator\n'))).toEqual([
      'failed',
      'indicators.file-head-twice',
    ])
    expect(await state(asCsv())).toEqual(['failed', 'indicators.file-empty'])
    expect(await state(Buffer.from([0x50, 0x4b, 3, 4, 5, 6]), 'x.xlsx')).toEqual([
      'failed',
      'platform.sheet-unreadable',
    ])
    expect(await state(Buffer.from('measure,unit,period,numerator\n"a,b'))).toEqual([
      'failed',
      'platform.sheet-unreadable',
    ])
  })

  test('of another body is not found, and another body’s figures are not taken', async () => {
    const looked = await bringIn(asCsv(aLine({ unit: '01101' })), { who: 'solheim officer' })
    expect((await problems(looked.id, 'solheim officer')).map(({ code }) => code)).toEqual(['indicators.not-ones-unit'])
    for (const path of ['', '/problems', '/rows', '/problems/file'])
      expect((await world.ask('south officer', 'GET', `/figures/imports/${looked.id}${path}`)).status).toBe(404)
    expect((await world.ask('south officer', 'POST', `/figures/imports/${looked.id}/cancellation`)).status).toBe(404)
  })

  test('of many batches goes on where a fall left it, and every row is accounted for', async () => {
    const sex = ['female', 'male']
    const lines = Array.from({ length: 4100 }, (_, at) =>
      aLine({
        measure: at % 33 === 0 ? 'bad' : 'lov-1',
        unit: '02102',
        breakdown: `sex=${sex[at % 2]}`,
        numerator: at,
        denominator: 9000,
      }),
    )
    const query = new URLSearchParams({ fileName: 'many.csv' })
    const begun = (await world.done(
      'south officer',
      'POST',
      `/figures/imports?${query}`,
      asCsv(...lines),
    )) as FigureImport
    const { country, say, files } = world
    const kind = indicatorJobs({ files, calendars: country.calendars, say, smallCounts: 5 }).find(
      (one) => one.kind === 'indicators.read-import',
    )
    let steps = 0
    const falling = kind?.run({
      ...{ id: begun.id, payload: { importId: begun.id } },
      inTransaction: (done) => world.as('south officer', done),
      absorb: () => Promise.reject(new Error('nothing to take over')),
      progress: () => (++steps === 1 ? Promise.reject(new Error('the power went')) : Promise.resolve()),
    })
    await expect(falling).rejects.toThrow('the power went')
    expect(counts(await told(begun.id))).toMatchObject({ state: 'checking', counted: 2000 })
    await work()
    const bad = Math.ceil(4100 / 33)
    expect(counts(await told(begun.id))).toMatchObject({ state: 'checked', counted: 4100, added: 2, refused: 4098 })
    const page = await world.done('south officer', 'GET', `/figures/imports/${begun.id}/problems?size=1`)
    expect(page.total).toBe(4098)
    const codes = await world.rows(sql<{ code: string; count: number }>`
      select code, count(*)::integer as count from indicators.import_problem where import_id = ${begun.id} group by code order by code`)
    expect(codes).toEqual([
      { code: 'indicators.twice', count: 4098 - bad },
      { code: 'indicators.unknown-measure-code', count: bad },
    ])
    const list = await world.ask('south officer', 'GET', `/figures/imports/${begun.id}/problems/file`)
    expect(list.raw.toString().split('\r\n').length).toBe(4098 + 2)
    await world.done('south officer', 'POST', `/figures/imports/${begun.id}/cancellation`)
  })
})

describe('what was written out', () => {
  test.each(['xlsx', 'csv'] as const)(
    'as .%s is brought back with nothing changed, and a change in it is seen',
    async (format) => {
      const asked = {
        list: 'indicators.figures',
        format,
        filter: {},
        columns: figureList.columns.map(({ key }) => key),
      }
      const { jobId } = await world.done('south officer', 'POST', '/list-files', asked)
      await work()
      const { raw } = await world.ask('south officer', 'GET', `/list-files/${String(jobId)}`)
      const back = await bringIn(raw, { name: `x.${format}`, takes: 'whole' })
      expect(counts(back)).toMatchObject({ state: 'done', added: 0, changed: 0, refused: 0, empty: 0 })
      expect(back.same).toBeGreaterThanOrEqual(4)
    },
  )

  test('a number of a workbook is the number, a formula is not', async () => {
    const rows = [aLine({ numerator: 36 }), aLine({ breakdown: 'sex=female', numerator: '=1+1' })].map(cellsOf)
    const looked = await bringIn(Buffer.from(await writeSheets([{ name: 'x', columns, rows }])), { name: 'x.xlsx' })
    expect(counts(looked)).toMatchObject({ changed: 1, refused: 1 })
    await world.done('south officer', 'POST', `/figures/imports/${looked.id}/cancellation`)
  })

  test('that nobody takes in lapses after its days: its rows go, what became of them stays told', async () => {
    const looked = await bringIn(asCsv(aLine({ unit: '02102', period: '2028', numerator: 1, denominator: 9 })))
    expect(looked).toMatchObject({ state: 'checked', added: 1 })
    const lapse = () => inTransaction(world.ground, asProduct, lapseImports)
    expect(await lapse()).toBe(0)
    await world.rows(
      sql`update indicators.import set started_at = started_at - interval '15 days' where id = ${looked.id}`,
    )
    expect(await lapse()).toBe(1)
    expect(await lapse()).toBe(0)
    expect(await told(looked.id)).toMatchObject({ state: 'lapsed', counted: 1, added: 1, taken: 0 })
    const left = await world.rows(sql`select 1 from indicators.import_row where import_id = ${looked.id}`)
    expect(left).toEqual([])
    const again = await world.ask('south officer', 'POST', `/figures/imports/${looked.id}/acceptance`, {
      takes: 'good',
    })
    expect(again.body.code).toBe('indicators.import-not-checked')
    const stop = await world.ask('south officer', 'POST', `/figures/imports/${looked.id}/cancellation`)
    expect(stop.body.code).toBe('indicators.import-ended')
  })
})
