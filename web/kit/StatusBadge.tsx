import {
  IconAlertTriangleFilled,
  IconArrowBackUp,
  IconCalendarOff,
  IconCircle,
  IconCircleCheckFilled,
  IconClockCheck,
  IconClockHour4,
  IconInfoCircle,
  IconPencil,
  IconSparkles,
  type Icon,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import styles from './StatusBadge.module.css'

/** What a status means to the reader; each tone has its own shape, so that colour is never alone. */
export type Tone =
  'done' | 'late' | 'pending' | 'soon' | 'overdue' | 'undated' | 'returned' | 'draft' | 'note' | 'guess'

const shapes: Record<Tone, Icon> = {
  done: IconCircleCheckFilled,
  late: IconClockCheck,
  pending: IconCircle,
  soon: IconClockHour4,
  overdue: IconAlertTriangleFilled,
  undated: IconCalendarOff,
  returned: IconArrowBackUp,
  draft: IconPencil,
  note: IconInfoCircle,
  guess: IconSparkles,
}

/** The shape of a tone alone, for places where the word stands beside it. */
export function ToneShape({ tone, size = 18 }: { tone: Tone; size?: number }) {
  const Shape = shapes[tone]
  return <Shape size={size} stroke={1.8} aria-hidden className={styles.shape} data-tone={tone} />
}

/** A status as shape and word. */
export function StatusBadge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={styles.badge} data-tone={tone}>
      <ToneShape tone={tone} />
      {children}
    </span>
  )
}
