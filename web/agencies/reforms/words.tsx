import type { ReformState } from '#agencies/model'
import { StatusBadge, type Tone } from '../../kit/StatusBadge.tsx'
import { useText } from '../../kit/text.tsx'

const tones: Record<ReformState, Tone> = {
  draft: 'draft',
  submitted: 'soon',
  scheduled: 'pending',
  applied: 'done',
  blocked: 'overdue',
  discarded: 'undated',
}

/** Where a reform stands. */
export function ReformBadge({ state }: { state: ReformState }) {
  const t = useText()
  return <StatusBadge tone={tones[state]}>{t(`agencies.reform-state-${state}`)}</StatusBadge>
}
