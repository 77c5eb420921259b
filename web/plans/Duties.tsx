import { Button, Drawer } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Duty } from '#plans/model'
import { LoadFailed } from '../kit/Empty.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import styles from './Duties.module.css'
import { DutyMark, dutyOrder } from './DutyMark.tsx'
import { dutyBodiesQuery } from './queries.ts'

/** Who owes what in a task: by kind, each body as printed, and who holds the duty today where that is another. */
export function Duties({ planId, duties }: { planId: string; duties: readonly Duty[] }) {
  const kinds = dutyOrder.filter((kind) => duties.some((duty) => duty.kind === kind))
  if (kinds.length === 0) return null
  return (
    <dl className={styles.duties}>
      {kinds.map((kind) => (
        <div key={kind} className={styles.kind}>
          <dt>
            <DutyMark kind={kind} />
          </dt>
          <dd>
            <ul className={styles.bodies}>
              {duties
                .filter((duty) => duty.kind === kind)
                .map((duty) => (
                  <li key={duty.id}>
                    <OneDuty planId={planId} duty={duty} />
                  </li>
                ))}
            </ul>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function OneDuty({ planId, duty }: { planId: string; duty: Duty }) {
  const t = useText()
  const format = useFormat()
  const [isOpen, setOpen] = useState(false)
  const { bodyCount, holders, addressed } = duty
  const today = holders.filter((holder) => holder.id !== addressed?.id)
  const isMany = duty.classCode !== null || bodyCount > holders.length
  if (bodyCount === 0 && addressed === null && duty.classCode === null) {
    return (
      <>
        {duty.raw} <span className={styles.unknown}>({t('plans.duty-unknown')})</span>
      </>
    )
  }
  return (
    <>
      {isMany && bodyCount > 0 ? (
        <button type="button" className={styles.many} onClick={() => setOpen(true)} aria-haspopup="dialog">
          {duty.raw}{' '}
          <span>
            (
            {t(duty.follows ? 'plans.bodies-follow' : 'plans.bodies', {
              count: bodyCount,
              number: format.number(bodyCount),
            })}
            )
          </span>
        </button>
      ) : (
        duty.raw
      )}
      {duty.follows && !isMany && today.length > 0 && (
        <span className={styles.follows}>
          {t('plans.duty-follows', { names: format.list(today.map((holder) => holder.name)) })}
        </span>
      )}
      {isOpen && <Bodies planId={planId} duty={duty} onClose={() => setOpen(false)} />}
    </>
  )
}

function Bodies({ planId, duty, onClose }: { planId: string; duty: Duty; onClose: () => void }) {
  const t = useText()
  const format = useFormat()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    dutyBodiesQuery(planId, duty.id),
  )
  const bodies = data?.pages.flatMap((page) => page.items) ?? []
  const count = data?.pages[0]?.total ?? duty.bodyCount
  const { visible, all } = data?.pages[0]?.bodies ?? { visible: duty.bodyCount, all: duty.bodyCount }
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="28rem"
      title={duty.raw}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <p className={styles.note}>{t('plans.bodies-of-class', { count: all, number: format.number(all) })}</p>
      {visible < all && (
        <p className={styles.note}>
          {t('plans.bodies-in-reach', { visible: format.number(visible), all: format.number(all) })}
        </p>
      )}
      {error && <LoadFailed problem={error} onRetry={() => void refetch()} />}
      <ol className={styles.list}>
        {bodies.map(({ addressed, holder }) => (
          <li key={`${addressed.id} ${holder.id}`}>
            {holder.name}
            {addressed.id !== holder.id && (
              <span className={styles.follows}>{t('plans.duty-was-laid-on', { name: addressed.name })}</span>
            )}
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <Button variant="default" mt="md" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('plans.bodies-more', { shown: format.number(bodies.length), total: format.number(count) })}
        </Button>
      )}
    </Drawer>
  )
}
