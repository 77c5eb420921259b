import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { FormDefinition, RegimeDetail } from '#reporting/model'
import { usePathId } from '../../kit/address.ts'
import { LoadFailed } from '../../kit/Empty.tsx'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { Section } from '../../kit/Section.tsx'
import { useMay } from '../../kit/session.tsx'
import { useText } from '../../kit/text.tsx'
import { useToast } from '../../kit/Toast.tsx'
import { FormFields } from './FormFields.tsx'
import { FormPreview, MissingWords } from './FormPreview.tsx'
import { discardForm, regimeQuery, regimesTo, regimeTo, saveForm, useRenewReporting } from './queries.ts'
import styles from './Regimes.module.css'
import { useRegimeWords } from './words.ts'

/** The form of a regime: written by its owner beside a preview, read by everybody. */
export function FormPage() {
  const { data, error, refetch } = useQuery(regimeQuery(usePathId('regimeId')))
  if (error) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  return data ? <Designer regime={data} /> : null
}

function Designer({ regime }: { regime: RegimeDetail }) {
  const t = useText()
  const toast = useToast()
  const may = useMay()
  const renew = useRenewReporting()
  const go = useNavigate()
  const words = useRegimeWords()
  const draft = regime.forms.find(({ state }) => state === 'draft')
  const [from] = draft === undefined ? regime.forms : [draft]
  const [definition, setDefinition] = useState<FormDefinition>(from?.definition ?? { title: {}, sections: [] })
  const [version, setVersion] = useState(draft?.version ?? null)
  const isWriting = regime.isOwn && may('reporting.draft-regime') && regime.state !== 'ended'
  const saving = useMutation({
    mutationFn: () => saveForm(regime.id, { definition, version }),
    onSuccess: async (saved) => {
      setVersion(saved.version)
      await renew()
      toast({ kind: 'done', text: t('regimes.form-saved') })
    },
  })
  const discarding = useMutation({
    mutationFn: () => discardForm(regime.id, version ?? 0),
    onSuccess: async () => {
      await renew()
      await go({ to: regimeTo(regime.id) })
    },
  })
  const [first] = regime.versions
  const name = first === undefined ? regime.code : words.say(first.definition.names)
  return (
    <>
      <PageHeader
        title={t('regimes.form')}
        state={t('regimes.form-state', { count: definition.sections.length, name })}
        crumbs={[
          { label: t('regimes.title'), to: regimesTo },
          { label: name, to: regimeTo(regime.id) },
          { label: t('regimes.form') },
        ]}
        acts={
          isWriting && (
            <>
              {draft && (
                <Button variant="default" loading={discarding.isPending} onClick={() => discarding.mutate()}>
                  {t('regimes.discard')}
                </Button>
              )}
              <Button
                loading={saving.isPending}
                disabled={definition.sections.length === 0}
                onClick={() => saving.mutate()}
              >
                {t('regimes.save')}
              </Button>
            </>
          )
        }
      />
      <ErrorSummary problem={saving.error ?? discarding.error} />
      <div className={isWriting ? styles.columns : undefined}>
        {isWriting && <FormFields value={definition} onChange={setDefinition} />}
        <div>
          <Section title={t('regimes.preview')}>
            <FormPreview definition={definition} />
          </Section>
          {isWriting && (
            <Section title={t('regimes.translation')}>
              <MissingWords definition={definition} />
            </Section>
          )}
        </div>
      </div>
    </>
  )
}
