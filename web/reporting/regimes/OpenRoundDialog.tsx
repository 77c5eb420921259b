import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { RegimeChoices, RegimeDefinition, RegimeDetail, RoundTrial } from '#reporting/model'
import { periodsAfter } from '#reporting/model'
import { SelectField } from '../../kit/fields.tsx'
import { useProblemWords } from '../../kit/problem-words.ts'
import { useSession } from '../../kit/session.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useToast } from '../../kit/Toast.tsx'
import { DialogForm } from '../../plans/DialogForm.tsx'
import { openRound, roundTo, trialQuery, useRenewReporting } from './queries.ts'
import styles from './Regimes.module.css'
import { useRegimeWords } from './words.ts'

export interface OpenRoundDialogProps {
  regime: RegimeDetail
  choices: RegimeChoices
  onClose: () => void
}

/** Asks which period is opened, and says before what is laid on whom. */
export function OpenRoundDialog({ regime, choices, onClose }: OpenRoundDialogProps) {
  const t = useText()
  const toast = useToast()
  const renew = useRenewReporting()
  const go = useNavigate()
  const { today } = useSession()
  const words = useRegimeWords()
  const issued = regime.versions.filter(({ state }) => state === 'issued')
  const definition = issued[0]?.definition
  const opened = new Set(regime.opened)
  // From the first period a version knows to those that begin within a year.
  const first = issued.map(({ effectiveFrom }) => effectiveFrom).toSorted()[0] ?? today
  const periods =
    definition === undefined
      ? []
      : periodsAfter(definition.window, { day: first, count: mostPeriods, calendars: choices.calendars }).filter(
          ({ id, from }) => !opened.has(id) && from <= aYearAfter(today),
        )
  const [chosen, setChosen] = useState('')
  const period = chosen || (periods.find(({ to }) => to > today)?.id ?? periods[0]?.id ?? '')
  const trial = useQuery({ ...trialQuery(regime.id, period), enabled: period !== '' })
  const opening = useMutation({
    mutationFn: () => openRound(regime.id, period),
    onSuccess: async ({ id, obligations }) => {
      await renew()
      toast({ kind: 'done', text: t('regimes.open-round-done', { count: obligations }) })
      await go({ to: roundTo(id) })
    },
  })
  if (definition === undefined) return null
  return (
    <DialogForm
      title={t('regimes.open-round')}
      act={t('regimes.open-round')}
      isPending={opening.isPending}
      isBlocked={trial.data === undefined || trial.data.obstacles.length > 0}
      problem={opening.error}
      onSend={() => opening.mutate()}
      onClose={onClose}
    >
      <SelectField
        id="period"
        label={t('regimes.period')}
        choices={periods.map(({ id }) => ({ value: id, label: words.period(id, definition) }))}
        value={period}
        onChange={setChosen}
      />
      <TrialNote problem={trial.error} trial={trial.data} definition={definition} />
    </DialogForm>
  )
}

const aYearAfter = (day: string) => `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`
/** Ten years of months. */
const mostPeriods = 120

function TrialNote({
  problem,
  trial,
  definition,
}: {
  problem: unknown
  trial: RoundTrial | undefined
  definition: RegimeDefinition
}) {
  const t = useText()
  const format = useFormat()
  const words = useRegimeWords()
  const problemWords = useProblemWords()
  if (problem) return <p role="alert">{problemWords(problem)}</p>
  if (trial === undefined) return <p>{t('regimes.trial-running')}</p>
  const names = (bodies: RoundTrial['aboveNone'], count: number) =>
    t('regimes.names-of', {
      names: format.list(bodies.slice(0, 5).map(({ name }) => name)),
      more: Math.max(0, count - 5),
    })
  return (
    <>
      <p>
        {t('regimes.trial-says', {
          from: format.date(trial.periodFrom),
          cutOff: format.date(trial.cutOffOn),
          owedOn: format.date(trial.owedOn),
        })}
      </p>
      {trial.obstacles.length > 0 && (
        <ul className={styles.findings} role="alert">
          {trial.obstacles.map(({ code, params }) => (
            <li key={code} className={styles.finding} data-severity="error">
              {t(code, params)}
            </li>
          ))}
        </ul>
      )}
      <div className={`${styles.paper} ${styles.scroll}`} tabIndex={0} role="group" aria-label={t('regimes.trial')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('regimes.tier')}</th>
              <th scope="col">{t('regimes.due')}</th>
              <th scope="col">{t('regimes.owed')}</th>
              <th scope="col">{t('regimes.requested')}</th>
              <th scope="col">{t('regimes.merged')}</th>
            </tr>
          </thead>
          <tbody>
            {trial.tiers.map((tier) => (
              <tr key={tier.code}>
                <th scope="row">{words.tier(tier.code, definition)}</th>
                <td>{format.date(tier.dueOn)}</td>
                <td>{format.number(tier.owed)}</td>
                <td>{format.number(tier.requested)}</td>
                <td>{format.number(tier.merged + tier.withdrawn)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {trial.aboveNoneCount > 0 && (
        <p>{t('regimes.above-none', { names: names(trial.aboveNone, trial.aboveNoneCount) })}</p>
      )}
      {trial.twice.length > 0 && <p>{t('regimes.twice', { names: names(trial.twice, trial.twice.length) })}</p>}
      {trial.severalReceivers.length > 0 && (
        <p>{t('regimes.several', { names: names(trial.severalReceivers, trial.severalReceivers.length) })}</p>
      )}
    </>
  )
}
