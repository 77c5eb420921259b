import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { RecommendationCoverage } from '#plans/model'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { Empty } from '../../kit/Empty.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { listTo, type By, type ListAsked } from './addresses.ts'
import styles from './Coverage.module.css'
import { coverageQuery } from './queries.ts'

type Row = RecommendationCoverage['rows'][number]

const counts = [
  ['total', undefined],
  ['unanswered', 'none'],
  ['planned', 'planned'],
  ['underWay', 'under-way'],
  ['done', 'done'],
] as const
const single: readonly By[] = ['mechanism', 'cycle']

/** By the values of one facet: how many recommendations, how many without a task, how far the others are. */
export function CoverageTable({ by, reach }: { by: By; reach: ListAsked['reach'] }) {
  const t = useText()
  const format = useFormat()
  const { data, error, refetch, isPlaceholderData } = useQuery(coverageQuery(by, reach))
  const isSingle = single.includes(by)
  const nameOf = (row: Row) => row.name ?? (row.value === 'none' ? t(`answered.none-${by}`) : row.value)
  const number = (count: number, to: string) =>
    count === 0 ? format.number(0) : <Link to={to}>{format.number(count)}</Link>
  const columns: Column<Row>[] = [
    { id: 'name', title: t(`answered.by-${by}`), width: '20rem', cell: nameOf },
    { id: 'bar', title: t('answered.share'), width: '10rem', cell: (row) => <Share row={row} /> },
    ...counts.map(([key, implementation]): Column<Row> => ({
      id: key,
      title: t(`answered.${key}`),
      align: 'end',
      cell: (row) =>
        number(row[key], listTo({ by, value: row.value, reach, ...(implementation ? { implementation } : {}) })),
      total: isSingle
        ? number(
            data?.rows.reduce((sum, row) => sum + row[key], 0) ?? 0,
            listTo({ reach, ...(implementation ? { implementation } : {}) }),
          )
        : undefined,
    })),
  ]
  return (
    <>
      <DataTable
        id={`recommendation-coverage-${by}`}
        caption={t('answered.caption', { by: t(`answered.by-${by}`) })}
        columns={columns}
        rows={data?.rows}
        error={error}
        onRetry={() => void refetch()}
        isRefreshing={isPlaceholderData}
        rowId={(row) => row.value}
        rowName={nameOf}
        {...(isSingle ? { totalsOf: t('answered.total-of') } : {})}
        empty={<Empty title={t('answered.empty')}>{t('answered.empty-words')}</Empty>}
      />
      <p className={styles.quiet}>{t('answered.unanswered-words')}</p>
      {data?.isMore && <p className={styles.quiet}>{t('answered.more')}</p>}
      {!isSingle && (data?.rows.length ?? 0) > 0 && <p className={styles.quiet}>{t('answered.several')}</p>}
    </>
  )
}

const parts = ['done', 'underWay', 'planned', 'unanswered'] as const

/** How far they are, as a bar; the figures beside it say the same. */
function Share({ row }: { row: Row }) {
  return (
    <div className={styles.bar} aria-hidden>
      {parts.map((part) => row[part] > 0 && <span key={part} data-part={part} style={{ flexGrow: row[part] }} />)}
    </div>
  )
}
