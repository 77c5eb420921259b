/** Rows by their key. What is not there is not written. */
export type Rows<R> = Readonly<Record<string, R>>

/** What one step changed: of each row the fields that are others now. A row that came or went is whole. */
type Turn<R> = { from: Partial<R> | undefined; to: Partial<R> | undefined }
export type Step<R> = Readonly<Record<string, Turn<R>>>

/** Steps that can be taken back or again; `typing`: the one not ended yet. */
export type Steps<R> = { before: readonly Step<R>[]; after: readonly Step<R>[]; typing: Step<R> | null }

export const noSteps = { before: [], after: [], typing: null }

const mostSteps = 200

/** What lies between two states. */
export function stepBetween<R extends object>(from: Rows<R>, to: Rows<R>): Step<R> {
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])].filter((key) => from[key] !== to[key])
  return Object.fromEntries(keys.map((key) => [key, turn(from[key], to[key])]))
}

function turn<R extends object>(from: R | undefined, to: R | undefined): Turn<R> {
  if (from === undefined || to === undefined) return { from, to }
  const names = ([...Object.keys(from), ...Object.keys(to)] as (keyof R)[]).filter((name) => from[name] !== to[name])
  const only = (row: R) => Object.fromEntries(names.map((name) => [name, row[name]])) as Partial<R>
  return { from: only(from), to: only(to) }
}

/** A step taken back or again: only what it changed becomes other, whatever colleagues wrote beside it. */
export function walked<R extends object>(rows: Rows<R>, step: Step<R>, way: 'from' | 'to'): Rows<R> {
  const next: Record<string, R> = { ...rows }
  for (const [key, fields] of Object.entries(step)) {
    const said = fields[way]
    // A row that was not there before is taken off again.
    if (said === undefined) Reflect.deleteProperty(next, key)
    else next[key] = { ...next[key], ...said } as R
  }
  return next
}

/** One more step done; what was taken back before cannot be taken again. */
export function stepped<R extends object>(steps: Steps<R>, step: Step<R>): Steps<R> {
  if (Object.keys(step).length === 0) return { ...steps, typing: null }
  return { before: [...steps.before, step].slice(-mostSteps), after: [], typing: null }
}

/** Two steps as one. */
export function together<R extends object>(first: Step<R>, then: Step<R>): Step<R> {
  const keys = [...new Set([...Object.keys(first), ...Object.keys(then)])]
  return Object.fromEntries(
    keys.map((key) => {
      const [one, other] = [first[key], then[key]]
      if (one === undefined || other === undefined) return [key, one ?? other]
      return [key, { from: over(other.from, one.from), to: over(one.to, other.to) }]
    }),
  ) as Step<R>
}

const over = <T>(below: T | undefined, above: T | undefined): T | undefined =>
  above === undefined ? undefined : { ...below, ...above }
