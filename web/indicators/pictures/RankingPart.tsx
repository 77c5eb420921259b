import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { RankedRow, Ranking } from '#indicators/model'
import { choice } from '../../plans/words.ts'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { Figure } from '../../kit/Figure.tsx'
import { Pager } from '../../kit/Pager.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useListUrl } from '../../kit/useListUrl.ts'
import { indicatorTo } from '../addresses.ts'
import { periodWords, valueWords } from '../words.ts'
import { Legend } from './Legend.tsx'
import { askedOf, keptWords, notesOf, type LookedAt } from './looked.ts'
import { NotTold } from './NotTold.tsx'
import { PictureFrame } from './PictureFrame.tsx'
import styles from './Pictures.module.css'
import { rankWords, shownWords } from './picture-words.ts'
import { rankingQuery, readRanking } from './queries.ts'
import { RankingPicture } from './RankingPicture.tsx'
import type { Table } from './save-picture.ts'

/** As many rows as one answer holds. */
const most = 200

/** Units in their order with how sure it is; those of whom too little is known stand apart, with the reason. */
export function RankingPart({ looked, indicatorId }: { looked: LookedAt; indicatorId: string }) {
  const t = useText()
  const format = useFormat()
  const list = useListUrl({})
  const { measure, period, level } = looked
  const asked = { ...askedOf(looked), period, level }
  const { data, error, refetch } = useQuery(rankingQuery(measure.id, { ...asked, page: list.page, size: list.size }))
  const title = t('pictures.ranking')
  if (error) return <NotTold error={error} title={title} onRetry={() => void refetch()} />
  if (!data) return <p role="status">{t('kit.table-loading')}</p>
  const apart = Object.values(data.apart).reduce((sum, count) => sum + count, 0)
  if (data.ranked + apart === 0) return null
  return (
    <PictureFrame
      title={title}
      subject={t('pictures.ranking-of', {
        ...{ name: measure.name, unit: data.whole?.unit.name ?? looked.unitName, period: periodWords(period, t) },
      })}
      notes={[
        ...notesOf({ measure, basis: data.basis, asOf: data.asOf, period, coverage: data.whole }, t, format),
        t('pictures.order-is', { direction: measure.direction }),
        ...(data.items.some(({ interval }) => interval !== null) ? [t('pictures.interval-words')] : []),
        ...(apart === 0 ? [] : [apartWords(data)]),
      ]}
      draw={(size) =>
        data.items.length === 0 ? (
          <p>{t('pictures.none-ranked')}</p>
        ) : (
          <RankingPicture ranking={data} measure={measure} size={size} />
        )
      }
      legend={
        <>
          <RankingLegend ranking={data} />
          {data.total > data.items.length && <Pager list={list} total={data.total} />}
          {apart > 0 && <Apart looked={looked} indicatorId={indicatorId} words={apartWords(data)} asked={asked} />}
        </>
      }
      kept={keptWords(measure, data.basis, t)}
      table={() => wholeTable()}
    >
      <DataTable
        id="picture-ranking"
        caption={title}
        columns={useRankedColumns(looked, indicatorId)}
        rows={data.items}
        rowId={(row) => row.unit.id}
        rowName={(row) => row.unit.name}
      />
    </PictureFrame>
  )

  function apartWords({ apart: of }: Ranking): string {
    const reasons = (['low-coverage', 'missing', 'not-comparable', 'hidden'] as const)
      .filter((why) => (of[why] ?? 0) > 0)
      .map((why) => t('pictures.apart-count', { why: choice(why), count: of[why] ?? 0 }))
    return t('pictures.apart-words', { count: apart, reasons: format.list(reasons) })
  }

  /** Every unit, in order and apart, whatever page is looked at. */
  async function wholeTable(): Promise<Table> {
    const rows: RankedRow[] = []
    for (let page = 1; ; page++) {
      const { items, total } = await readRanking(measure.id, { ...asked, show: 'all', page, size: most })
      rows.push(...items)
      if (items.length === 0 || rows.length >= total) break
    }
    return {
      head: [
        ...[t('pictures.place'), t('pictures.place-from'), t('pictures.place-to'), t('pictures.code')],
        ...[t('indicators.unit'), t('pictures.value-in', { unit: measure.unitOfMeasure }), t('pictures.state')],
        ...[t('pictures.low'), t('pictures.high'), t('indicators.coverage'), t('pictures.expected')],
      ],
      rows: rows.map((row) => [
        ...[row.rank?.place ?? null, row.rank?.from ?? null, row.rank?.to ?? null, row.unit.code],
        ...[row.unit.name, row.value, row.apart === null ? '' : t('pictures.apart-is', { apart: choice(row.apart) })],
        ...[row.interval?.low ?? null, row.interval?.high ?? null, row.reported, row.expected],
      ]),
    }
  }
}

