import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { UnitChildren, UnitDetail } from '#territory/model'
import { BodiesHere } from '../agencies/BodiesHere.tsx'
import { useAsOf, usePathId } from '../kit/address.ts'
import { DataTable, type Column } from '../kit/DataTable.tsx'
import { LoadFailed } from '../kit/Empty.tsx'
import { FigureNote } from '../kit/FigureNote.tsx'
import { PageHeader } from '../kit/PageHeader.tsx'
import { Section } from '../kit/Section.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { HistorySection } from '../notifications/HistorySection.tsx'
import { lastDay, unitTo } from './addresses.ts'
import { Counts } from './Counts.tsx'
import { Fates } from './Fates.tsx'
import { Period } from './Period.tsx'
import { read } from './read.ts'
import styles from './territory.module.css'
import { Timeline } from './Timeline.tsx'

/** One unit: what it is on the date, what it was, where it came from and what it became. */
export function UnitPage() {
  const id = usePathId('unitId')
  const t = useText()
  const format = useFormat()
  const { asOf } = useAsOf()
  const {
    data: unit,
    error,
    refetch,
  } = useQuery({
    queryKey: ['territory', 'unit', id, asOf],
    queryFn: ({ signal }) => read<UnitDetail>(`/territory/units/${id}`, { asOf }, signal),
  })
  if (error) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  if (unit === undefined) return <p role="status">{t('territory.loading')}</p>
  const crumbs = [
    { label: t('territory.title'), to: '/dia-ban' },
    ...unit.path.toReversed().map((above) => ({ label: above.name, to: unitTo(above.id) })),
    { label: unit.name },
  ]
  return (
    <>
      <PageHeader title={unit.name} crumbs={crumbs} state={<State unit={unit} />} />
      {!unit.isInBeing && unit.validTo !== null && (
        <Section title={t('territory.now-on', { date: format.date(unit.asOf) })}>
          <Fates fates={unit.now} />
        </Section>
      )}
      <div className={styles.columns}>
        <div>
          <Section title={t('territory.history')}>
            <Timeline unit={unit} />
          </Section>
        </div>
        <div>
          <BodiesHere unitId={unit.id} asOf={unit.isInBeing ? asOf : shownDay(unit)} />
          <Below unit={unit} />
        </div>
      </div>
      <Section title={t('territory.stretches')}>
        <Stretches unit={unit} />
      </Section>
      <OtherNames unit={unit} />
      <HistorySection record={{ kind: 'territory.unit', id: unit.id }} />
    </>
  )
}

/** The day the unit is shown for when it is not in being: its last, or its first. */
function shownDay(unit: UnitDetail): string {
  if (unit.validTo !== null && unit.validTo <= unit.asOf) return lastDay(unit.validTo)
  return unit.validFrom ?? unit.asOf
}

function State({ unit }: { unit: UnitDetail }) {
  const t = useText()
  const format = useFormat()
  const values = { type: unit.typeName, code: unit.code }
  if (unit.isInBeing) return t('territory.unit-state', values)
  if (unit.validTo !== null && unit.validTo <= unit.asOf)
    return t('territory.unit-ended', { ...values, date: format.date(unit.validTo) })
  return t('territory.unit-to-come', { ...values, date: format.date(unit.validFrom ?? unit.asOf) })
}

type Stretch = UnitDetail['stretches'][number]

function Stretches({ unit }: { unit: UnitDetail }) {
  const t = useText()
  const columns: Column<Stretch>[] = [
    { id: 'period', title: t('territory.period'), width: '11rem', cell: (stretch) => <Period {...stretch} /> },
    { id: 'name', title: t('territory.name'), cell: (stretch) => stretch.name },
    { id: 'code', title: t('territory.code'), cell: (stretch) => <span className="figures">{stretch.code}</span> },
    { id: 'type', title: t('territory.type'), cell: (stretch) => stretch.typeName },
    {
      id: 'parent',
      title: t('territory.belongs-to'),
      cell: ({ parent }) => (parent === null ? '–' : <Link to={unitTo(parent.id)}>{parent.name}</Link>),
    },
    { id: 'basis', title: t('territory.basis'), cell: (stretch) => stretch.legalBasis ?? '–' },
  ]
  return (
    <DataTable
      id="territory-stretches"
      caption={t('territory.stretches')}
      columns={columns}
      rows={unit.stretches}
      rowId={(stretch) => stretch.validFrom ?? ''}
      rowName={(stretch) => stretch.name}
    />
  )
}

function OtherNames({ unit }: { unit: UnitDetail }) {
  const t = useText()
  const format = useFormat()
  if (unit.aliases.length === 0 && unit.remarks.length === 0) return null
  return (
    <Section title={t('territory.other-names')}>
      <ul>
        {unit.aliases.map((alias) => (
          <li key={`${alias.field} ${alias.value} ${alias.validFrom}`}>
            {t('territory.alias', { field: alias.field, value: alias.value })}{' '}
            <span className={styles.quiet}>
              (<Period {...alias} />
              {alias.source === null ? '' : `; ${alias.source}`})
            </span>
          </li>
        ))}
        {unit.remarks.map((remark) => (
          <li key={remark.onDate + remark.text}>
            {t('territory.remark', { date: format.date(remark.onDate), text: remark.text })}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Below({ unit }: { unit: UnitDetail }) {
  const t = useText()
  const { data, error, refetch } = useQuery({
    queryKey: ['territory', 'children', unit.id, unit.asOf],
    queryFn: ({ signal }) => read<UnitChildren>(`/territory/units/${unit.id}/children`, { asOf: unit.asOf }, signal),
    enabled: unit.below.length > 0,
  })
  if (unit.below.length === 0) return null
  return (
    <Section title={t('territory.below')}>
      <Counts counts={unit.below} />
      <FigureNote asOf={data?.asOf ?? unit.asOf} />
      {error && <LoadFailed problem={error} onRetry={() => void refetch()} />}
      <ul className={styles.children}>
        {(data?.children ?? []).map((child) => (
          <li key={child.id}>
            <Link to={unitTo(child.id)}>{child.name}</Link> <span className={styles.code}>{child.code}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
