import { useCallback, useRef, useState } from 'react'
import { noSteps, stepBetween, stepped, together, walked, type Rows, type Steps } from './steps.ts'

export type HeldSteps<R> = {
  /** Changes at once, to be undone at once. */
  change: (next: (now: Rows<R>) => Rows<R>) => void
  /** While a cell is typed in; `commit` makes one step of it, `cancel` takes it back. */
  type: (next: (now: Rows<R>) => Rows<R>) => void
  commit: () => void
  cancel: () => void
  undo: () => void
  redo: () => void
  canUndo: boolean
  canRedo: boolean
  /** Nothing that was done can be undone any more. */
  forget: () => void
}

/** Steps over rows that are kept elsewhere: each can be taken back and again. */
export function useSteps<R extends object>(rows: Rows<R>, set: (rows: Rows<R>) => void): HeldSteps<R> {
  const [shown, show] = useState<Steps<R>>(noSteps)
  const steps = useRef<Steps<R>>(noSteps)
  const latest = useRef(rows)
  latest.current = rows
  const setter = useRef(set)
  setter.current = set
  const keep = useCallback((next: Steps<R>) => {
    steps.current = next
    show(next)
  }, [])
  const put = useCallback((next: Rows<R>) => {
    latest.current = next
    setter.current(next)
  }, [])
  const write = useCallback(
    (next: (now: Rows<R>) => Rows<R>) => {
      const from = latest.current
      const to = next(from)
      put(to)
      return stepBetween(from, to)
    },
    [put],
  )
  const walk = useCallback(
    (way: 'from' | 'to') => {
      const { before, after } = steps.current
      const step = way === 'from' ? before.at(-1) : after[0]
      if (step === undefined) return
      put(walked(latest.current, step, way))
      keep(
        way === 'from'
          ? { before: before.slice(0, -1), after: [step, ...after], typing: null }
          : { before: [...before, step], after: after.slice(1), typing: null },
      )
    },
    [keep, put],
  )
  return {
    canUndo: shown.before.length > 0,
    canRedo: shown.after.length > 0,
    change: useCallback((next) => keep(stepped(steps.current, write(next))), [keep, write]),
    type: useCallback(
      (next) => {
        const step = write(next)
        const { typing } = steps.current
        keep({ ...steps.current, typing: typing === null ? step : together(typing, step) })
      },
      [keep, write],
    ),
    commit: useCallback(() => {
      const { typing } = steps.current
      if (typing !== null) keep(stepped(steps.current, typing))
    }, [keep]),
    cancel: useCallback(() => {
      const { typing } = steps.current
      if (typing === null) return
      put(walked(latest.current, typing, 'from'))
      keep({ ...steps.current, typing: null })
    }, [keep, put]),
    undo: useCallback(() => walk('from'), [walk]),
    redo: useCallback(() => walk('to'), [walk]),
    forget: useCallback(() => keep(noSteps), [keep]),
  }
}
