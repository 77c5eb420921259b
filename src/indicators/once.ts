import type { Context } from '#platform'

/** What was asked in a transaction: the rows of a report are figures of one body and of the same units, one after the other. */
const asked = new WeakMap<Context['db'], Map<string, Promise<unknown>>>()

/** Asks only the first time in a transaction. For what does not change within it; `name` says all it depends on. */
export function once<T>(ctx: Context, name: string, ask: () => Promise<T>): Promise<T> {
  const known = asked.get(ctx.db) ?? new Map<string, Promise<unknown>>()
  asked.set(ctx.db, known)
  const answer = (known.get(name) as Promise<T> | undefined) ?? ask()
  known.set(name, answer)
  return answer
}
