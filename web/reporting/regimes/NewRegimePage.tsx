import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { RegimeChoices } from '#reporting/model'
import { DateField } from '../../kit/DateField.tsx'
import { LoadFailed } from '../../kit/Empty.tsx'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { RadioField, TextField } from '../../kit/fields.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { useSession } from '../../kit/session.tsx'
import { useText } from '../../kit/text.tsx'
import { choicesQuery, draftRegime, draftTo, regimesTo, saveForm, useRenewReporting } from './queries.ts'
import styles from './Regimes.module.css'
import { useRegimeWords } from './words.ts'

/** Begins a regime from one the country proposes; everything in it can be changed before it is issued. */
export function NewRegimePage() {
  const t = useText()
  const { data, error, refetch } = useQuery(choicesQuery)
  const title = t('regimes.new')
  return (
    <>
      <PageHeader title={title} crumbs={[{ label: t('regimes.title'), to: regimesTo }, { label: title }]} />
      <p>
        <Link to="/van-ban">{t('regimes.from-document-way')}</Link>
      </p>
      {error && <LoadFailed problem={error} onRetry={() => void refetch()} />}
      {data && <Beginning choices={data} />}
    </>
  )
}

function Beginning({ choices }: { choices: RegimeChoices }) {
  const t = useText()
  const { today } = useSession()
  const go = useNavigate()
  const renew = useRenewReporting()
  const words = useRegimeWords()
  const [chosen, setChosen] = useState(choices.presets[0]?.code ?? '')
  const [code, setCode] = useState('')
  const [effectiveFrom, setFrom] = useState<string | null>(today)
  const preset = choices.presets.find((one) => one.code === chosen)
  const beginning = useMutation({
    mutationFn: async () => {
      if (preset === undefined || effectiveFrom === null) throw new Error('nothing chosen')
      const { id } = await draftRegime({ code: code.trim(), definition: preset.definition, effectiveFrom })
      await saveForm(id, { definition: preset.form, version: null })
      return id
    },
    onSuccess: async (id) => {
      await renew()
      await go({ to: draftTo(id) })
    },
  })
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        beginning.mutate()
      }}
    >
      <ErrorSummary problem={beginning.error} />
      <RadioField
        id="preset"
        label={t('regimes.preset')}
        help={t('regimes.preset-help')}
        choices={choices.presets.map((one) => ({ value: one.code, label: words.say(one.names) }))}
        value={chosen}
        onChange={setChosen}
      />
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
      <div>
        <Button
          type="submit"
          loading={beginning.isPending}
          disabled={code.trim() === '' || !preset || effectiveFrom === null}
        >
          {t('regimes.begin')}
        </Button>
      </div>
    </form>
  )
}
