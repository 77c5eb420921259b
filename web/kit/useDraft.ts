import { useCallback, useEffect, useRef, useState } from 'react'
import { forgetDraft, keepDraft, keptDraft } from './kept-drafts.ts'
import { saveIn } from './pace.ts'

export type SaveStatus =
  | { kind: 'clean' }
  | { kind: 'unsaved' }
  | { kind: 'saving' }
  /** `at` is an instant. */
  | { kind: 'saved'; at: string }
  | { kind: 'failed'; problem: unknown }
  /** Others saved the same fields: it waits for this person's choice. */
  | { kind: 'disputed' }

export interface DraftOptions<T> {
  /** Names the draft in this browser: `plans.task.<id>`. */
  name: string
  /** What the server holds. */
  start: T
  save: (value: T) => Promise<unknown>
  delayMs?: number
}

export interface Draft<T> {
  value: T
  change: (value: T) => void
  status: SaveStatus
  /** Saves now; also after a failure. @returns whether the server has all that was typed until then */
  saveNow: () => Promise<boolean>
  /** Takes what the server holds already: nothing of it is left to save. For a save that gave back more than was sent. */
  adopt: (value: T) => void
}

function kept<T>(name: string, start: T): T {
  const text = keptDraft(name)
  return text === null ? start : (JSON.parse(text) as T)
}

/**
 * Saves what is typed a moment after the last key, and within ten seconds where no pause comes. Until the server has it, the value is kept in this browser
 * (`kept-drafts.ts`), so that a failed save, a reload, a closed tab or another page loses nothing.
 */
export function useDraft<T>({ name, start, save, delayMs = 1200 }: DraftOptions<T>): Draft<T> {
  const [value, setValue] = useState<T>(() => kept(name, start))
  const [status, setStatus] = useState<SaveStatus>(() => ({
    kind: keptDraft(name) === null ? 'clean' : 'unsaved',
  }))
  const latest = useRef(value)
  const isDirty = useRef(status.kind === 'unsaved')
  const running = useRef<Promise<boolean> | undefined>(undefined)
  const adopted = useRef<T | undefined>(undefined)
  const typingSince = useRef<number | undefined>(undefined)
  const saving = useRef(save)
  saving.current = save

  const saveNow = useCallback(async () => {
    await running.current
    if (!isDirty.current) return true
    const sent = latest.current
    setStatus({ kind: 'saving' })
    running.current = saving.current(sent).then(
      () => {
        const isLatest = latest.current === sent || latest.current === adopted.current
        isDirty.current = !isLatest
        if (isLatest) forgetDraft(name)
        setStatus(isLatest ? { kind: 'saved', at: new Date().toISOString() } : { kind: 'unsaved' })
        return true
      },
      (problem: unknown) => {
        setStatus({ kind: 'failed', problem })
        return false
      },
    )
    return running.current
  }, [name])

  const change = useCallback(
    (next: T) => {
      latest.current = next
      isDirty.current = true
      keepDraft(name, JSON.stringify(next))
      setValue(next)
      setStatus({ kind: 'unsaved' })
    },
    [name],
  )

  const adopt = useCallback(
    (next: T) => {
      latest.current = next
      adopted.current = next
      isDirty.current = false
      forgetDraft(name)
      setValue(next)
    },
    [name],
  )

  useEffect(() => {
    if (!isDirty.current) return
    typingSince.current ??= Date.now()
    const timer = setTimeout(
      () => {
        typingSince.current = undefined
        void saveNow()
      },
      saveIn({ since: typingSince.current, now: Date.now(), delayMs }),
    )
    return () => clearTimeout(timer)
  }, [value, delayMs, saveNow])

  useEffect(() => {
    function hidden() {
      if (document.visibilityState === 'hidden') void saveNow()
    }
    function leaving(event: BeforeUnloadEvent) {
      if (isDirty.current) event.preventDefault()
    }
    document.addEventListener('visibilitychange', hidden)
    window.addEventListener('beforeunload', leaving)
    return () => {
      document.removeEventListener('visibilitychange', hidden)
      window.removeEventListener('beforeunload', leaving)
      void saveNow()
    }
  }, [saveNow])

  return { value, change, status, saveNow, adopt }
}
