import { useCallback, useEffect, useState } from 'react'
import { forgetDraft, keepDraft, keptDraft } from '../../kit/kept-drafts.ts'
import type { RowDraft } from './rows.ts'

export type Drafts = Readonly<Record<string, RowDraft>>

type History = { now: Drafts; before: readonly Drafts[]; after: readonly Drafts[]; typingFrom: Drafts | null }

export type HeldDrafts = {
  drafts: Drafts
  /** Changes at once, to be undone at once. */
  change: (next: (now: Drafts) => Drafts) => void
  /** While a cell is typed in; `commit` makes one step of it, `cancel` takes it back. */
  type: (next: (now: Drafts) => Drafts) => void
  commit: () => void
  cancel: () => void
  undo: () => void
  redo: () => void
  canUndo: boolean
  canRedo: boolean
  /** Rows the server has taken: nothing of them is left to send or to undo. */
  drop: (keys: readonly string[]) => void
}

const mostSteps = 200

function kept(name: string): Drafts {
  const text = keptDraft(name)
  return text === null ? {} : (JSON.parse(text) as Drafts)
}

const fresh = (now: Drafts): History => ({ now, before: [], after: [], typingFrom: null })

/**
 * Rows being written, kept in this browser until the server has them (`kept-drafts.ts`): a lost network, a reload, a closed tab or another page
 * lose nothing. Every step can be undone.
 */
export function useDrafts(key: string): HeldDrafts {
  const [state, setState] = useState(() => ({ key, history: fresh(kept(key)) }))
  const history = state.key === key ? state.history : fresh(kept(key))
  if (state.key !== key) setState({ key, history })
  const set = useCallback(
    (step: (history: History) => History) =>
      setState((state) => {
        const history = step(state.history)
        if (Object.keys(history.now).length === 0) forgetDraft(state.key)
        else keepDraft(state.key, JSON.stringify(history.now))
        return { ...state, history }
      }),
    [],
  )
  const isEmpty = Object.keys(history.now).length === 0
  useEffect(() => {
    if (isEmpty) return
    const leaving = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', leaving)
    return () => window.removeEventListener('beforeunload', leaving)
  }, [isEmpty])
  return {
    drafts: history.now,
    canUndo: history.before.length > 0,
    canRedo: history.after.length > 0,
    change: useCallback((next) => set((one) => stepTo(one, one.now, next(one.now))), [set]),
    type: useCallback(
      (next) => set((one) => ({ ...one, now: next(one.now), typingFrom: one.typingFrom ?? one.now })),
      [set],
    ),
    commit: useCallback(
      () => set((one) => (one.typingFrom === null ? one : stepTo(one, one.typingFrom, one.now))),
      [set],
    ),
    cancel: useCallback(
      () => set((one) => (one.typingFrom === null ? one : { ...one, now: one.typingFrom, typingFrom: null })),
      [set],
    ),
    undo: useCallback(() => set(undone), [set]),
    redo: useCallback(() => set(redone), [set]),
    drop: useCallback((keys) => set((one) => fresh(without(one.now, keys))), [set]),
  }
}

function stepTo(history: History, from: Drafts, now: Drafts): History {
  return { now, before: [...history.before, from].slice(-mostSteps), after: [], typingFrom: null }
}

function undone(history: History): History {
  const last = history.before.at(-1)
  if (last === undefined) return history
  return { now: last, before: history.before.slice(0, -1), after: [history.now, ...history.after], typingFrom: null }
}

function redone(history: History): History {
  const [next, ...after] = history.after
  if (next === undefined) return history
  return { now: next, before: [...history.before, history.now], after, typingFrom: null }
}

function without(drafts: Drafts, keys: readonly string[]): Drafts {
  return Object.fromEntries(Object.entries(drafts).filter(([key]) => !keys.includes(key)))
}
