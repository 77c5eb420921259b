import { Button, Drawer } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Coverage, TaskDerivation } from '#plans/model'
import { LoadFailed } from '../kit/Empty.tsx'
import { Figure } from '../kit/Figure.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { nodeTo, planTo } from './addresses.ts'
import styles from './Duties.module.css'
import { taskDerivationsQuery } from './queries.ts'
import { choice, withPath } from './words.ts'

export interface TaskDerivationsProps {
  planId: string
  task: Coverage['tasks'][number]
  decision: TaskDerivation['decision']
  count: number
}

/** How many plans below decided so on one task; opens the list of them. */
export function TaskDerivations(props: TaskDerivationsProps) {
  const t = useText()
  const [isOpen, setOpen] = useState(false)
  if (props.count === 0) return <Figure value={0} />
  return (
    <>
      <button
        type="button"
        className={styles.many}
        onClick={() => setOpen(true)}
        aria-haspopup="dialog"
        aria-label={t('plans.open-decisions', {
          count: props.count,
          decision: t('plans.decision-is', { decision: choice(props.decision) }),
          task: withPath(props.task.path, props.task.text).slice(0, 80),
        })}
      >
        <Figure value={props.count} />
      </button>
      {isOpen && <Opened {...props} onClose={() => setOpen(false)} />}
    </>
  )
}

function Opened({ planId, task, decision, count, onClose }: TaskDerivationsProps & { onClose: () => void }) {
  const t = useText()
  const format = useFormat()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    taskDerivationsQuery(planId, task.nodeId, decision),
  )
  const rows = data?.pages.flatMap((page) => page.items) ?? []
  const total = data?.pages[0]?.total ?? count
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="32rem"
      title={t('plans.decision-is', { decision: choice(decision) })}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <p className={styles.note}>{withPath(task.path, task.text)}</p>
      {error && <LoadFailed problem={error} onRetry={() => void refetch()} />}
      <ol className={styles.list}>
        {rows.map((row) => (
          <li key={row.planId}>
            <Decision row={row} />
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <Button variant="default" mt="md" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('plans.bodies-more', { shown: format.number(rows.length), total: format.number(total) })}
        </Button>
      )}
    </Drawer>
  )
}

/** One body, its plan, and the task that carries the one above out, or why none does. */
function Decision({ row }: { row: TaskDerivation }) {
  const t = useText()
  const format = useFormat()
  return (
    <>
      {row.agency.name} · <Link to={planTo(row.planId)}>{row.planNumber ?? row.planTitle}</Link>
      {row.nodeId !== null && row.text !== null && (
        <span className={styles.follows}>
          <Link to={nodeTo(row.planId, row.nodeId)}>{row.text}</Link>
        </span>
      )}
      {row.reason !== null && <span className={styles.follows}>{t('plans.reason-is', { reason: row.reason })}</span>}
      {row.isAfterIssue && row.decidedAt !== null && (
        <span className={styles.follows}>
          {t('plans.decided-after-issue', { date: format.dateTime(row.decidedAt) })}
        </span>
      )}
    </>
  )
}
