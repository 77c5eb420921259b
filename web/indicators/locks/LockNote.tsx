import { IconLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useFormat, useText } from '../../kit/text.tsx'
import { useNames } from '../queries.ts'
import styles from './Locks.module.css'
import { locksQuery } from './queries.ts'

/** Above a grid of entry: that figures of the period stand, by whose lock, before anybody types in vain. */
export function LockNote({ period, measureId }: { period: string; measureId: string | null }) {
  const t = useText()
  const format = useFormat()
  const known = useNames()
  const { data = [] } = useQuery(locksQuery(period))
  const binding = data.filter(
    (lock) =>
      lock.isBinding &&
      lock.endedAt === null &&
      (measureId === null || lock.measureId === null || lock.measureId === measureId),
  )
  return binding.map((lock) => (
    <p key={lock.id} className={styles.note}>
      <IconLock size={18} stroke={1.6} aria-hidden />
      <span>
        {t('indicators.locks-note', {
          body: lock.agencyName,
          at: format.day(lock.lockedAt),
          of: lock.measureId === null ? 'all' : 'one',
          measure: lock.measureId === null ? '' : (known.measure(lock.measureId)?.measure.name ?? ''),
          hasReason: lock.reason === null ? 'no' : 'yes',
          reason: lock.reason ?? '',
        })}
      </span>
    </p>
  ))
}
