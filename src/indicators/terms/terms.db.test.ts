import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readSheet, startJobRunner, writeCsv } from '#platform'
import type { FigureImport, FigureProblem, IncomingTerm, IndicatorRow } from '#indicators/model'
import { actorOf, aPlanWorld, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { indicatorJobs } from '../index.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())

/** The body of the country that answers for children, and one of a province. */
const [keeper, province] = ['ministry officer', 'south officer']

async function work(who: string): Promise<void> {
  const { country, say, files, ground } = world
  const runner = startJobRunner({
    ...{ ground, log: pino({ level: 'silent' }), actorOf: () => Promise.resolve(actorOf(who)), pollMs: 100_000 },
    kinds: indicatorJobs({ files, calendars: country.calendars, say, smallCounts: 5 }),
  })
  await runner.idle()
  await runner.close()
}

const told = async (id: string, who = keeper) =>
  (await world.done(who, 'GET', `/indicators/imports/${id}`)) as FigureImport
async function bringIn(file: Buffer, { who = keeper, name = 'x.csv', usual = '' } = {}): Promise<FigureImport> {
  const begun = await world.done(who, 'POST', `/indicators/imports?fileName=${name}${usual}`, file)
  await work(who)
  return told(String(begun.id), who)
}
async function take(id: string, body: object = { takes: 'good' }, who = keeper): Promise<FigureImport> {
  await world.done(who, 'POST', `/indicators/imports/${id}/acceptance`, body)
  await work(who)
  return told(id, who)
}
const problems = async (id: string, who = keeper) =>
  ((await world.done(who, 'GET', `/indicators/imports/${id}/problems?size=200`)).items as FigureProblem[]).map(
    ({ cell, code }) => `${cell} ${code.replace('indicators.', '')}`,
  )
const rows = async (id: string) =>
  (await world.done(keeper, 'GET', `/indicators/imports/${id}/rows?size=200`)).items as IncomingTerm[]
const dictionary = async () => (await world.done(keeper, 'GET', '/indicators')).indicators as IndicatorRow[]
const counts = ({ state, added, changed, same, empty, refused, taken }: FigureImport) => ({
  ...{ state, added, changed, same, empty, refused, taken },
})

const heads = [
  ...[
    'indicator',
    'indicatorName_vi',
    'document',
    'item',
    'supporting',
    'dataSources_vi',
    'measure',
    'name_vi',
    'name_en',
  ],
  ...['unitOfMeasure_vi', 'factor', 'direction', 'aggregation', 'level', 'function', 'periods', 'breakdowns'],
  ...['numerator_vi', 'denominator_vi'],
]
type Line = Partial<Record<string, string | number>>
const aLine = (over: Line = {}): Line => ({
  ...{ indicator: 'own-1', indicatorName_vi: 'Trẻ em đi học', document: 'QĐ 1', item: '1', measure: 'own-1a' },
  ...{ name_vi: 'Số trẻ em đi học', unitOfMeasure_vi: 'trẻ em', direction: 'Tăng', aggregation: 'Cộng' },
  ...{ level: 'Cấp xã', function: 'children', periods: 'year; tl-report:half-year', breakdowns: 'sex=year' },
  ...over,
})
const file = (...lines: Line[]) =>
  Buffer.from(
    writeCsv({
      columns: heads.map((head) => ({ head, width: 12 })),
      rows: lines.map((line) => heads.map((head) => line[head] ?? null)),
    }),
  )

describe('a file of the dictionary', () => {
  test('what leaves is what comes in: brought back it changes nothing, as workbook and as text', async () => {
    for (const format of ['xlsx', 'csv']) {
      const { raw } = await world.ask(keeper, 'GET', `/indicators/file?format=${format}`)
      const looked = await bringIn(raw, { name: `x.${format}` })
      expect(counts(looked)).toMatchObject({ state: 'checked', added: 0, changed: 0, same: 3, refused: 0 })
      await world.done(keeper, 'POST', `/indicators/imports/${looked.id}/cancellation`)
    }
  })

  test('a template has the columns and no rows', async () => {
    const { raw } = await world.ask(keeper, 'GET', '/indicators/file?isEmpty=true')
    const sheet = await readSheet(raw, { rows: 10, columns: 120 })
    expect(sheet.flatMap(({ cells }) => cells).join(' ')).toContain('indicatorName_vi')
    expect(sheet.length).toBeLessThanOrEqual(2)
  })

  test('is looked at first, then taken in as chosen; taken in again it changes nothing', async () => {
    const lines = [
      aLine({ supporting: 'health; education', dataSources_vi: 'Sổ xã; Điều tra' }),
      aLine({
        ...{ measure: 'own-1b', supporting: 'health; education', dataSources_vi: 'Sổ xã; Điều tra', name_vi: 'Tỷ lệ' },
        ...{
          aggregation: 'ratio',
          factor: '100',
          numerator_vi: 'đi học',
          denominator_vi: 'tất cả',
          unitOfMeasure_vi: '%',
        },
      }),
    ]
    const looked = await bringIn(file(...lines))
    expect(counts(looked)).toMatchObject({ state: 'checked', added: 2, refused: 0, taken: 0 })
    expect((await rows(looked.id)).map(({ code, outcome }) => [code, outcome])).toEqual([
      ['own-1a', 'added'],
      ['own-1b', 'added'],
    ])
    expect((await dictionary()).some(({ code }) => code === 'own-1')).toBe(false)
    const chosen = (await rows(looked.id)).flatMap(({ code, row }) => (code === 'own-1a' ? [row] : []))
    expect(counts(await take(looked.id, { takes: 'good', rows: chosen }))).toMatchObject({ state: 'done', taken: 1 })
    const made = (await dictionary()).find(({ code }) => code === 'own-1')
    expect(made).toMatchObject({ dataSources: ['Sổ xã', 'Điều tra'], name: 'Trẻ em đi học' })
    expect(made?.supporting.map((field) => field.function)).toEqual(['health', 'education'])
    expect(made?.measures.map(({ code }) => code)).toEqual(['own-1a'])
    expect(made?.keptBy).not.toBeNull()
    const again = await bringIn(file(...lines))
    expect(counts(again)).toMatchObject({ added: 1, same: 1, refused: 0 })
    await take(again.id)
    expect(counts(await bringIn(file(...lines)))).toMatchObject({ added: 0, changed: 0, same: 2 })
  })

  test('a code that is there is changed, and tells in which columns', async () => {
    const looked = await bringIn(
      file(aLine({ supporting: 'health; education', dataSources_vi: 'Sổ xã; Điều tra', unitOfMeasure_vi: 'em' })),
    )
    expect(counts(looked)).toMatchObject({ changed: 1 })
    expect((await rows(looked.id))[0]?.says).toContain('trẻ em → em')
    await take(looked.id)
    const made = (await dictionary()).find(({ code }) => code === 'own-1')
    expect(made?.measures[0]?.unitOfMeasure).toBe('em')
  })

  test('every row that cannot be taken says why, at its cell; the good ones can be', async () => {
    const own = (over: Line) => aLine({ indicator: `own-${String(over.measure)}`, ...over })
    const looked = await bringIn(
      file(
        own({ measure: 'ok' }),
        own({ measure: 'ok' }),
        own({ measure: 'b', direction: 'Sideways' }),
        own({ measure: 'c', factor: 'x' }),
        own({ measure: 'd', name_vi: '' }),
        own({ measure: 'e', function: 'no-such' }),
        own({ measure: 'f', function: 'finance' }),
        own({ measure: 'g', aggregation: 'ratio' }),
        own({ measure: 'h', breakdowns: 'colour=year' }),
        own({ measure: 'i', periods: 'sometimes' }),
        own({ measure: 'j', periods: 'moon:year' }),
        own({ measure: 'K L' }),
        own({ measure: 'lov-1', indicator: 'lov-1' }),
        own({ measure: 'm', name_vi: 'Số', indicator: 'own-ok', indicatorName_vi: 'Khác' }),
      ),
    )
    expect(counts(looked)).toMatchObject({ state: 'checked', added: 1, refused: 13 })
    expect(await problems(looked.id)).toEqual([
      ' twice',
      'L4 term-no-choice',
      'K5 term-no-number',
      'H6 term-missing',
      ' term-unknown-field',
      ' term-not-ones-field',
      ' term-parts-unsaid',
      ' term-unknown-dimension',
      'P11 term-wrong',
      ' term-unknown-calendar',
      'A13 term-wrong',
      'G13 term-wrong',
      ' term-of-others',
      ' term-differs',
    ])
    expect(
      (await world.ask(keeper, 'POST', `/indicators/imports/${looked.id}/acceptance`, { takes: 'whole' })).status,
    ).toBe(409)
    expect(counts(await take(looked.id))).toMatchObject({ state: 'done', taken: 1 })
  })

  test('a body that is in charge of no field of the whole country adds nothing', async () => {
    const looked = await bringIn(file(aLine({ indicator: 'own-9', measure: 'own-9' })), { who: province })
    expect(counts(looked)).toMatchObject({ added: 0, refused: 1 })
    expect(await problems(looked.id, province)).toEqual([' term-not-ones-field'])
  })
})

const usual = '&function=children&level=commune&frequency=month'
const pack = {
  indicatorTypes: [{ id: 'typePercent', name: 'Percent', factor: 100 }],
  indicators: [
    {
      ...{ id: 'indRateAAAA', code: 'IND_RATE', name: 'Rate', indicatorType: { id: 'typePercent' } },
      ...{
        numerator: '#{deCountAAAA}',
        denominator: '#{deAllAAAAAA}+#{deMoreAAAAA.coc}',
        numeratorDescription: 'Some',
      },
      ...{ denominatorDescription: 'All', translations: [{ locale: 'vi', property: 'NAME', value: 'Tỷ lệ' }] },
    },
    { id: 'indPlainAAA', name: 'Plain', numerator: '#{deCountAAAA}', denominator: '1' },
    { id: 'indOddAAAAA', name: 'Odd', numerator: 'if(#{a}>1,1,0)', denominator: '1' },
    { id: 'indDaysAAAA', name: 'Days', numerator: '#{deCountAAAA}', denominator: '[days]' },
  ],
  categoryOptions: [
    { id: 'optMaleAAAA', name: 'Male' },
    { id: 'optFemaleAA', name: 'Female' },
    { id: 'optNearAAAA', name: 'Near' },
    { id: 'optFarAAAAA', name: 'Far' },
  ],
  categories: [
    { id: 'catSexAAAAA', name: 'Gender', categoryOptions: [{ id: 'optMaleAAAA' }, { id: 'optFemaleAA' }] },
    { id: 'catRoadAAAA', code: 'ROAD', name: 'Road', categoryOptions: [{ id: 'optNearAAAA' }, { id: 'optFarAAAAA' }] },
    { id: 'catOneAAAAA', name: 'One', categoryOptions: [{ id: 'optNearAAAA' }] },
  ],
  categoryCombos: [{ id: 'comboAAAAAA', name: 'x', categories: [{ id: 'catSexAAAAA' }, { id: 'catRoadAAAA' }] }],
  dataElements: [
    { id: 'deCountAAAA', code: 'DE_COUNT', name: 'Count', valueType: 'INTEGER', categoryCombo: { id: 'comboAAAAAA' } },
    { id: 'deTextAAAAA', name: 'Text', valueType: 'TEXT' },
    { id: 'deWeekAAAAA', name: 'Week', valueType: 'NUMBER' },
    { id: 'deTrackAAAA', name: 'Person', valueType: 'NUMBER', domainType: 'TRACKER' },
    { id: 'deMeanAAAAA', name: 'Mean', valueType: 'NUMBER', aggregationType: 'STDDEV' },
  ],
  dataSets: [
    {
      id: 'dsQuarterAA',
      name: 'Q',
      periodType: 'Quarterly',
      dataSetElements: [{ dataElement: { id: 'deCountAAAA' } }],
    },
    { id: 'dsWeekAAAAA', name: 'W', periodType: 'Weekly', dataSetElements: [{ dataElement: { id: 'deWeekAAAAA' } }] },
  ],
}

describe('a package of DHIS2', () => {
  test('becomes measures and breakdowns, row by row, each with what it would be or why it cannot; twice changes nothing', async () => {
    const bytes = Buffer.from(JSON.stringify(pack))
    const looked = await bringIn(bytes, { name: 'pack.json', usual })
    expect(counts(looked)).toMatchObject({ state: 'checked', added: 4, same: 1, refused: 7 })
    expect((await rows(looked.id)).map(({ kind, code, outcome }) => [kind, code, outcome]).toSorted()).toEqual([
      ['dimension', 'road', 'added'],
      ['dimension', 'sex', 'same'],
      ['measure', 'de-count', 'added'],
      ['measure', 'ind-rate', 'added'],
      ['measure', 'indplainaaa', 'added'],
    ])
    expect((await problems(looked.id)).toSorted()).toEqual([
      ' term-aggregation',
      ' term-expression',
      ' term-expression',
      ' term-few-options',
      ' term-not-counted',
      ' term-of-tracker',
      ' term-rhythm-unknown',
    ])
    expect(counts(await take(looked.id))).toMatchObject({ state: 'done', taken: 4 })
    const made = (await dictionary()).flatMap(({ measures }) => measures)
    expect(made.find(({ code }) => code === 'ind-rate')).toMatchObject({
      ...{ name: 'Tỷ lệ', aggregation: 'ratio', factor: 100, numerator: 'Some', denominator: 'All' },
      periods: [{ calendar: '', frequency: 'month' }],
    })
    const count = made.find(({ code }) => code === 'de-count')
    expect([count?.periods, count?.breakdowns.map(({ dimension }) => dimension)]).toEqual([
      [{ calendar: '', frequency: 'quarter' }],
      ['road', 'sex'],
    ])
    expect(counts(await bringIn(bytes, { name: 'pack.json', usual }))).toMatchObject({ added: 0, changed: 0, same: 5 })
  })

  test('what is left open and not said is told; hostile files are refused whole', async () => {
    const open = await bringIn(Buffer.from(JSON.stringify({ indicators: pack.indicators.slice(1, 2) })))
    expect(await problems(open.id)).toEqual([' term-no-rhythm'])
    for (const [given, code] of [
      ['{"indicators":[{"id":"a"', 'indicators.package-unreadable'],
      ['{"users":[{"id":"a"}]}', 'indicators.package-not-one'],
      ['indicator;measure\n', 'indicators.file-head-missing'],
    ] as const)
      expect(await bringIn(Buffer.from(given))).toMatchObject({ state: 'failed', problemCode: code })
  })

  const folder = path.join(import.meta.dirname, '../../../../shared/reference/dhis2-fixtures/metadata')
  test.skipIf(!existsSync(folder)).each([
    ['NUTRDB_1.0.0_DHIS2.36.json', 110],
    ['metadata.json', 97],
    ['metadata_with_indicators.json', 5],
  ])('%s of the reference is accounted for whole', async (name, entries) => {
    const looked = await bringIn(readFileSync(path.join(folder, name)), { name, usual })
    expect(looked.state).toBe('checked')
    expect(looked.counted).toBe(entries)
    expect(looked.added).toBeGreaterThan(0)
    await take(looked.id)
    const again = await bringIn(readFileSync(path.join(folder, name)), { name, usual })
    expect([again.added, again.changed]).toEqual([0, 0])
  })
})
