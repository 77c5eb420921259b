import type { Context } from '#platform'
import { openBook } from './book.ts'

/** Names of all classes of bodies in the reader's language, by code. */
export async function listClassNames(ctx: Context): Promise<Map<string, string>> {
  const { classes } = await openBook(ctx)
  return new Map(
    [...classes.values()].map(({ code, names }) => [code, names[ctx.language] ?? Object.values(names)[0] ?? code]),
  )
}
