import type { Context } from '#platform'
import { listClassNames } from '#agencies'
import type { PlanChoices } from '../model.ts'
import { listProgrammes } from '../store/programmes.ts'

/** What the country gives a writer of plans: the kinds of document the law names, and the one a plan usually is. */
export type Choices = { usualKind: string; kinds: Readonly<Record<string, string>> }

/** What a writer of plans chooses from, in the reader's language; kinds of document as the law names them. */
export async function listChoices(ctx: Context, choices: Choices): Promise<PlanChoices> {
  const classes = await listClassNames(ctx)
  const programmes = await listProgrammes(ctx.db)
  return {
    usualKind: choices.usualKind,
    kinds: Object.entries(choices.kinds).map(([code, name]) => ({ code, name })),
    classes: [...classes].map(([code, name]) => ({ code, name })),
    programmes: programmes.map(({ name, ...programme }) => ({
      ...programme,
      name: name[ctx.language] ?? Object.values(name)[0] ?? '',
    })),
  }
}
