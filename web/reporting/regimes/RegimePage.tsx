import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { RegimeChoices, RegimeDetail } from '#reporting/model'
import { usePathId } from '../../kit/address.ts'
import { Confirm } from '../../kit/Confirm.tsx'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { LoadFailed } from '../../kit/Empty.tsx'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { Section } from '../../kit/Section.tsx'
import { useMay } from '../../kit/session.tsx'
import { StatusBadge } from '../../kit/StatusBadge.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useToast } from '../../kit/Toast.tsx'
import { Calendar } from './Calendar.tsx'
import { OpenRoundDialog } from './OpenRoundDialog.tsx'
import {
  choicesQuery,
  draftTo,
  endRegime,
  formTo,
  issueForm,
  issueRegime,
  regimeQuery,
  regimesTo,
  useRenewReporting,
} from './queries.ts'
import { RegimeFacts } from './RegimeFacts.tsx'
import { RegimeRounds } from './RegimeRounds.tsx'
import styles from './Regimes.module.css'
import { regimeTones, useRegimeWords } from './words.ts'
import { WordsRead } from './WordsRead.tsx'

/** One regime: what it says in words, its calendar, versions, forms and rounds. */
export function RegimePage() {
  const id = usePathId('regimeId')
  const regime = useQuery(regimeQuery(id))
  const choices = useQuery(choicesQuery)
  const failed = regime.error ?? choices.error
  if (failed) return <LoadFailed problem={failed} onRetry={() => void regime.refetch()} />
  return regime.data && choices.data ? <Whole regime={regime.data} choices={choices.data} /> : null
}

function Whole({ regime, choices }: { regime: RegimeDetail; choices: RegimeChoices }) {
  const t = useText()
  const words = useRegimeWords()
  const [isOpening, setOpening] = useState(false)
  const shown = regime.versions.find(({ state }) => state === 'issued') ?? regime.versions[0]
  if (shown === undefined) return null
  const { definition } = shown
  const title = words.say(definition.names)
  return (
    <>
      <PageHeader
        title={title}
        state={t('regimes.one-state', {
          state: regime.state.replaceAll('-', '_'),
          code: regime.code,
          owner: regime.agencyName,
        })}
        crumbs={[{ label: t('regimes.title'), to: regimesTo }, { label: title }]}
        acts={<Acts regime={regime} onOpen={() => setOpening(true)} />}
      />
      <Section title={t('regimes.calendar')}>
        <Calendar definition={definition} choices={choices} />
      </Section>
      <Section title={t('regimes.rounds')}>
        {regime.notOpened && (
          <p role="status" className={styles.finding} data-severity="error">
            {t('regimes.not-opened', { period: words.period(regime.notOpened.period, definition) })}{' '}
            {t(regime.notOpened.code, regime.notOpened.params)}
          </p>
        )}
        <RegimeRounds regime={regime} />
      </Section>
      <Section title={t('regimes.says')}>
        <RegimeFacts definition={definition} choices={choices} bodies={regime.bodies} />
      </Section>
      {regime.wordsRead && (
        <Section title={t('regimes.words-read')}>
          <WordsRead words={regime.wordsRead} />
        </Section>
      )}
      <Section title={t('regimes.versions')}>
        <Versions regime={regime} />
      </Section>
      {isOpening && <OpenRoundDialog regime={regime} choices={choices} onClose={() => setOpening(false)} />}
    </>
  )
}

type Asking = 'issue' | 'issue-form' | 'end'

