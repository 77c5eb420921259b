import type { Transaction } from 'kysely'
import type { Context, Database } from '#platform'

/** The context, and how many statements were sent through it so far. */
export function counting(ctx: Context): { ctx: Context; count: () => number } {
  let count = 0
  const db: Transaction<Database> = ctx.db.withPlugin({
    transformQuery: ({ node }) => {
      count++
      return node
    },
    transformResult: ({ result }) => Promise.resolve(result),
  })
  return { ctx: { ...ctx, db }, count: () => count }
}
