import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { AwaitedRound } from '#reporting/model'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { DueWords } from '../../kit/DueWords.tsx'
import { Section } from '../../kit/Section.tsx'
import { useMay, useSession } from '../../kit/session.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useTitle } from '../reports/words.ts'
import { awaitedQuery, awaitedTo, lateTo } from './queries.ts'
import { UrgeDialog } from './UrgeDialog.tsx'

/** On the home page of who consolidates, first: who has not reported, round by round, and urging them. */
export function AwaitedRounds() {
  const t = useText()
  const may = useMay()
  const { data } = useQuery({ ...awaitedQuery, enabled: may('reporting.consolidate') })
  const [urging, setUrging] = useState<AwaitedRound>()
  const columns = useColumns(setUrging)
  if (data === undefined || data.length === 0) return null
  return (
    <Section title={t('urging.title')}>
      <DataTable
        id="awaited-rounds"
        caption={t('urging.title')}
        columns={columns}
        rows={data}
        rowId={(one) => one.roundId}
        rowName={(one) => one.period}
      />
      {urging && (
        <UrgeDialog
          roundId={urging.roundId}
          choices={[
            ...(urging.late > 0 ? [{ id: 'late' as const, whom: { isOverdue: ['with'] }, count: urging.late }] : []),
            { id: 'awaited', whom: { isAwaited: ['with'] }, count: urging.awaited },
          ]}
          onClose={() => setUrging(undefined)}
        />
      )}
    </Section>
  )
}

function useColumns(onUrge: (round: AwaitedRound) => void): Column<AwaitedRound>[] {
  const t = useText()
  const format = useFormat()
  const may = useMay()
  const title = useTitle()
  const { today } = useSession()
  return [
    {
      ...{ id: 'round', title: t('urging.round'), width: '15rem' },
      cell: (one) => <Link to={awaitedTo(one.roundId)}>{title(one)}</Link>,
    },
    {
      ...{ id: 'due', title: t('urging.due'), width: '9rem' },
      cell: (one) => <DueWords dueOn={one.dueOn} today={today} />,
    },
    {
      ...{ id: 'late', title: t('urging.count-late'), align: 'end', width: '5rem' },
      cell: (one) =>
        one.late === 0 ? format.number(0) : <Link to={lateTo(one.roundId)}>{format.number(one.late)}</Link>,
    },
    {
      ...{ id: 'awaited', title: t('urging.count-awaited'), align: 'end', width: '5rem' },
      cell: (one) => <Link to={awaitedTo(one.roundId)}>{format.number(one.awaited)}</Link>,
    },
    {
      ...{ id: 'not-begun', title: t('urging.count-notBegun'), align: 'end', width: '5rem' },
      cell: (one) => format.number(one.notBegun),
    },
    {
      ...{ id: 'sent', title: t('urging.count-sent'), align: 'end', width: '6rem' },
      cell: (one) => t('urging.sent-of', { sent: one.sent, owed: one.owed }),
    },
    {
      ...{ id: 'urged', title: t('urging.last'), width: '7rem' },
      cell: (one) => (one.lastUrgedOn === null ? t('urging.never') : format.date(one.lastUrgedOn)),
    },
    ...(may('reporting.urge')
      ? [
          {
            ...{ id: 'acts', title: t('urging.acts'), width: '8rem' },
            cell: (one: AwaitedRound) => (
              <Button variant="default" size="compact-sm" onClick={() => onUrge(one)}>
                {t('urging.urge')}
              </Button>
            ),
          },
        ]
      : []),
  ]
}
