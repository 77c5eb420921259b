/** Where the obligations of an open round go when bodies end or hand their work on. Pure. */
import type { PlainDate } from '#platform/model'

/** An obligation that is owed, with the body that holds it. `isSent`: a report was sent for it. */
export type Held = {
  id: string
  tier: string
  addressedId: string
  agencyId: string
  isSent: boolean
  endedOn: PlainDate | null
}

/** `merged` into another obligation, `passed` to another body as it is, `withdrawn` as nobody took over. */
export type Landing = {
  id: string
  kind: 'merged' | 'passed' | 'withdrawn'
  agencyId: string
  intoId: string | null
}

export type Succession = { holders: ReadonlyMap<string, readonly string[]>; today: PlainDate }

/**
 * Says of each obligation whose body changed where it goes; of the others nothing. Every obligation keeps exactly one place: what was
 * sent stays its own and passes to the body that took over; what was not is merged into that body's own at the same tier, else into the
 * first that passed to it.
 */
export function whereToLand(held: readonly Held[], succession: Succession): Landing[] {
  const targets = new Map(held.map((one) => [one.id, holderOf(one, held, succession)]))
  const own = new Map<string, string>()
  for (const one of held) {
    const stays = targets.get(one.id) === one.agencyId
    // A body's own, not yet sent, comes before one that was.
    if (stays && (!own.has(placeOf(one.tier, one.agencyId)) || !one.isSent))
      own.set(placeOf(one.tier, one.agencyId), one.id)
  }
  return held.flatMap((one): Landing[] => {
    const target = targets.get(one.id) ?? null
    if (target === one.agencyId) return []
    if (target === null)
      return one.isSent ? [] : [{ id: one.id, kind: 'withdrawn', agencyId: one.agencyId, intoId: null }]
    if (one.isSent) return [{ id: one.id, kind: 'passed', agencyId: target, intoId: null }]
    const place = placeOf(one.tier, target)
    const into = own.get(place)
    if (into !== undefined) return [{ id: one.id, kind: 'merged', agencyId: target, intoId: into }]
    own.set(place, one.id)
    return [{ id: one.id, kind: 'passed', agencyId: target, intoId: null }]
  })
}

const placeOf = (tier: string, agencyId: string) => `${tier} ${agencyId}`

function holderOf(one: Held, held: readonly Held[], { holders, today }: Succession): string | null {
  const found = holders.get(one.agencyId) ?? [one.agencyId]
  if (found.includes(one.agencyId)) return one.endedOn !== null && one.endedOn <= today ? null : one.agencyId
  const owing = held.filter(({ tier }) => tier === one.tier).map(({ agencyId }) => agencyId)
  return found.find((id) => owing.includes(id)) ?? found[0] ?? null
}
