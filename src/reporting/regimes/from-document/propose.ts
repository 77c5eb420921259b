/** What a regime says, as far as the words of a document say it. Pure; what was not read stays empty, for a person to fill. */
import type { PrintedDays } from '../../model/calendar.ts'
import type { DayOfYear, DayRule, RegimeDefinition, Tier, Window } from '../../model/regime.ts'
import type { PrintedDuty } from './model.ts'

/** `missing`: fields the words do not say, by their names; `unplaced`: due dates that fall to no period. */
export type ReadRegime = { definition: RegimeDefinition; missing: string[]; unplaced: string[] }

const frequencies = { month: 'month', quarter: 'quarter', 'half-year': 'half-year', year: 'year' } as const

/**
 * @param duties those a person chose, with the years he said where the words do not
 * @param base the document, as it is cited
 */
export function proposeRegime(duties: readonly PrintedDuty[], { base }: { base: string }): ReadRegime {
  const { window, isRead } = windowOf(duties)
  const owners = Map.groupBy(
    duties.filter((duty) => !duty.isOwn),
    keyOf,
  )
  const keys = [...owners.keys()]
  const placed = (of: readonly PrintedDuty[]) => placeDays(of, window)
  const tiers = [...owners].map(([key, of], at) => tierOf(of, { at, keys, key, due: placed(of).rule }))
  const own = placed(duties.filter(({ isOwn }) => isOwn))
  const unplaced = [...[...owners.values()].flatMap((of) => placed(of).unplaced), ...own.unplaced]
  const definition: RegimeDefinition = {
    ...{ names: {}, kind: 'periodic', content: '', legalBases: base === '' ? [] : [base], sending: '' },
    ...{ window, cutOff: { kind: 'days', days: {} }, asksEstimates: false, tiers, rootDue: own.rule },
    ...{
      graceDays: 0,
      lockAfterDays: null,
      opensDaysBefore: 30,
      onHoliday: 'stands',
      remindDays: [],
      escalateAfterDays: 3,
    },
  }
  const lacks = (is: boolean, field: string) => (is ? [field] : [])
  const isEmpty = (rule: DayRule) => rule.kind === 'days' && Object.keys(rule.days).length === 0
  return {
    definition,
    missing: [
      ...['name', 'content', 'sending', 'cut-off'],
      ...lacks(base === '', 'legal-bases'),
      ...lacks(!isRead, 'window'),
      ...lacks(tiers.length === 0 || tiers.some(({ who }) => who.agencies.length + who.classes.length === 0), 'who'),
      ...lacks(
        tiers.some(({ to }) => to === ''),
        'to',
      ),
      ...lacks(
        tiers.some(({ due }) => isEmpty(due)),
        'due',
      ),
      ...lacks(isEmpty(own.rule), 'root-due'),
    ],
    unplaced: [...new Set(unplaced)],
  }
}

const meantBy = (of: PrintedDuty['whoMeans'], raw: string | null): string => of.agencyId ?? of.classCode ?? raw ?? ''
const keyOf = (duty: PrintedDuty): string => meantBy(duty.whoMeans, duty.who)

function tierOf(
  of: readonly PrintedDuty[],
  { at, keys, key, due }: { at: number; keys: readonly string[]; key: string; due: DayRule },
): Tier {
  const [first] = of
  const { agencyId = null, classCode = null } = first?.whoMeans ?? {}
  const above = of.map((duty) => keys.indexOf(meantBy(duty.toMeans, duty.to))).find((one) => one >= 0)
  const upper = above === undefined || keys[above] === key ? '' : `cap-${above + 1}`
  return {
    code: `cap-${at + 1}`,
    names: first?.who == null ? {} : { vi: first.who },
    who: { ...{ classes: classCode === null ? [] : [classCode], functions: [] }, ...namedOnly(agencyId) },
    to: of.some(({ isToOwn }) => isToOwn) ? 'owner' : upper,
    due,
  }
}

const namedOnly = (agencyId: string | null) => ({ agencies: agencyId === null ? [] : [agencyId], except: [] })

/** The windows that are printed and of which the year is known, else the year cut as often as reports are asked; no part where neither was read. */
function windowOf(duties: readonly PrintedDuty[]): { window: Window; isRead: boolean } {
  const printed = duties.flatMap(({ read }) => read.window ?? [])
  const unlike = new Map(printed.map((one) => [JSON.stringify(one), one]))
  if (unlike.size > 0) {
    const parts = [...unlike.values()].slice(0, 12).map((one, at) => ownPart(one, at))
    return { window: { kind: 'own', parts: parts.flatMap((one) => one ?? []) }, isRead: !parts.includes(undefined) }
  }
  const [only, ...others] = new Set(duties.flatMap(({ frequency }) => frequency ?? []))
  const frequency = others.length > 0 ? undefined : Object.entries(frequencies).find(([one]) => one === only)?.[1]
  if (frequency === undefined) return { window: { kind: 'own', parts: [] }, isRead: false }
  return { window: { kind: 'calendar', calendar: '', frequency }, isRead: true }
}

function ownPart({ from, to, fromYear }: NonNullable<PrintedDays['window']>, at: number) {
  if (fromYear === null) return undefined
  const isOver = from.month > to.month || (from.month === to.month && from.day > to.day)
  const year = fromYear
  return {
    ...{ part: `A${at + 1}`, names: {}, from: { ...from, year } },
    to: dayAfter({ ...to, year: isOver ? year + 1 : year }),
  }
}

function dayAfter({ year, month, day }: DayOfYear): DayOfYear {
  const next = new Date(Date.UTC(2001, month - 1, day + 1))
  const over = next.getUTCFullYear() - 2001
  return { year: year + over, month: next.getUTCMonth() + 1, day: next.getUTCDate() }
}

/** Lays printed days on the parts of the year: only where there is a day for a part beyond doubt. */
function placeDays(of: readonly PrintedDuty[], window: Window): { rule: DayRule; unplaced: string[] } {
  const days: Record<string, DayOfYear> = {}
  const unplaced: string[] = []
  for (const duty of of) {
    const found = duty.read.days.map((one) => ({ part: one.year === null ? undefined : partOf(one, window), ...one }))
    for (const { part, year, month, day } of found)
      if (part === undefined || year === null || (days[part] !== undefined && !same(days[part], { year, month, day })))
        unplaced.push(duty.due ?? duty.raw)
      else days[part] = { year, month, day }
    if (found.length === 0 && duty.due !== null) unplaced.push(duty.due)
  }
  return { rule: { kind: 'days', days }, unplaced }
}

const same = (one: DayOfYear, other: DayOfYear): boolean =>
  one.year === other.year && one.month === other.month && one.day === other.day

type SaidDay = { year: number | null; month: number }

function partOf({ year, month }: SaidDay, window: Window): string | undefined {
  if (window.kind === 'own') return window.parts.length === 1 ? window.parts[0]?.part : undefined
  if (window.frequency === 'year') return ''
  if (window.frequency !== 'half-year' || year === -1) return undefined
  return year === 1 || month > 7 ? 'S2' : 'S1'
}
