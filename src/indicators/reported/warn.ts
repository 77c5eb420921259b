import type { Context } from '#platform'
import type { Calendar } from '../model.ts'
import { findIn, type Amounts, type Checked, type Params, type Rule } from '../quality/checks.ts'
import { readNewestCells, readRules } from '../quality/store.ts'
import { readBefore } from '../queries/before.ts'
import { placeOf, readMeasures } from '../store.ts'
import type { ReportedFigure } from './say.ts'

/** What looks strange in a figure before it is entered: by which kind of rule, and in numbers. `at`: which of the figures. */
export type Warning = {
  at: number
  kind: Rule['kind']
  params: Params
}

/**
 * Holds figures of one unit and period against the country's rules before they are entered: among themselves, with what the body has
 * entered, with the period before. Units beside it are held against after entry, by the check of figures.
 */
export async function warnReported(
  ctx: Context,
  figures: readonly ReportedFigure[],
  calendars: readonly Calendar[],
): Promise<Warning[]> {
  const [first] = figures
  if (first === undefined) return []
  const rules = (await readRules(ctx)).filter(({ measureId }) => measureId !== null)
  const measures = await readMeasures(ctx, [
    ...figures.map(({ measureId }) => measureId),
    ...rules.flatMap(({ otherMeasureId }) => otherMeasureId ?? []),
  ])
  const amountsOf = (measureId: string, said: { numerator: number | null; denominator: number | null }): Amounts => {
    const measure = measures.get(measureId)
    const { numerator, denominator } = said
    const isRatio = measure?.aggregation === 'ratio'
    const share = numerator === null || denominator === null || denominator === 0 ? null : numerator / denominator
    return { numerator, denominator, value: isRatio ? share && share * (measure?.factor ?? 1) : numerator }
  }
  const { period, unitId } = first
  const held = await readNewestCells(ctx, { measureIds: [...measures.keys()], period, unitId })
  const before = await readBefore(ctx, figures, calendars)
  const said = new Map(figures.map((figure) => [`${figure.measureId} ${figure.breakdown}`, figure]))
  const amountsAt = (measureId: string, breakdown: string): Amounts | undefined => {
    const own = said.get(`${measureId} ${breakdown}`)
    if (own !== undefined) return amountsOf(measureId, own)
    const cell = held.get(measureId)?.find((one) => one.unitId === first.unitId && one.breakdown === breakdown)
    return cell && amountsOf(measureId, cell)
  }
  return figures.flatMap((figure, at) => {
    const checked: Checked = {
      ...amountsOf(figure.measureId, figure),
      ...{ cellId: String(at), unitId: figure.unitId, breakdown: figure.breakdown },
    }
    const found = findIn(
      [checked],
      rules.filter((rule) => rule.measureId === figure.measureId),
      {
        other: (_unit, measureId) => amountsAt(measureId, ''),
        parts: (_unit, dimension) => partsOf(figure.measureId, dimension, { said, held, amountsAt }),
        before: () => before.get(placeOf(figure)),
        siblings: () => [],
        isCount: ['sum', 'last'].includes(measures.get(figure.measureId)?.aggregation ?? ''),
      },
    )
    return found.flatMap(({ rule, params }) => {
      const kind = rules.find(({ code }) => code === rule)?.kind
      return kind === undefined ? [] : [{ at, kind, params }]
    })
  })
}

/** The parts by a dimension where the report or the body gives any; the whole is only held against all of them. */
function partsOf(
  measureId: string,
  dimension: string,
  of: {
    said: ReadonlyMap<string, ReportedFigure>
    held: Awaited<ReturnType<typeof readNewestCells>>
    amountsAt: (measureId: string, breakdown: string) => Amounts | undefined
  },
): readonly Amounts[] | undefined {
  const names = new Set(
    [...of.said.values()]
      .filter((figure) => figure.measureId === measureId && figure.breakdown.startsWith(`${dimension}=`))
      .map(({ breakdown }) => breakdown),
  )
  if (names.size < 2) return undefined
  return [...names].flatMap((breakdown) => of.amountsAt(measureId, breakdown) ?? [])
}
