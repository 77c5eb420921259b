import type { Context } from '#platform'
import type { LocalizedText } from '#platform/model'
import type { PlanChoices } from '../model.ts'
import { listProgrammes } from '../store/programmes.ts'

/** The lists of the country a plan is written with; names as the country gives them, the first language never missing. */
export type Choices = { kinds: { code: string; names: LocalizedText }[]; classes: { code: string; names: LocalizedText }[] }

/** What a writer of plans chooses from, in the reader's language, else in whatever language there is. */
export async function listChoices(ctx: Context, choices: Choices): Promise<PlanChoices> {
  const nameOf = (names: LocalizedText) => names[ctx.language] ?? Object.values(names)[0] ?? ''
  const named = (items: Choices['kinds']) => items.map(({ code, names }) => ({ code, name: nameOf(names) }))
  const programmes = await listProgrammes(ctx.db)
  return { kinds: named(choices.kinds), classes: named(choices.classes), programmes: programmes.map(({ name, ...programme }) => ({ ...programme, name: nameOf(name) })) }
}
