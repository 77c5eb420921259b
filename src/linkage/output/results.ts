import type { Books, Records } from '../input/records.ts'
import type { Outcome } from '../run.ts'
import { evenProbability } from '../scoring/weights.ts'
import { bytesOf } from '../values/byte-dictionary.ts'
import { csvCell } from './write.ts'

/** A pair as it is written, ids in a fixed order. */
export type PairRow = {
  at: number
  left: number
  right: number
  weight: number
  probability: number
  isLinked: boolean
}

const decoder = new TextDecoder()

/** The id under which a record stands in its file. */
export function idOf({ ids, firsts }: Books, record: number): string {
  const file = firsts.length > 1 && record >= (firsts[1] ?? 0) ? 1 : 0
  const dictionary = ids[file]
  return dictionary ? decoder.decode(bytesOf(dictionary, record - (firsts[file] ?? 0) + 1)) : ''
}

/**
 * Pairs of at least the least probability, the surest first; equal ones by id. Of one file the smaller id stands left, of two
 * files the record of the first.
 */
export function pairRows(records: Records, books: Books, outcome: Outcome, leastProbability: number): PairRow[] {
  const { scored, threshold, linked } = outcome
  const isLink = records.second < records.count
  const rows: (PairRow & { leftId: string; rightId: string })[] = []
  for (let at = 0; at < scored.length; at++) {
    const weight = Math.round((scored.weights[at] ?? 0) * 1e6) / 1e6
    const isLinked = linked[at] === 1
    const probability = isLinked
      ? Math.max(0.5, evenProbability(weight, threshold))
      : evenProbability(weight, threshold)
    if (probability < leastProbability) continue
    const [a, b] = [scored.left[at] ?? 0, scored.right[at] ?? 0]
    const [aId, bId] = [idOf(books, a), idOf(books, b)]
    const inOrder = isLink ? a < b : aId < bId
    rows.push({
      at,
      left: inOrder ? a : b,
      right: inOrder ? b : a,
      weight,
      probability: isLinked ? probability : Math.min(probability, 0.499999),
      isLinked,
      leftId: inOrder ? aId : bId,
      rightId: inOrder ? bId : aId,
    })
  }
  return rows.sort((a, b) => b.weight - a.weight || compare(a.leftId, b.leftId) || compare(a.rightId, b.rightId))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** `left_id,right_id,weight,probability`, a line each. */
export function* pairsCsv(rows: readonly PairRow[], books: Books): Iterable<string> {
  yield 'left_id,right_id,weight,probability\n'
  for (const row of rows)
    yield `${csvCell(idOf(books, row.left))},${csvCell(idOf(books, row.right))},${row.weight.toFixed(4)},${probabilityText(row)}\n`
}

/** Six digits, never rounded over the half that decides. */
function probabilityText({ probability, isLinked }: PairRow): string {
  const text = probability.toFixed(6)
  return !isLinked && text === '0.500000' ? '0.499999' : text
}

/** `id,group` (with the number of the file where there are two), linked records only, groups by their first record. */
export function* groupsCsv(records: Records, books: Books, { groups }: Outcome): Iterable<string> {
  const isLink = records.second < records.count
  yield isLink ? 'file,id,group\n' : 'id,group\n'
  const members = new Map<number, number[]>()
  groups.groupOf.forEach((group, record) => {
    if (group === 0) return
    const list = members.get(group)
    if (list) list.push(record)
    else members.set(group, [record])
  })
  for (const [group, list] of members)
    for (const record of list) {
      const id = csvCell(idOf(books, record))
      yield isLink ? `${record < records.second ? 1 : 2},${id},${group}\n` : `${id},${group}\n`
    }
}
