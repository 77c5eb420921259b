import { Button, Group } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { ImportSummary, UploadAnswer } from '#documents/model'
import { DataTable, type Column } from '../kit/DataTable.tsx'
import { Empty } from '../kit/Empty.tsx'
import { FileDrop } from '../kit/FileDrop.tsx'
import type { Filter } from '../kit/filter-url.ts'
import { FilterBar } from '../kit/FilterBar.tsx'
import { PageHeader } from '../kit/PageHeader.tsx'
import { useProblemWords } from '../kit/problem-words.ts'
import { useMay } from '../kit/session.tsx'
import { StatusBadge, type Tone } from '../kit/StatusBadge.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useListUrl } from '../kit/useListUrl.ts'
import { documentRule, importsQuery, uploadDocument } from './imports-api.ts'
import styles from './ImportsPage.module.css'

const tones: Record<ImportSummary['state'], Tone> = {
  reading: 'pending',
  unreadable: 'overdue',
  reviewing: 'guess',
  confirmed: 'done',
  discarded: 'draft',
}
const stateName = 'trang-thai'

/** Documents taken in by one's agency, each with how far its review has come, and the place to give a new one. */
export function ImportsPage() {
  const t = useText()
  const may = useMay()
  const states = ['reviewing', 'confirmed', 'reading', 'unreadable', 'discarded']
  const filters: Filter[] = [
    {
      name: stateName,
      label: t('documents.screen.state'),
      kind: 'one',
      choices: states.map((value) => ({ value, label: t('documents.screen.state-of', { state: value }) })),
    },
  ]
  const list = useListUrl({ filters })
  const { data, error, refetch, isFetching } = useQuery({
    ...importsQuery(list.page, list.size, list.values[stateName]?.[0]),
    refetchInterval: (query) => (query.state.data?.items.some((row) => row.state === 'reading') ? 1500 : false),
  })
  const open = data?.items.filter((row) => row.state === 'reviewing').length ?? 0
  return (
    <>
      <PageHeader
        title={t('documents.screen.imports')}
        state={data && t('documents.screen.imports-state', { open, total: data.total })}
      />
      {may('documents.import') && <Upload />}
      <FilterBar list={list} />
      <DataTable
        id="documents.imports"
        caption={t('documents.screen.imports')}
        columns={useColumns()}
        rows={data?.items}
        error={error}
        onRetry={() => void refetch()}
        isRefreshing={isFetching}
        rowId={(row) => row.id}
        rowName={(row) => row.title ?? row.fileName}
        rowTo={(row) => `/van-ban/${row.id}`}
        list={list}
        total={data?.total ?? 0}
        empty={
          list.isFiltered ? undefined : (
            <Empty title={t('documents.screen.imports-none')}>{t('documents.screen.imports-none-words')}</Empty>
          )
        }
      />
    </>
  )
}

function useColumns(): Column<ImportSummary>[] {
  const t = useText()
  const format = useFormat()
  return [
    {
      id: 'title',
      title: t('documents.screen.document'),
      width: '22rem',
      cell: (row) => (
        <>
          <Link to={`/van-ban/${row.id}`}>{row.title ?? row.fileName}</Link>
          <span className={styles.quiet}>
            {[row.number, row.title === null ? null : row.fileName].filter((part) => part !== null).join(' · ')}
          </span>
        </>
      ),
    },
    {
      id: 'state',
      title: t('documents.screen.state'),
      cell: (row) => (
        <StatusBadge tone={tones[row.state]}>{t('documents.screen.state-of', { state: row.state })}</StatusBadge>
      ),
    },
    { id: 'progress', title: t('documents.screen.reviewed'), cell: (row) => <Progress row={row} /> },
    { id: 'created', title: t('documents.screen.taken-in'), cell: (row) => format.dateTime(row.createdAt) },
    {
      id: 'changed',
      title: t('documents.screen.changed'),
      cell: (row) => format.dateTime(row.changedAt),
      isSpare: true,
    },
  ]
}

function Progress({ row }: { row: ImportSummary }) {
  const t = useText()
  if (row.state === 'confirmed')
    return row.planId === null ? null : <Link to={`/ke-hoach/${row.planId}`}>{t('documents.screen.open-plan')}</Link>
  if (row.problemCode !== null)
    return (
      <span className={styles.quiet}>
        {t(row.problemCode, { type: row.fileName.split('.').at(-1) ?? '', bytes: 0, limit: documentRule.maxBytes })}
      </span>
    )
  if (row.state !== 'reviewing') return null
  return (
    <span className={styles.progress}>
      <progress max={Math.max(row.total, 1)} value={row.reviewed} aria-hidden />
      {t('documents.screen.progress', { reviewed: row.reviewed, total: row.total })}
    </span>
  )
}

/** The place to give a file. A file that was given before leads to the import it is. */
function Upload() {
  const t = useText()
  const words = useProblemWords()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [file, setFile] = useState<File | null>(null)
  const [known, setKnown] = useState<UploadAnswer['import'] | null>(null)
  const upload = useMutation({
    mutationFn: ({ given, again }: { given: File; again: boolean }) => uploadDocument(given, again),
    onSuccess: async (answer) => {
      await queries.invalidateQueries({ queryKey: ['documents', 'imports'] })
      if (answer.recognised) setKnown(answer.import)
      else void navigate({ to: `/van-ban/${answer.import.id}` })
    },
  })
  function take(given: File | null) {
    setFile(given)
    setKnown(null)
    upload.reset()
    if (given) upload.mutate({ given, again: false })
  }
  return (
    <section className={styles.upload} aria-busy={upload.isPending}>
      <FileDrop
        id="document-file"
        label={t('documents.screen.give-file')}
        help={t('documents.screen.give-file-help')}
        rule={documentRule}
        file={file}
        onFile={take}
        error={upload.error ? words(upload.error) : undefined}
      />
      {upload.isPending && <p role="status">{t('documents.screen.reading-now')}</p>}
      {known && file && (
        <div className={styles.known} role="alert">
          <p>
            {t('documents.screen.recognised', {
              state: known.state,
              reviewed: known.reviewed,
              total: known.total,
              title: known.title ?? known.fileName,
            })}
          </p>
          <Group gap="xs">
            <Button component={Link} to={`/van-ban/${known.id}`}>
              {t('documents.screen.recognised-open', { state: known.state })}
            </Button>
            {known.planId !== null && (
              <Button variant="default" component={Link} to={`/ke-hoach/${known.planId}`}>
                {t('documents.screen.open-plan')}
              </Button>
            )}
            <Button variant="default" onClick={() => upload.mutate({ given: file, again: true })}>
              {t('documents.screen.load-again')}
            </Button>
          </Group>
        </div>
      )}
    </section>
  )
}
