import type { Context } from '#platform'
import type { LocalizedText } from '#platform/model'
import type { PlanChoices } from '../model.ts'
import { listProgrammes } from '../store/programmes.ts'

/** What the country gives a writer of plans; `usualKind` = the kind of document a plan is unless one says otherwise. */
export type Choices = { usualKind: string; classes: readonly { code: string; names: LocalizedText }[] }

/** What a writer of plans chooses from, in the reader's language; kinds of document as the law names them. */
export async function listChoices(ctx: Context, choices: Choices, kinds: Readonly<Record<string, string>>): Promise<PlanChoices> {
  const nameOf = (names: LocalizedText) => names[ctx.language] ?? Object.values(names)[0] ?? ''
  const programmes = await listProgrammes(ctx.db)
  return {
    usualKind: choices.usualKind, kinds: Object.entries(kinds).map(([code, name]) => ({ code, name })), classes: choices.classes.map(({ code, names }) => ({ code, name: nameOf(names) })),
    programmes: programmes.map(({ name, ...programme }) => ({ ...programme, name: nameOf(name) })),
  }
}
