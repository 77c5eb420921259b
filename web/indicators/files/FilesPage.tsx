import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { FigureImport } from '#indicators/model'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { Empty } from '../../kit/Empty.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { Section } from '../../kit/Section.tsx'
import { StatusBadge } from '../../kit/StatusBadge.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useListUrl } from '../../kit/useListUrl.ts'
import { indicatorsTo } from '../addresses.ts'
import styles from '../Indicators.module.css'
import { fileTo } from './addresses.ts'
import { GiveFile } from './GiveFile.tsx'
import { importsQuery, importTones } from './queries.ts'
import { TakeForm } from './TakeForm.tsx'

/** Figures by file: a form to fill in, the place to give it, and the files of one's body. */
export function FilesPage() {
  const t = useText()
  const list = useListUrl({})
  const { data, error, refetch, isPlaceholderData } = useQuery(importsQuery({ page: list.page, size: list.size }))
  const waiting = data?.items.filter(({ state }) => state === 'checked').length ?? 0
  return (
    <>
      <PageHeader
        title={t('indicators.files-title')}
        state={data && t('indicators.files-state', { count: data.total, waiting })}
        crumbs={[{ label: t('indicators.title'), to: indicatorsTo }, { label: t('indicators.files-title') }]}
      />
      <TakeForm />
      <GiveFile />
      <Section title={t('indicators.files-given')}>
        <DataTable
          id="figure-files"
          caption={t('indicators.files-given')}
          columns={useColumns()}
          rows={data?.items}
          error={error}
          onRetry={() => void refetch()}
          isRefreshing={isPlaceholderData}
          rowId={(row) => row.id}
          rowName={(row) => row.fileName}
          rowTo={(row) => fileTo(row.id)}
          list={list}
          total={data?.total}
          empty={<Empty title={t('indicators.files-none')}>{t('indicators.files-none-words')}</Empty>}
        />
      </Section>
    </>
  )
}

function useColumns(): Column<FigureImport>[] {
  const t = useText()
  const format = useFormat()
  const count = (id: 'counted' | 'added' | 'changed' | 'refused' | 'taken'): Column<FigureImport> => ({
    id,
    title: t(`indicators.files-${id}`),
    align: 'end',
    width: '6rem',
    cell: (row) => format.number(row[id]),
  })
  return [
    {
      id: 'file',
      title: t('indicators.files-file'),
      width: '16rem',
      cell: (row) => (
        <span className={styles.named}>
          <Link to={fileTo(row.id)}>{row.fileName}</Link>
          <span className={styles.detail}>{format.size(row.fileBytes)}</span>
        </span>
      ),
    },
    {
      id: 'state',
      title: t('indicators.status'),
      width: '11rem',
      cell: (row) => (
        <StatusBadge tone={importTones[row.state]}>{t('indicators.files-state-is', { state: row.state })}</StatusBadge>
      ),
    },
    count('counted'),
    count('added'),
    count('changed'),
    count('refused'),
    count('taken'),
    {
      id: 'started',
      title: t('indicators.files-started'),
      width: '12rem',
      cell: (row) => (
        <span className={styles.named}>
          {format.dateTime(row.startedAt)}
          <span className={styles.detail}>{row.startedBy}</span>
        </span>
      ),
    },
  ]
}
