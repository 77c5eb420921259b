import { IconBulb, IconFlagFilled, IconMailForward, IconStack2, IconUsers, type Icon } from '@tabler/icons-react'
import type { DutyKind } from '#plans/model'
import { useText } from '../kit/text.tsx'
import styles from './Duties.module.css'

const shapes: Record<DutyKind, Icon> = {
  lead: IconFlagFilled,
  support: IconUsers,
  requested: IconMailForward,
  advise: IconBulb,
  consolidate: IconStack2,
}

/** The order duties are said in. */
export const dutyOrder: readonly DutyKind[] = ['lead', 'requested', 'support', 'advise', 'consolidate']

/** A kind of duty as shape and word. */
export function DutyMark({ kind }: { kind: DutyKind }) {
  const t = useText()
  const Shape = shapes[kind]
  return (
    <span className={styles.mark} data-kind={kind}>
      <Shape size={16} stroke={1.8} aria-hidden />
      {t('plans.duty-kind', { kind })}
    </span>
  )
}
