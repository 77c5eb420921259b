import type { MatrixOutline } from '#plans/model'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { Section } from '../../kit/Section.tsx'
import { StatusBadge } from '../../kit/StatusBadge.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import styles from './Matrix.module.css'

interface Row {
  key: string
  name: string
  recommendations: number | null
  words: number
}

/** How many words the file will have, whole and by section, against what is allowed. */
export function WordTable({
  outline,
  limit,
  isRefreshing,
}: {
  outline: MatrixOutline | undefined
  limit: number | null
  isRefreshing: boolean
}) {
  const t = useText()
  const format = useFormat()
  const rows: Row[] | undefined = outline && [
    { key: 'head', name: t('plans.matrix-count-head'), recommendations: null, words: outline.headWords },
    ...outline.sections.map((one, at) => ({ ...one, key: String(at), name: one.name ?? '' })),
  ]
  const columns: Column<Row>[] = [
    { id: 'name', title: t('plans.matrix-count-section'), width: '24rem', cell: ({ name }) => name },
    {
      id: 'recommendations',
      title: t('plans.matrix-count-recommendations'),
      align: 'end',
      cell: (row) => (row.recommendations === null ? '' : format.number(row.recommendations)),
      total: outline && format.number(outline.recommendations),
    },
    {
      id: 'words',
      title: t('plans.matrix-count-words'),
      align: 'end',
      cell: (row) => format.number(row.words),
      total: outline && format.number(outline.words),
    },
  ]
  return (
    <Section title={t('plans.matrix-count-title')}>
      {outline && (
        <p className={styles.limit} role="status">
          {limit === null ? (
            t('plans.matrix-words', { words: outline.words })
          ) : (
            <StatusBadge tone={outline.words > limit ? 'overdue' : 'done'}>
              {outline.words > limit
                ? t('plans.matrix-words-over', { words: outline.words, limit, over: outline.words - limit })
                : t('plans.matrix-words-within', { words: outline.words, limit, left: limit - outline.words })}
            </StatusBadge>
          )}
        </p>
      )}
      <DataTable
        id="matrix-words"
        caption={t('plans.matrix-count-title')}
        columns={columns}
        rows={rows}
        rowId={({ key }) => key}
        rowName={({ name }) => name}
        isRefreshing={isRefreshing}
        totalsOf={t('plans.matrix-count-total')}
      />
      <p className={styles.quiet}>{t('plans.matrix-count-how')}</p>
    </Section>
  )
}
