import { Button, CloseButton } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { PlanDetail } from '#plans/model'
import { StatusBadge } from '../kit/StatusBadge.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import type { PlanDraft } from './draft.ts'
import styles from './Editor.module.css'
import { asRequests, useReadiness, useRequestOnly } from './readiness.ts'

export interface EditorCheckProps {
  plan: Pick<PlanDetail, 'id' | 'act'>
  draft: PlanDraft
  /** Whether the server has the draft as it stands: it says which bodies may only be requested. */
  isSaved: boolean
  onChange: (draft: PlanDraft) => void
  onGo: (pointer: string) => void
  onClose: () => void
}

/** Most faults that are listed at once; mending them brings the next. */
const most = 30

/** What issuing would refuse, said beforehand, each a way to its field. Follows the draft as it is mended. */
export function EditorCheck({ plan, draft, isSaved, onChange, onGo, onClose }: EditorCheckProps) {
  const t = useText()
  const format = useFormat()
  const requestOnly = useRequestOnly(plan.id, draft, isSaved)
  const faults = useReadiness()(draft, plan.act, requestOnly)
  const orders = faults.filter((fault) => fault.code.startsWith('plans.order-')).length
  const box = useRef<HTMLElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <section className={styles.check} data-whole={faults.length === 0 || undefined} ref={box} tabIndex={-1}>
      <div className={styles.checkHead}>
        <h2>{t('plans.check-title')}</h2>
        <CloseButton aria-label={t('kit.close')} onClick={onClose} />
      </div>
      {faults.length === 0 ? (
        <StatusBadge tone="done">{t('plans.check-whole')}</StatusBadge>
      ) : (
        <>
          <p role="status">{t('plans.check-faults', { count: faults.length, number: format.number(faults.length) })}</p>
          <ul>
            {faults.slice(0, most).map((fault) => (
              <li key={fault.pointer + fault.code}>
                <a
                  href={`#${fault.pointer}`}
                  onClick={(event) => {
                    event.preventDefault()
                    onGo(fault.pointer)
                  }}
                >
                  {fault.title}
                </a>
              </li>
            ))}
          </ul>
          {orders > 0 && (
            <p>
              <Button variant="default" onClick={() => onChange(asRequests(draft, requestOnly))}>
                {t('plans.turn-into-requests', { count: orders, number: format.number(orders) })}
              </Button>
            </p>
          )}
          {faults.length > most && (
            <p>{t('plans.and-more', { count: faults.length - most, number: format.number(faults.length - most) })}</p>
          )}
        </>
      )}
    </section>
  )
}
