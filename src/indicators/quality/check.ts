import { z } from 'zod'
import { asEverywhere, type Context, type JobKind } from '#platform'
import { openLand, type Land } from '../land.ts'
import { PeriodId, readPeriod, type Calendar, type Period } from '../model.ts'
import { readBefore } from '../queries/before.ts'
import { lastDay, lineOn } from '../rollup/ground.ts'
import { placeOf, readMeasures, type MeasureRules } from '../store.ts'
import { findIn, heapingOf, type Amounts, type Around, type Checked, type Rule } from './checks.ts'
import {
  readGivenMeasures,
  readNewestCells,
  readNumbers,
  readRules,
  saveBodyFindings,
  saveFindings,
  type CheckedCell,
} from './store.ts'
import { tellOfFindings } from './tell.ts'

const checkJobKind = 'indicators.check-figures'

/** Whose figures of which periods are looked at. */
export type ToCheck = { periods: readonly string[]; agencyIds: readonly string[] }

/** Lets a job hold figures against the rules. @returns its id */
export function enqueueCheck(ctx: Context, { periods, agencyIds }: ToCheck): Promise<string> {
  return ctx.enqueue(checkJobKind, { periods: [...new Set(periods)], agencyIds: [...new Set(agencyIds)] })
}

const Payload = z.object({ periods: z.array(PeriodId), agencyIds: z.array(z.uuid()) })

/** Of all periods of all bodies asked for: more than was asked where they differ, and no less. */
function mergeChecks(payloads: readonly Record<string, unknown>[]): z.infer<typeof Payload> {
  const all = payloads.map((one) => Payload.parse(one))
  return {
    periods: [...new Set(all.flatMap(({ periods }) => periods))],
    agencyIds: [...new Set(all.flatMap(({ agencyIds }) => agencyIds))],
  }
}

/** Holds figures against the rules, one measure of a period in a transaction. */
export function checkJob({ calendars }: { calendars: readonly Calendar[] }): JobKind {
  return {
    kind: checkJobKind,
    restMs: 20_000,
    async run(work) {
      // Many send at once before a due date: what waits is looked at in one go.
      const { periods, agencyIds } = Payload.parse(await work.absorb(mergeChecks))
      const asked = await work.inTransaction((ctx) =>
        asEverywhere(ctx, async () => {
          const each: { period: string; measureId: string }[] = []
          for (const period of periods)
            for (const measureId of await readGivenMeasures(ctx, { period, agencyIds }))
              each.push({ period, measureId })
          return each
        }),
      )
      for (const [at, { period, measureId }] of asked.entries()) {
        await work.progress(at, asked.length)
        await work.inTransaction((ctx) => checkMeasure(ctx, { measureId, period, agencyIds, calendars }))
      }
      for (const period of periods) await work.inTransaction((ctx) => checkDigits(ctx, { period, agencyIds }))
      await work.inTransaction((ctx) => tellOfFindings(ctx, agencyIds))
      await work.progress(asked.length, asked.length)
      return { measures: asked.length }
    },
  }
}

/** Holds figures of bodies against the rules in one go: for a demonstration, whose figures come all at once. */
export async function checkFigures(
  ctx: Context,
  { periods, agencyIds, calendars }: ToCheck & { calendars: readonly Calendar[] },
): Promise<void> {
  for (const period of new Set(periods)) {
    for (const measureId of await readGivenMeasures(ctx, { period, agencyIds }))
      await checkMeasure(ctx, { measureId, period, agencyIds, calendars })
    await checkDigits(ctx, { period, agencyIds })
  }
  await tellOfFindings(ctx, agencyIds)
}

type Asked = { measureId: string; period: string; agencyIds: readonly string[]; calendars: readonly Calendar[] }

/**
 * Holds the figures of bodies in a measure and period against its rules. Whoever saved them may not see what they are held against: the
 * product looks, and tells what was found to those who see the figure.
 */
async function checkMeasure(ctx: Context, asked: Asked): Promise<void> {
  await asEverywhere(ctx, async () => {
    const period = readPeriod(asked.period, asked.calendars)
    const measure = (await readMeasures(ctx, [asked.measureId])).get(asked.measureId)
    if (period === undefined || measure === undefined) return
    const rules = (await readRules(ctx)).filter(({ measureId }) => measureId === measure.id)
    if (rules.length === 0) return
    const others = rules.flatMap(({ otherMeasureId }) => otherMeasureId ?? [])
    const measures = await readMeasures(ctx, others)
    measures.set(measure.id, measure)
    const cells = await readNewestCells(ctx, { measureIds: [measure.id, ...others], period: period.id })
    const owners = new Set(asked.agencyIds)
    const looked = (cells.get(measure.id) ?? []).filter(({ agencyId }) => owners.has(agencyId))
    const around = await aroundOf(ctx, { measure, measures, period, rules, cells, looked, calendars: asked.calendars })
    const found = findIn(
      looked.map((cell) => checkedOf(cell, measure)),
      rules,
      around,
    )
    await saveFindings(ctx, { rules: rules.map(({ code }) => code), looked, found })
  })
}

