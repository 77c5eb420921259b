import { describe, expect, test } from 'vitest'
import { documentGrammar } from '../../countries/vn/documents/index.ts'
import { openSource, readDocument, type Reading } from '#documents'
import { crawledText, inventedPlan, type InventedPlan } from '../kit/invented-plans.ts'
import { docxOf } from '../kit/typeset-docx.ts'
import { pdfOf } from '../kit/typeset-pdf.ts'

/** Seeds nobody looked at while the reader was made. */
const seeds = Array.from({ length: Number(process.env.MANGNON_SEEDS ?? 12) }, (_none, at) => 7001 + at * 13)

const kinds: { kind: string; set: (plan: InventedPlan) => Promise<Uint8Array> }[] = [
  { kind: 'txt', set: async (plan) => new TextEncoder().encode(crawledText(plan, 70)) },
  { kind: 'docx', set: (plan) => docxOf(plan.sheets) },
  { kind: 'pdf', set: (plan) => pdfOf(plan.sheets) },
]

interface Tally {
  right: number
  wrong: number
  missed: number
  duties: number
  times: number
  headers: number
  faults: string[]
}

describe.each(kinds)('invented plans as .$kind', ({ kind, set }) => {
  test('tasks F1 and duties at least 0.97, times at least 0.95, every header exact', async () => {
    const tally: Tally = { right: 0, wrong: 0, missed: 0, duties: 0, times: 0, headers: 0, faults: [] }
    for (const seed of seeds) {
      const plan = inventedPlan(seed)
      const name = `plan.${kind}`
      const source = await openSource(await set(plan), name, documentGrammar.encodings)
      count(readDocument(source, name, documentGrammar), plan, seed, tally)
    }
    const { right, wrong, missed } = tally
    console.log(
      `.${kind}: ${JSON.stringify({ ...tally, faults: tally.faults.length })}\n${tally.faults.slice(0, 12).join('\n')}`,
    )
    expect(tally.headers).toBe(seeds.length)
    expect((2 * right) / (2 * right + wrong + missed)).toBeGreaterThanOrEqual(0.97)
    expect(tally.duties / right).toBeGreaterThanOrEqual(0.97)
    expect(tally.times / right).toBeGreaterThanOrEqual(0.95)
  }, 300_000)
})

function count(read: Reading, { truth }: InventedPlan, seed: number, tally: Tally): void {
  const header = [read.number, read.date, read.issuer, read.signature.name].join(' · ')
  const meant = [truth.number, truth.date, truth.issuer, truth.name].join(' · ')
  if (header === meant) tally.headers += 1
  else tally.faults.push(`${seed} header: ${header}`)
  const left = [...read.tasks]
  for (const task of truth.tasks) {
    const at = left.findIndex(
      (one) => bare(one.text).includes(bare(task.text)) && (one.source.where === 'annex') === (task.where === 'annex'),
    )
    const found = left[at]
    if (!found) {
      tally.missed += 1
      tally.faults.push(`${seed} missed ${task.where}: ${task.text}`)
      continue
    }
    left.splice(at, 1)
    tally.right += 1
    const duties = found.duties.map((duty) => `${duty.kind}: ${duty.agency}`)
    const isSame = [...duties].sort().join('|').toLowerCase() === [...task.duties].sort().join('|').toLowerCase()
    if (isSame) tally.duties += 1
    else tally.faults.push(`${seed} duties of “${task.text}”: ${duties.join(' | ')} ≠ ${task.duties.join(' | ')}`)
    const { time } = found
    const isTimed =
      task.time === null
        ? time === null
        : time !== null && time.to === task.time.to && time.frequency === task.time.frequency
    if (isTimed) tally.times += 1
    else tally.faults.push(`${seed} time of “${task.text}”: ${JSON.stringify(time)} ≠ ${JSON.stringify(task.time)}`)
  }
  tally.wrong += left.length
  for (const task of left) tally.faults.push(`${seed} extra ${task.source.where}: ${task.text.slice(0, 80)}`)
}

function bare(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
