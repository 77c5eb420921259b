import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { UnitChange } from '#territory/model'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { LongTextField } from '../../kit/fields.tsx'
import { FileDrop } from '../../kit/FileDrop.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { readUnitList, saveEmptyList, type Imported } from './requests.ts'
import styles from './reforms.module.css'

const rule = { endings: ['.xlsx', '.csv'], maxBytes: 2_000_000 }

export interface ImportListProps {
  reformId: string
  date: string
  onTake: (changes: UnitChange[]) => void
  onClose: () => void
}

/** Reads many changes from a file, or from cells pasted out of a sheet; faulty rows are told one by one. */
export function ImportList({ reformId, date, onTake, onClose }: ImportListProps) {
  const t = useText()
  const format = useFormat()
  const [file, setFile] = useState<File | null>(null)
  const [pasted, setPasted] = useState('')
  const reading = useMutation({ mutationFn: (list: Blob) => readUnitList(reformId, date, list) })
  const list = file ?? (pasted.trim() === '' ? null : new Blob([pasted]))
  const { data } = reading
  return (
    <div className={styles.form}>
      <p>
        {t('agencies.reform-list-words')}{' '}
        <Button variant="subtle" size="compact-sm" onClick={() => void saveEmptyList(t('agencies.reform-list-file'))}>
          {t('agencies.reform-list-empty')}
        </Button>
      </p>
      <ErrorSummary problem={reading.error} />
      <FileDrop id="unit-list" label={t('agencies.reform-list-label')} rule={rule} file={file} onFile={setFile} />
      {file === null && (
        <LongTextField
          id="pasted"
          label={t('agencies.reform-list-paste')}
          help={t('agencies.reform-list-paste-help')}
          value={pasted}
          onChange={setPasted}
        />
      )}
      {data && (
        <p role="status">
          {t('agencies.reform-list-read-words', {
            rows: format.number(data.rows),
            changes: format.number(data.changes.length),
            faults: format.number(data.faults.length),
          })}
        </p>
      )}
      {data && data.faults.length > 0 && <Faults faults={data.faults} />}
      <div className={styles.acts}>
        {data && data.changes.length > 0 ? (
          <Button onClick={() => onTake(data.changes)}>
            {t('agencies.reform-list-take', { count: data.changes.length, number: format.number(data.changes.length) })}
          </Button>
        ) : (
          <Button
            disabled={list === null}
            loading={reading.isPending}
            onClick={() => list !== null && reading.mutate(list)}
          >
            {t('agencies.reform-list-read-act')}
          </Button>
        )}
        {data && (
          <Button variant="default" onClick={() => reading.reset()}>
            {t('agencies.reform-list-again')}
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          {t('kit.cancel')}
        </Button>
      </div>
    </div>
  )
}

type Fault = Imported['faults'][number]

function Faults({ faults }: { faults: readonly Fault[] }) {
  const t = useText()
  const columns: Column<Fault>[] = [
    { id: 'row', title: t('agencies.reform-list-row'), cell: (fault) => <span className="figures">{fault.row}</span> },
    { id: 'title', title: t('agencies.reform-list-fault'), width: '20rem', cell: (fault) => fault.title },
  ]
  return (
    <DataTable
      id="reform-faults"
      caption={t('agencies.reform-list-fault')}
      columns={columns}
      rows={faults.slice(0, 500)}
      rowId={(fault) => `${fault.row} ${fault.code}`}
      rowName={(fault) => String(fault.row)}
    />
  )
}
