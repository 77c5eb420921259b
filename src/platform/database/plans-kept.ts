import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash } from 'node:crypto'
import pg from 'pg'

const keeping = new AsyncLocalStorage<true>()

/** Statements whose plans are kept: so many texts at most, each connection holds a plan of every one. */
const most = 400
const names = new Map<string, string>()

/**
 * Does work whose statements are the same each time, told a few rows: each connection plans them once and keeps the plan. To plan a statement behind
 * row security costs more than to run it. Not for statements that are told thousands of ids: a plan that is kept counts on few.
 */
export function keepingPlans<T>(work: () => Promise<T>): Promise<T> {
  return keeping.run(true, work)
}

/** A connection that gives statements a name where their plans are to be kept. */
export class PlanKeepingClient extends pg.Client {
  // The driver of Kysely asks with a text and values alone; every other form is passed on as it is, and what is told nothing needs no plan.
  override query(...asked: unknown[]): never {
    const [text, values] = asked
    const isToBeKept = asked.length === 2 && typeof text === 'string' && Array.isArray(values) && values.length > 0
    const name = isToBeKept && keeping.getStore() ? nameOf(text) : undefined
    const ask = super.query.bind(this) as (...all: unknown[]) => never
    return name === undefined ? ask(...asked) : ask({ name, text, values })
  }
}

function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= most) return known
  const name = `kept_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`
  names.set(text, name)
  return name
}
