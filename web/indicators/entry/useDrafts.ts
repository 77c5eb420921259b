import { useCallback, useEffect, useRef, useState } from 'react'
import { forgetDraft, keepDraft, keptDraft } from '../../kit/kept-drafts.ts'
import { useSteps, type HeldSteps } from '../../kit/sheet/useSteps.ts'
import { inLocale, settled, type RowDraft } from './rows.ts'

export type Drafts = Readonly<Record<string, RowDraft>>

export type HeldDrafts = HeldSteps<RowDraft> & {
  drafts: Drafts
  /** Rows the server has taken, as they were sent: nothing of them is left to send or to undo but what was written since. */
  settle: (taken: Parameters<typeof settled>[1]) => void
}

/** Rows with the language their figures are written in. */
type KeptRows = { locale: string; rows: Drafts }

function kept(name: string, locale: string): Drafts {
  const text = keptDraft(name)
  if (text === null) return {}
  const { locale: from, rows } = JSON.parse(text) as Partial<KeptRows>
  return typeof from === 'string' && rows !== undefined ? inLocale(rows, { from, to: locale }) : {}
}

/**
 * Rows being written, kept in this browser until the server has them (`kept-drafts.ts`): a lost network, a reload, a closed tab or another page
 * lose nothing. Every step can be undone.
 */
export function useDrafts(name: string, locale: string): HeldDrafts {
  const [drafts, setDrafts] = useState(() => kept(name, locale))
  const latest = useRef(drafts)
  const set = useCallback(
    (next: Drafts) => {
      latest.current = next
      if (Object.keys(next).length === 0) forgetDraft(name)
      else keepDraft(name, JSON.stringify({ locale, rows: next } satisfies KeptRows))
      setDrafts(next)
    },
    [name, locale],
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