function RankingLegend({ ranking }: { ranking: Ranking }) {
  const t = useText()
  const hasIntervals = ranking.items.some(({ interval }) => interval !== null)
  const hasEstimates = ranking.items.some(({ isEstimate }) => isEstimate)
  const marks = [
    {
      ...{ id: 'interval', is: hasIntervals },
      mark: <path d="M 2 5 V 13 M 2 9 H 16 M 16 5 V 13" className={styles.interval} />,
    },
    { id: 'whole', is: hasIntervals, mark: <path d="M 9 1 V 17" className={styles.break} /> },
    {
      ...{ id: 'estimate', is: hasEstimates },
      mark: <circle cx={9} cy={9} r={5} className={styles.guessDot} />,
    },
  ]
  return (
    <Legend
      marks={marks
        .filter(({ is }) => is)
        .map(({ id, mark }) => ({ id, mark, words: t('pictures.mark-is', { mark: id }) }))}
    />
  )
}

type ApartProps = {
  looked: LookedAt
  indicatorId: string
  words: string
  asked: Record<string, string | number | boolean | readonly string[] | undefined>
}

/** The units that are in no order, with the reason of each. */
function Apart({ looked, indicatorId, words, asked }: ApartProps) {
  const t = useText()
  const { data } = useQuery(rankingQuery(looked.measure.id, { ...asked, show: 'apart', page: 1, size: most }))
  const columns = useApartColumns(looked, indicatorId)
  return (
    <details className={styles.apart}>
      <summary>{words}</summary>
      <DataTable
        id="picture-apart"
        caption={t('pictures.apart-title')}
        columns={columns}
        rows={data?.items}
        rowId={(row) => row.unit.id}
        rowName={(row) => row.unit.name}
      />
      {data !== undefined && data.total > data.items.length && (
        <p className={styles.quiet}>{t('pictures.apart-more', { count: data.total - data.items.length })}</p>
      )}
    </details>
  )
}

function useUnitColumn(looked: LookedAt, indicatorId: string): Column<RankedRow> {
  const t = useText()
  const { measure, period, breakdown } = looked
  return {
    ...{ id: 'unit', title: t('indicators.unit'), width: '14rem' },
    cell: ({ unit }) => (
      <Link
        to={indicatorTo(indicatorId, {
          measure: measure.code,
          unit: unit.id,
          period,
          breakdown: breakdown || undefined,
        })}
      >
        {unit.name}
      </Link>
    ),
  }
}

function useCoverageColumn(): Column<RankedRow> {
  const t = useText()
  const format = useFormat()
  return {
    ...{ id: 'coverage', title: t('indicators.coverage'), align: 'end', width: '8rem' },
    cell: (row) => `${format.number(row.reported)} / ${format.number(row.expected)}`,
  }
}

function useRankedColumns(looked: LookedAt, indicatorId: string): Column<RankedRow>[] {
  const t = useText()
  const format = useFormat()
  return [
    useUnitColumn(looked, indicatorId),
    { id: 'rank', title: t('pictures.place'), align: 'end', width: '6rem', cell: (row) => rankWords(row, t) },
    {
      ...{ id: 'value', title: t('indicators.value'), unit: looked.measure.unitOfMeasure, align: 'end', width: '8rem' },
      cell: ({ value, isEstimate }) => <Figure value={value} digits={2} isEstimate={isEstimate} />,
    },
    {
      ...{ id: 'interval', title: t('pictures.interval'), align: 'end', width: '9rem' },
      cell: ({ interval }) =>
        interval &&
        t('pictures.from-to', { low: valueWords(interval.low, format), high: valueWords(interval.high, format) }),
    },
    useCoverageColumn(),
  ]
}

function useApartColumns(looked: LookedAt, indicatorId: string): Column<RankedRow>[] {
  const t = useText()
  const format = useFormat()
  return [
    useUnitColumn(looked, indicatorId),
    {
      ...{ id: 'why', title: t('pictures.why'), width: '14rem' },
      cell: ({ apart }) => t('pictures.apart-is', { apart: choice(apart ?? 'missing') }),
    },
    {
      ...{ id: 'value', title: t('indicators.value'), unit: looked.measure.unitOfMeasure, align: 'end', width: '8rem' },
      cell: (row) => (row.value === null ? '' : shownWords(row, t, format)),
    },
    useCoverageColumn(),
  ]
}
