import { Button } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { LateDays, ReportStanding, type ObligationRow, type RoundDetail } from '#reporting/model'
import { agencyTo } from '../../agencies/addresses.ts'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { Empty } from '../../kit/Empty.tsx'
import { serverFilter, type Filter } from '../../kit/filter-url.ts'
import { ListTools } from '../../kit/lists/ListTools.tsx'
import { useMay } from '../../kit/session.tsx'
import { StatusBadge } from '../../kit/StatusBadge.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useListUrl } from '../../kit/useListUrl.ts'
import { useNumberFilters } from '../boards/filters.ts'
import { choice } from '../../plans/words.ts'
import { UrgeDialog } from '../urging/UrgeDialog.tsx'
import { names } from '../urging/queries.ts'
import { ChangeDialog, type Changing } from './ChangeDialog.tsx'
import { obligationsQuery, roundTo } from './queries.ts'
import styles from './Regimes.module.css'
import { standingTones, useRegimeWords } from './words.ts'

/** Who owes which report, of one round or of all that one sees; freeing and giving time where one may. */
export function Obligations({ round }: { round?: RoundDetail }) {
  const t = useText()
  const list = useListUrl({ filters: useFilters(round) })
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [changing, setChanging] = useState<Changing>()
  const may = useMay()
  const [urging, setUrging] = useState<'chosen' | 'listed'>()
  const always: Record<string, string[]> = round === undefined ? {} : { roundId: [round.id] }
  const asked = { ...serverFilter(list.filters, list.values), ...always, page: list.page, size: list.size }
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...obligationsQuery(asked),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <ListTools
        list={list}
        of="reporting.obligations"
        table="obligations"
        facets={{ path: '/reporting/obligations/facets', open: ['isAwaited', 'lateDays', 'standing', 'tier'] }}
        always={always}
        total={data?.total}
        selected={selected}
        tools={
          round !== undefined &&
          may('reporting.urge') &&
          data?.items.some((one) => one.mayUrge) && (
            <Button variant="default" onClick={() => setUrging('listed')}>
              {t('urging.urge-listed')}
            </Button>
          )
        }
      >
        <DataTable
          id="obligations"
          caption={t('regimes.obligations')}
          columns={useColumns(round, setChanging)}
          rows={data?.items}
          error={error}
          onRetry={() => void refetch()}
          isRefreshing={isPlaceholderData}
          rowId={(one) => one.id}
          rowName={(one) => one.addressedName}
          list={list}
          selection={{
            ...{ selected, onChange: setSelected },
            acts: round !== undefined && may('reporting.urge') && (
              <Button size="compact-sm" onClick={() => setUrging('chosen')}>
                {t('urging.urge-chosen', { count: selected.size })}
              </Button>
            ),
          }}
          {...(data === undefined ? {} : { total: data.total })}
          empty={<Empty title={t('regimes.obligations-none')}>{t('regimes.obligations-none-words')}</Empty>}
        />
      </ListTools>
      {urging !== undefined && round !== undefined && (
        <UrgeDialog
          roundId={round.id}
          choices={[
            urging === 'chosen'
              ? { id: 'chosen', whom: { id: [...selected] }, count: selected.size }
              : { id: 'listed', whom: serverFilter(list.filters, list.values), count: data?.total },
          ]}
          onSent={() => setSelected(new Set())}
          onClose={() => setUrging(undefined)}
        />
      )}
      {changing && <ChangeDialog changing={changing} onClose={() => setChanging(undefined)} />}
    </>
  )
}

