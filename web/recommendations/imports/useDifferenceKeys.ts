import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import type { Incoming } from '#recommendations/model'
import type { Decision } from './Differences.tsx'

export const differenceId = (id: string): string => `difference-${id}`

const steps: Readonly<Record<string, number>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }
const decisions: Readonly<Record<string, Decision>> = { a: 'take', r: 'leave' }

/** Which difference one is at, and the keys: j k move, a takes, r leaves; what follows a settled one is come to by itself. */
export function useDifferenceKeys(items: readonly Incoming[], decide?: (id: string, decision: Decision) => void) {
  const [active, setActive] = useState<string | null>(null)
  const next = useRef<string | null>(null)
  function goTo(id: string | undefined) {
    if (id === undefined) return
    setActive(id)
    const row = document.getElementById(differenceId(id))
    row?.focus({ preventScroll: true })
    row?.scrollIntoView({ block: 'nearest' })
  }
  useEffect(() => {
    if (next.current === null || items.some(({ recommendationId }) => recommendationId === active)) return
    goTo(items.find(({ recommendationId }) => recommendationId === next.current)?.recommendationId)
    next.current = null
  }, [items, active])
  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const at = items.findIndex(({ recommendationId }) => recommendationId === active)
    const item = items[at]
    if (item === undefined) return
    const step = steps[event.key]
    const decision = decisions[event.key]
    if (step !== undefined) goTo(items[at + step]?.recommendationId)
    else if (decision !== undefined && decide !== undefined) {
      next.current = (items[at + 1] ?? items[at - 1])?.recommendationId ?? null
      decide(item.recommendationId, decision)
    } else return
    event.preventDefault()
  }
  return { active, setActive, onKeyDown }
}
