import { Link } from '@tanstack/react-router'
import type { UnitDetail, UnitEvent } from '#territory/model'
import { useFormat, useText } from '../kit/text.tsx'
import { unitTo } from './addresses.ts'
import styles from './territory.module.css'

/** A unit's life as sentences, day by day, each with its legal basis where one is recorded. */
export function Timeline({ unit }: { unit: UnitDetail }) {
  const t = useText()
  const format = useFormat()
  const days = Map.groupBy(unit.events, (event) => event.onDate)
  const first = unit.stretches[0]
  return (
    <ol className={styles.timeline}>
      {first?.validFrom === null && (
        <li className={styles.moment}>
          <h3>{t('territory.before-records', { date: format.date(unit.recordedFrom) })}</h3>
          <p>
            {t('territory.was', {
              name: first.name,
              code: first.code,
              parent: first.parent?.name ?? '',
              isTop: first.parent === null ? 'yes' : 'no',
            })}
          </p>
        </li>
      )}
      {[...days].map(([date, events]) => (
        <li key={date} className={styles.moment} data-ended={events.some((event) => event.kind === 'ended')}>
          <h3>{format.date(date)}</h3>
          <ul>
            {events.map((event, place) => (
              <li key={place}>
                <Sentence event={event} />
                {event.note !== null && <span className={styles.quiet}> ({event.note})</span>}
              </li>
            ))}
          </ul>
          <Bases events={events} />
        </li>
      ))}
    </ol>
  )
}

function Sentence({ event }: { event: UnitEvent }) {
  const t = useText()
  const values = {
    kind: event.kind,
    extent: event.extent ?? '',
    before: event.before ?? '',
    after: event.after ?? '',
    unit: event.unit?.name ?? '',
    code: event.unit?.code ?? '',
  }
  const words = t('territory.event', values)
  return event.unit === null ? words : <Link to={unitTo(event.unit.id)}>{words}</Link>
}

function Bases({ events }: { events: readonly UnitEvent[] }) {
  const t = useText()
  const format = useFormat()
  const bases = [...new Set(events.flatMap((event) => (event.legalBasis === null ? [] : [event.legalBasis])))]
  return bases.length === 0 ? null : (
    <p className={styles.quiet}>{t('territory.basis-line', { basis: format.list(bases) })}</p>
  )
}
