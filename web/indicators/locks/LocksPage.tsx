import { Button } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { PeriodLock } from '#indicators/model'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { Empty } from '../../kit/Empty.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { useMay } from '../../kit/session.tsx'
import { StatusBadge } from '../../kit/StatusBadge.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { indicatorsTo } from '../addresses.ts'
import styles from '../Indicators.module.css'
import { useNames } from '../queries.ts'
import { periodWords } from '../words.ts'
import { LockDialog } from './LockDialog.tsx'
import { OpenDialog } from './OpenDialog.tsx'
import { locksQuery } from './queries.ts'

/** Which periods are locked, by whom and why; locking one, and opening it again by order. */
export function LocksPage() {
  const t = useText()
  const may = useMay()
  const { data, error, refetch } = useQuery(locksQuery())
  const [isLocking, setLocking] = useState(false)
  const [opening, setOpening] = useState<PeriodLock>()
  const closed = data?.filter(({ endedAt }) => endedAt === null).length ?? 0
  return (
    <>
      <PageHeader
        title={t('indicators.locks-title')}
        state={data && t('indicators.locks-state', { count: closed })}
        crumbs={[{ label: t('indicators.title'), to: indicatorsTo }, { label: t('indicators.locks-title') }]}
        acts={
          may('indicators.lock-periods') && (
            <Button leftSection={<IconLock size={18} stroke={1.6} aria-hidden />} onClick={() => setLocking(true)}>
              {t('indicators.locks-act')}
            </Button>
          )
        }
      />
      <DataTable
        id="period-locks"
        caption={t('indicators.locks-title')}
        columns={useColumns(may('indicators.lock-periods') ? setOpening : undefined)}
        rows={data}
        error={error}
        onRetry={() => void refetch()}
        rowId={(one) => one.id}
        rowName={(one) => periodWords(one.period, t)}
        empty={<Empty title={t('indicators.locks-none')}>{t('indicators.locks-none-words')}</Empty>}
      />
      {isLocking && <LockDialog onClose={() => setLocking(false)} />}
      {opening && <OpenDialog lock={opening} onClose={() => setOpening(undefined)} />}
    </>
  )
}

function useColumns(onOpen: ((lock: PeriodLock) => void) | undefined): Column<PeriodLock>[] {
  const t = useText()
  const format = useFormat()
  const known = useNames()
  return [
    {
      id: 'period',
      title: t('indicators.period'),
      width: '14rem',
      cell: (one) => (
        <span className={styles.named}>
          <span className={styles.title}>{periodWords(one.period, t)}</span>
          <span className={styles.detail}>
            {one.measureId === null ? t('indicators.locks-all-measures') : known.measure(one.measureId)?.measure.name}
          </span>
        </span>
      ),
    },
    {
      id: 'state',
      title: t('indicators.status'),
      width: '9rem',
      cell: (one) => (
        <StatusBadge tone={one.endedAt === null ? 'done' : 'note'}>
          {t('indicators.locks-is', { state: one.endedAt === null ? 'locked' : 'open' })}
        </StatusBadge>
      ),
    },
    { id: 'by', title: t('indicators.locks-by'), width: '14rem', cell: (one) => one.agencyName },
    {
      id: 'locked',
      title: t('indicators.locks-locked'),
      width: '15rem',
      cell: (one) => (
        <span className={styles.named}>
          {format.dateTime(one.lockedAt)}
          <span className={styles.detail}>{one.reason}</span>
        </span>
      ),
    },
    {
      id: 'opened',
      title: t('indicators.locks-opened'),
      width: '15rem',
      cell: (one) =>
        one.endedAt === null ? (
          one.isOwn &&
          onOpen && (
            <Button variant="default" size="compact-sm" onClick={() => onOpen(one)}>
              {t('indicators.locks-open-act')}
            </Button>
          )
        ) : (
          <span className={styles.named}>
            {format.dateTime(one.endedAt)}
            <span className={styles.detail}>{one.endReason}</span>
          </span>
        ),
    },
  ]
}
