import { Button } from '@mantine/core'
import { IconArrowBackUp, IconCheck } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Figure as FigureOf, Finding, SavedFigures } from '#indicators/model'
import { choice } from '../plans/words.ts'
import { DataTable, type Column } from '../kit/DataTable.tsx'
import { Empty } from '../kit/Empty.tsx'
import { ErrorSummary } from '../kit/ErrorSummary.tsx'
import { LongTextField } from '../kit/fields.tsx'
import { Figure } from '../kit/Figure.tsx'
import { serverFilter, type Filter } from '../kit/filter-url.ts'
import { FilterBar } from '../kit/FilterBar.tsx'
import { PageHeader } from '../kit/PageHeader.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { useListUrl } from '../kit/useListUrl.ts'
import { DialogForm } from '../plans/DialogForm.tsx'
import { write } from '../plans/requests.ts'
import { indicatorsTo, indicatorTo, names } from './addresses.ts'
import styles from './Indicators.module.css'
import { FindingNotes } from './quality/FindingNotes.tsx'
import { useFindings } from './quality/queries.ts'
import { useDictionary, useNames, useRenewIndicators, waitingQuery } from './queries.ts'
import { findUnit, readUnitName } from './units.ts'
import { amountWords, changeWords, periodWords } from './words.ts'

/** Figures others entered, each beside what it was the period before: one or many accepted, or given back with words. */
export function WaitingPage() {
  const t = useText()
  const toast = useToast()
  const renew = useRenewIndicators()
  const list = useListUrl({ filters: useFilters() })
  const { data, error, refetch, isPlaceholderData } = useQuery(
    waitingQuery({ page: list.page, size: list.size, ...serverFilter(list.filters, list.values) }),
  )
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [isReturning, setReturning] = useState(false)
  const shown = data?.items ?? []
  const findings = useFindings(shown.length === 0 ? undefined : { cellId: shown.map(({ cellId }) => cellId) })
  const chosen = shown.filter(({ cellId }) => selected.has(cellId))
  const decide = useMutation({
    mutationFn: (of: { outcome: 'accepted' | 'returned'; reason: string | null }) => {
      const cells = chosen.map(({ cellId, latest }) => ({ cellId, vintage: latest.vintage }))
      return write<SavedFigures>('POST', '/figures/decisions', { cells, ...of })
    },
    onSuccess: async (saved, { outcome }) => {
      setSelected(new Set())
      setReturning(false)
      await renew()
      const first = saved.rows.find((row) => !row.ok)
      toast({
        kind: saved.refused === 0 ? 'done' : 'note',
        text: t('indicators.decided', {
          ...{ outcome, taken: saved.taken, refused: saved.refused },
          why: first?.ok === false ? first.title : '',
        }),
      })
    },
  })
  return (
    <>
      <PageHeader
        title={t('indicators.waiting')}
        state={data && t('indicators.waiting-state', { count: data.total })}
        crumbs={[{ label: t('indicators.title'), to: indicatorsTo }, { label: t('indicators.waiting') }]}
      />
      <FilterBar list={list} />
      <ErrorSummary problem={isReturning ? undefined : decide.error} />
      <DataTable
        id="figures-waiting"
        caption={t('indicators.waiting')}
        columns={useColumns(findings)}
        rows={data?.items}
        error={error}
        onRetry={() => void refetch()}
        isRefreshing={isPlaceholderData}
        rowId={(one) => one.cellId}
        rowName={useRowName()}
        list={list}
        total={data?.total}
        selection={{
          selected,
          onChange: setSelected,
          acts: (
            <>
              <Button
                leftSection={<IconCheck size={18} stroke={1.6} aria-hidden />}
                loading={decide.isPending && !isReturning}
                onClick={() => decide.mutate({ outcome: 'accepted', reason: null })}
              >
                {t('indicators.accept', { count: chosen.length })}
              </Button>
              <Button
                variant="default"
                leftSection={<IconArrowBackUp size={18} stroke={1.6} aria-hidden />}
                onClick={() => setReturning(true)}
              >
                {t('indicators.return-act', { count: chosen.length })}
              </Button>
            </>
          ),
        }}
        empty={
          list.isFiltered ? undefined : (
            <Empty title={t('indicators.waiting-none')}>{t('indicators.waiting-none-words')}</Empty>
          )
        }
      />
      {isReturning && (
        <ReturnDialog
          count={chosen.length}
          isPending={decide.isPending}
          problem={decide.error}
          onSend={(reason) => decide.mutate({ outcome: 'returned', reason })}
          onClose={() => setReturning(false)}
        />
      )}
    </>
  )
}

