import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { Cockpit } from '#reporting/model'
import { usePathId } from '../../kit/address.ts'
import { Empty, LoadFailed } from '../../kit/Empty.tsx'
import { FigureNote } from '../../kit/FigureNote.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { Section } from '../../kit/Section.tsx'
import { StatusBadge } from '../../kit/StatusBadge.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { stringifySearch } from '../../kit/url.ts'
import { reportTo } from '../reports/addresses.ts'
import { roundTo } from '../regimes/queries.ts'
import styles from './Boards.module.css'
import { CockpitTables } from './CockpitTables.tsx'
import { SendingsPart } from './SendingsPart.tsx'
import { boardNames, boardTo, cockpitQuery, everyMs } from './queries.ts'
import { useBoardWords } from './words.ts'

/** The day a round is due, as it goes: asked for again every few seconds while the page is looked at. */
export function CockpitPage() {
  const { data, error, failureReason, isFetching, refetch } = useQuery(cockpitQuery(usePathId('roundId')))
  if (error && !data) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  if (data === undefined) return null
  return <CockpitOf {...{ cockpit: data, isLost: failureReason !== null, isFetching, onRetry: () => void refetch() }} />
}

type Live = { cockpit: Cockpit; isLost: boolean; isFetching: boolean; onRetry: () => void }

function CockpitOf({ cockpit, isLost, isFetching, onRetry }: Live) {
  const t = useText()
  const format = useFormat()
  const words = useBoardWords()
  const { round, total } = cockpit
  const came = total.owed - total.notBegun - total.writing
  return (
    <>
      <PageHeader
        title={t('boards.cockpit')}
        state={t('boards.cockpit-state', { came, owed: total.owed, missing: total.owed - came })}
        crumbs={[
          { label: t('boards.title'), to: boardTo + stringifySearch({ [boardNames.round]: round.id }) },
          { label: words.round(round), to: roundTo(round.id) },
          { label: t('boards.cockpit') },
        ]}
        acts={
          <Button variant="default" loading={isFetching} onClick={onRetry}>
            {t('boards.refresh')}
          </Button>
        }
      />
      <p className={isLost ? styles.note : styles.quiet} role="status">
        {t(isLost ? 'boards.lost' : 'boards.live', { time: format.time(cockpit.asOf), seconds: everyMs / 1000 })}
      </p>
      <FigureNote
        period={words.round(round)}
        coverage={{ reported: came, owed: total.owed }}
        source={t('boards.source', { at: format.dateTime(cockpit.asOf) })}
      />
      <Countdowns cockpit={cockpit} />
      <CockpitTables cockpit={cockpit} />
      <SendingsPart cockpit={cockpit} />
      <Named cockpit={cockpit} />
    </>
  )
}

/** The time left to each tier's due moment, by the clock of the server as it was asked last. */
function Countdowns({ cockpit }: { cockpit: Cockpit }) {
  const t = useText()
  const format = useFormat()
  const words = useBoardWords()
  const now = useServerClock(cockpit.asOf)
  return (
    <Section title={t('boards.countdown')}>
      <ul className={styles.badges}>
        {cockpit.tiers.map((tier) => {
          const minutes = Math.floor((Date.parse(tier.dueAt) - now) / 60_000)
          const [isPast, away] = [minutes < 0, Math.abs(minutes)]
          return (
            <li key={tier.code}>
              <StatusBadge tone={isPast ? 'overdue' : minutes < 1440 ? 'soon' : 'pending'}>
                {t(isPast ? 'boards.due-past' : 'boards.due-in', {
                  ...{ tier: words.tier(tier), date: format.date(tier.dueOn) },
                  ...{ days: Math.floor(away / 1440), hours: Math.floor(away / 60) % 24, minutes: away % 60 },
                })}
              </StatusBadge>
            </li>
          )
        })}
      </ul>
      <p className={styles.quiet}>{t('boards.zone', { zone: format.zoneName(cockpit.timeZone) })}</p>
    </Section>
  )
}

/** The server's time now (ms), as far as it went on since it was told; looked at anew every half minute. */
function useServerClock(asOf: string): number {
  const [passed, setPassed] = useState(0)
  useEffect(() => {
    const began = performance.now()
    setPassed(0)
    const timer = setInterval(() => setPassed(performance.now() - began), 30_000)
    return () => clearInterval(timer)
  }, [asOf])
  return Date.parse(asOf) + passed
}

function Named({ cockpit }: { cockpit: Cockpit }) {
  const t = useText()
  const format = useFormat()
  return (
    <>
      <Section title={t('boards.newest')}>
        {cockpit.newest.length === 0 ? (
          <Empty title={t('boards.newest-none')} />
        ) : (
          <ol>
            {cockpit.newest.map((one) => (
              <li key={`${one.reportId} ${one.number}`}>
                <Link to={reportTo(one.reportId)}>{one.agencyName}</Link>{' '}
                <span className={styles.quiet}>
                  {t('boards.sent-at', { at: format.dateTime(one.at), number: one.number })}
                </span>
              </li>
            ))}
          </ol>
        )}
      </Section>
      <Section title={t('boards.writing', { count: cockpit.total.writing })}>
        <p className={styles.quiet}>{t('boards.writing-words')}</p>
        <ul>
          {cockpit.writing.map(({ reportId, agencyName }) => (
            <li key={reportId}>{agencyName}</li>
          ))}
        </ul>
      </Section>
    </>
  )
}
