import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { LoadFailed } from '../../kit/Empty.tsx'
import { Section } from '../../kit/Section.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { choice } from '../../plans/words.ts'
import { tasksWithoutTo } from './addresses.ts'
import { workQuery } from './queries.ts'
import { WorkByLead } from './WorkByLead.tsx'

type Row = { value: string; name: string; all: number; without: number }

/** Work that answers no recommendation, beside all work, by level and by kind of the lead. */
export function WorkWithout() {
  const t = useText()
  const format = useFormat()
  const all = useQuery(workQuery('all'))
  const without = useQuery(workQuery('without'))
  const error = all.error ?? without.error
  if (error) return <LoadFailed problem={error} onRetry={() => void all.refetch().then(() => without.refetch())} />
  const names = {
    level: (value: string) => t('plans.level-is', { level: value }),
    agencyKind: (value: string) => t('plans.agency-kind', { kind: choice(value) }),
  }
  const rowsOf = (of: 'level' | 'agencyKind'): Row[] | undefined =>
    without.data &&
    all.data?.counts[of]?.map(({ value, count }) => ({
      value,
      name: names[of](value),
      all: count,
      without: without.data.counts[of]?.find((one) => one.value === value)?.count ?? 0,
    }))
  const columnsOf = (of: 'level' | 'agencyKind'): Column<Row>[] => [
    { id: 'name', title: t(`answered.lead-${of}`), width: '16rem', cell: ({ name }) => name },
    {
      id: 'all',
      title: t('answered.work-all'),
      align: 'end',
      cell: (row) => format.number(row.all),
      total: format.number(all.data?.total ?? 0),
    },
    {
      id: 'without',
      title: t('answered.work-without'),
      align: 'end',
      cell: (row) =>
        row.without === 0 ? (
          format.number(0)
        ) : (
          <Link to={tasksWithoutTo({ [of]: row.value })}>{format.number(row.without)}</Link>
        ),
      total: <Link to={tasksWithoutTo()}>{format.number(without.data?.total ?? 0)}</Link>,
    },
  ]
  const parts = (['level', 'agencyKind'] as const).map((of) => (
    <Section key={of} title={t(`answered.work-by-${of}`)}>
      <DataTable
        id={`work-without-${of}`}
        caption={t(`answered.work-by-${of}`)}
        columns={columnsOf(of)}
        rows={rowsOf(of)}
        rowId={({ value }) => value}
        rowName={({ name }) => name}
        totalsOf={t('answered.work-total')}
      />
    </Section>
  ))
  return (
    <>
      {parts}
      <WorkByLead />
    </>
  )
}
