import { useCallback, useEffect, useRef, useState } from 'react'
import { forgetDraft, keepDraft, keptDraft } from '../../kit/kept-drafts.ts'
import { useSteps, type HeldSteps } from '../../kit/sheet/useSteps.ts'
import { settled, type RowDraft } from './rows.ts'

export type Drafts = Readonly<Record<string, RowDraft>>

export type HeldDrafts = HeldSteps<RowDraft> & {
  drafts: Drafts
  /** Rows the server has taken, as they were sent: nothing of them is left to send or to undo but what was written since. */
  settle: (taken: Parameters<typeof settled>[1]) => void
}

function kept(name: string): Drafts {
  const text = keptDraft(name)
  return text === null ? {} : (JSON.parse(text) as Drafts)
}

/**
 * Rows being written, kept in this browser until the server has them (`kept-drafts.ts`): a lost network, a reload, a closed tab or another page
 * lose nothing. Every step can be undone.
 */
export function useDrafts(name: string): HeldDrafts {
  const [drafts, setDrafts] = useState(() => kept(name))
  const latest = useRef(drafts)
  const set = useCallback(
    (next: Drafts) => {
      latest.current = next
      if (Object.keys(next).length === 0) forgetDraft(name)
      else keepDraft(name, JSON.stringify(next))
      setDrafts(next)
    },
    [name],
  )
  const steps = useSteps(drafts, set)
  const { forget } = steps
  const isEmpty = Object.keys(drafts).length === 0
  useEffect(() => {
    if (isEmpty) return
    const leaving = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', leaving)
    return () => window.removeEventListener('beforeunload', leaving)
  }, [isEmpty])
  const settle = useCallback<HeldDrafts['settle']>(
    (taken) => {
      set(settled(latest.current, taken))
      forget()
    },
    [set, forget],
  )
  return { ...steps, drafts, settle }
}
