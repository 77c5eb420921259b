import type { OriginalBlock, ProposedItem, SourcePlace } from '#documents/model'

/** The id of a piece of the original in the page. */
export function blockId(block: Pick<OriginalBlock, 'line' | 'table' | 'row'>): string {
  return block.table === null ? `original-l${block.line}` : `original-t${block.table}r${block.row}`
}

/** Whether a place lies in a piece of the original. */
export function isIn(place: SourcePlace | null, block: OriginalBlock): boolean {
  if (place === null) return false
  if (place.table !== null && place.row !== null) return block.table === place.table && block.row === place.row
  return place.line !== null && block.line <= place.line && place.line <= block.lastLine
}

/** All places an item was read from: its own and those of the items merged into it. */
export function placesOf(item: ProposedItem): SourcePlace[] {
  return [item.source, ...item.mergedFrom.map((merged) => merged.source)].filter((place) => place !== null)
}

/** Which item each piece of the original became, by the piece's id; the first where several did. */
export function itemsByBlock(
  blocks: readonly OriginalBlock[],
  items: readonly ProposedItem[],
): Map<string, ProposedItem> {
  const found = new Map<string, ProposedItem>()
  const places = items.flatMap((item) => placesOf(item).map((place) => ({ item, place })))
  for (const block of blocks) {
    const here = places.find(({ place }) => isIn(place, block))
    if (here) found.set(blockId(block), here.item)
  }
  return found
}
