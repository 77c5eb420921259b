import { listAgencyNames, listClassNames } from '#agencies'
import { invalid, type Context, type FieldFault } from '#platform'
import type { NodeInput } from '../model.ts'

/**
 * Whether the bodies, classes and programmes a draft names are there: a writer's client may hold an old list.
 * @throws invalid `plans.names-unknown` with the place of each
 */
export async function checkReferences(ctx: Context, nodes: NodeInput[]): Promise<void> {
  const duties = nodes.flatMap((node) => node.duties)
  const bodies = await listAgencyNames(
    ctx,
    duties.flatMap((duty) => duty.addressedId ?? []),
    ctx.today,
  )
  const classes = await listClassNames(ctx)
  const programmes = await knownProgrammes(ctx, [...new Set(nodes.flatMap((node) => node.programmes))])
  const faults: FieldFault[] = []
  nodes.forEach((node, at) => {
    node.duties.forEach((duty, which) => {
      const isKnown =
        (duty.addressedId === null || bodies.has(duty.addressedId)) &&
        (duty.classCode === null || classes.has(duty.classCode))
      if (!isKnown)
        faults.push({
          pointer: `/nodes/${at}/duties/${which}`,
          code: 'plans.duty-names-nobody',
          params: { raw: duty.raw.slice(0, 120) },
        })
    })
    node.programmes.forEach((code, which) => {
      if (!programmes.has(code))
        faults.push({ pointer: `/nodes/${at}/programmes/${which}`, code: 'platform.field-wrong' })
    })
  })
  if (faults.length > 0) throw invalid('plans.names-unknown', {}, faults)
}

async function knownProgrammes(ctx: Context, codes: string[]): Promise<Set<string>> {
  if (codes.length === 0) return new Set()
  const rows = await ctx.db.selectFrom('plans.programme').select('code').where('code', 'in', codes).execute()
  return new Set(rows.map((row) => row.code))
}

/** @throws invalid `plans.names-unknown` when the State has no such function */
export async function checkFunction(ctx: Context, code: string): Promise<void> {
  const row = await ctx.db.selectFrom('agencies.function').select('code').where('code', '=', code).executeTakeFirst()
  if (!row) throw invalid('plans.names-unknown', {}, [{ pointer: '/functionCode', code: 'platform.field-wrong' }])
}
