import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { RecommendationImport } from '#recommendations/model'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { Empty } from '../../kit/Empty.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { Section } from '../../kit/Section.tsx'
import { StatusBadge, type Tone } from '../../kit/StatusBadge.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useListUrl } from '../../kit/useListUrl.ts'
import { anchors, importTo, registryTo } from './addresses.ts'
import { GiveFile } from './GiveFile.tsx'
import { useNames } from '../words.ts'
import styles from './Imports.module.css'
import { importsQuery } from './queries.ts'

export const importTones: Record<RecommendationImport['state'], Tone> = {
  waiting: 'pending',
  reading: 'pending',
  indexing: 'pending',
  done: 'done',
  failed: 'overdue',
  cancelled: 'draft',
}

/** Files brought into the registry, and the place to give another; only for bodies that keep a mechanism's documents. */
export function ImportsPage() {
  const t = useText()
  const format = useFormat()
  const { lists } = useNames()
  const isKeeper = lists?.mechanisms.some(({ keeps }) => keeps)
  const list = useListUrl({})
  const columns = useColumns()
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...importsQuery({ page: list.page, size: list.size }),
    enabled: isKeeper === true,
  })
  const open = data?.items.reduce((sum, one) => sum + one.open, 0) ?? 0
  return (
    <>
      <PageHeader
        title={t('bring.title')}
        crumbs={[{ label: t('bring.registry'), to: registryTo }, { label: t('bring.title') }]}
        state={
          data &&
          t('bring.state', {
            count: data.total,
            number: format.number(data.total),
            open,
            openNumber: format.number(open),
          })
        }
      />
      {isKeeper === false && <Empty title={t('bring.not-keeper')}>{t('bring.not-keeper-words')}</Empty>}
      {isKeeper === true && (
        <>
          <GiveFile />
          <Section title={t('bring.files')}>
            <DataTable
              id="recommendation-imports"
              caption={t('bring.files')}
              columns={columns}
              rows={data?.items}
              error={error}
              onRetry={() => void refetch()}
              isRefreshing={isPlaceholderData}
              rowId={(row) => row.id}
              rowName={(row) => row.fileName}
              rowTo={(row) => importTo(row.id)}
              list={list}
              total={data?.total}
              empty={<Empty title={t('bring.none')}>{t('bring.none-words')}</Empty>}
            />
          </Section>
        </>
      )}
    </>
  )
}

function useColumns(): Column<RecommendationImport>[] {
  const t = useText()
  const format = useFormat()
  return [
    {
      id: 'file',
      title: t('bring.file'),
      width: '18rem',
      cell: (row) => (
        <div>
          <Link to={importTo(row.id)}>{row.fileName}</Link>
          <span className={styles.quiet}>{t(`bring.source-${row.source}`)}</span>
        </div>
      ),
    },
    {
      id: 'state',
      title: t('bring.state-head'),
      width: '9rem',
      cell: (row) => (
        <StatusBadge tone={importTones[row.state]}>{t('bring.state-is', { state: row.state })}</StatusBadge>
      ),
    },
    { id: 'counted', title: t('bring.counted'), align: 'end', cell: (row) => format.number(row.counted) },
    { id: 'added', title: t('bring.added'), align: 'end', cell: (row) => format.number(row.added) },
    { id: 'refused', title: t('bring.refused'), align: 'end', cell: (row) => format.number(row.refused) },
    {
      id: 'open',
      title: t('bring.open'),
      align: 'end',
      cell: (row) =>
        row.open === 0 ? (
          format.number(0)
        ) : (
          <Link to={importTo(row.id)} hash={anchors.differences}>
            {format.number(row.open)}
          </Link>
        ),
    },
    {
      id: 'started',
      title: t('bring.started'),
      width: '11rem',
      cell: (row) => (
        <div>
          {format.dateTime(row.startedAt)}
          {row.startedBy !== null && <span className={styles.quiet}>{row.startedBy}</span>}
        </div>
      ),
    },
  ]
}
