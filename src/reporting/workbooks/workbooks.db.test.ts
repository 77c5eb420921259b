import { Workbook, type Worksheet } from '@cj-tech-master/excelts'
import { unzipSync, zipSync } from 'fflate'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { linesChanged, rangesOf, type ReportDetail, type WorkbookReading } from '#reporting/model'
import { aPlanWorld, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { aReportRound, type ReportRound } from '../../../test/kit/report-round.ts'
import { aReport, sent, written } from '../../../test/kit/sent-report.ts'

let world: PlanWorld
let round: ReportRound
let id: string
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  world.clock.now = new Date('2031-03-04T03:00:00Z')
  round = await aReportRound(world)
  id = await aReport(world, round, 'lunda')
})

const at = (of: string) => `/reporting/reports/${of}/workbook`
const made = async (of = id, who = 'lunda officer') => (await world.ask(who, 'GET', at(of))).raw
const sheetOf = (book: Workbook, key: string): Worksheet => {
  const found = book.worksheets.find((sheet) => String(sheet.getCell('A4').value ?? '').startsWith(`${key}/`))
  if (found === undefined) throw new Error(`no sheet of ${key}`)
  return found
}
/** The workbook with something done to it, as a spreadsheet would write it again. */
async function altered(bytes: Uint8Array, change: (book: Workbook) => void): Promise<Buffer> {
  const book = new Workbook()
  await book.xlsx.load(bytes)
  change(book)
  return Buffer.from(await book.xlsx.writeBuffer())
}
const look = async (file: Buffer, query = '', of = id) =>
  (await world.done('lunda officer', 'POST', `${at(of)}/reading${query}`, file)) as unknown as WorkbookReading
const take = async (file: Buffer, digest: string, takes = 'good') =>
  (await world.done(
    'lunda officer',
    'POST',
    `${at(id)}?digest=${digest}&takes=${takes}`,
    file,
  )) as unknown as WorkbookReading
const refusal = async (file: Buffer, of = id, who = 'lunda officer') => {
  const { status, body } = await world.ask(who, 'POST', `${at(of)}/reading`, file)
  return [status, body.code]
}
const draft = async () =>
  Object.fromEntries(
    ((await world.done('lunda officer', 'GET', `/reporting/reports/${id}`)) as unknown as ReportDetail).sections.map(
      ({ key, content, version }) => [key, { content, version }],
    ),
  )

/** Fills words, a figure, an amount and an obstacle in. */
const fill = (book: Workbook) => {
  sheetOf(book, 'situation').getCell('C4').value = 'Alle bårn\ner sett'
  const figures = sheetOf(book, 'figures')
  figures.getCell('F4').value = 30
  figures.getCell('G4').value = 40
  sheetOf(book, 'money').getCell('D4').value = '1.234.500'
  const obstacles = sheetOf(book, 'obstacles')
  obstacles.getCell('C4').value = 'Penger'
  obstacles.getCell('D4').value = 'Mangler midler'
}

