import { may } from '#access'
import { notFound, type Context } from '#platform'
import type { Below, BodyBelow, Difference } from '../model.ts'
import { findReport } from '../../reports/store.ts'
import { isLate, readBelow, readDifferences, readDrawn, type DifferenceBelow, type RowBelow } from '../store.ts'

/** States in which a draft may be written to. */
const writable = ['draft', 'returned', 'reopened']

/** The reports that go into one's own: who has not reported first, and what in them is not taken over as it stands. @throws notFound */
export async function getBelow(ctx: Context, id: string): Promise<Below> {
  const report = await findReport(ctx, id)
  if (report === undefined || report.agencyId !== ctx.actor.agencyId) throw notFound()
  const rows = await readBelow(ctx, report.obligationId)
  const { differences } = await readDifferences(ctx, id, rows)
  const known = await readDrawn(ctx, id)
  const bodies = rows.map((row) =>
    bodyOf(ctx, row, {
      waiting: differences.filter((one) => one.reportId === row.reportId).length,
      known: row.reportId === null ? [] : (known.get(row.reportId) ?? []),
    }),
  )
  return {
    bodies,
    differences: differences.map((one) => differenceOf(ctx, one)),
    missing: rows.filter((row) => row.obligationState === 'owed' && row.acceptedNumber === null).length,
    mayDraw: writable.includes(report.state) && may(ctx.actor, 'reporting.consolidate'),
  }
}

function bodyOf(
  ctx: Context,
  row: RowBelow,
  { waiting, known }: { waiting: number; known: readonly { outcome: string }[] },
): BodyBelow {
  const { graceDays: _, firstSubmittedAt: __, ...body } = row
  return {
    ...body,
    ...{ isLate: isLate(ctx, row), waiting },
    taken: known.filter(({ outcome }) => outcome === 'taken').length,
    left: known.filter(({ outcome }) => outcome === 'left').length,
  }
}

function differenceOf(ctx: Context, { row, reportId, number, change }: DifferenceBelow): Difference {
  const { said, known, kind } = change
  return {
    ...{ reportId, agencyName: row.agencyName, number, line: said.line, section: said.section, kind },
    ...{ words: said.words, theme: said.theme, amount: said.amount, knownNumber: known?.number ?? null },
    isLate: isLate(ctx, row),
  }
}