function ReturnDialog(of: {
  count: number
  isPending: boolean
  problem: unknown
  onSend: (reason: string) => void
  onClose: () => void
}) {
  const t = useText()
  const [reason, setReason] = useState('')
  return (
    <DialogForm
      title={t('indicators.return-title', { count: of.count })}
      act={t('indicators.return')}
      isPending={of.isPending}
      isBlocked={reason.trim() === ''}
      problem={of.problem}
      onSend={() => of.onSend(reason.trim())}
      onClose={of.onClose}
    >
      <LongTextField
        id="reason"
        label={t('indicators.return-reason')}
        help={t('indicators.return-help')}
        required
        maxLength={2000}
        value={reason}
        onChange={setReason}
      />
    </DialogForm>
  )
}

function useFilters(): Filter[] {
  const t = useText()
  const { data } = useDictionary()
  const measures = (data?.indicators ?? []).flatMap((one) => one.measures)
  return [
    {
      ...{ name: names.measure, key: 'measureId', kind: 'one', label: t('indicators.measure') },
      choices: measures.map(({ id, name }) => ({ value: id, label: name })),
    },
    {
      ...{ name: names.unit, key: 'unitId', kind: 'picked', label: t('indicators.unit') },
      ...{ find: findUnit, nameOf: readUnitName },
    },
  ]
}

function useRowName(): (one: FigureOf) => string {
  const t = useText()
  const known = useNames()
  return (one) =>
    t('indicators.figure-named', {
      measure: known.measure(one.measureId)?.measure.name ?? '',
      unit: one.unit.name,
      period: periodWords(one.period, t),
    })
}

function useColumns(findings: ReadonlyMap<string, Finding[]>): Column<FigureOf>[] {
  const t = useText()
  const format = useFormat()
  const known = useNames()
  return [
    {
      id: 'unit',
      title: t('indicators.unit'),
      width: '13rem',
      cell: (one) => {
        const found = known.measure(one.measureId)
        const to =
          found &&
          indicatorTo(found.indicator.id, { measure: found.measure.code, unit: one.unitId, period: one.period })
        return to === undefined ? one.unit.name : <Link to={to}>{one.unit.name}</Link>
      },
    },
    {
      id: 'measure',
      title: t('indicators.measure'),
      width: '18rem',
      cell: (one) => (
        <span className={styles.named}>
          {known.measure(one.measureId)?.measure.name}
          <span className={styles.detail}>
            {[periodWords(one.period, t), known.breakdown(one.breakdown)].filter((word) => word !== '').join(' · ')}
          </span>
        </span>
      ),
    },
    {
      id: 'value',
      title: t('indicators.value'),
      align: 'end',
      width: '9rem',
      cell: ({ latest }) => (
        <span className={styles.named}>
          <Figure
            value={latest.value}
            digits={2}
            isEstimate={latest.status === 'E' || latest.status === 'F'}
            {...(latest.absence === null ? {} : { absent: latest.absence })}
          />
          {latest.denominator !== null && <span className={styles.detail}>{amountWords(latest, format)}</span>}
        </span>
      ),
    },
    {
      id: 'status',
      title: t('indicators.status'),
      width: '8rem',
      cell: ({ latest }) => t('indicators.standing-is', { standing: latest.status ?? choice(latest.absence ?? '') }),
    },
    {
      id: 'before',
      title: t('indicators.before'),
      align: 'end',
      width: '9rem',
      cell: ({ before, latest }) =>
        before?.value === null || before === null ? (
          <span className={styles.detail}>
            {t('indicators.before-is', { reason: choice(before?.reason ?? 'none') })}
          </span>
        ) : (
          <span className={styles.named}>
            <Figure value={before.value} digits={2} isEstimate={before.isEstimate} />
            {latest.value !== null && (
              <span className={styles.detail}>
                {t('indicators.change-by', { change: changeWords(latest.value - before.value, format) })}
              </span>
            )}
          </span>
        ),
    },
    {
      id: 'findings',
      title: t('indicators.quality-kind'),
      width: '15rem',
      cell: ({ cellId }) => <FindingNotes of={findings.get(cellId) ?? []} />,
    },
    {
      id: 'standing',
      title: t('indicators.stands'),
      align: 'end',
      width: '7rem',
      isSpare: true,
      cell: ({ accepted }) => accepted && <Figure value={accepted.value} digits={2} />,
    },
    { id: 'comment', title: t('indicators.comment'), width: '14rem', cell: ({ latest }) => latest.comment },
    {
      id: 'by',
      title: t('indicators.entered-by'),
      width: '13rem',
      cell: ({ latest }) => (
        <span className={styles.named}>
          {latest.byAgencyName}
          <span className={styles.detail}>{format.dateTime(latest.enteredAt)}</span>
        </span>
      ),
    },
  ]
}
