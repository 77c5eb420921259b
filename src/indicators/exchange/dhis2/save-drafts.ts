import { idOfKey, type Catalogue, type Context, type Visit } from '#platform'
import type { Calendar, FigurePart, Period } from '../../model.ts'
import type { UnitKey } from '#territory/model'
import { judgeFigures, saveFigures, type Judged, type Unseen } from '../../commands/judge-figures.ts'
import { openLand, type Land } from '../../land.ts'
import { readHeld, type Answerers, type HeldCell } from '../../store.ts'
import { wrongOf, type Conflicts, type Generation } from './conflicts.ts'
import { partsOf, type MeasureThing } from './dictionary.ts'
import type { RawValue } from './values.ts'

export type Strategy = 'CREATE' | 'UPDATE' | 'CREATE_AND_UPDATE' | 'DELETE'
export type TakeOptions = {
  system: string
  generation: Generation
  strategy: Strategy
  dryRun: boolean
  /** Schemes the address names, and the one that goes where nothing is named. */
  schemes: Readonly<Record<string, string>>
  usualScheme: string
  strict: { combo: boolean; attribute: boolean }
}
export type TakeParts = { calendars: readonly Calendar[]; say: Catalogue }

/** What became of a payload, value by value. */
export type Taken = {
  imported: number
  updated: number
  deleted: number
  ignored: number
  conflicts: Conflicts
  /** A whole group was refused. */
  isFatal: boolean
  /** The days its groups were said to be complete, where nothing of them was ignored. */
  completed: string[]
}

/** One figure as its values add up to it. */
export type Draft = {
  measure: MeasureThing
  unit: UnitKey
  period: Period
  breakdown: string
  parts: Partial<Record<FigurePart, number | null>>
  comment: string | null
  raws: RawValue[]
  group: number
}

type Saving = {
  drafts: readonly Draft[]
  options: TakeOptions
  taken: Taken
  refuse: (draft: Draft, raws: number) => void
  /** Who answers for units: asked once a payload. */
  answerers: Answerers
}

/** Judges and saves figures in one transaction, and tells of every value what became of it. */
export async function saveDrafts(visit: Pick<Visit, 'work'>, parts: TakeParts, saving: Saving): Promise<void> {
  const { drafts, options, taken, refuse } = saving
  const results = await visit.work({ onlyReads: options.dryRun }, (ctx) => judgeAndSave(ctx, parts, saving))
  for (const [at, result] of results.entries()) {
    const draft = drafts[at]
    if (draft === undefined) continue
    const raws = draft.raws.length
    if (typeof result !== 'string') {
      for (const raw of draft.raws)
        taken.conflicts.add(wrongOf[result.code] ?? 'not-accepted', raw, parts.say('en', result.code, result.params))
      refuse(draft, raws)
    } else if (result === 'ignored') taken.ignored += raws
    else taken[result] += raws
  }
}

type Result = 'imported' | 'updated' | 'deleted' | 'ignored' | { code: string; params: Record<string, string | number> }

async function judgeAndSave(
  ctx: Context,
  { calendars }: TakeParts,
  { drafts, options, answerers }: Saving,
): Promise<Result[]> {
  const land = await openLand(ctx)
  const entries = await entriesOf(ctx, drafts, land)
  const judged = await judgeFigures(ctx, entries, { calendars, forOthers: true, answerers })
  const plans = judged.map((one, at) => planOf(one, entries[at]?.status === null, options.strategy))
  const wanted = judged.flatMap((one, at) => (plans[at]?.saves === true ? [{ one, at }] : []))
  const results = plans.map(({ result }) => result)
  if (options.dryRun) return results
  const outcomes = await saveFigures(
    ctx,
    wanted.map(({ one }) => one),
    { source: 'exchange', importId: null },
  )
  let made = 0
  for (const [place, { at }] of wanted.entries()) {
    const outcome = outcomes[place]
    if (outcome === undefined) continue
    if ('code' in outcome) results[at] = outcome
    else if (outcome.isNew) made++
  }
  const refused = results.filter((result) => typeof result !== 'string').length
  await ctx.record(
    'indicators.figures-entered',
    { kind: 'indicators.figures', id: null, agencyId: ctx.actor.agencyId },
    { taken: drafts.length - refused, made, refused, system: options.system },
  )
  return results
}

/** Drafts as entries; a half takes its other half from what is there. */
async function entriesOf(ctx: Context, drafts: readonly Draft[], { idOf }: Land): Promise<Unseen[]> {
  const places = drafts.map(({ measure, unit, period, breakdown }) => ({
    ...{ measureId: measure.id, unitId: idOf.get(unit) ?? idOfKey(unit), period: period.id, breakdown },
  }))
  const isHalf = ({ measure, parts }: Draft) => Object.keys(parts).length < partsOf(measure).length
  const held = drafts.some(isHalf)
    ? await readHeld(
        ctx,
        places.filter((_place, at) => drafts[at] !== undefined && isHalf(drafts[at])),
      )
    : undefined
  return drafts.map((draft, at): Unseen => {
    const place = places[at] ?? { measureId: '', unitId: '', period: '', breakdown: '' }
    return { ...place, ...saidBy(draft, held?.get(place), ctx.today) }
  })
}

/** What a draft says, with the half it lacks as it is there. */
function saidBy({ parts, measure, period, comment }: Draft, there: HeldCell | undefined, today: string) {
  const seen = undefined
  const [first = 'value', second] = partsOf(measure)
  const [given, under] = [parts[first], second === undefined ? undefined : parts[second]]
  if (given === null || under === null)
    return { seen, status: null, numerator: null, denominator: null, absence: 'missing' as const, comment }
  const numerator = given ?? there?.numerator ?? null
  const isLacking = numerator === null
  return {
    seen,
    status: period.to <= today ? ('A' as const) : ('P' as const),
    // A denominator alone is no figure: judged, and refused, as one.
    numerator: numerator ?? 0,
    denominator: second === undefined || isLacking ? null : (under ?? there?.denominator ?? null),
    absence: null,
    comment,
  }
}

type Plan = { saves: boolean; result: Result }

/** What is done with a figure, by the strategy and by what is there; counted as DHIS2 counts. @source interop-formats 3.1 */
function planOf({ fault, held, entry }: Judged, isGone: boolean, strategy: Strategy): Plan {
  const isThere = held !== undefined && held.status !== null
  const passes = (result: Result): Plan => ({ saves: false, result })
  if (isGone && !isThere)
    return passes(strategy === 'CREATE_AND_UPDATE' || strategy === 'CREATE' ? 'imported' : 'ignored')
  if (!isGone && !isThere && strategy === 'UPDATE') return passes('ignored')
  if (!isGone && isThere && strategy === 'CREATE') return passes('ignored')
  if (isGone && isThere && strategy === 'CREATE') return passes('ignored')
  if (fault !== null) return passes(fault)
  return { saves: entry.measureId !== '', result: isGone ? 'deleted' : isThere ? 'updated' : 'imported' }
}
