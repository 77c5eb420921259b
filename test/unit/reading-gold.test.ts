import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { documentGrammar } from '../../countries/vn/documents/index.ts'
import { readDocument } from '#documents'
import { goldNotes, hasRealDocuments } from '../kit/gold.ts'
import { f1, scoreReading, share, total, type Score } from '../kit/score-reading.ts'
import { rewrapped, typeset, utf16 } from '../kit/wrappings.ts'

const notes = hasRealDocuments ? goldNotes() : []

describe.skipIf(!hasRealDocuments)('the real plans beside the project (skipped where ../shared is absent)', () => {
  const scored = notes.map(({ name, gold, source }) => ({
    name,
    score: scoreReading(readDocument(readFileSync(source), gold.file, documentGrammar), gold, true),
  }))
  const scores = scored.map(({ score }) => score)

  test('every gold note has its document', () => {
    expect(notes.length).toBeGreaterThanOrEqual(11)
    console.log(table(scored))
  })

  test.each(scored)('$name: header fields are exactly those printed', ({ score }) => {
    expect(score.notes.filter((note) => note.startsWith('header'))).toEqual([])
    expect(score.header.right).toBe(score.header.of)
  })

  test('annex tasks: F1 at least 0.97, lead and support right in 0.95', () => {
    expect(f1(total(scores.map(({ annex }) => annex)))).toBeGreaterThanOrEqual(0.97)
    expect(share(scores.map(({ annexDuties }) => annexDuties))).toBeGreaterThanOrEqual(0.95)
  })

  test('prose and by-agency tasks: F1 at least 0.9, duties right in 0.9', () => {
    expect(f1(total(scores.map(({ prose }) => prose)))).toBeGreaterThanOrEqual(0.9)
    expect(share(scores.map(({ proseDuties }) => proseDuties))).toBeGreaterThanOrEqual(0.9)
  })

  test.each(scored)('$name: no task from passages and tables that are none', ({ score }) => {
    expect(score.notes.filter((note) => note.startsWith('forbidden'))).toEqual([])
  })

  test('times at least 0.95, targets and reporting F1 at least 0.85', () => {
    expect(share(scores.map(({ times }) => times))).toBeGreaterThanOrEqual(0.95)
    expect(f1(total(scores.map(({ targets }) => targets)))).toBeGreaterThanOrEqual(0.85)
    expect(f1(total(scores.map(({ reporting }) => reporting)))).toBeGreaterThanOrEqual(0.85)
  })

  describe.each(notes)('$name read in other wrappings', ({ name, source }) => {
    const text = readFileSync(source, 'utf8')
    const plain = tasksOf(bytesOf(text))
    // Without any blank line a wrapped paragraph's end can only be guessed.
    const widths = name === 'article-000' ? [Infinity] : [60, 80, Infinity]

    test.each(widths)('at %s columns the tasks are the same', (width) => {
      expect(tasksOf(bytesOf(rewrapped(text, width)))).toEqual(plain)
    })

    test('with other line ends, a mark, UTF-16 and decomposed letters the tasks are the same', () => {
      expect(tasksOf(bytesOf(`\uFEFF${text.replace(/\n/g, '\r\n')}`))).toEqual(plain)
      expect(tasksOf(utf16(text))).toEqual(plain)
      expect(tasksOf(bytesOf(text.normalize('NFD')))).toEqual(plain)
    })

    test('typeset as a Word file the tasks are the same', async () => {
      expect(tasksOf(await typeset(text), 'plan.docx')).toEqual(plain)
    })
  })
})

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** What must not depend on wrapping: words, duties, time, path; not the lines. */
function tasksOf(bytes: Uint8Array, name = 'plan.txt'): unknown[] {
  return readDocument(bytes, name, documentGrammar).tasks.map(({ path, text, duties, time, output, source }) => ({
    path,
    text,
    duties: duties.map(({ kind, agency }) => `${kind}: ${agency}`),
    time,
    output,
    where: source.where,
  }))
}

function table(scored: readonly { name: string; score: Score }[]): string {
  const two = (value: number): string => value.toFixed(2).padStart(7)
  const part = (one: { right: number; of: number }): string => (one.of === 0 ? '      -' : two(one.right / one.of))
  const heading = [
    'document'.padEnd(15),
    ' header',
    '  annex',
    ' duties',
    '  prose',
    ' duties',
    '  times',
    'targets',
    ' report',
  ].join(' ')
  const rows = scored.map(({ name, score }) =>
    [
      name.padEnd(15),
      part(score.header),
      two(f1(score.annex)),
      part(score.annexDuties),
      two(f1(score.prose)),
      part(score.proseDuties),
      part(score.times),
      two(f1(score.targets)),
      two(f1(score.reporting)),
    ].join(' '),
  )
  return [heading, ...rows].join('\n')
}
