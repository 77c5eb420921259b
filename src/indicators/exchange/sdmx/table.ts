import { idOfKey, type Context } from '#platform'
import type { UnitKey } from '#territory/model'
import { openLand, refOf } from '../../land.ts'
import { readPeriod, type Calendar, type FigureStatus, type Period } from '../../model.ts'
import { lineOn } from '../../rollup/ground.ts'
import { readThings, type MeasureThing, type Things } from '../dhis2/dictionary.ts'
import { readOutFigures, type OutFigure } from '../figures.ts'

export type ExportQuery = {
  measureIds: readonly string[] | null
  unitId: string | null
  period: string | null
}

/** One accepted figure as statisticians read it. `breakdown`: its value in each dimension, `_T` for the whole. */
export type Observed = {
  measure: MeasureThing
  area: { code: string; name: string }
  time: string
  frequency: string
  breakdown: ReadonlyMap<string, string>
  value: number | null
  status: FigureStatus
  numerator: number | null
  denominator: number | null
  comment: string | null
}
export type ObservedTable = { things: Things; dimensions: string[]; rows: Observed[]; isCut: boolean }

/** As many figures as one file takes. */
export const mostObserved = 50_000

const letters: Record<Period['frequency'], string> = {
  ...{ month: 'M', quarter: 'Q', 'half-year': 'S', 'nine-months': '_O', year: 'A' },
}

/** A period as SDMX names it: by its year and part where it is one of the plain year, else by its first day and length. */
function timeOf(period: Period): string {
  return period.calendar === '' && period.frequency !== 'nine-months'
    ? period.id
    : `${period.from}/${spans[period.frequency]}`
}
const spans: Record<Period['frequency'], string> = {
  ...{ month: 'P1M', quarter: 'P3M', 'half-year': 'P6M', 'nine-months': 'P9M', year: 'P1Y' },
}

/** The accepted figures within sight, as a table of observations in the order of units and times. */
export async function readObserved(
  ctx: Context,
  query: ExportQuery,
  calendars: readonly Calendar[],
): Promise<ObservedTable> {
  const things = await readThings(ctx)
  const land = await openLand(ctx)
  const wanted = things.measures.filter(({ id }) => query.measureIds === null || query.measureIds.includes(id))
  const above = query.unitId === null ? undefined : land.keyOf.get(query.unitId)
  const isInside = (key: UnitKey, on: string) => above === undefined || lineOn(land.ground, key, on).includes(above)
  const filter = {
    ...{ measureIds: wanted.map(({ id }) => id), periods: query.period === null ? null : [query.period] },
    unitIds:
      above === undefined
        ? null
        : [...land.ground.units.values()].flatMap(({ key, versions }) =>
            versions.some(({ from }) => isInside(key, from ?? '1900-01-01')) ? [idOfKey(key)] : [],
          ),
    ...{ from: null, to: null, saidSince: null, isAccepted: true, withTakenBack: false },
  }
  const figures = await readOutFigures(ctx, filter, undefined, mostObserved + 1)
  const byId = new Map(wanted.map((measure) => [measure.id, measure]))
  const rows = figures.slice(0, mostObserved).flatMap((figure): Observed[] => {
    const [measure, key, period] = [
      byId.get(figure.measureId),
      land.keyOf.get(figure.unitId),
      readPeriod(figure.period, calendars),
    ]
    if (measure === undefined || key === undefined || period === undefined || figure.status === null) return []
    const { code, name } = refOf(land, key, figure.periodFrom, ctx.language)
    return [
      {
        ...{
          measure,
          area: { code, name },
          time: timeOf(period),
          frequency: letters[period.frequency],
          status: figure.status,
        },
        breakdown: new Map(
          figure.breakdown === '' ? [] : figure.breakdown.split(';').map((part) => part.split('=') as [string, string]),
        ),
        ...{
          value: valueOf(measure, figure),
          numerator: figure.numerator,
          denominator: figure.denominator,
          comment: figure.comment,
        },
      },
    ]
  })
  const dimensions = things.dimensions
    .map(({ code }) => code)
    .filter((code) => rows.some(({ breakdown }) => breakdown.has(code)))
  return { things, dimensions, rows, isCut: figures.length > mostObserved }
}

function valueOf({ aggregation, factor }: MeasureThing, { numerator, denominator }: OutFigure): number | null {
  if (aggregation !== 'ratio') return numerator
  return numerator === null || denominator === null || denominator === 0 ? null : (numerator / denominator) * factor
}

/** A code as SDMX takes it: letters, digits, `_`, `-`, `@` and `$`. */
export function sdmxCode(code: string): string {
  return code.toUpperCase().replace(/[^A-Z0-9_@$-]/g, '_')
}

/** The value in a dimension, or that it is of the whole. */
export function optionOf({ breakdown }: Observed, dimension: string): string {
  const value = breakdown.get(dimension)
  return value === undefined ? '_T' : sdmxCode(value)
}
