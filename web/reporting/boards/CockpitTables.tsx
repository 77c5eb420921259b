import { Link } from '@tanstack/react-router'
import type { Cockpit, CockpitCounts } from '#reporting/model'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { Section } from '../../kit/Section.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { listTo } from './queries.ts'
import { useBoardWords } from './words.ts'

const standings = {
  notBegun: ['not-begun'],
  writing: ['draft'],
  submitted: ['submitted'],
  inReview: ['in-review'],
  returned: ['returned'],
  accepted: ['accepted', 'approved', 'locked', 'reopened'],
  notOwed: ['exempt', 'merged', 'withdrawn'],
} as const satisfies Partial<Record<keyof CockpitCounts, readonly string[]>>
type Counted = keyof typeof standings

type Row = { id: string; name: string; place: { tier?: string; unitId?: string }; counts: CockpitCounts }

/** Sent, under review, returned, accepted, missing: by tier and by province; each number opens its list. */
export function CockpitTables({ cockpit }: { cockpit: Cockpit }) {
  const t = useText()
  const words = useBoardWords()
  const tiers = cockpit.tiers.map((tier): Row => ({
    ...{ id: tier.code, name: words.tier(tier), place: { tier: tier.code }, counts: tier.counts },
  }))
  const units = cockpit.units.map(({ unit, counts }): Row => ({
    ...{ id: unit?.id ?? 'itself', name: unit?.name ?? t('boards.itself'), counts },
    place: unit === null ? {} : { unitId: unit.id },
  }))
  return (
    <>
      <Part {...{ cockpit, id: 'tiers', title: t('boards.by-is', { by: 'tier' }), rows: tiers }} />
      <Part {...{ cockpit, id: 'units', title: t('boards.by-is', { by: 'unit' }), rows: units }} />
    </>
  )
}

function Part({ cockpit, id, title, rows }: { cockpit: Cockpit; id: string; title: string; rows: Row[] }) {
  const t = useText()
  const format = useFormat()
  const cell = (row: Row, key: Counted) => {
    const count = row.counts[key]
    if (count === 0 || row.id === 'itself') return format.number(count, 0)
    return (
      <Link to={listTo(cockpit.round.id, { ...row.place, standing: [...standings[key]] })}>
        {format.number(count, 0)}
      </Link>
    )
  }
  const columns: Column<Row>[] = [
    { id: 'line', title, width: '14rem', cell: ({ name }) => name },
    {
      ...{ id: 'owed', title: t('boards.owed'), align: 'end', width: '6rem' },
      total: format.number(cockpit.total.owed, 0),
      cell: ({ counts }) => format.number(counts.owed, 0),
    },
    ...(Object.keys(standings) as Counted[]).map((key): Column<Row> => ({
      ...{ id: key, title: t(`boards.now-${key}`), align: 'end', width: '6rem' },
      total: format.number(cockpit.total[key], 0),
      cell: (row) => cell(row, key),
    })),
  ]
  return (
    <Section title={title}>
      <DataTable
        id={`cockpit-${id}`}
        caption={title}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        rowName={({ name }) => name}
        totalsOf={t('boards.total')}
      />
    </Section>
  )
}
