import { isConfirmed, faultsOf } from './progress.ts'
import { sourceKey } from './merge-split.ts'
import type { ItemPlace, OriginalBlock, ProposedItem, ProposedProse, ReviewedProposal } from '../../model.ts'

/** What is wrong with a review that was sent: JSON pointers into it. */
export type ReviewFault = { pointer: string; code: string; params?: Record<string, number> }

/** Checks what the schema cannot: keys stand once, parents are there and above, nothing faulty is accepted. */
export function checkReview({ items }: ReviewedProposal): ReviewFault[] {
  const byKey = new Map(items.map((item) => [item.key, item]))
  const faults: ReviewFault[] =
    byKey.size === items.length ? [] : [{ pointer: '/proposal/items', code: 'documents.key-twice' }]
  items.forEach((item, index) => {
    if (!hasLineUp(item, byKey))
      faults.push({ pointer: `/proposal/items/${index}/parentKey`, code: 'documents.parent-unknown' })
    if (!isConfirmed(item)) return
    for (const { field, code, params } of faultsOf(item))
      faults.push({ pointer: `/proposal/items/${index}/${field}`, code, ...(params ? { params } : {}) })
  })
  return faults
}

function hasLineUp(item: ProposedItem, byKey: ReadonlyMap<string, ProposedItem>): boolean {
  const seen = new Set([item.key])
  for (let key = item.parentKey; key !== null; key = byKey.get(key)?.parentKey ?? null) {
    if (seen.has(key) || !byKey.has(key)) return false
    seen.add(key)
  }
  return true
}

/**
 * The review with the places the document really has: an item keeps the place it was read from, whatever was sent; one
 * added by hand may name a line of the document and nothing else.
 */
export function withTruePlaces<P extends ReviewedProposal>(
  sent: P,
  stored: ReviewedProposal,
  original: readonly OriginalBlock[],
): P {
  const places = new Map<string, ItemPlace | null>()
  for (const item of stored.items) {
    places.set(item.key, item.source)
    for (const merged of item.mergedFrom) places.set(merged.key, merged.source)
  }
  const placeOf = (key: string, source: ItemPlace | null): ItemPlace | null => {
    const known = places.get(key) ?? places.get(sourceKey(key))
    if (known !== undefined) return known
    const block = original.find(
      (each) => each.line === source?.line && each.table === source.table && each.row === source.row,
    )
    return block === undefined
      ? null
      : { line: block.line, page: block.page, table: block.table, row: block.row, where: null }
  }
  const parts = new Map(sent.prose.map((part) => [part.key, part]))
  return {
    ...sent,
    prose: stored.prose.map((part) => ({ ...part, ...proseChanges(parts.get(part.key)) })),
    items: sent.items.map((item) => ({
      ...item,
      source: placeOf(item.key, item.source),
      mergedFrom: item.mergedFrom.map((merged) => ({ key: merged.key, source: placeOf(merged.key, merged.source) })),
    })),
  }
}

/** What a person may change in a part of the text; which part it is stays what was read. */
function proseChanges(sent: ProposedProse | undefined): Partial<ProposedProse> {
  return sent === undefined ? {} : { heading: sent.heading, paragraphs: sent.paragraphs, state: sent.state }
}
