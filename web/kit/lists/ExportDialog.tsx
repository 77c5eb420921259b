import { Button, Checkbox, Modal } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ErrorSummary } from '../ErrorSummary.tsx'
import { RadioField } from '../fields.tsx'
import { JobProgress } from '../JobProgress.tsx'
import { useProblemWords } from '../problem-words.ts'
import { useFormat, useText } from '../text.tsx'
import { useToast } from '../Toast.tsx'
import { askForFile, columnsQuery, fetchFile, readJob, stopJob, type ServerFilter } from './requests.ts'
import styles from './Lists.module.css'

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
        <Writing jobId={ask.data.jobId} onClose={onClose} />
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

/** Waits for the file with its reader, then fetches it; who leaves finds the work among the jobs. */
function Writing({ jobId, onClose }: { jobId: string; onClose: () => void }) {
  const t = useText()
  const toast = useToast()
  const words = useProblemWords()
  const { data: job } = useQuery({
    queryKey: ['lists', 'job', jobId],
    queryFn: () => readJob(jobId),
    refetchInterval: ({ state }) =>
      state.data === undefined || ['queued', 'running'].includes(state.data.state) ? 500 : false,
  })
  const fetch = useMutation({
    mutationFn: (name: string) => fetchFile(jobId, name),
    onSuccess: (_none, name) => {
      toast({ kind: 'done', text: t('kit.export-done', { name }) })
      onClose()
    },
  })
  const stop = useMutation({ mutationFn: () => stopJob(jobId) })
  const name = typeof job?.result?.['name'] === 'string' ? job.result['name'] : undefined
  const { mutate, isIdle } = fetch
  useEffect(() => {
    if (name !== undefined && isIdle) mutate(name)
  }, [name, isIdle, mutate])
  return (
    <JobProgress
      title={t('kit.export-running')}
      state={job === undefined || job.state === 'queued' ? 'waiting' : job.state}
      done={job?.doneCount ?? 0}
      total={job?.totalCount ?? null}
      outcome={job?.state === 'failed' ? t('kit.export-failed') : fetch.error ? words(fetch.error) : undefined}
      onCancel={() => stop.mutate()}
    />
  )
}
