/** What is wrong with a regime before it is issued: impossible calendars, chains that go nowhere, bodies bound twice. Pure. */
import { readPeriod } from '#indicators/model'
import type { PlainDate } from '#platform/model'
import { rootTier, type DayRule, type RegimeDefinition, type Tier } from '../model/regime.ts'
import { daysBetween, isThere } from './days.ts'
import {
  partsOfWindow,
  periodsOfYear,
  rulesOf,
  scheduleOf,
  type Almanac,
  type ReportingPeriod,
  type ScheduledPeriod,
} from './schedule.ts'

/**
 * One thing wrong (`error`: it cannot be issued) or doubtful. `pointer`: JSON pointer into the definition. `params` may hold codes of
 * tiers (`tier`, `parent`) and days, which whoever shows it puts into words.
 */
export type RegimeFinding = {
  severity: 'error' | 'warning'
  code: string
  pointer: string
  params: Record<string, string | number>
}

type Say = (
  severity: RegimeFinding['severity'],
  code: string,
  pointer: string,
  params?: RegimeFinding['params'],
) => RegimeFinding

const say: Say = (severity, code, pointer, params = {}) => ({
  ...{ severity, code: `reporting.finding-${code}`, pointer, params },
})

/** How many years are tried: leap years and every position of the weekend come up. */
const yearsTried = 12

/**
 * Judges a definition over the years from `year` on.
 * @returns findings, each said once for the first period in which it shows; none with severity `error`: it may be issued
 */
export function judgeRegime(definition: RegimeDefinition, almanac: Almanac, year: number): RegimeFinding[] {
  const shape = [
    ...judgeWindow(definition, almanac),
    ...judgeRules(definition),
    ...judgeChain(definition.tiers),
    ...judgeOwing(definition.tiers),
    ...judgeMargins(definition),
  ]
  // Days are compared only where every period has them.
  const isWhole = !shape.some(({ severity, pointer }) => severity === 'error' && !pointer.startsWith('/tiers/who'))
  return isWhole ? [...shape, ...judgeDays(definition, almanac, year)] : shape
}

function judgeWindow({ window }: RegimeDefinition, { calendars }: Almanac): RegimeFinding[] {
  if (window.kind === 'calendar') {
    const id = `${window.calendar === '' ? '' : `${window.calendar}:`}2001`
    if (readPeriod(id, calendars) !== undefined) return []
    return [say('error', 'unknown-calendar', '/window/calendar', { calendar: window.calendar })]
  }
  return window.parts.flatMap((part, at) => {
    const pointer = `/window/parts/${at}`
    const found: RegimeFinding[] = []
    if (window.parts.findIndex((other) => other.part === part.part) < at)
      found.push(say('error', 'part-twice', `${pointer}/part`, { part: part.part }))
    for (const end of ['from', 'to'] as const) found.push(...judgeDay(part[end], `${pointer}/${end}`))
    const [one] = periodsOfYear({ ...window, parts: [part] }, 2001, calendars)
    if (one !== undefined && one.from >= one.to)
      found.push(say('error', 'part-backwards', pointer, { part: part.part }))
    return found
  })
}

function judgeDay(day: { year: number; month: number; day: number }, pointer: string): RegimeFinding[] {
  const there = isThere(day)
  if (there === 'always') return []
  const params = { day: day.day, month: day.month }
  return [say('error', there === 'never' ? 'no-such-day' : 'leap-day', pointer, params)]
}

/** Every rule of days names one day for each part, and a day there is. */
function judgeRules(definition: RegimeDefinition): RegimeFinding[] {
  const parts = partsOfWindow(definition.window)
  const rules: { pointer: string; rule: DayRule }[] = [
    { pointer: '/cutOff', rule: definition.cutOff },
    ...definition.tiers.map(({ due }, at) => ({ pointer: `/tiers/${at}/due`, rule: due })),
    { pointer: '/rootDue', rule: definition.rootDue },
  ]
  return rules.flatMap(({ pointer, rule }) => {
    if (rule.kind === 'after-end') return []
    const missing = parts.filter((part) => rule.days[part] === undefined)
    const extra = Object.keys(rule.days).filter((part) => !parts.includes(part))
    return [
      ...missing.map((part) => say('error', 'day-missing', `${pointer}/days/${part}`, { part })),
      ...extra.map((part) => say('warning', 'day-of-no-part', `${pointer}/days/${part}`, { part })),
      ...Object.entries(rule.days).flatMap(([part, day]) => judgeDay(day, `${pointer}/days/${part}`)),
    ]
  })
}

/** Every tier's reports end with the owner. */
function judgeChain(tiers: readonly Tier[]): RegimeFinding[] {
  const codes = tiers.map(({ code }) => code)
  return tiers.flatMap(({ code, to }, at) => {
    const pointer = `/tiers/${at}`
    const found: RegimeFinding[] = []
    if (codes.indexOf(code) < at) found.push(say('error', 'tier-twice', `${pointer}/code`, { tier: code }))
    if (code === rootTier || code === 'owner')
      found.push(say('error', 'tier-reserved', `${pointer}/code`, { tier: code }))
    if (to === 'owner') return found
    if (!codes.includes(to))
      return [...found, say('error', 'receiver-missing', `${pointer}/to`, { tier: code, parent: to })]
    return isCircular(code, tiers) ? [...found, say('error', 'tier-circle', `${pointer}/to`, { tier: code })] : found
  })
}