function useFilters(round: RoundDetail | undefined): Filter[] {
  const t = useText()
  const words = useRegimeWords()
  const numbers = useNumberFilters()
  const tiers = round === undefined ? [] : [...round.definition.tiers.map(({ code }) => code), 'root']
  return [
    { name: 'tim', key: 'q', kind: 'text', label: t('regimes.search-body') },
    {
      ...{ name: 'tinh-trang', key: 'standing', kind: 'many', isFacet: true, label: t('regimes.standing') },
      choices: ReportStanding.options.map((value) => ({ value, label: t(`reporting.obligations-standing-${value}`) })),
    },
    {
      ...{ name: names.awaited, key: 'isAwaited', kind: 'many', isFacet: true, label: t('urging.awaited') },
      choices: [{ value: 'with', label: t('urging.is-awaited') }],
      lack: { value: 'without', label: t('urging.is-not-awaited') },
    },
    {
      ...{ name: names.overdue, key: 'isOverdue', kind: 'many', isFacet: true, label: t('regimes.overdue') },
      choices: [{ value: 'with', label: t('regimes.is-overdue') }],
      lack: { value: 'without', label: t('regimes.is-not-overdue') },
    },
    {
      ...{ name: names.late, key: 'lateDays', kind: 'many', isFacet: true, label: t('urging.late-days') },
      choices: LateDays.options.map((value) => ({ value, label: t('urging.late-days-is', { code: choice(value) }) })),
    },
    {
      ...{ name: names.place, key: 'place', kind: 'many', isFacet: true, isOpen: true, label: t('urging.place') },
      choices: [],
    },
    ...(round === undefined
      ? []
      : [
          {
            ...{ name: 'cap', key: 'tier', kind: 'many' as const, isFacet: true as const, label: t('regimes.tier') },
            choices: tiers.map((code) => ({ value: code, label: words.tier(code, round.definition) })),
          },
        ]),
    {
      ...{ name: 'noi-nhan', key: 'receiver', kind: 'many', isFacet: true, isOpen: true, label: t('regimes.receiver') },
      choices: [],
    },
    {
      ...{ name: 'de-nghi', key: 'isRequested', kind: 'many', isFacet: true, label: t('regimes.requested') },
      choices: [
        { value: 'true', label: t('regimes.is-requested') },
        { value: 'false', label: t('regimes.is-ordered') },
      ],
    },
    ...numbers,
  ]
}

function useColumns(round: RoundDetail | undefined, onChange: (changing: Changing) => void): Column<ObligationRow>[] {
  const t = useText()
  const format = useFormat()
  const may = useMay()
  const words = useRegimeWords()
  const acts = (one: ObligationRow) => {
    if (!one.mayChange || !may('reporting.keep-obligations')) return null
    const isSent = one.sentAt !== null
    const isOpen = !['exempt', 'merged', 'withdrawn', 'approved', 'locked'].includes(one.standing)
    const act = (kind: Changing['kind']) => (
      <Button key={kind} variant="default" size="compact-sm" onClick={() => onChange({ kind, obligation: one })}>
        {t(`regimes.${kind}`)}
      </Button>
    )
    return (
      <span className={styles.acts}>
        {isOpen && (!isSent || one.standing === 'returned') && act('extend')}
        {isOpen && !isSent && act('exempt')}
        {one.standing === 'exempt' && act('restore')}
      </span>
    )
  }
  const tier: Column<ObligationRow>[] =
    round === undefined
      ? [
          {
            id: 'round',
            title: t('regimes.round'),
            width: '8rem',
            cell: (one) => <Link to={roundTo(one.roundId)}>{t('regimes.to-round')}</Link>,
          },
        ]
      : [
          {
            id: 'tier',
            title: t('regimes.tier'),
            width: '8rem',
            cell: (one) => words.tier(one.tier, round.definition),
          },
        ]
  return [
    {
      id: 'body',
      title: t('regimes.body'),
      width: '14rem',
      cell: (one) => (
        <span className={styles.named}>
          <Link to={agencyTo(one.addressedId)}>{one.addressedName}</Link>
          {one.agencyId !== one.addressedId && (
            <span className={styles.detail}>{t('regimes.held-by', { body: one.agencyName })}</span>
          )}
        </span>
      ),
    },
    ...tier,
    {
      id: 'standing',
      title: t('regimes.standing'),
      width: '11rem',
      cell: (one) => (
        <span className={styles.named}>
          <span className={styles.badges}>
            <StatusBadge tone={standingTones[one.standing]}>
              {t(`reporting.obligations-standing-${one.standing}`)}
            </StatusBadge>
            {one.lateDays !== null && (
              <StatusBadge tone="overdue">{t('urging.late-for', { count: one.lateDays })}</StatusBadge>
            )}
            {one.isRequested && <StatusBadge tone="note">{t('regimes.is-requested')}</StatusBadge>}
          </span>
          {one.reason !== null && <span className={styles.detail}>{words.reason(one.reason)}</span>}
        </span>
      ),
    },
    { id: 'due', title: t('regimes.due'), width: '6.5rem', cell: (one) => format.date(one.dueOn) },
    { id: 'receiver', title: t('regimes.receiver'), width: '10rem', cell: (one) => one.receiverName ?? '–' },
    {
      id: 'sent',
      title: t('regimes.sent-at'),
      width: '7.5rem',
      cell: (one) => (one.sentAt === null ? '–' : format.dateTime(one.sentAt)),
    },
    { id: 'acts', title: t('regimes.acts'), width: '11rem', cell: acts },
  ]
}
