import { Button, Checkbox, Modal } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ErrorSummary } from '../ErrorSummary.tsx'
import { RadioField } from '../fields.tsx'
import { useFormat, useText } from '../text.tsx'
import { askForFile, columnsQuery, type ServerFilter } from './requests.ts'
import styles from './Lists.module.css'
import { WritingFile } from './WritingFile.tsx'

interface ExportDialogProps {
  of: string
  filter: ServerFilter
  order: string | undefined
  total: number
  selected: ReadonlySet<string>
  /** What is filtered by, in words: it stands in the file. */
  words: string
  onClose: () => void
}

/** Asks what leaves, in which columns and as which file; then shows how far the file is, and fetches it. */
export function ExportDialog({ of, filter, order, total, selected, words, onClose }: ExportDialogProps) {
  const t = useText()
  const format = useFormat()
  const [what, setWhat] = useState(selected.size > 0 ? 'selected' : 'all')
  const [kind, setKind] = useState('xlsx')
  const { data: columns } = useQuery(columnsQuery(of, document.documentElement.lang))
  const [chosen, setChosen] = useState<string[]>()
  const keys = chosen ?? columns?.filter((column) => !column.isSpare).map((column) => column.key) ?? []
  const returning = columns?.filter((column) => column.isForReturn) ?? []
  const lacking = returning.filter((column) => !keys.includes(column.key))
  const ask = useMutation({
    mutationFn: () =>
      askForFile({
        list: of,
        format: kind,
        filter: what === 'selected' ? { id: [...selected] } : filter,
        columns: columns?.map((column) => column.key).filter((key) => keys.includes(key)) ?? [],
        order: order ?? 'usual',
        words:
          what === 'selected'
            ? t('kit.export-selected', { count: selected.size, number: format.number(selected.size) })
            : words,
      }),
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('kit.export-title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      {ask.data ? (
        <WritingFile jobId={ask.data.jobId} onClose={onClose} />
      ) : (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault()
            ask.mutate()
          }}
        >
          <ErrorSummary problem={ask.error} />
          {selected.size > 0 && (
            <RadioField
              id="what"
              label={t('kit.export-what')}
              choices={[
                {
                  value: 'selected',
                  label: t('kit.export-selected', { count: selected.size, number: format.number(selected.size) }),
                },
                { value: 'all', label: t('kit.export-all', { count: total, number: format.number(total) }) },
              ]}
              value={what}
              onChange={setWhat}
            />
          )}
          {selected.size === 0 && <p>{t('kit.export-all', { count: total, number: format.number(total) })}</p>}
          <RadioField
            id="format"
            label={t('kit.export-format')}
            choices={['xlsx', 'csv'].map((one) => ({ value: one, label: t('kit.export-format-is', { format: one }) }))}
            value={kind}
            onChange={setKind}
          />
          <Checkbox.Group
            label={t('kit.export-columns')}
            error={columns !== undefined && keys.length === 0 ? t('kit.export-columns-none') : undefined}
            value={keys}
            onChange={setChosen}
          >
            <div className={styles.columns}>
              {columns?.map((column) => (
                <Checkbox key={column.key} value={column.key} label={column.head} />
              ))}
            </div>
          </Checkbox.Group>
          {returning.length > 0 && (
            <div>
              <p>{t('kit.export-returns', { columns: format.list(returning.map((column) => column.head)) })}</p>
              {lacking.length > 0 && (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  onClick={() => setChosen([...keys, ...lacking.map((column) => column.key)])}
                >
                  {t('kit.export-returns-choose')}
                </Button>
              )}
            </div>
          )}
          <div className={styles.acts}>
            <Button variant="default" onClick={onClose}>
              {t('kit.cancel')}
            </Button>
            <Button type="submit" loading={ask.isPending} disabled={keys.length === 0}>
              {t('kit.export-do')}
            </Button>
          </div>
        </form>
      )}
    </Modal>
  )
}
