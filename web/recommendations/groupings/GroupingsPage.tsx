import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Grouping } from '#recommendations/model'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { Empty } from '../../kit/Empty.tsx'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { StatusBadge } from '../../kit/StatusBadge.tsx'
import { useFormat, useLanguage, useText } from '../../kit/text.tsx'
import { useListUrl } from '../../kit/useListUrl.ts'
import { reaches, recommendationsTo } from '../addresses.ts'
import { registryTo } from '../imports/addresses.ts'
import { useRenewRecommendations } from '../queries.ts'
import styles from '../Recommendations.module.css'
import { useNames } from '../words.ts'
import { GroupingDialog } from './GroupingDialog.tsx'
import { groupingsQuery, retireGrouping } from './queries.ts'

/** Groupings that bodies made of their own: made, renamed, retired and used again by those who keep recommendations. */
export function GroupingsPage() {
  const t = useText()
  const format = useFormat()
  const renew = useRenewRecommendations()
  const { lists } = useNames()
  const list = useListUrl({})
  const isKeeper = lists?.mechanisms.some(({ keeps }) => keeps)
  const { data, error, refetch } = useQuery({ ...groupingsQuery(), enabled: isKeeper === true })
  const [open, setOpen] = useState<Grouping | 'new'>()
  const retiring = useMutation({ mutationFn: retireGrouping, onSettled: renew })
  const columns = useColumns({ onRename: setOpen, onRetire: (one) => retiring.mutate(one) })
  const used = data?.filter(({ isRetired }) => !isRetired).length ?? 0
  return (
    <>
      <PageHeader
        title={t('groupings.title')}
        crumbs={[{ label: t('bring.registry'), to: registryTo }, { label: t('groupings.title') }]}
        state={data && data.length > 0 && t('groupings.state', { count: used, number: format.number(used) })}
        acts={isKeeper === true && <Button onClick={() => setOpen('new')}>{t('groupings.make')}</Button>}
      />
      {isKeeper === false && <Empty title={t('groupings.not-keeper')}>{t('groupings.not-keeper-words')}</Empty>}
      {isKeeper === true && (
        <>
          <p>{t('groupings.words')}</p>
          <ErrorSummary problem={retiring.error} />
          <DataTable
            id="recommendation-groupings"
            caption={t('groupings.title')}
            columns={columns}
            rows={data?.slice((list.page - 1) * list.size, list.page * list.size)}
            error={error}
            onRetry={() => void refetch()}
            rowId={(row) => String(row.number)}
            rowName={(row) => Object.values(row.names)[0] ?? ''}
            list={list}
            total={data?.length}
            empty={<Empty title={t('groupings.none')}>{t('groupings.none-words')}</Empty>}
          />
        </>
      )}
      {open !== undefined && (
        <GroupingDialog of={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} />
      )}
    </>
  )
}

function useColumns(acts: {
  onRename: (one: Grouping) => void
  onRetire: (one: Grouping) => void
}): Column<Grouping>[] {
  const t = useText()
  const format = useFormat()
  const { language } = useLanguage()
  const nameOf = ({ names }: Grouping) => new Map(Object.entries(names)).get(language) ?? Object.values(names)[0] ?? ''
  return [
    {
      id: 'name',
      title: t('groupings.name'),
      width: '20rem',
      cell: (one) => (
        <span className={styles.named}>
          {nameOf(one)}
          {Object.entries(one.names)
            .filter(([, name]) => name !== nameOf(one))
            .map(([key, name]) => (
              <span key={key} className={styles.detail} lang={key}>
                {name}
              </span>
            ))}
        </span>
      ),
    },
    { id: 'body', title: t('groupings.body'), width: '14rem', cell: (one) => one.agencyName ?? '' },
    {
      id: 'recommendations',
      title: t('groupings.recommendations'),
      align: 'end',
      cell: (one) =>
        one.recommendations === 0 ? (
          format.number(0)
        ) : (
          <Link to={recommendationsTo({ own: String(one.number), reach: reaches.own })}>
            {format.number(one.recommendations)}
          </Link>
        ),
    },
    {
      id: 'use',
      title: t('groupings.use'),
      width: '9rem',
      cell: (one) => (
        <StatusBadge tone={one.isRetired ? 'draft' : 'done'}>
          {t(one.isRetired ? 'groupings.retired' : 'groupings.in-use')}
        </StatusBadge>
      ),
    },
    {
      id: 'acts',
      title: t('groupings.acts'),
      width: '14rem',
      cell: (one) =>
        one.isMine && (
          <span className={`${styles.acts} screen-only`}>
            {!one.isRetired && (
              <Button
                variant="default"
                size="compact-sm"
                aria-label={t('groupings.rename-of', { name: nameOf(one) })}
                onClick={() => acts.onRename(one)}
              >
                {t('groupings.rename')}
              </Button>
            )}
            <Button
              variant="default"
              size="compact-sm"
              aria-label={t(one.isRetired ? 'groupings.take-up-of' : 'groupings.retire-of', { name: nameOf(one) })}
              onClick={() => acts.onRetire(one)}
            >
              {t(one.isRetired ? 'groupings.take-up' : 'groupings.retire')}
            </Button>
          </span>
        ),
    },
  ]
}
