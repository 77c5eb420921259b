import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { importWaitsDays, type FigureImport } from '#indicators/model'
import { usePathId, useSetUrl, useUrl } from '../../kit/address.ts'
import { LoadFailed } from '../../kit/Empty.tsx'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { JobProgress } from '../../kit/JobProgress.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { StatusBadge } from '../../kit/StatusBadge.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { oneOf } from '../../kit/url.ts'
import { indicatorsTo } from '../addresses.ts'
import styles from '../Indicators.module.css'
import { useRenewIndicators } from '../queries.ts'
import { filesTo, names } from './addresses.ts'
import own from './Files.module.css'
import { Incoming } from './Incoming.tsx'
import { Problems } from './Problems.tsx'
import { importQuery, importTones, isAtWork, stop, takeIn } from './queries.ts'

/** What rows of a file came to; those with rows to show are opened. */
const kinds = ['refused', 'changed', 'added', 'same', 'empty'] as const
type Kind = (typeof kinds)[number]

/** One file of figures: how far it is looked through, what its rows would say, what is wrong, and the choice to take it in. */
export function FilePage() {
  const t = useText()
  const format = useFormat()
  const renew = useRenewIndicators()
  const id = usePathId('importId')
  const { data: one, error, refetch } = useQuery(importQuery(id))
  const works = one !== undefined && isAtWork(one)
  useEffect(() => {
    if (!works) void renew()
  }, [works, renew])
  const acting = useMutation({
    mutationFn: (act: 'whole' | 'good' | 'stop') => (act === 'stop' ? stop(id) : takeIn(id, act)),
    onSettled: renew,
  })
  if (error && !one) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  if (!one) return null
  return (
    <>
      <PageHeader
        title={one.fileName}
        crumbs={[
          { label: t('indicators.title'), to: indicatorsTo },
          { label: t('indicators.files-title'), to: filesTo },
          { label: one.fileName },
        ]}
        state={
          <>
            {!works && (
              <>
                <StatusBadge tone={importTones[one.state]}>
                  {t('indicators.files-state-is', { state: one.state })}
                </StatusBadge>
                {' · '}
              </>
            )}
            {[format.size(one.fileBytes), format.dateTime(one.startedAt), one.startedBy]
              .filter((part) => part !== null)
              .join(' · ')}
          </>
        }
      />
      <ErrorSummary problem={acting.error} />
      {works && (
        <JobProgress
          title={t('indicators.files-working', { state: one.state })}
          state="running"
          done={one.state === 'checking' ? one.counted : one.taken}
          total={one.state === 'checking' ? null : one.added + one.changed}
          onCancel={() => acting.mutate('stop')}
        />
      )}
      {!works && <Sentence one={one} />}
      {one.state === 'checked' && <TakeIn one={one} isPending={acting.isPending} onAct={(act) => acting.mutate(act)} />}
      {!works && one.counted > 0 && <Rows one={one} />}
    </>
  )
}

function TakeIn(of: { one: FigureImport; isPending: boolean; onAct: (act: 'whole' | 'good' | 'stop') => void }) {
  const { one, isPending, onAct } = of
  const t = useText()
  const fresh = one.added + one.changed
  return (
    <div className={`${own.choice} screen-only`}>
      <p>{t('indicators.files-choose', { fresh, refused: one.refused, days: importWaitsDays })}</p>
      <div className={own.acts}>
        {one.refused === 0 && fresh > 0 && (
          <Button loading={isPending} onClick={() => onAct('whole')}>
            {t('indicators.files-take-whole', { count: fresh })}
          </Button>
        )}
        {one.refused > 0 && fresh > 0 && (
          <Button loading={isPending} onClick={() => onAct('good')}>
            {t('indicators.files-take-good', { count: fresh })}
          </Button>
        )}
        <Button variant="default" disabled={isPending} onClick={() => onAct('stop')}>
          {t('indicators.files-leave')}
        </Button>
      </div>
    </div>
  )
}

/** How many rows came to what; each count opens its rows. */
function Rows({ one }: { one: FigureImport }) {
  const t = useText()
  const format = useFormat()
  const url = useUrl()
  const setUrl = useSetUrl()
  const waits = one.state === 'checked'
  const opens = (kind: Kind) => one[kind] > 0 && (kind === 'refused' || (waits && kind !== 'empty'))
  const asked = kinds.find((kind) => kind === oneOf(url[names.show]))
  const shown = asked !== undefined && opens(asked) ? asked : kinds.find(opens)
  return (
    <>
      <ul className={styles.counts} aria-label={t('indicators.files-counts', { count: one.counted })}>
        {kinds.map((kind) => {
          const words = t('indicators.files-count-is', { kind, count: one[kind], number: format.number(one[kind]) })
          return (
            <li key={kind}>
              {opens(kind) ? (
                <button
                  type="button"
                  aria-pressed={shown === kind}
                  onClick={() => setUrl({ [names.show]: kind, trang: undefined })}
                >
                  {words}
                </button>
              ) : (
                words
              )}
            </li>
          )
        })}
      </ul>
      {shown === 'refused' && <Problems one={one} />}
      {(shown === 'changed' || shown === 'added' || shown === 'same') && (
        <Incoming key={shown} one={one} outcome={shown} />
      )}
    </>
  )
}

/** What came of the file, in one sentence. */
function Sentence({ one }: { one: FigureImport }) {
  const t = useText()
  const format = useFormat()
  if (one.problem !== null) return <p>{one.problem}</p>
  if (one.problemCode !== null) return <p>{t('indicators.files-fell')}</p>
  const { state, taken, refused } = one
  return (
    <p>
      {t('indicators.files-came-to', {
        ...{ state, refused, fresh: one.added + one.changed, count: one.counted, days: importWaitsDays },
        ...{ number: format.number(one.counted), takenNumber: format.number(taken), taken },
      })}
    </p>
  )
}
