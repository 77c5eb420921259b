import { listPersonNames } from '#access'
import { measureWords, newestAccepted, quoteTotals, readMeasureRules } from '#indicators'
import type { Calendar } from '#indicators/model'
import { notFound, type Context } from '#platform'
import type { FigureDrift, QuotedFigure } from '../../model.ts'
import { owingTo } from '../../reports/figures.ts'
import { findReport, readContent, type HeldReport } from '../../reports/store.ts'

type Now = { status: string | null; value: number | null }

/**
 * The figures of a submission as they were sent beside what they are now: how far estimates were from the final ones that came after
 * them. What was sent stays as it is. @throws notFound
 */
export async function getDrift(
  ctx: Context,
  of: { id: string; number: number },
  calendars: readonly Calendar[],
): Promise<FigureDrift[]> {
  const report = await findReport(ctx, of.id)
  if (report === undefined) throw notFound()
  const content = await readContent(ctx, of.id, of.number)
  const quoted = content.sections.flatMap(({ key, content: said }) =>
    said.kind === 'quoted' ? said.lines.map((line) => ({ ...line, name: `${key}/${line.key}` })) : [],
  )
  const words = await measureWords(
    ctx,
    quoted.map(({ measureId }) => measureId),
  )
  const typed = await typedNow(ctx, quoted)
  const changed = await changesSince(ctx, quoted)
  const totals = await totalsNow(ctx, report, quoted, calendars)
  return quoted.map((line) => {
    const now = line.mode === 'total' ? (totals.get(line) ?? nothing) : typed(line)
    const drift = now.value === null || line.value === null ? null : now.value - line.value
    return {
      ...{ line: line.name, name: words.get(line.measureId)?.name ?? '' },
      unitOfMeasure: words.get(line.measureId)?.unitOfMeasure ?? '',
      ...{ sentStatus: line.status, sentValue: line.value, nowStatus: now.status, nowValue: now.value, drift },
      share: drift === null || line.value === null || line.value === 0 ? null : drift / line.value,
      ...changed(line),
    }
  })
}

type Changed = Pick<FigureDrift, 'changes' | 'changedByName' | 'changedByAgencyName' | 'changedAt'>

/** What a figure is made of. */
const partsOf = ({ made, cellId, vintage }: QuotedFigure) =>
  made?.parts ?? (cellId === null || vintage === null ? [] : [{ cellId, vintage }])

/** Accepted vintages that came after those a figure is made of, the newest told with who entered it. */
async function changesSince(ctx: Context, lines: readonly QuotedFigure[]): Promise<(line: QuotedFigure) => Changed> {
  const newest = await newestAccepted(
    ctx,
    lines.flatMap((line) => partsOf(line).map(({ cellId }) => cellId)),
  )
  const byCell = new Map(newest.map((one) => [one.cellId, one]))
  const names = await listPersonNames(
    ctx,
    newest.map(({ enteredBy }) => enteredBy),
  )
  return (line) => {
    const later = partsOf(line).flatMap(({ cellId, vintage }) => {
      const found = byCell.get(cellId)
      return found !== undefined && found.vintage > vintage ? [found] : []
    })
    const last = later.toSorted((a, b) => a.enteredAt.localeCompare(b.enteredAt)).at(-1)
    return {
      changes: later.length,
      changedByName: last === undefined ? null : (names.get(last.enteredBy) ?? null),
      ...{ changedByAgencyName: last?.agencyName ?? null, changedAt: last?.enteredAt ?? null },
    }
  }
}

async function typedNow(ctx: Context, lines: readonly QuotedFigure[]): Promise<(line: QuotedFigure) => Now> {
  const now = await newestAccepted(
    ctx,
    lines.flatMap(({ cellId }) => cellId ?? []),
  )
  const rules = await readMeasureRules(
    ctx,
    lines.map(({ measureId }) => measureId),
  )
  const byCell = new Map(now.map((one) => [one.cellId, one]))
  return ({ cellId, measureId, status, value }) => {
    const found = cellId === null ? undefined : byCell.get(cellId)
    const measure = rules.get(measureId)
    if (found === undefined || measure === undefined || found.numerator === null) return { status, value }
    const { numerator, denominator } = found
    if (measure.aggregation !== 'ratio') return { status: found.status, value: numerator }
    const isShare = denominator !== null && denominator !== 0
    return { status: found.status, value: isShare ? (numerator / denominator) * measure.factor : null }
  }
}

const nothing: Now = { status: null, value: null }

async function totalsNow(
  ctx: Context,
  { unitId, roundId }: HeldReport,
  quoted: readonly QuotedFigure[],
  calendars: readonly Calendar[],
): Promise<Map<QuotedFigure, Now>> {
  const found = new Map<QuotedFigure, Now>()
  const { bodies: from, units: owing } = await owingTo(ctx, roundId)
  const lines = quoted.filter(({ mode }) => mode === 'total')
  for (const [period, rows] of Map.groupBy(lines, (line) => line.period)) {
    const totals = await quoteTotals(ctx, { unitId, period, rows, from, owing, parts: false }, calendars)
    for (const [at, row] of rows.entries()) {
      const total = totals[at]
      if (total === undefined || total.value === null) continue
      found.set(row, { value: total.value, status: total.isEstimate ? 'E' : 'A' })
    }
  }
  return found
}
