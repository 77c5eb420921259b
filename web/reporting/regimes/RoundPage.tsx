import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { usePathId } from '../../kit/address.ts'
import { LoadFailed } from '../../kit/Empty.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { stringifySearch } from '../../kit/url.ts'
import { boardNames, boardTo, cockpitTo } from '../boards/queries.ts'
import { Obligations } from './Obligations.tsx'
import { UrgingsSection } from '../urging/UrgingsSection.tsx'
import { JointAct } from '../workbooks/JointAct.tsx'
import { regimeTo, regimesTo, roundQuery } from './queries.ts'
import styles from './Regimes.module.css'
import { useRegimeWords } from './words.ts'

/** One round: its days, and who owes which report. */
export function RoundPage() {
  const t = useText()
  const format = useFormat()
  const words = useRegimeWords()
  const { data: round, error, refetch } = useQuery(roundQuery(usePathId('roundId')))
  if (error) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  if (round === undefined) return null
  const regime = words.say(round.definition.names)
  const title = t('regimes.round-title', { regime, period: words.period(round.period, round.definition) })
  const due = [...round.definition.tiers.map(({ code }) => code), 'root'].map((code) =>
    t('regimes.tier-due', { tier: words.tier(code, round.definition), date: format.date(round.dates.due[code] ?? '') }),
  )
  return (
    <>
      <PageHeader
        title={title}
        state={t('regimes.round-state', { sent: round.sent, owed: round.owed, overdue: round.overdue })}
        crumbs={[
          { label: t('regimes.title'), to: regimesTo },
          { label: regime, to: regimeTo(round.regimeId) },
          { label: words.period(round.period, round.definition) },
        ]}
        acts={
          <>
            <JointAct roundId={round.id} />
            <Button component={Link} variant="default" to={boardTo + stringifySearch({ [boardNames.round]: round.id })}>
              {t('boards.title')}
            </Button>
            <Button component={Link} variant="default" to={cockpitTo(round.id)}>
              {t('boards.cockpit')}
            </Button>
          </>
        }
      />
      <p className={styles.before}>
        {t('regimes.round-days', {
          cutOff: format.date(round.cutOffOn),
          owedOn: format.date(round.owedOn),
          due: due.join('; '),
        })}
      </p>
      <Obligations round={round} />
      <UrgingsSection roundId={round.id} />
    </>
  )
}
