import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { RegimeDetail, RoundRow } from '#reporting/model'
import { useSetUrl, useUrl } from '../../kit/address.ts'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { Empty } from '../../kit/Empty.tsx'
import { SelectField } from '../../kit/fields.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { oneOf } from '../../kit/url.ts'
import { pageName } from '../../kit/filter-url.ts'
import { useListUrl } from '../../kit/useListUrl.ts'
import { roundsQuery, roundTo } from './queries.ts'
import { useRegimeWords } from './words.ts'

const yearName = 'nam'

/** Rounds opened of a regime, by pages, the newest first; of one year where one is chosen. */
export function RegimeRounds({ regime }: { regime: RegimeDetail }) {
  const t = useText()
  const words = useRegimeWords()
  const url = useUrl()
  const setUrl = useSetUrl()
  const list = useListUrl({})
  const year = /^\d{4}$/.exec(oneOf(url[yearName]) ?? '')?.[0]
  const { data, error, refetch, isPlaceholderData } = useQuery(
    roundsQuery(regime.id, { page: list.page, size: list.size, year }),
  )
  const definition = regime.versions[0]?.definition
  const name = (id: string) => (definition ? words.period(id, definition) : id)
  const years = [...new Set([...(data?.years.map(String) ?? []), ...(year === undefined ? [] : [year])])]
  return (
    <>
      {(years.length > 1 || year !== undefined) && (
        <SelectField
          id="rounds-year"
          label={t('regimes.rounds-year')}
          choices={[
            { value: '', label: t('regimes.rounds-all-years') },
            ...years.toSorted((one, other) => Number(other) - Number(one)).map((value) => ({ value, label: value })),
          ]}
          value={year ?? ''}
          onChange={(value) => setUrl({ [yearName]: value === '' ? undefined : value, [pageName]: undefined })}
        />
      )}
      <DataTable
        id="regime-rounds"
        caption={t('regimes.rounds')}
        columns={useColumns(name)}
        rows={data?.items}
        error={error}
        onRetry={() => void refetch()}
        isRefreshing={isPlaceholderData}
        rowId={(one) => one.id}
        rowName={(one) => name(one.period)}
        rowTo={(one) => roundTo(one.id)}
        list={list}
        total={data?.total}
        empty={
          year === undefined ? (
            <Empty title={t('regimes.rounds-none')}>{t('regimes.rounds-none-words')}</Empty>
          ) : (
            <Empty title={t('regimes.rounds-none-of-year', { year })} />
          )
        }
      />
    </>
  )
}

function useColumns(name: (id: string) => string): Column<RoundRow>[] {
  const t = useText()
  const format = useFormat()
  return [
    {
      id: 'period',
      title: t('regimes.period'),
      width: '14rem',
      cell: (one) => <Link to={roundTo(one.id)}>{name(one.period)}</Link>,
    },
    { id: 'opened', title: t('regimes.opened-on'), width: '8rem', cell: (one) => format.day(one.openedAt) },
    { id: 'owed', title: t('regimes.owed'), width: '7rem', align: 'end', cell: (one) => format.number(one.owed) },
    { id: 'sent', title: t('regimes.sent'), width: '7rem', align: 'end', cell: (one) => format.number(one.sent) },
    { id: 'late', title: t('regimes.overdue'), width: '7rem', align: 'end', cell: (one) => format.number(one.overdue) },
  ]
}