describe('a workbook of a report', () => {
  test('comes back filled in: only what was filled in is proposed, taken, and the same file again changes nothing', async () => {
    const file = await altered(await made(), fill)
    const seen = await look(file)
    expect(seen.findings).toEqual([])
    expect(seen.changes.map(({ line, field, becomes, kind }) => [line, field, becomes, kind])).toEqual([
      ['situation/w1', 'text', 'Alle bårn\ner sett', 'good'],
      ['figures/vaccinated', 'numerator', '30', 'good'],
      ['figures/vaccinated', 'denominator', '40', 'good'],
      ['money/care:budget', 'amount', '1234500', 'good'],
      ['obstacles/w1', 'theme', 'money', 'good'],
      ['obstacles/w1', 'text', 'Mangler midler', 'good'],
    ])
    expect((await draft()).situation?.version).toBe(1)
    expect((await take(file, seen.digest)).taken).toBe(6)
    const now = await draft()
    expect(now.figures?.content).toMatchObject({
      lines: [{ key: 'vaccinated', status: 'A', numerator: 30, denominator: 40 }],
    })
    expect(now.money?.content).toMatchObject({ lines: [{ key: 'care', source: 'budget', amount: '1234500' }] })
    expect(now.situation?.content).toMatchObject({ paragraphs: [{ text: 'Alle bårn\ner sett' }] })
    const again = await look(file)
    expect(again).toMatchObject({ changes: [], findings: [] })
    expect(again.olderSections).toEqual(['situation', 'figures', 'money', 'obstacles'])
    expect((await take(file, seen.digest)).taken).toBe(0)
    expect(await draft()).toEqual(now)
  })

  test('untouched proposes nothing', async () => {
    await written(world, id, 'lunda')
    expect(await look(Buffer.from(await made()))).toMatchObject({ changes: [], findings: [], olderSections: [] })
  })

  test('names as conflicts what the draft says otherwise since, and takes them only when told to', async () => {
    const file = await altered(await made(), fill)
    await written(world, id, 'lunda', { numerator: 12 })
    const seen = await look(file)
    const figure = seen.changes.filter(({ line }) => line === 'figures/vaccinated')
    expect(figure).toEqual([
      expect.objectContaining({ field: 'numerator', was: '', now: '12', becomes: '30', kind: 'conflict' }),
    ])
    await take(file, seen.digest)
    expect((await draft()).figures?.content).toMatchObject({ lines: [{ numerator: 12 }] })
    await take(file, (await look(file)).digest, 'with-conflicts')
    expect((await draft()).figures?.content).toMatchObject({ lines: [{ numerator: 30, status: 'E' }] })
  })

  test('is taken by the lines chosen; the others stay for another time', async () => {
    const file = await altered(await made(), fill)
    const seen = await look(file)
    const chosen = rangesOf([0, 3])
    expect(linesChanged(seen.changes)).toEqual([
      'situation/w1',
      'figures/vaccinated',
      'money/care:budget',
      'obstacles/w1',
    ])
    const path = `${at(id)}?digest=${seen.digest}&takes=with-conflicts&lines=${chosen}`
    const taken = await world.done('lunda officer', 'POST', path, file)
    expect(taken).toMatchObject({ taken: 3 })
    const now = await draft()
    expect(now.situation?.content).toMatchObject({ paragraphs: [{ text: 'Alle bårn\ner sett' }] })
    expect(now.money?.content).toMatchObject({ lines: [] })
    expect(linesChanged((await look(file)).changes)).toEqual(['figures/vaccinated', 'money/care:budget'])
    const wrong = await world.ask('lunda officer', 'POST', `${at(id)}?digest=${seen.digest}&lines=3-`, file)
    expect([wrong.status, await draft()]).toEqual([422, now])
  })

  test('sent twice is taken once; changed meanwhile it is refused and nothing is half taken', async () => {
    const file = await altered(await made(), fill)
    const seen = await look(file)
    await take(file, seen.digest)
    const now = await draft()
    expect((await take(file, seen.digest)).taken).toBe(0)
    expect(await draft()).toEqual(now)
    const other = await altered(await made(), (book) => {
      sheetOf(book, 'situation').getCell('C4').value = 'Noe nytt'
      sheetOf(book, 'figures').getCell('F4').value = 31
    })
    const late = await world.ask('lunda officer', 'POST', `${at(id)}?digest=${seen.digest}`, other)
    expect([late.status, late.body.code]).toEqual([409, 'reporting.workbook-looked-otherwise'])
    expect(await draft()).toEqual(now)
  })

  test('is taken only as it was looked at', async () => {
    const file = await altered(await made(), fill)
    const seen = await look(file)
    await written(world, id, 'lunda')
    const late = await world.ask('lunda officer', 'POST', `${at(id)}?digest=${seen.digest}`, file)
    expect([late.status, late.body.code]).toEqual([409, 'reporting.workbook-looked-otherwise'])
  })

  test('is closed but for what is asked, offers the words of choices, and hides what it was made from', async () => {
    const book = new Workbook()
    await book.xlsx.load(await made())
    const figures = sheetOf(book, 'figures')
    expect([figures.getCell('B4').protection?.locked ?? true, figures.getCell('F4').protection?.locked]).toEqual([
      true,
      false,
    ])
    expect(figures.getCell('I4').dataValidation).toMatchObject({ type: 'list' })
    expect(figures.getCell('F4').dataValidation).toMatchObject({ type: 'decimal' })
    expect(book.worksheets.filter(({ state }) => state === 'veryHidden').map(({ name }) => name)).toEqual([
      'lists',
      'mangnon',
    ])
  })

  test('of a returned report opens only the returned lines', async () => {
    await written(world, id, 'lunda')
    await sent(world, id, 'lunda')
    await world.done('north officer', 'PUT', `/reporting/reports/${id}/marks`, {
      ...{ number: 1, line: 'figures/vaccinated', reason: 'Sjekk tallet' },
    })
    await world.done('north approver', 'POST', `/reporting/reports/${id}/return`, {
      number: 1,
      dueOn: '2031-03-20',
      reason: null,
    })
    const file = await altered(await made(), (book) => {
      sheetOf(book, 'situation').getCell('C4').value = 'Noe annet'
      sheetOf(book, 'figures').getCell('F4').value = 35
    })
    const seen = await look(file)
    expect(seen.findings).toMatchObject([
      { place: '1 Situasjon!C4', code: 'reporting.line-is-closed', excerpt: 'Noe annet' },
    ])
    expect((await take(file, seen.digest)).taken).toBe(1)
  })
})