function checkedOf(cell: CheckedCell, measure: MeasureRules): Checked {
  const { cellId, unitId, breakdown } = cell
  return { cellId, unitId, breakdown, ...amountsOf(cell, measure) }
}

function amountsOf({ numerator, denominator }: CheckedCell, { aggregation, factor }: MeasureRules): Amounts {
  const isRatio = aggregation === 'ratio'
  const value = !isRatio
    ? numerator
    : numerator === null || denominator === null || denominator === 0
      ? null
      : (numerator / denominator) * factor
  return { value, numerator, denominator }
}

type Lane = {
  measure: MeasureRules
  measures: ReadonlyMap<string, MeasureRules>
  period: Period
  rules: readonly Rule[]
  cells: ReadonlyMap<string, readonly CheckedCell[]>
  looked: readonly CheckedCell[]
  calendars: readonly Calendar[]
}

async function aroundOf(ctx: Context, lane: Lane): Promise<Around> {
  const { measure, measures, period, rules, cells, looked, calendars } = lane
  const land = await openLand(ctx)
  const places = looked
    .filter(({ breakdown }) => breakdown === '')
    .map(({ unitId }) => ({ measureId: measure.id, unitId, period: period.id, breakdown: '' }))
  const wantsBefore = rules.some(({ kind }) => kind === 'change' || kind === 'copied')
  const before = wantsBefore ? await readBefore(ctx, places, calendars) : new Map<string, never>()
  const byPlace = new Map(
    [...cells].flatMap(([measureId, list]) => {
      const rule = measures.get(measureId)
      return rule === undefined
        ? []
        : list.map((cell) => [`${measureId} ${cell.unitId} ${cell.breakdown}`, amountsOf(cell, rule)] as const)
    }),
  )
  const values = await valuesOf(ctx, rules)
  return {
    other: (unitId, measureId) => byPlace.get(`${measureId} ${unitId} `),
    parts(unitId, dimension) {
      const parts = (values.get(dimension) ?? []).map((value) =>
        byPlace.get(`${measure.id} ${unitId} ${dimension}=${value}`),
      )
      return parts.every((part) => part !== undefined) ? parts : undefined
    },
    before: (unitId) => before.get(placeOf({ measureId: measure.id, unitId, period: period.id, breakdown: '' })),
    siblings: siblingsOf(land, lane),
    isCount: measure.aggregation === 'sum' || measure.aggregation === 'last',
  }
}

async function valuesOf(ctx: Context, rules: readonly Rule[]): Promise<Map<string, string[]>> {
  const wanted = rules.flatMap(({ dimension }) => dimension ?? [])
  if (wanted.length === 0) return new Map()
  const rows = await ctx.db
    .selectFrom('indicators.dimensionValue')
    .select(['dimension', 'code'])
    .where('dimension', 'in', wanted)
    .execute()
  const values = new Map<string, string[]>()
  for (const { dimension, code } of rows) values.set(dimension, [...(values.get(dimension) ?? []), code])
  return values
}

/** The figures of the units that lie in the same unit on the period's last day. */
function siblingsOf(land: Land, { measure, period, cells }: Lane): (unitId: string) => Amounts[] {
  const day = lastDay(period)
  const above = (unitId: string) => {
    const key = land.keyOf.get(unitId)
    return key === undefined ? undefined : lineOn(land.ground, key, day)[1]
  }
  const whole = (cells.get(measure.id) ?? []).flatMap((cell) => {
    const amounts = amountsOf(cell, measure)
    const isGiven = cell.breakdown === '' && amounts.value !== null
    return isGiven ? [{ unitId: cell.unitId, amounts, parent: above(cell.unitId) }] : []
  })
  const byParent = Map.groupBy(whole, ({ parent }) => parent)
  return (unitId) => {
    const parent = above(unitId)
    const beside = parent === undefined ? [] : (byParent.get(parent) ?? [])
    return beside.flatMap((one) => (one.unitId === unitId ? [] : [one.amounts]))
  }
}

/** Looks at the last digits of all figures that bodies gave in a period. */
async function checkDigits(ctx: Context, of: { period: string; agencyIds: readonly string[] }): Promise<void> {
  await asEverywhere(ctx, async () => {
    const rule = (await readRules(ctx)).find(({ kind }) => kind === 'heaping')
    if (rule === undefined) return
    const found = (await readNumbers(ctx, of)).flatMap(({ numbers, ...body }) => {
      const heaped = heapingOf(numbers)
      return heaped === null ? [] : [{ ...body, params: heaped }]
    })
    await saveBodyFindings(ctx, { rule: rule.code, ...of, found })
  })
}
