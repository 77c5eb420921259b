import { useCallback, useMemo, useRef, useState } from 'react'
import { mergeFields, type Choices, type FieldPath, type Merged } from './merge.ts'
import { ApiProblem } from './problem.ts'

/** What a server holds of a record, and the version that names it. */
export interface Held<T, V> {
  value: T
  version: V
}

export interface MergingOptions<T, V> {
  start: Held<T, V>
  /** Saves over the version given; the answer is the new one. */
  save: (value: T, version: V) => Promise<V>
  /** What the server holds now; undefined where it may no longer be written. */
  newest: () => Promise<Held<T, V> | undefined>
  /** Names of objects that are one field. */
  whole?: readonly string[]
  /** Gives entries the keys the server knows them by. */
  known?: (value: T) => T
  /** Makes a joined value sound again: a task whose group the other took out. */
  mend?: (value: T) => T
  /** Says what of others' was taken without asking. */
  onTaken?: (paths: readonly FieldPath[]) => void
}

export interface Merging<T, V> {
  /** What the server held when the writer last knew it. */
  held: { readonly current: Held<T, V> }
  /**
   * Saves; where another has saved in between, joins the two field by field and saves that. Answers what the server then
   * holds. While fields clash it refuses, and `conflict` says which.
   */
  put: (mine: T) => Promise<T>
  /** Others saved, and fields both changed: `over` joins by the choices made so far. */
  conflict: { over: (mine: T, choices: Choices) => Merged<T> } | undefined
  /** Goes on from the newest version with the choices made; the answer is to be saved. */
  settle: (mine: T, choices: Choices) => T
}

/** As many times as others may save between reading the newest and saving over it. */
const mostTries = 5

function isStale(problem: unknown): boolean {
  return problem instanceof ApiProblem && problem.code === 'platform.stale-version'
}

/** Saving over a version that others may have passed meanwhile. */
export function useMerging<T, V>(options: MergingOptions<T, V>): Merging<T, V> {
  const held = useRef(options.start)
  const given = useRef(options)
  given.current = options
  const open = useRef<{ newest: Held<T, V>; problem: unknown } | undefined>(undefined)
  const [newest, setNewest] = useState<Held<T, V> | undefined>()

  const put = useCallback(async (mine: T): Promise<T> => {
    const { save, newest: readNewest, whole, known = same, mend = same, onTaken } = given.current
    if (open.current) throw open.current.problem
    let value = mine
    const taken: FieldPath[] = []
    for (let tries = 0; ; tries += 1) {
      try {
        held.current = { version: await save(value, held.current.version), value }
        if (taken.length > 0) onTaken?.(taken)
        return value
      } catch (problem) {
        if (!isStale(problem) || tries === mostTries) throw problem
        const now = await readNewest()
        if (now === undefined) throw problem
        const merged = mergeFields(
          { base: known(held.current.value), mine: known(value), theirs: now.value },
          { whole },
        )
        if (merged.clashes.length > 0) {
          open.current = { newest: now, problem }
          setNewest(now)
          throw problem
        }
        taken.push(...merged.taken)
        held.current = now
        value = mend(merged.value)
      }
    }
  }, [])

  const over = useCallback((now: Held<T, V>, mine: T, choices: Choices): Merged<T> => {
    const { whole, known = same } = given.current
    return mergeFields({ base: known(held.current.value), mine: known(mine), theirs: now.value }, { choices, whole })
  }, [])

  const settle = useCallback(
    (mine: T, choices: Choices): T => {
      if (!open.current) return mine
      const { newest: now } = open.current
      const { value } = over(now, mine, choices)
      held.current = now
      open.current = undefined
      setNewest(undefined)
      return (given.current.mend ?? same)(value)
    },
    [over],
  )

  const conflict = useMemo(
    () => newest && { over: (mine: T, choices: Choices) => over(newest, mine, choices) },
    [newest, over],
  )
  return { held, put, conflict, settle }
}

function same<T>(value: T): T {
  return value
}
