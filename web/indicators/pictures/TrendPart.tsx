import { useQuery } from '@tanstack/react-query'
import type { Trend, TrendPoint } from '#indicators/model'
import { choice } from '../../plans/words.ts'
import { DataTable } from '../../kit/DataTable.tsx'
import { Empty } from '../../kit/Empty.tsx'
import { Figure } from '../../kit/Figure.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { Targets } from '../Targets.tsx'
import { valueWords } from '../words.ts'
import { Legend } from './Legend.tsx'
import { askedOf, keptWords, notesOf, type LookedAt } from './looked.ts'
import { PictureFrame } from './PictureFrame.tsx'
import { NotTold } from './NotTold.tsx'
import styles from './Pictures.module.css'
import { shownWords } from './picture-words.ts'
import { trendQuery } from './queries.ts'
import type { Table } from './save-picture.ts'
import { diamond } from './SmallTrend.tsx'
import { YearsPicture } from './YearsPicture.tsx'

/** The years of a unit, with the states of its targets in words above. */
export function TrendPart({ looked }: { looked: LookedAt }) {
  const t = useText()
  const format = useFormat()
  const { measure } = looked
  const { data, error, refetch } = useQuery(trendQuery(measure.id, askedOf(looked)))
  if (error) return <NotTold error={error} title={t('pictures.years-title')} onRetry={() => void refetch()} />
  if (!data) return <p role="status">{t('kit.table-loading')}</p>
  const isEmpty = data.points.every(({ value }) => value === null)
  if (isEmpty) return <Empty title={t('indicators.no-series')} />
  return (
    <PictureFrame
      title={t('pictures.years-title')}
      subject={t('pictures.years-of', { name: measure.name, unit: data.unit.name })}
      notes={[
        ...notesOf({ measure, basis: data.basis, asOf: data.asOf, coverage: data.points.at(-1) ?? null }, t, format),
        ...data.breaks.map((day) => t('pictures.break-words', { date: format.date(day), view: choice(data.view) })),
      ]}
      draw={(size) => <YearsPicture trend={data} measure={measure} size={size} />}
      legend={<YearsLegend trend={data} />}
      kept={keptWords(measure, data.basis, t)}
      table={() => tableOf(data)}
      acts={undefined}
    >
      <YearsTable trend={data} looked={looked} />
    </PictureFrame>
  )

  function tableOf({ points }: Trend): Table {
    return {
      head: [
        t('indicators.year'),
        t('pictures.value-in', { unit: measure.unitOfMeasure }),
        t('pictures.state'),
        t('indicators.coverage'),
        t('pictures.expected'),
        t('pictures.provisional'),
        t('indicators.estimated'),
        t('pictures.revised'),
        t('pictures.first'),
      ],
      rows: points.map((point) => [
        ...[point.year, point.value, point.value === null ? stateOf(point) : ''],
        ...[point.reported, point.expected, point.provisional, point.estimated, point.revised, point.first],
      ]),
    }
  }

  function stateOf(point: TrendPoint): string {
    return point.hasUnit ? shownWords(point, t, format) : t('pictures.no-unit')
  }
}

function YearsLegend({ trend }: { trend: Trend }) {
  const t = useText()
  const known = trend.points.filter(({ value }) => value !== null)
  const marks = [
    {
      ...{ id: 'final', is: known.some(({ isEstimate, provisional }) => !isEstimate && provisional === 0) },
      mark: <circle cx={9} cy={9} r={5} className={styles.dot} />,
    },
    {
      ...{ id: 'provisional', is: known.some(({ isEstimate, provisional }) => !isEstimate && provisional > 0) },
      mark: <rect x={4} y={4} width={10} height={10} className={styles.provisional} />,
    },
    {
      ...{ id: 'estimate', is: known.some(({ isEstimate }) => isEstimate) },
      mark: <circle cx={9} cy={9} r={5} className={styles.guessDot} />,
    },
    {
      ...{ id: 'revised', is: known.some(({ first, value }) => first !== null && first !== value) },
      mark: <path d="M 3 4 H 15 M 9 4 V 15" className={styles.revision} />,
    },
    {
      ...{ id: 'goal', is: trend.targets.some(({ kind }) => kind === 'level') },
      mark: <path d={diamond(9, 9, 6)} className={styles.goal} />,
    },
    { id: 'break', is: trend.breaks.length > 0, mark: <path d="M 9 1 V 17" className={styles.break} /> },
  ]
  return (
    <Legend
      marks={marks
        .filter(({ is }) => is)
        .map(({ id, mark }) => ({ id, mark, words: t('pictures.mark-is', { mark: id }) }))}
    />
  )
}

function YearsTable({ trend, looked }: { trend: Trend; looked: LookedAt }) {
  const t = useText()
  const format = useFormat()
  const reason = ({ reason: why, isHidden, hasUnit }: TrendPoint) =>
    !hasUnit
      ? t('pictures.no-unit')
      : isHidden
        ? t('pictures.hidden')
        : why === null
          ? null
          : t('indicators.reason-is', { reason: choice(why) })
  return (
    <DataTable
      id="picture-years"
      caption={t('pictures.years-title')}
      columns={[
        { id: 'year', title: t('indicators.year'), width: '5rem', cell: (point) => String(point.year) },
        {
          id: 'value',
          title: t('indicators.value'),
          unit: looked.measure.unitOfMeasure,
          align: 'end',
          width: '9rem',
          cell: (point) => reason(point) ?? <Figure value={point.value} digits={2} isEstimate={point.isEstimate} />,
        },
        {
          id: 'coverage',
          title: t('indicators.coverage'),
          align: 'end',
          width: '8rem',
          cell: (point) => `${format.number(point.reported)} / ${format.number(point.expected)}`,
        },
        {
          id: 'provisional',
          title: t('pictures.provisional'),
          align: 'end',
          width: '6rem',
          cell: (point) => format.number(point.provisional),
        },
        {
          id: 'estimated',
          title: t('indicators.estimated'),
          align: 'end',
          width: '6rem',
          cell: (point) => format.number(point.estimated),
        },
        {
          id: 'revised',
          title: t('pictures.revised'),
          width: '14rem',
          cell: (point) =>
            point.revised === 0 || point.revisedAt === null
              ? ''
              : t('pictures.revised-is', {
                  ...{ count: point.revised, date: format.day(point.revisedAt) },
                  first: point.first === null ? t('pictures.none') : valueWords(point.first, format),
                }),
        },
      ]}
      rows={trend.points}
      rowId={(point) => String(point.year)}
      rowName={(point) => String(point.year)}
    />
  )
}

/** Each target of the unit, how things stand with it, and how that was found. */
export function TargetStates({ looked }: { looked: LookedAt }) {
  const { data } = useQuery(trendQuery(looked.measure.id, askedOf(looked)))
  if (data === undefined || data.targets.length === 0) return null
  return <Targets targets={data.targets} unitOfMeasure={looked.measure.unitOfMeasure} />
}
