import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { AgencyRef } from '#agencies/model'
import type { FromDocument, ReadRegime, RegimeChoices } from '#reporting/model'
import { DateField } from '../../kit/DateField.tsx'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { TextField } from '../../kit/fields.tsx'
import { Section } from '../../kit/Section.tsx'
import { useSession } from '../../kit/session.tsx'
import { useText } from '../../kit/text.tsx'
import { draftRegime, draftTo, useRenewReporting } from './queries.ts'
import { RegimeFields } from './RegimeFields.tsx'
import styles from './Regimes.module.css'

export interface BeginRegimeProps {
  read: ReadRegime
  choices: RegimeChoices
  /** Bodies the read words mean. */
  names: readonly AgencyRef[]
  from: FromDocument
}

/** The regime as far as the document says it; what it does not say is named, and filled by the person. */
export function BeginRegime({ read, choices, names, from }: BeginRegimeProps) {
  const t = useText()
  const go = useNavigate()
  const renew = useRenewReporting()
  const { today } = useSession()
  const [definition, setDefinition] = useState(read.definition)
  const [code, setCode] = useState('')
  const [effectiveFrom, setFrom] = useState<string | null>(null)
  const beginning = useMutation({
    mutationFn: () => {
      if (effectiveFrom === null) throw new Error('no day chosen')
      return draftRegime({ code: code.trim(), definition, effectiveFrom, from })
    },
    onSuccess: async ({ id }) => {
      await renew()
      await go({ to: draftTo(id) })
    },
  })
  const isNamed = Object.values(definition.names).some((name) => name.trim() !== '')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        beginning.mutate()
      }}
    >
      <Section title={t('regimes.to-be-filled')}>
        <p>{t('regimes.to-be-filled-words')}</p>
        <ul className={styles.findings}>
          {read.missing.map((field) => (
            <li key={field}>{t(`regimes.missing-${field}`)}</li>
          ))}
          {read.unplaced.map((due) => (
            <li key={due}>{t('regimes.due-unplaced', { due })}</li>
          ))}
        </ul>
      </Section>
      <ErrorSummary problem={beginning.error} />
      <div className={styles.before}>
        <TextField
          id="code"
          label={t('regimes.code')}
          help={t('regimes.code-help')}
          required
          letters={24}
          maxLength={40}
          value={code}
          onChange={setCode}
        />
        <DateField
          id="effectiveFrom"
          label={t('regimes.effective-from')}
          required
          today={today}
          value={effectiveFrom}
          onChange={setFrom}
        />
      </div>
      <RegimeFields value={definition} onChange={setDefinition} choices={choices} bodies={names} />
      <div className={styles.before}>
        <Button
          type="submit"
          loading={beginning.isPending}
          disabled={code.trim() === '' || effectiveFrom === null || !isNamed}
        >
          {t('regimes.begin')}
        </Button>
      </div>
    </form>
  )
}
