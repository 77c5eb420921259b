import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { PartRow } from '#indicators/model'
import { choice } from '../plans/words.ts'
import { DataTable, type Column } from '../kit/DataTable.tsx'
import { Figure } from '../kit/Figure.tsx'
import { StatusBadge } from '../kit/StatusBadge.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useListUrl } from '../kit/useListUrl.ts'
import type { Query } from '../plans/requests.ts'
import { unitTo } from '../territory/addresses.ts'
import type { Shown } from './FiguresSection.tsx'
import type { Looked } from './IndicatorPage.tsx'
import { partsQuery } from './queries.ts'

/** The units behind a total: what each gave, who has not, who was late. */
export function PartsTable({ looked, asked, show }: { looked: Looked; asked: Query; show: Shown }) {
  const t = useText()
  const format = useFormat()
  const list = useListUrl({})
  const { data, error, refetch, isPlaceholderData } = useQuery(
    partsQuery(looked.measure.id, { ...asked, show, page: list.page, size: list.size }),
  )
  const isRatio = looked.measure.denominator !== null
  const columns: Column<PartRow>[] = [
    {
      id: 'unit',
      title: t('indicators.unit'),
      width: '14rem',
      cell: (part) => <Link to={unitTo(part.unit.id)}>{part.unit.name}</Link>,
    },
    {
      id: 'numerator',
      title: isRatio ? t('indicators.numerator') : t('indicators.value'),
      align: 'end',
      cell: (part) => <Given part={part} value={part.numerator} />,
    },
    ...(isRatio
      ? [
          {
            id: 'denominator',
            title: t('indicators.denominator'),
            align: 'end' as const,
            cell: (part: PartRow) => <Given part={part} value={part.denominator} />,
          },
        ]
      : []),
    {
      id: 'standing',
      title: t('indicators.status'),
      cell: (part) =>
        part.status === null
          ? t('indicators.absence-is', { reason: choice(part.standing) })
          : t('indicators.status-is', { status: part.status }),
    },
    {
      id: 'late',
      title: t('indicators.in-time'),
      cell: (part) =>
        part.standing === 'given' && (
          <StatusBadge tone={part.isLate ? 'late' : 'done'}>
            {t('indicators.in-time-is', { late: part.isLate ? 'yes' : 'no' })}
          </StatusBadge>
        ),
    },
    {
      id: 'share',
      title: t('indicators.share'),
      align: 'end',
      cell: (part) => (part.share === null ? t('indicators.share-unknown') : format.percent(part.share)),
    },
  ]
  return (
    <DataTable
      id="indicator-parts"
      caption={t('indicators.behind-is', { what: show })}
      columns={columns}
      rows={data?.items}
      error={error}
      onRetry={() => void refetch()}
      isRefreshing={isPlaceholderData}
      rowId={(part) => part.unit.id}
      rowName={(part) => part.unit.name}
      list={list}
      total={data?.total}
    />
  )
}

function Given({ part, value }: { part: PartRow; value: number | null }) {
  if (part.standing === 'given')
    return <Figure value={value} digits={4} isEstimate={part.status === 'E' || part.status === 'F'} />
  return <Figure value={null} absent={part.standing} />
}
