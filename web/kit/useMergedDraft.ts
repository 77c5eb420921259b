import { useCallback, useRef } from 'react'
import { mergeFields, type Choices, type Merged } from './merge.ts'
import { useText } from './text.tsx'
import { useToast } from './Toast.tsx'
import { useDraft, type SaveStatus } from './useDraft.ts'
import { useMerging, type Held, type MergingOptions } from './useMerging.ts'

/** What lies in the browser until it is saved: what is typed, and what it was typed over. */
interface Kept<T, V> extends Held<T, V> {
  base: T
}

export interface MergedDraftOptions<T, V> extends MergingOptions<T, V> {
  /** Names the draft in this browser: `plans.task.<id>`. */
  name: string
}

export interface MergedDraft<T, V> {
  value: T
  change: (value: T) => void
  status: SaveStatus
  saveNow: () => Promise<boolean>
  /** Saves, and answers the version the server then holds of what stands here. @throws what hinders the saving */
  ensure: () => Promise<V>
  /** Others saved, and fields both changed; saving waits until these are chosen. */
  conflict: { merged: (choices: Choices) => Merged<T>; settle: (choices: Choices) => Promise<void> } | undefined
}

/**
 * A draft that saves itself (`useDraft`) and joins what others saved meanwhile, field by field. What it was typed over is
 * kept with it, so that after a reload too nobody's words are written over unseen.
 */
export function useMergedDraft<T, V>({ name, ...options }: MergedDraftOptions<T, V>): MergedDraft<T, V> {
  const { start } = options
  const t = useText()
  const toast = useToast()
  const typedOver = (sent: T, now: T, saved: T): T => {
    const { known = (value) => value, whole } = options
    return mergeFields({ base: known(sent), mine: known(now), theirs: known(saved) }, { whole }).value
  }
  const draft = useDraft<Kept<T, V>>({
    name: `${name}.versioned`,
    start: { value: start.value, base: start.value, version: start.version },
    save: async (sent) => {
      const saved = await merging.put(sent.value)
      const { version } = merging.held.current
      const now = latest.current
      // What was typed while it was being saved goes over what the server holds now.
      const value = now === sent ? saved : typedOver(sent.value, now.value, saved)
      latest.current = { value, base: saved, version }
      if (now === sent) draft.adopt(latest.current)
      else draft.change(latest.current)
    },
  })
  const merging = useMerging({ ...options, start: { value: draft.value.base, version: draft.value.version } })
  const latest = useRef(draft.value)
  const { change: keep, adopt, saveNow } = draft
  const { held, put, conflict, settle } = merging
  const change = useCallback(
    (value: T) => {
      const { value: base, version } = held.current
      latest.current = { value, base, version }
      keep(latest.current)
    },
    [keep, held],
  )
  const ensure = useCallback(async () => {
    await saveNow()
    const { value } = latest.current
    if (held.current.version !== null && held.current.value === value) return held.current.version
    const saved = await put(value)
    const { version } = held.current
    latest.current = { value: saved, base: saved, version }
    adopt(latest.current)
    return version
  }, [saveNow, put, adopt, held])
  return {
    value: draft.value.value,
    change,
    status: conflict ? { kind: 'disputed' } : draft.status,
    saveNow,
    ensure,
    conflict: conflict && {
      merged: (choices) => conflict.over(latest.current.value, choices),
      settle: async (choices) => {
        change(settle(latest.current.value, choices))
        // The panel is gone and the page has moved: how the saving ended is said where one looks now.
        if (await saveNow()) toast({ kind: 'done', text: t('kit.conflict-saved') })
        else
          toast({
            kind: 'problem',
            text: t('kit.save-failed'),
            act: { label: t('kit.save-again'), run: () => void saveNow() },
          })
      },
    },
  }
}
