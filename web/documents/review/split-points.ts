/**
 * Where a text may be parted: after a line, after a mark that ends a sentence or clause, before a listed part.
 *
 * @returns offsets into the text, ascending, none at its ends
 */
export function splitPoints(text: string): number[] {
  const points = new Set<number>()
  for (const match of text.matchAll(/\n+|[.;:!?…]["”)]*\s+|,\s+|\s(?=[-–+]\s)|\s(?=\p{L}\)\s)/gu))
    points.add(match.index + match[0].length)
  return [...points]
    .filter((point) => text.slice(0, point).trim() !== '' && text.slice(point).trim() !== '')
    .sort((one, other) => one - other)
}

/** The text cut at its points. */
export function piecesOf(text: string): { text: string; end: number }[] {
  const ends = [...splitPoints(text), text.length]
  return ends.map((end, index) => ({ text: text.slice(ends[index - 1] ?? 0, end), end }))
}
