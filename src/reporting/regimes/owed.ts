/** Who owes a report of a round, to whom it goes, and where each lands that a reform has touched. Pure. */
import type { PlainDate } from '#platform/model'
import { rootTier, type Tier } from '../model.ts'
import type { Body, Lines } from './land.ts'

/** Bodies that owe at a tier, as its classes, functions and names say. */
export type Addressed = ReadonlyMap<string, readonly string[]>

export type World = {
  ownerId: string
  tiers: readonly Pick<Tier, 'code' | 'to'>[]
  /** By tier. */
  addressed: Addressed
  bodies: ReadonlyMap<string, Body>
  lines: Lines
  /** Who holds the work of a body today; a body that goes on holds its own. */
  holders: ReadonlyMap<string, readonly string[]>
  today: PlainDate
}

/** One obligation before it is written. `parent`, `into`: other obligations of the same round, by `keyOf`. */
export type Owed = {
  key: string
  tier: string
  addressedId: string
  agencyId: string
  unitId: string
  parent: string | null
  into: string | null
  state: 'owed' | 'merged' | 'withdrawn'
  isRequested: boolean
}

export type WorkedOut = {
  owed: Owed[]
  /** Bodies addressed at two tiers; nothing can be opened while there are any. */
  twice: string[]
  /** Bodies with more than one body of the tier above: likewise. */
  severalReceivers: string[]
  /** Bodies with no body of the tier above: their reports go straight to the owner. */
  aboveNone: string[]
}

const keyOf = (tier: string, addressedId: string): string => `${tier} ${addressedId}`

/**
 * Lays the obligations of a round. A body that ended has its obligation merged into that of its successor where the successor owes
 * at the same tier, else the successor takes it over; several that went over into one are one. What nobody took over is withdrawn.
 */
export function workOut(world: World): WorkedOut {
  const root = keyOf(rootTier, world.ownerId)
  const found: WorkedOut = { owed: [rootOf(world, root)], twice: [], severalReceivers: [], aboveNone: [] }
  const seen = new Set([world.ownerId])
  for (const { code, to } of world.tiers)
    for (const id of world.addressed.get(code) ?? []) {
      const body = world.bodies.get(id)
      if (body === undefined || id === world.ownerId) continue
      if (seen.has(id)) found.twice.push(id)
      seen.add(id)
      const receivers = to === 'owner' ? [] : receiversOf(world, body, world.addressed.get(to) ?? [])
      if (to !== 'owner' && receivers.length === 0) found.aboveNone.push(id)
      if (receivers.length > 1) found.severalReceivers.push(id)
      const [receiver] = receivers
      const parent = receiver === undefined ? root : keyOf(to, receiver)
      found.owed.push({
        ...{ key: keyOf(code, id), tier: code, addressedId: id, agencyId: id, unitId: body.unitId, parent },
        ...{ into: null, state: 'owed', isRequested: !body.isExecutive },
      })
    }
  return { ...found, owed: landed(found.owed, world) }
}

function rootOf({ ownerId, bodies }: World, key: string): Owed {
  const unitId = bodies.get(ownerId)?.unitId ?? ''
  return {
    ...{ key, tier: rootTier, addressedId: ownerId, agencyId: ownerId, unitId, parent: null },
    ...{ into: null, state: 'owed', isRequested: false },
  }
}

/** The bodies of the tier above in whose unit a body lies: of the nearest unit, and there whom it answers to before others. */
function receiversOf({ bodies, lines }: World, body: Body, candidates: readonly string[]): string[] {
  const line = lines(body.unitId)
  const near = candidates
    .filter((id) => id !== body.id)
    .map((id) => ({ id, at: line.indexOf(bodies.get(id)?.unitId ?? '') }))
    .filter(({ at }) => at >= 0)
  const nearest = Math.min(...near.map(({ at }) => at))
  const there = near.filter(({ at }) => at === nearest).map(({ id }) => id)
  const superiors = superiorsOf(body, bodies)
  const answered = superiors.find((id) => there.includes(id))
  return answered === undefined ? there : [answered]
}

function superiorsOf(body: Body, bodies: ReadonlyMap<string, Body>): string[] {
  const found: string[] = []
  for (let id = body.superiorId; id !== null && !found.includes(id); id = bodies.get(id)?.superiorId ?? null)
    found.push(id)
  return found
}

/** Every obligation in exactly one place today. */
function landed(owed: readonly Owed[], world: World): Owed[] {
  const main = new Map<string, string>()
  const held = owed.map((one) => ({ ...one, holderId: holderOf(one, owed, world) }))
  // A body that goes on keeps its own; of those that went over into one, the first stands for all.
  const first = held.toSorted(
    (one, other) => Number(other.holderId === other.addressedId) - Number(one.holderId === one.addressedId),
  )
  for (const one of first) {
    const place = `${one.tier} ${one.holderId}`
    if (one.holderId !== null && !main.has(place)) main.set(place, one.key)
  }
  return held.map(({ holderId, ...one }) => {
    if (holderId === null) return { ...one, state: 'withdrawn' }
    const into = main.get(`${one.tier} ${holderId}`) ?? one.key
    return into === one.key ? { ...one, agencyId: holderId } : { ...one, agencyId: holderId, state: 'merged', into }
  })
}

/** Who has a body's obligation today; null where it ended and nobody took over. */
function holderOf({ addressedId, tier }: Owed, owed: readonly Owed[], world: World): string | null {
  const holders = world.holders.get(addressedId) ?? [addressedId]
  if (holders.includes(addressedId)) {
    const endedOn = world.bodies.get(addressedId)?.endedOn ?? null
    return endedOn !== null && endedOn <= world.today ? null : addressedId
  }
  const owing = new Set(owed.filter((one) => one.tier === tier).map((one) => one.addressedId))
  return holders.find((id) => owing.has(id)) ?? holders[0] ?? null
}