/** What can be done with a regime by whom: writing, issuing by a second person, opening a round, ending. */
function Acts({ regime, onOpen }: { regime: RegimeDetail; onOpen: () => void }) {
  const t = useText()
  const may = useMay()
  const toast = useToast()
  const renew = useRenewReporting()
  const [asking, setAsking] = useState<Asking>()
  const draft = regime.versions.find(({ state }) => state === 'draft')
  const form = regime.forms.find(({ state }) => state === 'draft')
  const acting = useMutation({
    mutationFn: async (act: Asking): Promise<void> => {
      if (act === 'issue') await issueRegime(regime.id, draft?.version ?? 0)
      else if (act === 'issue-form') await issueForm(regime.id, form?.version ?? 0)
      else await endRegime(regime.id, regime.version)
    },
    onSuccess: async (_, act) => {
      await renew()
      setAsking(undefined)
      toast({ kind: 'done', text: t(`regimes.${act}-done`) })
    },
  })
  if (!regime.isOwn) return null
  const isEnded = regime.state === 'ended'
  const ask = (act: Asking) => {
    acting.reset()
    setAsking(act)
  }
  return (
    <div className={styles.acts}>
      {may('reporting.issue-regime') && regime.state === 'in-force' && (
        <Button variant="default" onClick={() => ask('end')}>
          {t('regimes.end')}
        </Button>
      )}
      {may('reporting.draft-regime') && !isEnded && (
        <>
          <Button variant="default" component={Link} to={formTo(regime.id)}>
            {t('regimes.write-form')}
          </Button>
          <Button variant="default" component={Link} to={draftTo(regime.id)}>
            {t('regimes.write')}
          </Button>
        </>
      )}
      {may('reporting.issue-regime') && form && (
        <Button variant="default" onClick={() => ask('issue-form')}>
          {t('regimes.issue-form')}
        </Button>
      )}
      {may('reporting.issue-regime') && draft && !isEnded && (
        <Button onClick={() => ask('issue')}>{t('regimes.issue')}</Button>
      )}
      {may('reporting.open-round') && regime.state === 'in-force' && (
        <Button onClick={onOpen}>{t('regimes.open-round')}</Button>
      )}
      {asking && (
        <Confirm
          isOpen
          title={t(`regimes.${asking}`)}
          act={t(`regimes.${asking}`)}
          isDestructive={asking === 'end'}
          isPending={acting.isPending}
          onConfirm={() => acting.mutate(asking)}
          onClose={() => setAsking(undefined)}
        >
          <ErrorSummary problem={acting.error} />
          <p>{t(`regimes.${asking}-words`)}</p>
        </Confirm>
      )}
    </div>
  )
}

type Kept = {
  id: string
  name: string
  state: 'draft' | 'issued'
  from: string | null
  savedBy: string | null
  issuedBy: string | null
  at: string
}

function Versions({ regime }: { regime: RegimeDetail }) {
  const t = useText()
  const format = useFormat()
  const rows: Kept[] = [
    ...regime.versions.map((one) => ({
      ...one,
      id: `v${one.number}`,
      name: t('regimes.version-number', { number: one.number }),
      from: one.effectiveFrom,
      at: one.issuedAt ?? one.savedAt,
    })),
    ...regime.forms.map((one) => ({
      ...one,
      name: t('regimes.form-number', { number: one.number }),
      from: null,
      at: one.issuedAt ?? one.savedAt,
    })),
  ]
  const columns: Column<Kept>[] = [
    { id: 'name', title: t('regimes.version'), width: '11rem', cell: (one) => one.name },
    {
      id: 'state',
      title: t('regimes.standing'),
      width: '8rem',
      cell: (one) => (
        <StatusBadge tone={regimeTones[one.state === 'issued' ? 'in-force' : 'draft']}>
          {t(`regimes.version-${one.state}`)}
        </StatusBadge>
      ),
    },
    {
      id: 'from',
      title: t('regimes.effective-from'),
      width: '8rem',
      cell: (one) => (one.from === null ? '–' : format.date(one.from)),
    },
    { id: 'by', title: t('regimes.written-by'), width: '10rem', cell: (one) => one.savedBy },
    { id: 'issued', title: t('regimes.issued-by'), width: '10rem', cell: (one) => one.issuedBy ?? '–' },
    { id: 'at', title: t('regimes.at'), width: '9rem', cell: (one) => format.dateTime(one.at) },
  ]
  return (
    <DataTable
      id="regime-versions"
      caption={t('regimes.versions')}
      columns={columns}
      rows={rows}
      rowId={(one) => one.id}
      rowName={(one) => one.name}
    />
  )
}
