import type { PlainDate } from '#platform/model'
import { addDays, daysBetween } from '../regimes/days.ts'

/** What a body, or those above it, is told of a report not yet sent. `days`: before the due day; 0 on it and after it. */
export type Stage = { kind: 'due' | 'overdue' | 'escalated'; days: number }

/** A report not yet sent, as reminding needs it. */
export type Awaited = {
  dueOn: PlainDate
  /** The day on which this due day was set and told: stages before it are not told after it. */
  setOn: PlainDate
  isRequested: boolean
  graceDays: number
  remindDays: readonly number[]
  escalateAfterDays: number
  /** Stages told already, of this due day. */
  told: readonly Stage[]
}

/** The first day on which those above hear of it: never before it is called late. */
export function escalatesOn(of: Pick<Awaited, 'dueOn' | 'graceDays' | 'escalateAfterDays'>): PlainDate {
  return addDays(of.dueOn, Math.max(of.escalateAfterDays, of.graceDays + 1))
}

/**
 * What is to be told today: of the days the regime names the nearest that has come, once each, the ones slept over left out; after the
 * due day that it is late, together with those above. A body that is only asked is never called late, nor told of above.
 *
 * @source issue of periodic reporting: T−14, T−3, T, and T+3 to the superior
 */
export function stagesToTell(of: Awaited, today: PlainDate): Stage[] {
  const isTold = (stage: Stage) => of.told.some(({ kind, days }) => kind === stage.kind && days === stage.days)
  const left = daysBetween(today, of.dueOn)
  const come = of.remindDays.filter((days) => days >= left && addDays(of.dueOn, -days) > of.setOn)
  const nearest = come.length === 0 ? undefined : Math.min(...come)
  if (left >= 0) {
    const stage: Stage | undefined = nearest === undefined ? undefined : { kind: 'due', days: nearest }
    // A reminder of a nearer day says what one of a farther day would have said.
    const isNews = stage !== undefined && !of.told.some(({ kind, days }) => kind === 'due' && days <= stage.days)
    return isNews ? [stage] : []
  }
  if (of.isRequested || -left <= of.graceDays) return []
  const isEscalated = today >= escalatesOn(of)
  const isMissed = nearest !== undefined && !isTold({ kind: 'due', days: nearest })
  const stages: Stage[] = [
    ...(isEscalated || isMissed ? [{ kind: 'overdue' as const, days: 0 }] : []),
    ...(isEscalated ? [{ kind: 'escalated' as const, days: 0 }] : []),
  ]
  return stages.filter((stage) => !isTold(stage))
}
