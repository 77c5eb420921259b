export type Tick = 'none' | 'some' | 'all'

/** How the box over a page of rows stands. */
export function tickOf(ids: readonly string[], selected: ReadonlySet<string>): Tick {
  const count = ids.filter((id) => selected.has(id)).length
  if (count === 0) return 'none'
  return count === ids.length ? 'all' : 'some'
}

/** Ticking the box over a page: all of it, or none when it was all; other pages stay as they are. */
export function toggleAll(ids: readonly string[], selected: ReadonlySet<string>): ReadonlySet<string> {
  const own = new Set(ids)
  return tickOf(ids, selected) === 'all'
    ? new Set([...selected].filter((id) => !own.has(id)))
    : new Set([...selected, ...ids])
}

export function toggleOne(id: string, selected: ReadonlySet<string>): ReadonlySet<string> {
  const next = new Set(selected)
  if (!next.delete(id)) next.add(id)
  return next
}
