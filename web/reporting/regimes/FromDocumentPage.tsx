import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { proposeRegime, type PrintedDuty, type PrintedRegime, type RegimeChoices } from '#reporting/model'
import { usePathId } from '../../kit/address.ts'
import { Empty, LoadFailed } from '../../kit/Empty.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { Section } from '../../kit/Section.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { BeginRegime } from './BeginRegime.tsx'
import { PrintedDuties } from './PrintedDuties.tsx'
import { choicesQuery, printedRegimeQuery, regimesTo } from './queries.ts'

/** Begins a regime from the reporting section of an imported document: its words beside what was read of them. */
export function FromDocumentPage() {
  const id = usePathId('importId')
  const t = useText()
  const document = useQuery(printedRegimeQuery(id))
  const choices = useQuery(choicesQuery)
  const title = t('regimes.from-document')
  const failed = document.error ?? choices.error
  const to = `/van-ban/${id}`
  return (
    <>
      <PageHeader
        title={title}
        state={document.data?.title ?? undefined}
        crumbs={[
          { label: t('regimes.title'), to: regimesTo },
          { label: t('regimes.the-document'), to },
          { label: title },
        ]}
      />
      {failed && <LoadFailed problem={failed} onRetry={() => void document.refetch()} />}
      {document.data?.duties.length === 0 && (
        <Empty title={t('regimes.nothing-printed')}>{t('regimes.nothing-printed-words')}</Empty>
      )}
      {document.data && document.data.duties.length > 0 && choices.data && (
        <FromWords document={document.data} choices={choices.data} />
      )}
    </>
  )
}

export type Year = -1 | 0 | 1
/** Years said by the person, by duty and day; `window` for the year its window begins in. */
export type SaidYears = Readonly<Record<string, Year | null>>

function FromWords({ document, choices }: { document: PrintedRegime; choices: RegimeChoices }) {
  const t = useText()
  const format = useFormat()
  const [chosen, setChosen] = useState<readonly number[]>(document.duties.map((_, at) => at))
  const [years, setYears] = useState<SaidYears>({})
  const [isTaken, setTaken] = useState(false)
  const { number, issuedOn, title } = document
  const base =
    number === null && title === null
      ? ''
      : [number, issuedOn && t('regimes.dated', { date: format.date(issuedOn) }), title].filter(Boolean).join(' ')
  const duties = chosen.toSorted((one, other) => one - other)
  const said = duties.flatMap((at) => withYears(document.duties[at], at, years))
  return (
    <>
      <Section title={t('regimes.printed-words')}>
        <PrintedDuties
          duties={document.duties}
          {...{ chosen, years, isTaken }}
          onChoose={setChosen}
          onSay={(key, year) => setYears({ ...years, [key]: year })}
          onTake={() => setTaken(true)}
          onChange={() => setTaken(false)}
        />
      </Section>
      {isTaken && (
        <BeginRegime
          read={proposeRegime(said, { base })}
          choices={choices}
          names={said.flatMap(({ whoMeans }) =>
            whoMeans.agencyId === null ? [] : [{ id: whoMeans.agencyId, name: whoMeans.name ?? '', endedOn: null }],
          )}
          from={{ importId: document.importId, duties }}
        />
      )}
    </>
  )
}

function withYears(duty: PrintedDuty | undefined, at: number, years: SaidYears): PrintedDuty[] {
  if (duty === undefined) return []
  const { days, window } = duty.read
  return [
    {
      ...duty,
      read: {
        days: days.map((one, day) => ({ ...one, year: one.year ?? years[`${at}.${day}`] ?? null })),
        window: window && { ...window, fromYear: window.fromYear ?? years[`${at}.window`] ?? null },
      },
    },
  ]
}
