import { holdersOf, resolveClass } from '#agencies'
import { conflict, type Context } from '#platform'
import type { PlainDate } from '#platform/model'
import type { RegimeDefinition, Tier } from '../model.ts'
import { bodiesWithFunction, readBodies, readLines, type Lines } from './land.ts'
import { workOut, type WorkedOut } from './owed.ts'
import type { RegimeParts } from './parts.ts'

export type Asked = { ownerId: string; definition: Pick<RegimeDefinition, 'tiers'>; owedOn: PlainDate }

/** Works out who owes on the units and mandates of a day, and who holds it today. Writes nothing. */
export async function whoOwes(ctx: Context, parts: RegimeParts, asked: Asked): Promise<WorkedOut> {
  const { ownerId, owedOn, definition } = asked
  const lines = await readLines(ctx, owedOn)
  const addressed = new Map<string, string[]>()
  for (const tier of definition.tiers)
    addressed.set(tier.code, await addressedAt(ctx, parts, { ...asked, tier, lines }))
  const all = [ownerId, ...[...addressed.values()].flat()]
  const bodies = await readBodies(ctx, all, owedOn)
  const above = await readBodies(
    ctx,
    [...bodies.values()].flatMap(({ superiorId }) => (superiorId === null ? [] : [superiorId])),
    owedOn,
  )
  const holders = await holdersOf(ctx, all, { on: ctx.today, since: owedOn, function: parts.defaultFunction })
  const known = new Map([...above, ...bodies])
  return workOut({ ownerId, tiers: definition.tiers, addressed, bodies: known, lines, holders, today: ctx.today })
}

/** The bodies a tier names, by its classes, functions and names; without those it leaves out. */
async function addressedAt(
  ctx: Context,
  { defaultFunction }: RegimeParts,
  of: Asked & { tier: Tier; lines: Lines },
): Promise<string[]> {
  const { classes, functions, agencies, except } = of.tier.who
  const found = new Set(agencies)
  for (const code of classes) {
    const asked = { issuerId: of.ownerId, on: of.owedOn, today: of.owedOn, function: defaultFunction }
    const { bodies, isOpen } = await resolveClass(ctx, code, asked)
    if (isOpen) throw conflict('reporting.open-class', { code })
    for (const { addressedId } of bodies) found.add(addressedId)
  }
  const owner = (await readBodies(ctx, [of.ownerId], of.owedOn)).get(of.ownerId)
  for (const one of functions) {
    const ids = await bodiesWithFunction(ctx, { ...one, on: of.owedOn })
    const bodies = await readBodies(ctx, ids, of.owedOn)
    for (const body of bodies.values())
      if (owner !== undefined && of.lines(body.unitId).includes(owner.unitId)) found.add(body.id)
  }
  for (const id of except) found.delete(id)
  return [...found]
}
