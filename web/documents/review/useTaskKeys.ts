import { useCallback, useRef, useState, type KeyboardEvent } from 'react'
import { acceptItem, isDecided, mergeItems, rejectItem, reopenItem, type ProposedItem } from '#documents/model'
import type { Review } from './useReview.ts'

/** What stands open under the task one is at. */
export type Open = 'editor' | 'split' | null

export interface TaskKeys {
  active: string | null
  open: Open
  selected: ReadonlySet<string>
  goTo: (key: string, open?: Open) => void
  setOpen: (open: Open) => void
  select: (key: string) => void
  clear: () => void
  acts: TaskActs
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
}

export interface TaskActs {
  accept: (key: string) => void
  reject: (key: string) => void
  reopen: (key: string) => void
  /** Merges those selected, or this one with the next. */
  merge: (key: string) => void
}

export function rowId(key: string): string {
  return `item-${key}`
}

function isTyping(target: EventTarget): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input:not([type="checkbox"]), textarea, select, [contenteditable]') !== null
  )
}

/** Where one is in the list of tasks, what is selected, and the keys: j k move, a accept, e edit, m merge, s split, r reject, u undo. */
export function useTaskKeys(review: Review, shown: readonly ProposedItem[]): TaskKeys {
  const [active, setActive] = useState<string | null>(shown[0]?.key ?? null)
  const [open, setOpen] = useState<Open>(null)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const now = useRef({ review, shown, selected })
  now.current = { review, shown, selected }

  const goTo = useCallback((key: string, next: Open = null) => {
    setActive(key)
    setOpen(next)
    // After the row is drawn with what is open in it.
    requestAnimationFrame(() => {
      const row = document.getElementById(rowId(key))
      row?.scrollIntoView({ block: 'nearest' })
      if (next === null) row?.focus({ preventScroll: true })
    })
  }, [])

  /** To the next undecided task after this one, else to the next row. */
  const goOn = useCallback(
    (key: string) => {
      const rows = now.current.shown
      const after = rows.slice(rows.findIndex((item) => item.key === key) + 1)
      const next = after.find((item) => item.kind === 'task' && !isDecided(item)) ?? after[0]
      goTo(next?.key ?? key)
    },
    [goTo],
  )

  const accept = useCallback(
    (key: string) => {
      now.current.review.apply((proposal) => acceptItem(proposal, key))
      goOn(key)
    },
    [goOn],
  )
  const reject = useCallback(
    (key: string) => {
      now.current.review.apply((proposal) => rejectItem(proposal, key))
      goOn(key)
    },
    [goOn],
  )
  const reopen = useCallback((key: string) => now.current.review.apply((proposal) => reopenItem(proposal, key)), [])
  const merge = useCallback(
    (key: string) => {
      const tasks = now.current.shown.filter((item) => item.kind === 'task')
      const at = tasks.findIndex((item) => item.key === key)
      const chosen = now.current.selected
      const merged = chosen.size > 1 ? tasks.filter((item) => chosen.has(item.key)) : tasks.slice(at, at + 2)
      if (at < 0 && chosen.size < 2) return
      now.current.review.apply((proposal) =>
        mergeItems(
          proposal,
          merged.map((item) => item.key),
        ),
      )
      setSelected(new Set())
      goTo(merged[0]?.key ?? key)
    },
    [goTo],
  )

  const select = useCallback((key: string) => {
    setSelected((before) => {
      const next = new Set(before)
      if (!next.delete(key)) next.add(key)
      return next
    })
  }, [])

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey || active === null) return
    // With an editor open, a key pressed on one of its buttons is not meant for the list.
    if (open !== null && event.key !== 'Escape') return
    const at = shown.findIndex((item) => item.key === active)
    const item = shown[at]
    if (!item) return
    const step = (by: number) => goTo(shown[Math.max(0, Math.min(shown.length - 1, at + by))]?.key ?? active)
    const isTask = item.kind === 'task'
    const keys: Record<string, (() => void) | undefined> = {
      j: () => step(1),
      ArrowDown: () => step(1),
      k: () => step(-1),
      ArrowUp: () => step(-1),
      ...(review.mayEdit && {
        a: isTask ? () => accept(active) : undefined,
        r: () => reject(active),
        e: () => setOpen('editor'),
        m: isTask ? () => merge(active) : undefined,
        s: isTask ? () => setOpen('split') : undefined,
        u: review.undo,
        x: isTask ? () => select(active) : undefined,
      }),
      Escape: open === null ? undefined : () => goTo(active),
    }
    const act = keys[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }

  return {
    active,
    open,
    selected,
    goTo,
    setOpen,
    select,
    clear: () => setSelected(new Set()),
    acts: { accept, reject, reopen, merge },
    onKeyDown,
  }
}
