import { IconAlertCircle, IconCircleCheckFilled, IconCircleDashed, IconSparkles } from '@tabler/icons-react'
import type { FieldState } from '#documents/model'
import { useText } from '../../kit/text.tsx'
import styles from './FieldMark.module.css'

const shapes = {
  proposed: IconSparkles,
  accepted: IconCircleCheckFilled,
  edited: IconCircleCheckFilled,
  missing: IconCircleDashed,
  needed: IconAlertCircle,
}

/** Whether a field is only proposed, confirmed, not in the document, or to be entered: a shape with its word. */
export function FieldMark({ state }: { state: FieldState | 'missing' | 'needed' }) {
  const t = useText()
  const Shape = shapes[state]
  return (
    <span className={styles.mark} data-state={state}>
      <Shape size={14} stroke={1.8} aria-hidden />
      {t('documents.screen.field-state', { state })}
    </span>
  )
}
