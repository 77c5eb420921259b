import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { termFileLimits } from '#indicators/model'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { SelectField } from '../../kit/fields.tsx'
import { FileDrop } from '../../kit/FileDrop.tsx'
import { Section } from '../../kit/Section.tsx'
import { useText } from '../../kit/text.tsx'
import { choice } from '../../plans/words.ts'
import files from '../files/Files.module.css'
import { useDictionary, useRenewIndicators } from '../queries.ts'
import { termFileTo } from './addresses.ts'
import { giveTerms } from './queries.ts'

const levels = ['commune', 'district', 'province', 'country'] as const
const frequencies = ['month', 'quarter', 'half-year', 'nine-months', 'year'] as const

/** The place to give a file; of a package of DHIS2 it is asked what the package leaves open. */
export function GiveTerms() {
  const t = useText()
  const navigate = useNavigate()
  const renew = useRenewIndicators()
  const { data } = useDictionary()
  const [file, setFile] = useState<File | null>(null)
  const [field, setField] = useState('')
  const [level, setLevel] = useState('commune')
  const [frequency, setFrequency] = useState('year')
  const isPackage = file !== null && /\.json$/i.test(file.name)
  const fields = new Map(
    (data?.indicators ?? []).flatMap(({ measures }) =>
      measures.map((one) => [one.function, one.functionName] as const),
    ),
  )
  const giving = useMutation({
    mutationFn: (given: File) => giveTerms(given, isPackage ? { function: field, level, frequency } : {}),
    onSuccess: async ({ id }) => {
      await renew()
      await navigate({ to: termFileTo(id) })
    },
  })
  return (
    <Section title={t('indicators.terms-give')}>
      <p className={files.lead}>{t('indicators.terms-give-words')}</p>
      <ErrorSummary problem={giving.error} />
      <div className={files.form} aria-busy={giving.isPending}>
        <FileDrop
          id="file"
          label={t('indicators.files-file')}
          rule={{ endings: ['.xlsx', '.csv', '.json'], maxBytes: termFileLimits.bytes }}
          file={file}
          onFile={setFile}
        />
        {isPackage && (
          <>
            <p className={files.lead}>{t('indicators.terms-usual')}</p>
            <div className={files.fields}>
              <SelectField
                id="function"
                label={t('indicators.field')}
                value={field}
                onChange={setField}
                choices={[
                  ...(field === '' ? [{ value: '', label: t('indicators.exchange-calendar-choose') }] : []),
                  ...[...fields].map(([value, label]) => ({ value, label })),
                ]}
              />
              <SelectField
                id="level"
                label={t('indicators.level')}
                value={level}
                onChange={setLevel}
                choices={levels.map((value) => ({ value, label: t('territory.level', { level: value }) }))}
              />
              <SelectField
                id="frequency"
                label={t('indicators.periods')}
                value={frequency}
                onChange={setFrequency}
                choices={frequencies.map((value) => ({
                  value,
                  label: t('indicators.frequency-is', { frequency: choice(value) }),
                }))}
              />
            </div>
          </>
        )}
        <div className={files.acts}>
          <Button
            disabled={file === null || (isPackage && field === '')}
            loading={giving.isPending}
            onClick={() => file && giving.mutate(file)}
          >
            {t('indicators.files-give-act')}
          </Button>
        </div>
      </div>
    </Section>
  )
}
