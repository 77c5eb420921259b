/** The schedule of a regime: its periods, and the days of each. Pure; periods `[from, to)`, days `YYYY-MM-DD`. */
import { readPeriod, type Calendar, type Frequency } from '#indicators/model'
import type { PlainDate } from '#platform/model'
import type { DaysOff } from '../model/calendar.ts'
import { rootTier, type DayRule, type RegimeDefinition, type RoundDates, type Window } from '../model/regime.ts'
import { addDays, dayIn, isKnown, movedDay } from './days.ts'

/** A period of a regime. `part`: what follows the year in its name (`S1`), empty for a whole year. */
export type ReportingPeriod = { id: string; year: number; part: string; from: PlainDate; to: PlainDate }

/** What the schedule needs to know of the country. */
export type Almanac = { calendars: readonly Calendar[]; daysOff: DaysOff }

/** A due day: `moved` where a day off moved it, `isSure` false where holidays of that year are not yet known. */
export type DueDay = { on: PlainDate; nominal: PlainDate; isSure: boolean }

/** One period with all its days. `due` by code of tier, the owner's own under `root`. */
export type ScheduledPeriod = {
  period: ReportingPeriod
  cutOffOn: PlainDate
  due: Record<string, DueDay>
  lockOn: PlainDate | null
}

/** Prefix of the names of periods that are a regime's own. */
const own = 'own'

const partsOf: Record<Frequency, readonly string[]> = {
  month: Array.from({ length: 12 }, (_, at) => String(at + 1).padStart(2, '0')),
  quarter: ['Q1', 'Q2', 'Q3', 'Q4'],
  'half-year': ['S1', 'S2'],
  'nine-months': ['M9'],
  year: [''],
}

/** The parts of the year a window knows, as they stand in names of periods and in rules of days. */
export function partsOfWindow(window: Window): readonly string[] {
  return window.kind === 'calendar' ? partsOf[window.frequency] : window.parts.map(({ part }) => part)
}

/** The periods of a year, by the year in their names; none where the calendar is unknown. */
export function periodsOfYear(window: Window, year: number, calendars: readonly Calendar[]): ReportingPeriod[] {
  if (window.kind === 'own')
    return window.parts.map(({ part, from, to }) => ({
      id: `${own}:${year}-${part}`,
      ...{ year, part, from: dayIn(year, from), to: dayIn(year, to) },
    }))
  const prefix = window.calendar === '' ? '' : `${window.calendar}:`
  return partsOf[window.frequency].flatMap((part) => {
    const period = readPeriod(`${prefix}${year}${part === '' ? '' : `-${part}`}`, calendars)
    return period === undefined ? [] : [{ id: period.id, year, part, from: period.from, to: period.to }]
  })
}

/** Reads the name of a period of a regime; undefined where it is none of its periods. */
export function readOwnPeriod(id: string, window: Window, calendars: readonly Calendar[]): ReportingPeriod | undefined {
  const year = Number(/(?:^|:)(\d{4})/.exec(id)?.[1])
  if (!Number.isInteger(year) || year < 1900) return undefined
  return periodsOfYear(window, year, calendars).find((period) => period.id === id)
}

/** Periods of a regime that end after a day, the earliest first. */
export function periodsAfter(
  window: Window,
  of: { day: PlainDate; count: number; calendars: readonly Calendar[] },
): ReportingPeriod[] {
  const year = Number(of.day.slice(0, 4))
  const years = Array.from({ length: of.count + 3 }, (_, at) => year - 1 + at)
  return years
    .flatMap((one) => periodsOfYear(window, one, of.calendars))
    .filter(({ to }) => to > of.day)
    .toSorted((one, other) => one.from.localeCompare(other.from) || one.id.localeCompare(other.id))
    .slice(0, of.count)
}

/** The day of a rule in a period; undefined where the rule names no day for its part. */
function dayOfRule(rule: DayRule, period: ReportingPeriod): PlainDate | undefined {
  if (rule.kind === 'after-end') return addDays(period.to, rule.days - 1)
  const day = rule.days[period.part]
  return day === undefined ? undefined : dayIn(period.year, day)
}

/** All days of one period; undefined where some rule names none for it. */
export function scheduleOf(
  definition: Pick<RegimeDefinition, 'cutOff' | 'tiers' | 'rootDue' | 'onHoliday' | 'lockAfterDays'>,
  period: ReportingPeriod,
  daysOff: DaysOff,
): ScheduledPeriod | undefined {
  const cutOffOn = dayOfRule(definition.cutOff, period)
  const due: Record<string, DueDay> = {}
  for (const { code, rule } of rulesOf(definition)) {
    const nominal = dayOfRule(rule, period)
    if (nominal === undefined) return undefined
    const on = movedDay(nominal, definition.onHoliday, daysOff)
    due[code] = { on, nominal, isSure: definition.onHoliday === 'stands' || isKnown(nominal, daysOff) }
  }
  const root = due[rootTier]
  if (cutOffOn === undefined || root === undefined) return undefined
  const { lockAfterDays } = definition
  return { period, cutOffOn, due, lockOn: lockAfterDays === null ? null : addDays(root.on, lockAfterDays) }
}

/** The rules of due days by tier, the owner's own last. */
export function rulesOf({
  tiers,
  rootDue,
}: Pick<RegimeDefinition, 'tiers' | 'rootDue'>): { code: string; rule: DayRule }[] {
  return [...tiers.map(({ code, due }) => ({ code, rule: due })), { code: rootTier, rule: rootDue }]
}

/** The dates a round keeps of its schedule. */
export function roundDates(definition: RegimeDefinition, scheduled: ScheduledPeriod): RoundDates {
  const { graceDays, remindDays, escalateAfterDays } = definition
  const due = Object.fromEntries(Object.entries(scheduled.due).map(([code, day]) => [code, day.on]))
  return { due, lockOn: scheduled.lockOn, graceDays, remindDays, escalateAfterDays }
}
