import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { documentGrammar } from '../../countries/vn/documents/index.ts'
import { openSource, readDocument, type Reading } from '#documents'
import { goldNotes, hasRealDocuments } from '../kit/gold.ts'
import { f1, scoreReading, share, total, type Score } from '../kit/score-reading.ts'
import { sheetsOf } from '../kit/sheets.ts'
import { docxOf } from '../kit/typeset-docx.ts'
import { byOffice, hasOffice, pdfOf } from '../kit/typeset-pdf.ts'

const notes = hasRealDocuments ? goldNotes() : []
const minutes = 60_000

/** Each real plan typeset as an office would, in one kind of file. */
const variants: { kind: string; isHere: boolean; set: () => Promise<Record<string, Uint8Array>> }[] = [
  { kind: 'docx', isHere: true, set: () => each((text) => docxOf(sheetsOf(text))) },
  { kind: 'pdf', isHere: true, set: () => each((text) => pdfOf(sheetsOf(text))) },
  {
    // With a font that lacks Vietnamese letters, so that two fonts interleave in every word.
    kind: 'pdf',
    isHere: hasOffice,
    set: async () => byOffice(await each((text) => docxOf(sheetsOf(text), 'Liberation Serif')), 'pdf'),
  },
  { kind: 'html', isHere: hasOffice, set: async () => byOffice(await each((text) => docxOf(sheetsOf(text))), 'html') },
]

async function each(set: (text: string) => Promise<Uint8Array>): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {}
  for (const { name, source } of notes) files[name] = await set(readFileSync(source, 'utf8'))
  return files
}

const cases = variants.map((variant, index) => ({ ...variant, name: `${index + 1}: .${variant.kind}` }))

describe.skipIf(!hasRealDocuments)('the real plans typeset (skipped where ../shared is absent)', () => {
  describe.each(cases.filter(({ isHere }) => isHere))('$name', ({ kind, set }) => {
    let scores: Score[] = []

    beforeAll(async () => {
      const files = await set()
      scores = []
      for (const { name, gold, source } of notes) {
        const plain = readDocument(readFileSync(source), gold.file, documentGrammar)
        const fileName = `${name}.${kind}`
        const opened = await openSource(files[name] ?? new Uint8Array(), fileName, documentGrammar.encodings)
        const read = readDocument(opened, fileName, documentGrammar)
        scores.push(scoreReading(withLinesOf(read, plain), gold, true))
      }
      console.log(`.${kind}\n${scores.map((score, index) => lineFor(notes[index]?.name ?? '', score)).join('\n')}`)
    }, 10 * minutes)

    test('header fields are exactly those printed', () => {
      expect(scores.flatMap((score) => score.notes.filter((note) => note.startsWith('header')))).toEqual([])
    })

    test('annex tasks F1 and duties at least 0.97', () => {
      expect(f1(total(scores.map(({ annex }) => annex)))).toBeGreaterThanOrEqual(0.97)
      expect(share(scores.map(({ annexDuties }) => annexDuties))).toBeGreaterThanOrEqual(0.97)
    })

    test('prose and by-agency tasks F1 and duties at least 0.9, times 0.95', () => {
      expect(f1(total(scores.map(({ prose }) => prose)))).toBeGreaterThanOrEqual(0.9)
      expect(share(scores.map(({ proseDuties }) => proseDuties))).toBeGreaterThanOrEqual(0.9)
      expect(share(scores.map(({ times }) => times))).toBeGreaterThanOrEqual(0.95)
    })

    test('targets and reporting duties F1 at least 0.85', () => {
      expect(f1(total(scores.map(({ targets }) => targets)))).toBeGreaterThanOrEqual(0.85)
      expect(f1(total(scores.map(({ reporting }) => reporting)))).toBeGreaterThanOrEqual(0.85)
    })

    test('no task comes from passages and tables that are none', () => {
      expect(scores.flatMap((score) => score.notes.filter((note) => note.startsWith('forbidden')))).toEqual([])
    })
  })
})

/** Lines of the gold notes are those of the text: what was read alike in both takes its line from there. */
function withLinesOf(read: Reading, plain: Reading): Reading {
  const lines = <Item extends { source: { line: number | null } }>(
    items: readonly Item[],
    others: readonly Item[],
    keyOf: (item: Item) => string,
  ): Item[] => {
    const left = [...others]
    return items.map((item) => {
      const at = left.findIndex((other) => keyOf(other) === keyOf(item))
      const line = at < 0 ? -1000 : (left[at]?.source.line ?? -1000)
      if (at >= 0) left.splice(at, 1)
      return { ...item, source: { ...item.source, line } }
    })
  }
  const bare = (text: string | null): string =>
    (text ?? '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '')
      .slice(0, 60)
  return {
    ...read,
    tasks: lines(read.tasks, plain.tasks, (task) => bare(task.text)),
    targets: lines(read.targets, plain.targets, (one) => `${one.value} ${one.year} ${bare(one.measure)}`),
    reporting: lines(read.reporting, plain.reporting, (one) => `${one.due} ${one.frequency} ${bare(one.to)}`),
  }
}

function lineFor(name: string, score: Score): string {
  const part = (one: { right: number; of: number }): string => (one.of === 0 ? '-' : (one.right / one.of).toFixed(2))
  const figures = [
    `header ${part(score.header)}`,
    `annex ${f1(score.annex).toFixed(2)} ${part(score.annexDuties)}`,
    `prose ${f1(score.prose).toFixed(2)} ${part(score.proseDuties)}`,
    `times ${part(score.times)}`,
    `targets ${f1(score.targets).toFixed(2)}`,
    `reporting ${f1(score.reporting).toFixed(2)}`,
  ]
  const faults = score.notes.filter((note) => /^(?:header|missed|extra|duties|time)/.test(note)).slice(0, 4)
  return [`${name.padEnd(15)} ${figures.join('  ')}`, ...faults.map((fault) => `    ${fault.slice(0, 200)}`)].join('\n')
}
