import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { isSettling, type Incoming, type RecommendationImport, type SettleIncoming } from '#recommendations/model'
import { Confirm } from '../../kit/Confirm.tsx'
import { Empty, LoadFailed } from '../../kit/Empty.tsx'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { SelectField } from '../../kit/fields.tsx'
import { Pager } from '../../kit/Pager.tsx'
import { Section } from '../../kit/Section.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useToast } from '../../kit/Toast.tsx'
import { useListUrl } from '../../kit/useListUrl.ts'
import { anchors } from './addresses.ts'
import { Difference } from './Difference.tsx'
import { useRenewRecommendations } from '../queries.ts'
import styles from './Imports.module.css'
import { incomingQuery, settle } from './queries.ts'
import { Settling } from './Settling.tsx'
import { useDifferenceKeys } from './useDifferenceKeys.ts'

export type Decision = SettleIncoming['decision']
type Shown = Incoming['state'] | 'own'
const shownOf: readonly Shown[] = ['open', 'own', 'taken', 'left', 'replaced']

/** What a later file says otherwise, beside what is here; taken or left one by one, or all that are shown. */
export function Differences({ one }: { one: RecommendationImport }) {
  const t = useText()
  const format = useFormat()
  const toast = useToast()
  const renew = useRenewRecommendations()
  const list = useListUrl({})
  const [shown, setShown] = useState<Shown>('open')
  const [asked, setAsked] = useState<Decision | null>(null)
  const isOwn = shown === 'own'
  const { data, error, refetch } = useQuery(
    incomingQuery({
      import: one.id,
      page: list.page,
      size: Math.min(list.size, mostShown),
      state: isOwn ? 'open' : shown,
      own: isOwn ? 'true' : undefined,
    }),
  )
  const settling = useMutation({
    mutationFn: (body: SettleIncoming) => settle(one.id, body),
    onSettled: () => setAsked(null),
    onSuccess: async ({ settled, notKept, jobId }, { decision }) => {
      await renew()
      if (jobId === null && (settled !== 1 || notKept > 0))
        toast({
          kind: notKept > 0 ? 'note' : 'done',
          text: t('bring.settled', {
            decision,
            count: settled,
            number: format.number(settled),
            notKept,
            notKeptNumber: format.number(notKept),
          }),
        })
    },
  })
  const isBusy = settling.isPending || isSettling(one)
  const decide = (id: string, decision: Decision) => settling.mutate({ decision, of: { recommendationIds: [id] } })
  const isOpen = shown === 'open' || isOwn
  const keys = useDifferenceKeys(isOpen ? (data?.items ?? []) : [], isBusy ? undefined : decide)
  const total = data?.total ?? 0
  const kept = data?.kept ?? 0
  return (
    <div id={anchors.differences}>
      <Section
        title={t('bring.differences')}
        acts={
          isOpen &&
          kept > 0 && (
            <>
              <Button variant="default" disabled={isBusy} onClick={() => setAsked('leave')}>
                {t('bring.leave-all', { number: format.number(kept) })}
              </Button>
              <Button variant="default" disabled={isBusy} onClick={() => setAsked('take')}>
                {t('bring.take-all', { number: format.number(kept) })}
              </Button>
            </>
          )
        }
      >
        <Settling one={one} />
        <p>{t('bring.differences-words')}</p>
        <SelectField
          id="shown"
          label={t('bring.shown')}
          value={shown}
          onChange={(value) => {
            setShown(shownOf.find((known) => known === value) ?? 'open')
            list.setPage(1)
          }}
          choices={shownOf.map((value) => ({ value, label: t(`bring.shown-${value}`) }))}
        />
        <ErrorSummary problem={settling.error} />
        {error && !data && <LoadFailed problem={error} onRetry={() => void refetch()} />}
        {data?.items.length === 0 && <Empty title={t(`bring.none-${isOpen ? 'open' : 'such'}`)} />}
        {isOpen && total > 0 && <p className={styles.keys}>{t('bring.keys')}</p>}
        <ol className={styles.differences} onKeyDown={keys.onKeyDown}>
          {data?.items.map((item) => (
            <Difference
              key={item.recommendationId}
              item={item}
              isActive={keys.active === item.recommendationId}
              onActive={() => keys.setActive(item.recommendationId)}
              isBusy={isBusy}
              onDecide={isOpen ? (decision) => decide(item.recommendationId, decision) : undefined}
            />
          ))}
        </ol>
        {data && total > 0 && <Pager list={{ ...list, size: Math.min(list.size, mostShown) }} total={total} />}
      </Section>
      <Confirm
        isOpen={asked !== null}
        title={t(asked === 'leave' ? 'bring.leave-all' : 'bring.take-all', { number: format.number(kept) })}
        act={t(asked === 'leave' ? 'bring.leave' : 'bring.take')}
        isPending={settling.isPending}
        onConfirm={() =>
          asked && settling.mutate({ decision: asked, of: { all: true, ...(isOwn ? { own: true } : {}) } })
        }
        onClose={() => setAsked(null)}
      >
        <p>{t(asked === 'leave' ? 'bring.leave-all-words' : 'bring.take-all-words')}</p>
        {total > kept && <p>{t('bring.not-kept', { count: total - kept, number: format.number(total - kept) })}</p>}
      </Confirm>
    </div>
  )
}

/** Each is two texts of a page or so. */
const mostShown = 50
