import { useQuery } from '@tanstack/react-query'
import type { Figure, Finding } from '#indicators/model'
import type { Page } from '#platform/model'
import { CardColumns, type Card, type CardColumn } from '../kit/CardColumns.tsx'
import { Section } from '../kit/Section.tsx'
import { useMay } from '../kit/session.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { entryAt, waitingTo } from './addresses.ts'
import { findingsQuery, findingsTo, ownFindingsTo } from './quality/queries.ts'
import { findingWords } from './quality/words.ts'
import { returnedQuery, useNames, waitingQuery } from './queries.ts'
import { periodWords } from './words.ts'
import { reasonWords } from './reason.ts'

/** Cards a column shows; it says how many there are, and leads to them all. */
const shown = { page: 1, size: 5 }

export type FiguresToDo = {
  returned: Page<Figure> | undefined
  waiting: Page<Figure> | undefined
  findings: Page<Finding> | undefined
}

/** What figures ask of the acting post: those given back, those others entered, and what does not agree. */
export function useFiguresToDo(): FiguresToDo {
  const may = useMay()
  const enters = may('indicators.enter-figures')
  const returned = useQuery({ ...returnedQuery(shown), enabled: enters })
  const waiting = useQuery({ ...waitingQuery(shown), enabled: may('indicators.decide-figures') })
  const findings = useQuery({
    ...findingsQuery({ ...shown, isOwn: 'true', state: 'open' }),
    enabled: may('indicators.answer-findings'),
  })
  return { returned: returned.data, waiting: waiting.data, findings: findings.data }
}

/** The part of one's own work that is figures; nothing where they ask nothing. */
export function FiguresToDoSection({ work }: { work: FiguresToDo }) {
  const t = useText()
  const format = useFormat()
  const known = useNames()
  const { returned, waiting, findings } = work
  const nameOf = ({ measureId, period }: Pick<Finding, 'measureId' | 'period'>) =>
    t('indicators.todo-figure', {
      measure:
        measureId === null ? t('indicators.quality-all-figures') : (known.measure(measureId)?.measure.name ?? ''),
      period: periodWords(period, t),
    })
  const toCorrect = (one: Figure) => entryAt({ measure: one.measureId, period: one.period })
  const columns = [
    column('figures-returned', returned, waitingIs(toCorrect, true), toReturned(returned)),
    column(
      'figures-waiting',
      waiting,
      waitingIs(() => waitingTo, false),
      waitingTo,
    ),
    column('figures-findings', findings, findingIs, ownFindingsTo),
  ].flatMap((one) => one ?? [])
  if (!known.isKnown || columns.length === 0) return null
  return (
    <Section title={t('indicators.todo')}>
      <CardColumns columns={columns} />
    </Section>
  )

  function column<One>(
    id: 'figures-returned' | 'figures-waiting' | 'figures-findings',
    page: Page<One> | undefined,
    cardOf: (one: One) => Card,
    to: string,
  ): CardColumn | undefined {
    if (page === undefined || page.total === 0) return undefined
    const { items, total } = page
    return {
      ...{ id, total, empty: null, cards: items.map(cardOf) },
      title: t(`indicators.todo-${id}`),
      tone: id === 'figures-returned' ? 'returned' : id === 'figures-waiting' ? 'note' : 'soon',
      ...(total > items.length
        ? { all: { to, label: t('indicators.todo-all', { number: format.number(total) }) } }
        : {}),
    }
  }
  function waitingIs(to: (one: Figure) => string, withReason: boolean): (one: Figure) => Card {
    return (one) => ({
      ...{ id: one.cellId, to: to(one), body: one.unit.name },
      deed: [nameOf(one), withReason ? reasonWords(one.latest.decision?.reason, t) : null].filter(Boolean).join(': '),
    })
  }
  function findingIs(one: Finding): Card {
    return {
      ...{ id: one.id, to: findingsTo(one), body: one.unit.name },
      deed: [nameOf(one), findingWords(one, t, format)].join(': '),
    }
  }
}

/** Where figures given back are corrected: the grid of the newest of their periods. */
function toReturned(returned: Page<Figure> | undefined): string {
  return entryAt({ period: returned?.items[0]?.period })
}
