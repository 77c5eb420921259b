import { useQuery } from '@tanstack/react-query'
import type { FigureImport, IncomingFigure } from '#indicators/model'
import { choice } from '../../plans/words.ts'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { Section } from '../../kit/Section.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useListUrl } from '../../kit/useListUrl.ts'
import styles from '../Indicators.module.css'
import { useNames } from '../queries.ts'
import { amountWords, periodWords } from '../words.ts'
import { incomingQuery } from './queries.ts'

/** Good rows of a file: what is there now, and what the file says. */
export function Incoming({ one, outcome }: { one: FigureImport; outcome: 'added' | 'changed' | 'same' }) {
  const t = useText()
  const list = useListUrl({})
  const { data, error, refetch, isPlaceholderData } = useQuery(
    incomingQuery(one.id, { page: list.page, size: list.size, outcome }),
  )
  const title = t('indicators.files-rows-of', { outcome })
  return (
    <Section title={title}>
      <DataTable
        id="figure-file-rows"
        caption={title}
        columns={useColumns(outcome)}
        rows={data?.items}
        error={error}
        onRetry={() => void refetch()}
        isRefreshing={isPlaceholderData}
        rowId={({ row }) => String(row)}
        rowName={({ unit, period }) => `${unit.name}, ${periodWords(period, t)}`}
        list={list}
        total={data?.total}
      />
    </Section>
  )
}

function useColumns(outcome: 'added' | 'changed' | 'same'): Column<IncomingFigure>[] {
  const t = useText()
  const format = useFormat()
  const known = useNames()
  const said = (of: IncomingFigure['here']) =>
    of && (
      <span className={styles.named}>
        {amountWords(of, format)}
        <span className={styles.detail}>
          {t('indicators.standing-is', { standing: of.status ?? choice(of.absence ?? '') })}
        </span>
      </span>
    )
  const columns: Column<IncomingFigure>[] = [
    { id: 'unit', title: t('indicators.unit'), width: '13rem', cell: ({ unit }) => unit.name },
    {
      id: 'measure',
      title: t('indicators.measure'),
      width: '20rem',
      cell: (row) => (
        <span className={styles.named}>
          {known.measure(row.measureId)?.measure.name}
          <span className={styles.detail}>
            {[periodWords(row.period, t), known.breakdown(row.breakdown)].filter((word) => word !== '').join(' · ')}
          </span>
        </span>
      ),
    },
    {
      id: 'here',
      title: t('indicators.files-here'),
      align: 'end',
      width: '11rem',
      cell: ({ here }) => said(here),
    },
    {
      id: 'becomes',
      title: t('indicators.files-becomes'),
      align: 'end',
      width: '11rem',
      cell: ({ becomes }) => said(becomes),
    },
    { id: 'comment', title: t('indicators.comment'), width: '12rem', cell: ({ comment }) => comment },
    {
      id: 'row',
      title: t('indicators.files-row'),
      align: 'end',
      width: '5rem',
      cell: ({ row }) => format.number(row),
    },
  ]
  return columns.filter(({ id }) => id !== 'here' || outcome === 'changed')
}
