import type { Agency, AgencySuccession } from './model.ts'

/** What following a body forward needs: bodies by key, edges by the body they leave. */
export interface SuccessionIndex {
  agencies: ReadonlyMap<string, Agency>
  edgesFrom: ReadonlyMap<string, readonly AgencySuccession[]>
}

export interface Follow {
  /** The field of work a duty belongs to; null when nobody said. */
  function: string | null
  /** The day the duty was laid on the body: later moves count, earlier ones do not. */
  since: string
  /** The day asked about. */
  on: string
}

export interface Followers {
  /** Bodies in being on the day asked about that have what the body had; itself when nothing moved. */
  keys: string[]
  /** True when the records leave more than one body and no rule to choose: a person must. */
  isChoice: boolean
}

/**
 * Follows a body's work to those that have it on a later day. A move of the given function is followed even where the
 * body goes on; a body that ended with its work split over several is followed by function, or to all of them as a
 * choice when the function is unknown.
 *
 * @returns no keys when the body ended and nothing tells who took over
 */
export function followSuccession(index: SuccessionIndex, key: string, follow: Follow): Followers {
  const found = new Set<string>()
  const seen = new Set<string>()
  const visit = (current: string, since: string): void => {
    // Work may come back to a body that had it: only the same body from the same day on was looked at already.
    if (seen.has(`${current} ${since}`)) return
    seen.add(`${current} ${since}`)
    const agency = index.agencies.get(current)
    const moves = (index.edgesFrom.get(current) ?? []).filter((edge) => edge.date > since && edge.date <= follow.on)
    const isInBeing = agency !== undefined && (agency.to === null || agency.to > follow.on)
    const taken = movesTaken(moves, follow.function, isInBeing)
    if (taken.length === 0 && isInBeing) found.add(current)
    // What the next body handed on before or on the day it received was not this work.
    for (const edge of taken) visit(edge.toKey, edge.date)
  }
  visit(key, follow.since)
  return { keys: [...found].sort(), isChoice: found.size > 1 }
}

function movesTaken(moves: AgencySuccession[], code: string | null, isInBeing: boolean): AgencySuccession[] {
  const ofFunction = code === null ? [] : moves.filter((edge) => edge.function === code)
  if (ofFunction.length > 0) return earliest(ofFunction)
  if (isInBeing) return []
  const ofAll = moves.filter((edge) => edge.function === null)
  // Nothing was handed on as a whole: with a function unknown to the records too, everyone who took a part is named.
  return ofAll.length > 0 ? ofAll : moves
}

function earliest(moves: AgencySuccession[]): AgencySuccession[] {
  const first = moves.map((edge) => edge.date).sort()[0]
  return moves.filter((edge) => edge.date === first)
}
