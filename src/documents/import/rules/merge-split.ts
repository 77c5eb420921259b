import type { ProposedDuty, ProposedItem, ProposedTime, ReviewedProposal } from '../../model.ts'

/**
 * Makes several tasks one, at the place of the first in reading order. No word is lost: texts, outputs and funding follow
 * one another line by line, duties stand once each, words of time are kept beside one another under the meaning of the
 * first. The result must be accepted anew. Fewer than two known tasks change nothing.
 */
export function mergeItems<P extends ReviewedProposal>(proposal: P, keys: readonly string[]): P {
  const merged = proposal.items.filter((item) => keys.includes(item.key) && item.kind === 'task')
  const [first, ...others] = merged
  if (first === undefined || others.length === 0) return proposal
  const whole: ProposedItem = {
    ...first,
    state: 'proposed',
    isChanged: true,
    text: joined(merged.map((item) => item.text)) ?? '',
    output: joined(merged.map((item) => item.output)),
    funding: joined(merged.map((item) => item.funding)),
    time: mergedTime(merged.flatMap((item) => item.time ?? [])),
    duties: onceEach(merged.flatMap((item) => item.duties)),
    mergedFrom: [
      ...first.mergedFrom,
      ...others.flatMap((item) => [{ key: item.key, source: item.source }, ...item.mergedFrom]),
    ],
  }
  const gone = new Set(others.map((item) => item.key))
  const items = proposal.items
    .filter((item) => !gone.has(item.key))
    .map((item) => (item.key === first.key ? whole : item))
  return {
    ...proposal,
    items: items.map((item) => (gone.has(item.parentKey ?? '') ? { ...item, parentKey: first.key } : item)),
  }
}

function joined(texts: readonly (string | null)[]): string | null {
  const filled = [...new Set(texts.filter((text) => text !== null && text.trim() !== ''))]
  return filled.length > 0 ? filled.join('\n') : null
}

function mergedTime(times: readonly ProposedTime[]): ProposedTime | null {
  const [first] = times
  if (first === undefined) return null
  return { ...first, text: [...new Set(times.map((time) => time.text))].join('; ') }
}

/** A body owes one kind of duty once; where one is the same words and another knows who is meant, the one that knows stays. */
function onceEach(duties: readonly ProposedDuty[]): ProposedDuty[] {
  const kept = new Map<string, ProposedDuty>()
  for (const duty of duties) {
    const name = `${duty.kind} ${duty.raw}`
    const before = kept.get(name)
    if (before === undefined || (before.agencyId === null && before.classCode === null)) kept.set(name, duty)
  }
  return [...kept.values()]
}

/**
 * Parts a task in two at a place in its text. Both keep duties, time, output and funding, for only a person knows whose
 * they are; both must be accepted anew. A place without words on both sides changes nothing.
 */
export function splitItem<P extends ReviewedProposal>(proposal: P, key: string, offset: number): P {
  const index = proposal.items.findIndex((item) => item.key === key)
  const item = proposal.items[index]
  if (item === undefined || item.kind !== 'task') return proposal
  const [head, tail] = [item.text.slice(0, offset).trim(), item.text.slice(offset).trim()]
  if (head === '' || tail === '') return proposal
  const taken = new Set(proposal.items.map((each) => each.key))
  const base = key.replace(/~\d+$/, '')
  let ordinal = 2
  while (taken.has(`${base}~${ordinal}`)) ordinal += 1
  const first: ProposedItem = { ...item, text: head, state: 'proposed', isChanged: true }
  const second: ProposedItem = { ...first, key: `${base}~${ordinal}`, text: tail }
  return { ...proposal, items: proposal.items.toSpliced(index, 1, first, second) }
}

/** The key of the item of the reading that an item comes from: parts of a split share it. */
export function sourceKey(key: string): string {
  return key.replace(/~\d+$/, '')
}
