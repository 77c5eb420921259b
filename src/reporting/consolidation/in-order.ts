/** Lines in an order, into which others are put in many places: nothing is copied or looked through for each. Pure. */
export type Placed<Line> = { line: Line; isGone: boolean; previous: Placed<Line> | null; next: Placed<Line> | null }

export type InOrder<Line> = {
  first: Placed<Line> | null
  last: Placed<Line> | null
  /** A line right after another, or at the end. */
  insert: (line: Line, after?: Placed<Line> | null) => Placed<Line>
  remove: (placed: Placed<Line>) => void
  lines: () => Line[]
}

export function inOrder<Line>(lines: readonly Line[]): InOrder<Line> {
  const list: InOrder<Line> = {
    ...{ first: null, last: null },
    insert: (line, after = list.last) => {
      const placed: Placed<Line> = { line, isGone: false, previous: after, next: after === null ? null : after.next }
      if (after === null) list.first = placed
      else after.next = placed
      if (placed.next === null) list.last = placed
      else placed.next.previous = placed
      return placed
    },
    remove: (placed) => {
      placed.isGone = true
      if (placed.previous === null) list.first = placed.next
      else placed.previous.next = placed.next
      if (placed.next === null) list.last = placed.previous
      else placed.next.previous = placed.previous
    },
    lines: () => placedIn(list).map(({ line }) => line),
  }
  for (const line of lines) list.insert(line)
  return list
}

export function placedIn<Line>(list: InOrder<Line>): Placed<Line>[] {
  const all: Placed<Line>[] = []
  for (let at = list.first; at !== null; at = at.next) all.push(at)
  return all
}
