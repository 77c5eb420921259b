import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { messageFolders, openCatalogue, readMessages } from '#platform'
import { compareBook } from '../src/reporting/workbooks/compare.ts'
import { saidIn } from '../src/reporting/workbooks/fields.ts'
import type { Layout } from '../src/reporting/workbooks/layout.ts'
import { openWorkbook, type OpenBook } from '../src/reporting/workbooks/open.ts'
import { writeWorkbook } from '../src/reporting/workbooks/write.ts'
import { reportOf } from './workbooks/reports.ts'

/**
 * `npm run bench -- workbooks [--quick] [--count N]`: the workbooks of a country's communes (150 figures, 30 amounts, 20 kB of narrative each)
 * are written, laid on disk, read back, in one thread. Each is held against what it was written from, cell by cell, before a time is told.
 */
const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, count: { type: 'string' } },
})
const count = Number(values.count ?? (values.quick ? 50 : 3400))
const barSeconds = 180

type Spent = { wallMs: number; cpuMs: number; longestMs: number }

async function timed(spent: Spent, work: () => Promise<void>): Promise<void> {
  const [begun, before] = [performance.now(), process.cpuUsage()]
  await work()
  const [took, used] = [performance.now() - begun, process.cpuUsage(before)]
  spent.wallMs += took
  spent.cpuMs += (used.user + used.system) / 1000
  spent.longestMs = Math.max(spent.longestMs, took)
}

/** How many cells of a workbook do not say what its report says: seen as if nothing had stood there when it was handed out. */
function differing(book: OpenBook, commune: number, layout: Layout): { cells: number; wrong: number } {
  const report = reportOf(commune)
  const untouched = compareBook(book, { report, layout, sign: null })
  const emptied = { ...book, lines: book.lines.map((line) => ({ ...line, base: line.base.map(() => '') })) }
  const blank = { ...report, sections: [] }
  const { changes, findings } = compareBook(emptied, { report: blank, layout, sign: null })
  const is = changes.map(({ line, field, becomes }) => `${line} ${field} ${becomes}`)
  const ought = report.sections.flatMap(({ key, content }) =>
    [...saidIn(content)].flatMap(([line, said]) =>
      Object.entries(said).flatMap(([field, word]) => (word === '' ? [] : [`${key}/${line} ${field} ${word}`])),
    ),
  )
  const held = new Set(is)
  const missing = ought.filter((one) => !held.has(one)).length
  const faults = untouched.changes.length + untouched.findings.length + findings.length
  return { cells: ought.length, wrong: missing + Math.abs(is.length - ought.length) + faults }
}

function tell(what: string, done: number): void {
  if (done % 200 === 0 || done === count) console.log(`  ${what} ${done} of ${count}`)
}

const folder = mkdtempSync(path.join(tmpdir(), 'mangnon-workbooks-'))
try {
  mkdirSync(folder, { recursive: true })
  const say = openCatalogue(readMessages(messageFolders(path.resolve(import.meta.dirname, '../src'))))
  const layout: Layout = { say, language: 'vi', taskNames: new Map() }
  const [writing, reading]: [Spent, Spent] = [
    { wallMs: 0, cpuMs: 0, longestMs: 0 },
    { wallMs: 0, cpuMs: 0, longestMs: 0 },
  ]
  const place = (commune: number) => path.join(folder, `${commune}.xlsx`)
  let bytes = 0
  for (let commune = 1; commune <= count; commune++) {
    const report = reportOf(commune)
    await timed(writing, async () => {
      const book = await writeWorkbook(report, layout)
      bytes += book.byteLength
      writeFileSync(place(commune), book)
    })
    tell('written', commune)
  }
  let [cells, wrong, most] = [0, 0, 0]
  for (let commune = 1; commune <= count; commune++) {
    const read: OpenBook[] = []
    await timed(reading, async () => {
      const book = await openWorkbook(readFileSync(place(commune)))
      compareBook(book, { report: reportOf(commune), layout, sign: null })
      read.push(book)
    })
    for (const book of read) {
      const found = differing(book, commune, layout)
      cells += found.cells
      wrong += found.wrong
    }
    most = Math.max(most, process.memoryUsage.rss())
    tell('read', commune)
  }
  const isEqual = wrong === 0 && cells > 0
  console.log(`${isEqual ? '✓' : '✗'} ${cells.toLocaleString('en')} cells read back, ${wrong} otherwise than written`)
  if (!isEqual) process.exitCode = 1
  else
    for (const [what, { wallMs, cpuMs, longestMs }] of [
      ['written', writing],
      ['read back', reading],
    ] as const) {
      const isMet = wallMs <= (barSeconds * 1000 * count) / 3400
      if (!isMet) process.exitCode = 1
      console.log(
        `${isMet ? '✓' : '✗'} ${count} workbooks ${what}: ${(wallMs / 1000).toFixed(1)} s by the clock, ` +
          `${(cpuMs / 1000).toFixed(1)} s of processor, ${(wallMs / count).toFixed(1)} ms each, longest ${longestMs.toFixed(0)} ms (bar ${barSeconds} s for 3,400)`,
      )
    }
  const kilobytes = (bytes / count / 1024).toFixed(0)
  console.log(`${kilobytes} kB each, at most ${(most / 2 ** 20).toFixed(0)} MB held, load ${loadavg()[0]?.toFixed(1)}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