describe('a workbook that is not right', () => {
  const cell = async (address: string, value: unknown, query = '') => {
    const file = await altered(await made(), (book) => {
      sheetOf(book, 'figures').getCell(address).value = value as never
    })
    const { findings, changes } = await look(file, query)
    return [
      findings.map(({ place, code }) => `${place} ${code}`),
      changes.map(({ becomes, kind }) => `${becomes} ${kind}`),
    ]
  }

  test.each([
    ['words where a number goes', 'mange', '', ['number-unreadable'], []],
    ['a number that can be read in two ways', '1.234', '', ['number-ambiguous'], []],
    ['the same with the sign said', '1.234', '?decimalSign=,', [], ['1234 good']],
    ['thousands and decimals', '1.234,5', '', [], ['1234.5 good']],
    ['a formula', { formula: '1+1', result: 2 }, '', ['formula'], []],
  ])('%s', async (_what, value, query, findings, changes) => {
    expect(await cell('F4', value, query)).toEqual([
      findings.map((code) => `3 Tall!F4 reporting.workbook-${code}`),
      changes,
    ])
  })

  test('a choice that is not offered, merged cells and words below the rows are named at their cells; their line is held back', async () => {
    const file = await altered(await made(), (book) => {
      const figures = sheetOf(book, 'figures')
      figures.getCell('F4').value = 5
      figures.getCell('H4').value = 'Kanskje'
      figures.getCell('C40').value = 'utenfor'
      sheetOf(book, 'money').mergeCells('D4:D5')
    })
    const { findings, changes } = await look(file)
    expect(findings.map(({ place, code }) => `${place} ${code}`)).toEqual([
      '3 Tall!H4 reporting.workbook-no-choice',
      '4 Penger!D5 reporting.workbook-merged',
      '3 Tall!C40 reporting.workbook-beyond',
    ])
    expect(changes.map(({ kind }) => kind)).toEqual(['held'])
  })

  test('words in another Unicode form are the same words; a formula written as words stays words', async () => {
    await written(world, id, 'lunda')
    const before = await draft()
    const decomposed = await altered(await made(), (book) => {
      const cell = sheetOf(book, 'situation').getCell('C4')
      cell.value = String(cell.value).normalize('NFD')
    })
    expect(await look(decomposed)).toMatchObject({ changes: [], findings: [] })
    const risky = '=HYPERLINK("http://example.org";"x")'
    const file = await altered(await made(), (book) => {
      sheetOf(book, 'obstacles').getCell('C4').value = 'Penger'
      sheetOf(book, 'obstacles').getCell('D4').value = risky
    })
    const seen = await look(file)
    expect(seen.changes.map(({ becomes }) => becomes)).toContain(risky)
    await take(file, seen.digest)
    expect((await draft()).situation).toEqual(before.situation)
    const book = new Workbook()
    await book.xlsx.load(await made())
    const again = sheetOf(book, 'obstacles').getCell('D4')
    expect([again.value, again.formula ?? null]).toEqual([risky, null])
  })

  test('that unpacks to hundreds of megabytes is refused with a sentence, and little memory is taken', async () => {
    const parts = unzipSync(new Uint8Array(await made()))
    const bomb = Buffer.from(zipSync({ ...parts, 'xl/worksheets/sheet9.xml': new Uint8Array(200 * 2 ** 20) }))
    const before = process.memoryUsage().rss
    expect(await refusal(bomb)).toEqual([422, 'platform.sheet-too-large'])
    expect(process.memoryUsage().rss - before).toBeLessThan(250 * 2 ** 20)
  })

  test.each([
    ['a row put in', (book: Workbook) => sheetOf(book, 'figures').spliceRows(4, 0, [''])],
    ['a column put in', (book: Workbook) => sheetOf(book, 'figures').spliceColumns(3, 0, [''])],
    ['a sheet taken out', (book: Workbook) => book.removeWorksheet(sheetOf(book, 'money').id)],
    [
      'what it was made from changed',
      (book: Workbook) => ((book.getWorksheet('mangnon')?.getCell('C4') ?? { value: '' }).value = 'x'),
    ],
  ])('with %s is refused', async (_what, change) => {
    const file = await altered(await made(), (book) => void change(book))
    expect(await refusal(file)).toEqual([422, 'reporting.workbook-altered'])
  })

  test('of another body, another report, or none of ours is refused with a sentence', async () => {
    const other = await aReport(world, round, 'havn')
    const theirs = Buffer.from(await made(other, 'havn officer'))
    expect(await refusal(theirs)).toEqual([422, 'reporting.workbook-other-body'])
    const plain = new Workbook()
    plain.addWorksheet('A').addRow(['Tall', 3])
    const stranger = Buffer.from(await plain.xlsx.writeBuffer())
    expect(await refusal(stranger)).toEqual([422, 'reporting.workbook-not-ours'])
    expect(await refusal(Buffer.from('a,b\n1,2\n'))).toEqual([422, 'platform.sheet-unreadable'])
    round = await aReportRound(world)
    const later = await aReport(world, round, 'lunda')
    expect(await refusal(Buffer.from(await made(later)))).toEqual([422, 'reporting.workbook-other-report'])
  })

  test('with a hundred thousand rows is refused before it is read', async () => {
    const file = await altered(await made(), (book) => {
      const sheet = sheetOf(book, 'situation')
      for (let row = 0; row < 100_000; row++) sheet.addRow([`r${row}`])
    })
    expect(await refusal(file)).toEqual([422, 'platform.sheet-too-large'])
  })

  test('nobody else downloads or reads a report by it', async () => {
    const file = Buffer.from(await made())
    for (const who of ['havn officer', 'north officer'])
      expect([(await world.ask(who, 'GET', at(id))).status, (await refusal(file, id, who))[0]]).toEqual([404, 404])
  })
})
