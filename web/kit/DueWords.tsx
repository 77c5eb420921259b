import { dueInWords, dueOf, type Due } from './due.ts'
import type { DateText } from './format.ts'
import { StatusBadge, type Tone } from './StatusBadge.tsx'
import { useFormat, useText } from './text.tsx'

const tones: Record<Due, Tone> = { past: 'overdue', today: 'soon', soon: 'soon', later: 'pending', none: 'undated' }

/** When something is due, in words, with the shape of its urgency. `today` is the session's. */
export function DueWords({ dueOn, today }: { dueOn: DateText | null; today: DateText }) {
  const t = useText()
  const format = useFormat()
  return <StatusBadge tone={tones[dueOf(dueOn, today)]}>{dueInWords(dueOn, today, t, format)}</StatusBadge>
}
