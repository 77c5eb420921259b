import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { ExportUploadQuery, importLimits, ImportSource } from '#recommendations/model'
import { DateField } from '../../kit/DateField.tsx'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { CheckField, RadioField, SelectField, TextField } from '../../kit/fields.tsx'
import { FileDrop } from '../../kit/FileDrop.tsx'
import { Section } from '../../kit/Section.tsx'
import { useSession } from '../../kit/session.tsx'
import { useFormat, useLanguage, useText } from '../../kit/text.tsx'
import type { Query } from '../../plans/requests.ts'
import { useDownload } from '../../plans/DownloadButton.tsx'
import { importTo } from './addresses.ts'
import { useNames } from '../words.ts'
import { useRenewRecommendations } from '../queries.ts'
import styles from './Imports.module.css'
import { giveFile } from './queries.ts'

const endings: Record<ImportSource, readonly string[]> = {
  uhri: ['.json'],
  sheet: ['.xlsx', '.csv'],
  'ohchr-matrix': ['.docx'],
  'impact-oss': ['.csv'],
}
const usualLanguage = ExportUploadQuery.shape.language.parse(undefined)

type Document = { mechanism: string; symbol: string; cycle: string; publishedOn: string | null }
const nothingSaid: Document = { mechanism: '', symbol: '', cycle: '', publishedOn: null }

/** The place to give a file: what it is, the file, what holds of all its rows. */
export function GiveFile() {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const renew = useRenewRecommendations()
  const { languages } = useLanguage()
  const download = useDownload()
  const [source, setSource] = useState<ImportSource>('uhri')
  const [file, setFile] = useState<File | null>(null)
  const [language, setLanguage] = useState(usualLanguage)
  const [of, setOf] = useState(nothingSaid)
  const [isPartial, setPartial] = useState(false)
  const [takesChanges, setTakesChanges] = useState(false)
  const stop = useRef<AbortController | null>(null)
  const giving = useMutation({
    mutationFn: (given: File) => {
      stop.current = new AbortController()
      return giveFile({ file: given, source, said: said() }, stop.current.signal)
    },
    onSuccess: async ({ id }) => {
      await renew()
      await navigate({ to: importTo(id) })
    },
  })
  const isTable = source !== 'uhri'
  const maxBytes = isTable ? importLimits.tableBytes : importLimits.exportBytes
  function said(): Query {
    if (!isTable) return { language }
    return {
      language,
      partial: isPartial ? 'true' : undefined,
      update: takesChanges ? 'true' : undefined,
      ...(source === 'sheet'
        ? {}
        : {
            mechanism: of.mechanism || undefined,
            symbol: of.symbol.trim() || undefined,
            cycle: of.cycle.trim() || undefined,
            publishedOn: of.publishedOn ?? undefined,
          }),
    }
  }
  const wasStopped = giving.error instanceof DOMException
  return (
    <Section
      title={t('bring.give')}
      acts={
        <Button
          variant="default"
          leftSection={<IconDownload size={18} stroke={1.6} aria-hidden />}
          loading={download.isPending}
          onClick={() => download.start('/recommendations/imports/template', 'template.xlsx')}
        >
          {t('bring.template')}
        </Button>
      }
    >
      <ErrorSummary problem={wasStopped ? null : giving.error} />
      <div className={styles.form} aria-busy={giving.isPending}>
        <RadioField
          id="source"
          label={t('bring.source')}
          value={source}
          onChange={(value) => {
            setSource(ImportSource.parse(value))
            setFile(null)
          }}
          disabled={giving.isPending}
          choices={ImportSource.options.map((value) => ({ value, label: t(`bring.choose-${value}`) }))}
        />
        <FileDrop
          key={source}
          id="file"
          label={t('bring.file')}
          rule={{ endings: endings[source], maxBytes }}
          file={file}
          onFile={setFile}
        />
        <div className={styles.fields}>
          <SelectField
            id="language"
            label={t('bring.language')}
            value={language}
            onChange={setLanguage}
            choices={languages.map((value) => ({ value, label: format.languageName(value) }))}
          />
          {isTable && source !== 'sheet' && <DocumentFields source={source} of={of} onChange={setOf} />}
        </div>
        {isTable && (
          <>
            <CheckField
              id="partial"
              label={t('bring.partial')}
              help={t('bring.partial-help')}
              value={isPartial}
              onChange={setPartial}
            />
            <CheckField
              id="update"
              label={t('bring.update')}
              help={t('bring.update-help')}
              value={takesChanges}
              onChange={setTakesChanges}
            />
          </>
        )}
        <div className={styles.acts}>
          <Button disabled={file === null} loading={giving.isPending} onClick={() => file && giving.mutate(file)}>
            {t('bring.give-act')}
          </Button>
          {giving.isPending && file && (
            <>
              <span role="status">{t('bring.sending', { size: format.size(file.size) })}</span>
              <Button variant="default" onClick={() => stop.current?.abort()}>
                {t('bring.stop-sending')}
              </Button>
            </>
          )}
          {wasStopped && <span role="status">{t('bring.sending-stopped')}</span>}
        </div>
      </div>
    </Section>
  )
}

/** What holds of all rows of a table that does not say it itself. */
function DocumentFields({
  source,
  of,
  onChange,
}: {
  source: ImportSource
  of: Document
  onChange: (of: Document) => void
}) {
  const t = useText()
  const { today } = useSession()
  const { lists } = useNames()
  return (
    <>
      <SelectField
        id="mechanism"
        label={t('bring.mechanism')}
        value={of.mechanism}
        onChange={(mechanism) => onChange({ ...of, mechanism })}
        choices={[
          { value: '', label: t(`bring.mechanism-of-${source}`) },
          ...(lists?.mechanisms ?? []).map(({ code, name }) => ({ value: code, label: name })),
        ]}
      />
      <TextField
        id="symbol"
        label={t('bring.symbol')}
        value={of.symbol}
        onChange={(symbol) => onChange({ ...of, symbol })}
        letters={20}
        maxLength={100}
      />
      <TextField
        id="cycle"
        label={t('bring.cycle')}
        value={of.cycle}
        onChange={(cycle) => onChange({ ...of, cycle })}
        letters={8}
        maxLength={30}
      />
      <DateField
        id="publishedOn"
        label={t('bring.published')}
        value={of.publishedOn}
        onChange={(publishedOn) => onChange({ ...of, publishedOn })}
        today={today}
      />
    </>
  )
}
