import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { AgencyDetail, AgencyStep, Seat } from '#agencies/model'
import { useAsOf, usePathId } from '../kit/address.ts'
import { DataTable, type Column } from '../kit/DataTable.tsx'
import { LoadFailed } from '../kit/Empty.tsx'
import { FigureNote } from '../kit/FigureNote.tsx'
import { PageHeader } from '../kit/PageHeader.tsx'
import { Section } from '../kit/Section.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { unitTo } from '../territory/addresses.ts'
import { Period } from '../territory/Period.tsx'
import { read } from '../territory/read.ts'
import { HistorySection } from '../notifications/HistorySection.tsx'
import { agencyTo, letterheadTo } from './addresses.ts'
import { AgencyLink } from './AgencyLink.tsx'
import styles from './agencies.module.css'

/** One body: what it does on the date, whom it answers to, what it was and who follows it. */
export function AgencyPage() {
  const id = usePathId('agencyId')
  const t = useText()
  const format = useFormat()
  const { asOf } = useAsOf()
  const {
    data: agency,
    error,
    refetch,
  } = useQuery({
    queryKey: ['agencies', 'one', id, asOf],
    queryFn: ({ signal }) => read<AgencyDetail>(`/agencies/${id}`, { asOf }, signal),
  })
  if (error) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  if (agency === undefined) return <p role="status">{t('agencies.loading')}</p>
  const above = agency.superior === null ? [] : [{ label: agency.superior.name, to: agencyTo(agency.superior.id) }]
  return (
    <>
      <PageHeader
        title={agency.name}
        crumbs={[{ label: t('agencies.title'), to: '/co-quan' }, ...above, { label: agency.name }]}
        state={<State agency={agency} />}
      />
      <FigureNote asOf={agency.asOf} />
      {!agency.isInBeing && agency.holders.length > 0 && (
        <Section title={t('agencies.holders', { date: format.date(agency.asOf) })}>
          <ul className={styles.plain}>
            {agency.holders.map((holder) => (
              <li key={holder.id}>
                <AgencyLink agency={holder} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Seats title={t('agencies.members')} seats={agency.seats} of="agency" />
      {!agency.isInBeing && <Steps title={t('agencies.became')} id="agency-became" steps={agency.becameOf} />}
      <Mandates agency={agency} />
      {agency.isInBeing && <Steps title={t('agencies.became')} id="agency-became" steps={agency.becameOf} />}
      <Steps title={t('agencies.came-from')} id="agency-came" steps={agency.cameFrom} />
      <Offices agency={agency} />
      <Seats title={t('agencies.sits-in')} seats={agency.seatsElsewhere} of="body" />
      <HistorySection record={{ kind: 'agencies.agency', id: agency.id }} />
      <Names agency={agency} />
      <Superiors agency={agency} />
    </>
  )
}

function State({ agency }: { agency: AgencyDetail }) {
  const t = useText()
  const format = useFormat()
  const values = {
    kind: t(`agencies.kind-${agency.kind}`),
    level: t('agencies.level', { level: agency.level }),
    isExecutive: agency.isExecutive ? 'yes' : 'no',
  }
  return (
    <>
      {agency.isInBeing || agency.validTo === null
        ? t('agencies.agency-state', values)
        : t('agencies.agency-ended', { ...values, date: format.date(agency.validTo) })}
      {' · '}
      <Link to={unitTo(agency.unit.id)}>{agency.unit.name}</Link>
      {agency.subordinateCount > 0 && (
        <>
          {' · '}
          <Link to={`/co-quan?cap-tren=${agency.id}&con=con`}>
            {t('agencies.subordinates', {
              count: agency.subordinateCount,
              number: format.number(agency.subordinateCount),
            })}
          </Link>
        </>
      )}
    </>
  )
}

type Mandate = AgencyDetail['mandates'][number]

function Mandates({ agency }: { agency: AgencyDetail }) {
  const t = useText()
  if (agency.mandates.length === 0) return null
  const columns: Column<Mandate>[] = [
    { id: 'function', title: t('agencies.function'), cell: (mandate) => mandate.functionName },
    { id: 'period', title: t('agencies.period'), cell: (mandate) => <Period {...mandate} /> },
  ]
  return (
    <Section title={t('agencies.mandates')}>
      <DataTable
        id="agency-mandates"
        caption={t('agencies.mandates')}
        columns={columns}
        rows={agency.mandates}
        rowId={(mandate) => `${mandate.function} ${mandate.validFrom}`}
        rowName={(mandate) => mandate.functionName}
      />
    </Section>
  )
}

function Steps({ title, id, steps }: { title: string; id: string; steps: readonly AgencyStep[] }) {
  const t = useText()
  const format = useFormat()
  if (steps.length === 0) return null
  const columns: Column<AgencyStep>[] = [
    { id: 'agency', title: t('agencies.agency'), width: '18rem', cell: (step) => <AgencyLink agency={step.agency} /> },
    { id: 'function', title: t('agencies.function'), cell: (step) => step.functionName ?? t('agencies.the-rest') },
    {
      id: 'date',
      title: t('agencies.on'),
      cell: (step) => <span className="figures">{format.date(step.onDate)}</span>,
    },
    { id: 'share', title: t('agencies.share-label'), cell: (step) => t('agencies.share', { share: step.share }) },
  ]
  return (
    <Section title={title}>
      <DataTable
        id={id}
        caption={title}
        columns={columns}
        rows={steps}
        rowId={(step) => `${step.agency.id} ${step.function} ${step.onDate}`}
        rowName={(step) => step.agency.name}
        rowTo={(step) => agencyTo(step.agency.id)}
      />
    </Section>
  )
}

function Seats({ title, seats, of }: { title: string; seats: readonly Seat[]; of: 'agency' | 'body' }) {
  const t = useText()
  if (seats.length === 0) return null
  const columns: Column<Seat>[] = [
    { id: 'post', title: t('agencies.post'), width: '16rem', cell: (seat) => seat.post },
    {
      id: 'agency',
      title: t(of === 'agency' ? 'agencies.agency' : 'agencies.coordination-body'),
      cell: (seat) => <AgencyLink agency={seat[of]} />,
    },
    { id: 'role', title: t('agencies.role-label'), cell: (seat) => t(`agencies.role-${seat.role}`) },
    { id: 'period', title: t('agencies.period'), cell: (seat) => <Period {...seat} /> },
    { id: 'basis', title: t('agencies.basis'), width: '8rem', cell: (seat) => seat.legalBasis ?? '–' },
  ]
  return (
    <Section title={title}>
      <DataTable
        id={`agency-seats-${of}`}
        caption={title}
        columns={columns}
        rows={seats}
        rowId={(seat) => `${seat.body.id} ${seat.agency.id} ${seat.post} ${seat.validFrom}`}
        rowName={(seat) => seat.post}
      />
    </Section>
  )
}

function Offices({ agency }: { agency: AgencyDetail }) {
  const t = useText()
  const format = useFormat()
  if (agency.offices.length === 0) return null
  return (
    <Section title={t('agencies.offices')}>
      <ul className={styles.plain}>
        {agency.offices.map((office) => (
          <li key={`${office.name} ${office.validFrom}`}>
            {office.name}{' '}
            <span className={styles.quiet}>
              (<Period {...office} />)
            </span>
            {office.functionNames.length > 0 && (
              <span className={styles.small}>{format.list(office.functionNames)}</span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}

type Name = AgencyDetail['names'][number]

function Names({ agency }: { agency: AgencyDetail }) {
  const t = useText()
  const format = useFormat()
  const columns: Column<Name>[] = [
    { id: 'name', title: t('agencies.name'), width: '20rem', cell: (name) => name.name },
    { id: 'short', title: t('agencies.short-name'), cell: (name) => name.shortName },
    {
      id: 'abbreviations',
      title: t('agencies.abbreviations'),
      cell: (name) => (name.abbreviations.length === 0 ? '–' : format.list(name.abbreviations)),
    },
    { id: 'period', title: t('agencies.period'), cell: (name) => <Period {...name} /> },
  ]
  return (
    <Section title={t('agencies.names')}>
      <DataTable
        id="agency-names"
        caption={t('agencies.names')}
        columns={columns}
        rows={agency.names}
        rowId={(name) => name.validFrom ?? ''}
        rowName={(name) => name.name}
      />
      {agency.numberingAbbreviation !== null && (
        <p className={styles.quiet}>{t('agencies.numbering', { sign: agency.numberingAbbreviation })}</p>
      )}
      <p>
        <Link to={letterheadTo(agency.id)}>{t('agencies.letterhead')}</Link>
      </p>
    </Section>
  )
}

function Superiors({ agency }: { agency: AgencyDetail }) {
  const t = useText()
  if (agency.superiors.length === 0) return null
  return (
    <Section title={t('agencies.superiors')}>
      <ul className={styles.plain}>
        {agency.superiors.map((superior) => (
          <li key={`${superior.agency.id} ${superior.validFrom}`}>
            <AgencyLink agency={superior.agency} />{' '}
            <span className={styles.quiet}>
              (<Period {...superior} />)
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
