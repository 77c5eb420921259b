import { Button } from '@mantine/core'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { ReformState, type ReformSummary } from '#agencies/model'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { Empty } from '../../kit/Empty.tsx'
import { FilterBar } from '../../kit/FilterBar.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { useMay } from '../../kit/session.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useListUrl } from '../../kit/useListUrl.ts'
import { read } from '../../territory/read.ts'
import { reformTo } from '../addresses.ts'
import { HeadForm, type Head } from './HeadForm.tsx'
import { beginReform } from './requests.ts'
import { ReformBadge } from './words.tsx'

/** All reforms within reach: those to come, and those that made the country what it is. */
export function ReformsPage() {
  const t = useText()
  const may = useMay()
  const [isBeginning, setBeginning] = useState(false)
  const list = useListUrl({
    filters: [
      { name: 'tim', kind: 'text', label: t('agencies.reform-search') },
      {
        name: 'trang-thai',
        kind: 'one',
        label: t('agencies.reform-state-label'),
        choices: ReformState.options.map((state) => ({ value: state, label: t(`agencies.reform-state-${state}`) })),
      },
    ],
  })
  const asked = {
    search: list.values['tim']?.[0],
    state: list.values['trang-thai']?.[0],
    page: list.page,
    size: list.size,
  }
  const { data, error, refetch, isPlaceholderData } = useQuery({
    queryKey: ['reforms', asked],
    queryFn: ({ signal }) => read<{ items: ReformSummary[]; total: number }>('/reforms', asked, signal),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PageHeader
        title={t('agencies.reforms')}
        state={t('agencies.reforms-state')}
        acts={
          may('agencies.draft-reform') &&
          !isBeginning && <Button onClick={() => setBeginning(true)}>{t('agencies.reform-begin')}</Button>
        }
      />
      {isBeginning && <Begin onClose={() => setBeginning(false)} />}
      <FilterBar list={list} />
      <DataTable
        id="reforms"
        caption={t('agencies.reforms')}
        columns={useColumns()}
        rows={data?.items}
        error={error}
        onRetry={() => void refetch()}
        isRefreshing={isPlaceholderData}
        rowId={(reform) => reform.id}
        rowName={(reform) => reform.title}
        rowTo={(reform) => reformTo(reform.id)}
        list={list}
        total={data?.total}
        empty={<Empty title={t('agencies.reforms-none')}>{t('agencies.reforms-none-words')}</Empty>}
      />
    </>
  )
}

function useColumns(): Column<ReformSummary>[] {
  const t = useText()
  const format = useFormat()
  return [
    {
      id: 'title',
      title: t('agencies.reform-title'),
      width: '18rem',
      cell: (reform) => <Link to={reformTo(reform.id)}>{reform.title}</Link>,
    },
    {
      id: 'date',
      title: t('agencies.reform-date'),
      cell: (reform) => <span className="figures">{format.date(reform.date)}</span>,
    },
    { id: 'state', title: t('agencies.reform-state-label'), cell: (reform) => <ReformBadge state={reform.state} /> },
    {
      id: 'units',
      title: t('agencies.reform-unit-count'),
      align: 'end',
      cell: (reform) => format.number(reform.unitChangeCount),
    },
    {
      id: 'bodies',
      title: t('agencies.reform-body-count'),
      align: 'end',
      cell: (reform) => format.number(reform.bodyChangeCount),
    },
    { id: 'basis', title: t('agencies.basis'), cell: (reform) => reform.legalBasis },
    { id: 'agency', title: t('agencies.reform-agency'), cell: (reform) => reform.agency.name },
  ]
}

function Begin({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  const [head, setHead] = useState<Head>({ title: '', legalBasis: '', date: null })
  const begin = useMutation({
    mutationFn: () => beginReform({ ...head, date: head.date ?? '', unitChanges: [], bodyChanges: [] }),
    onSuccess: ({ id }) => navigate({ to: reformTo(id) }),
  })
  return (
    <HeadForm
      head={head}
      onChange={setHead}
      begin={{ problem: begin.error, isPending: begin.isPending, run: begin.mutate, onClose }}
    />
  )
}
