import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { RegimeChoices, RegimeDetail } from '#reporting/model'
import { usePathId } from '../../kit/address.ts'
import { DateField } from '../../kit/DateField.tsx'
import { LoadFailed } from '../../kit/Empty.tsx'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { useSession } from '../../kit/session.tsx'
import { useText } from '../../kit/text.tsx'
import { useToast } from '../../kit/Toast.tsx'
import {
  choicesQuery,
  discardRegime,
  regimeQuery,
  regimesTo,
  regimeTo,
  saveRegime,
  useRenewReporting,
} from './queries.ts'
import { RegimeFields } from './RegimeFields.tsx'
import styles from './Regimes.module.css'
import { useRegimeWords } from './words.ts'

/** The designer of a regime: its next version is written, and judged as one types. */
export function RegimeDraftPage() {
  const id = usePathId('regimeId')
  const regime = useQuery(regimeQuery(id))
  const choices = useQuery(choicesQuery)
  const failed = regime.error ?? choices.error
  if (failed) return <LoadFailed problem={failed} onRetry={() => void regime.refetch()} />
  return regime.data && choices.data ? <Designer regime={regime.data} choices={choices.data} /> : null
}

function Designer({ regime, choices }: { regime: RegimeDetail; choices: RegimeChoices }) {
  const t = useText()
  const toast = useToast()
  const go = useNavigate()
  const renew = useRenewReporting()
  const words = useRegimeWords()
  const { today } = useSession()
  const draft = regime.versions.find(({ state }) => state === 'draft')
  const [from] = draft === undefined ? regime.versions : [draft]
  const [definition, setDefinition] = useState(from?.definition)
  const [effectiveFrom, setFrom] = useState<string | null>(draft?.effectiveFrom ?? today)
  const [version, setVersion] = useState(draft?.version ?? null)
  const saving = useMutation({
    mutationFn: () => {
      if (definition === undefined || effectiveFrom === null) throw new Error('nothing to save')
      return saveRegime(regime.id, { definition, effectiveFrom, version })
    },
    onSuccess: async (saved) => {
      setVersion(saved.version)
      await renew()
      toast({ kind: 'done', text: t('regimes.saved') })
    },
  })
  const discarding = useMutation({
    mutationFn: () => discardRegime(regime.id, version ?? 0),
    onSuccess: async () => {
      await renew()
      await go({ to: regimeTo(regime.id) })
    },
  })
  if (definition === undefined) return null
  const title = words.say(definition.names)
  return (
    <>
      <PageHeader
        title={t('regimes.write')}
        state={t('regimes.write-state', { name: title })}
        crumbs={[
          { label: t('regimes.title'), to: regimesTo },
          { label: title, to: regimeTo(regime.id) },
          { label: t('regimes.write') },
        ]}
        acts={
          <>
            {draft && draft.number > 1 && (
              <Button variant="default" loading={discarding.isPending} onClick={() => discarding.mutate()}>
                {t('regimes.discard')}
              </Button>
            )}
            <Button loading={saving.isPending} disabled={effectiveFrom === null} onClick={() => saving.mutate()}>
              {t('regimes.save')}
            </Button>
          </>
        }
      />
      <ErrorSummary problem={saving.error ?? discarding.error} />
      <div className={styles.before}>
        <DateField
          id="effectiveFrom"
          label={t('regimes.effective-from')}
          required
          today={today}
          value={effectiveFrom}
          onChange={setFrom}
        />
      </div>
      <RegimeFields value={definition} onChange={setDefinition} choices={choices} bodies={regime.bodies} />
    </>
  )
}
