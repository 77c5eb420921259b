import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { DataTable } from '../../kit/DataTable.tsx'
import { Empty } from '../../kit/Empty.tsx'
import { Section } from '../../kit/Section.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useListUrl } from '../../kit/useListUrl.ts'
import { tasksWithoutTo } from './addresses.ts'
import { leadsQuery, workOfQuery } from './queries.ts'

/** As many bodies as facets name. */
const most = 200

/** Work that answers no recommendation by the body that leads it, beside all its work; each number opens its list. */
export function WorkByLead() {
  const t = useText()
  const format = useFormat()
  const list = useListUrl({})
  const { data, error, refetch } = useQuery(leadsQuery)
  const shown = data?.slice((list.page - 1) * list.size, list.page * list.size)
  const all = useQuery(workOfQuery((shown ?? []).map(({ value }) => value))).data
  return (
    <Section title={t('answered.work-by-lead')}>
      <DataTable
        id="work-without-lead"
        caption={t('answered.work-by-lead')}
        columns={[
          { id: 'name', title: t('answered.by-lead'), width: '16rem', cell: (row) => row.name ?? row.value },
          {
            id: 'all',
            title: t('answered.work-all'),
            align: 'end',
            cell: (row) => {
              const count = all?.get(row.value)
              return count === undefined ? '…' : format.number(count)
            },
          },
          {
            id: 'without',
            title: t('answered.work-without'),
            align: 'end',
            cell: (row) => <Link to={tasksWithoutTo({ agency: row.value })}>{format.number(row.count)}</Link>,
          },
        ]}
        rows={shown}
        error={error}
        onRetry={() => void refetch()}
        rowId={({ value }) => value}
        rowName={(row) => row.name ?? row.value}
        rowTo={(row) => tasksWithoutTo({ agency: row.value })}
        list={list}
        {...(data ? { total: data.length } : {})}
        empty={<Empty title={t('answered.work-by-lead-none')} />}
      />
      {data?.length === most && <p>{t('answered.work-by-lead-most', { number: format.number(most) })}</p>}
    </Section>
  )
}
