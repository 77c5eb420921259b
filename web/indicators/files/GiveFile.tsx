import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { figureFileLimits, importWaitsDays } from '#indicators/model'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { RadioField, SelectField } from '../../kit/fields.tsx'
import { FileDrop } from '../../kit/FileDrop.tsx'
import { Section } from '../../kit/Section.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useRenewIndicators } from '../queries.ts'
import { fileTo } from './addresses.ts'
import styles from './Files.module.css'
import { giveFile } from './queries.ts'

const choices = ['nothing', 'whole', 'good'] as const

/** The place to give a file: it is looked at row by row before anything is taken in, unless its bringer says otherwise. */
export function GiveFile() {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const renew = useRenewIndicators()
  const [file, setFile] = useState<File | null>(null)
  const [takes, setTakes] = useState('nothing')
  const [sign, setSign] = useState('')
  const stop = useRef<AbortController | null>(null)
  const giving = useMutation({
    mutationFn: (given: File) => {
      stop.current = new AbortController()
      return giveFile({ file: given, takes, decimalSign: sign || undefined }, stop.current.signal)
    },
    onSuccess: async ({ id }) => {
      await renew()
      await navigate({ to: fileTo(id) })
    },
  })
  const wasStopped = giving.error instanceof DOMException
  return (
    <Section title={t('indicators.files-give')}>
      <ErrorSummary problem={wasStopped ? null : giving.error} />
      <div className={styles.form} aria-busy={giving.isPending}>
        <FileDrop
          id="file"
          label={t('indicators.files-file')}
          rule={{ endings: ['.xlsx', '.csv'], maxBytes: figureFileLimits.bytes }}
          file={file}
          onFile={setFile}
        />
        <SelectField
          id="sign"
          label={t('indicators.files-sign')}
          help={t('indicators.files-sign-help')}
          value={sign}
          onChange={setSign}
          choices={['', ',', '.'].map((value) => ({
            value,
            label: t('indicators.files-sign-is', { sign: value === ',' ? 'comma' : value === '.' ? 'point' : 'none' }),
          }))}
        />
        <RadioField
          id="takes"
          label={t('indicators.files-takes')}
          value={takes}
          onChange={setTakes}
          disabled={giving.isPending}
          choices={choices.map((value) => ({
            value,
            label: t('indicators.files-takes-is', { takes: value, days: importWaitsDays }),
          }))}
        />
        <div className={styles.acts}>
          <Button disabled={file === null} loading={giving.isPending} onClick={() => file && giving.mutate(file)}>
            {t('indicators.files-give-act')}
          </Button>
          {giving.isPending && file && (
            <>
              <span role="status">{t('indicators.files-sending', { size: format.size(file.size) })}</span>
              <Button variant="default" onClick={() => stop.current?.abort()}>
                {t('indicators.files-stop-sending')}
              </Button>
            </>
          )}
          {wasStopped && <span role="status">{t('indicators.files-sending-stopped')}</span>}
        </div>
      </div>
    </Section>
  )
}