function isCircular(code: string, tiers: readonly Tier[]): boolean {
  const seen = new Set<string>()
  for (let at: string | undefined = code; at !== undefined && at !== 'owner';) {
    if (seen.has(at)) return true
    seen.add(at)
    const here: string = at
    at = tiers.find((tier) => tier.code === here)?.to
  }
  return false
}

/** Each tier binds somebody, and nobody is bound twice by name. */
function judgeOwing(tiers: readonly Tier[]): RegimeFinding[] {
  const first = new Map<string, string>()
  return tiers.flatMap(({ code, who }, at) => {
    const pointer = `/tiers/${at}/who`
    const named = [
      ...who.classes.map((value, i) => ({ value: `class ${value}`, pointer: `${pointer}/classes/${i}` })),
      ...who.functions.map((value, i) => ({
        value: `function ${value.function} ${value.level}`,
        pointer: `${pointer}/functions/${i}`,
      })),
      ...who.agencies.map((value, i) => ({ value: `body ${value}`, pointer: `${pointer}/agencies/${i}` })),
    ]
    const found = named.length === 0 ? [say('error', 'tier-empty', pointer, { tier: code })] : []
    for (const one of named) {
      const before = first.get(one.value)
      if (before !== undefined) found.push(say('error', 'bound-twice', one.pointer, { tier: code, other: before }))
      else first.set(one.value, code)
    }
    const both = who.agencies.filter((id) => who.except.includes(id))
    if (both.length > 0)
      found.push(say('warning', 'named-and-excepted', `${pointer}/except`, { tier: code, count: both.length }))
    return found
  })
}

function judgeMargins({ graceDays, lockAfterDays, escalateAfterDays, names }: RegimeDefinition): RegimeFinding[] {
  return [
    ...(Object.values(names).every((name) => name.trim() === '') ? [say('error', 'name-missing', '/names')] : []),
    ...(lockAfterDays !== null && lockAfterDays < graceDays ? [say('error', 'locks-in-grace', '/lockAfterDays')] : []),
    ...(escalateAfterDays <= graceDays ? [say('warning', 'escalates-in-grace', '/escalateAfterDays')] : []),
  ]
}

/** A due day as a finding names it. */
type Due = { code: string; pointer: string; on: PlainDate; parent: string | null }

function judgeDays(definition: RegimeDefinition, almanac: Almanac, year: number): RegimeFinding[] {
  const seen = new Set<string>()
  const found: RegimeFinding[] = []
  for (let at = 0; at < yearsTried; at++)
    for (const period of periodsOfYear(definition.window, year + at, almanac.calendars)) {
      const scheduled = scheduleOf(definition, period, almanac.daysOff)
      if (scheduled === undefined) continue
      for (const one of judgePeriod(definition, scheduled, period)) {
        const key = `${one.code} ${one.pointer} ${period.part}`
        if (!seen.has(key)) found.push(one)
        seen.add(key)
      }
    }
  return found
}

function judgePeriod(
  definition: RegimeDefinition,
  { cutOffOn, due }: ScheduledPeriod,
  period: ReportingPeriod,
): RegimeFinding[] {
  const all = duesOf(definition, due)
  const of = { period: period.id }
  return [
    ...(cutOffOn < period.from ? [say('error', 'cut-off-before-period', '/cutOff', { ...of, cutOff: cutOffOn })] : []),
    ...all.flatMap(({ code, pointer, on, parent }) => {
      const found: RegimeFinding[] = []
      const above = all.find((other) => other.code === parent)
      if (above !== undefined)
        found.push(...judgePair({ code, pointer, on, parent }, above, { of, graceDays: definition.graceDays }))
      if (on < period.from) found.push(say('error', 'due-before-period', pointer, { ...of, tier: code, due: on }))
      else if (on < cutOffOn && !definition.asksEstimates)
        found.push(say('error', 'due-before-cut-off', pointer, { ...of, tier: code, due: on, cutOff: cutOffOn }))
      return found
    }),
  ]
}

function judgePair(
  child: Due,
  parent: Due,
  { of, graceDays }: { of: { period: string }; graceDays: number },
): RegimeFinding[] {
  const params = { ...of, tier: child.code, parent: parent.code, due: child.on, parentDue: parent.on }
  const days = daysBetween(child.on, parent.on)
  if (days <= 0) return [say('error', days === 0 ? 'parent-same-day' : 'parent-before', parent.pointer, params)]
  return days <= graceDays ? [say('warning', 'grace-past-parent', child.pointer, params)] : []
}

function duesOf(definition: RegimeDefinition, due: ScheduledPeriod['due']): Due[] {
  return rulesOf(definition).flatMap(({ code }, at) => {
    const day = due[code]
    const tier = definition.tiers[at]
    const parent = tier === undefined ? null : tier.to === 'owner' ? rootTier : tier.to
    const pointer = tier === undefined ? '/rootDue' : `/tiers/${at}/due`
    return day === undefined ? [] : [{ code, pointer, on: day.on, parent }]
  })
}
