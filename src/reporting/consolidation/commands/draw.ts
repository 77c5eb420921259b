import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import { conflict, newId, type Context } from '#platform'
import type { DrawLines, Drawn, ReportContent } from '../../model.ts'
import { requireWriting } from '../../reports/commands/save-section.ts'
import { lockReport, readSections, writeSection, type HeldReport } from '../../reports/store.ts'
import {
  digestOf,
  noteTaken,
  readBelow,
  readContents,
  readDifferences,
  reportRecord,
  type DifferenceBelow,
} from '../store.ts'
import { take } from '../take.ts'

const nameOf = (of: { reportId: string; number: number; line: string }) => `${of.reportId} ${of.number} ${of.line}`

/**
 * Takes lines of accepted reports below into one's own draft, each with where it comes from, and leaves others out with the reason.
 * What was taken or left stays so until the report below says otherwise; then it is a difference again.
 *
 * @throws notFound; conflict `reporting.not-in-that-state`, `reporting.difference-gone` where a report below changed meanwhile;
 *   conflict `reporting.section-not-open` after a return that did not open the section
 */
export async function drawLines(ctx: Context, id: string, input: DrawLines): Promise<Drawn> {
  const report = await lockReport(ctx, id, 'own')
  requireWriting(ctx, report, 'save')
  const { differences, contents } = await readDifferences(ctx, id, await readBelow(ctx, report.obligationId))
  const byName = new Map(differences.map((one) => [nameOf({ ...one, line: one.change.said.line }), one]))
  const left = input.leave.map((one) => ({ one: find(byName, one), reason: one.reason }))
  const isLeft = new Set(left.map(({ one }) => one))
  const picked = input.all ? differences : input.take.map((one) => find(byName, one))
  const taken = [...new Set(picked)].filter((one) => !isLeft.has(one))
  // What is kept of each line is worked out while the database writes the sections: both take their time where thousands are drawn.
  const [outcomes] = await Promise.all([
    outcomesOf([...taken.map((one) => ({ one, reason: null })), ...left]),
    takeInto(ctx, report, taken, contents),
  ])
  await keep(ctx, report, outcomes)
  // Where a colleague took everything a moment ago nothing is left to do, and that is told.
  if (taken.length + left.length > 0) await noteTaken(ctx, report, { kind: 'consolidated' })
  const said = { taken: taken.length, left: left.length }
  await ctx.record('reporting.report-consolidated', reportRecord(report), said)
  return { taken: taken.length, left: left.length }
}

function find(
  byName: ReadonlyMap<string, DifferenceBelow>,
  picked: { reportId: string; number: number; line: string },
): DifferenceBelow {
  const found = byName.get(nameOf(picked))
  if (found === undefined) throw conflict('reporting.difference-gone', { line: picked.line })
  return found
}

/** Puts lines into the sections they belong to, each section saved once. */
async function takeInto(
  ctx: Context,
  report: HeldReport,
  taken: readonly DifferenceBelow[],
  contents: ReadonlyMap<string, ReportContent>,
): Promise<void> {
  const sections = await readSections(ctx, report.id)
  const earlier = await readContents(
    ctx,
    taken.flatMap(({ reportId, change }) =>
      change.known === undefined ? [] : [{ reportId, number: change.known.number }],
    ),
    { drawableOnly: true },
  )
  for (const [key, ofSection] of Map.groupBy(taken, ({ change }) => change.said.section)) {
    const held = sections.get(key)
    if (held === undefined) continue
    if (report.openLines !== null && !report.openLines.includes(`${key}/*`))
      throw conflict('reporting.section-not-open', { section: key })
    const takings = ofSection.map(({ reportId, number, change }) => ({
      ...{ reportId, number, change, content: contents.get(`${reportId} ${number}`) ?? { sections: [] } },
      before: change.known === undefined ? undefined : earlier.get(`${reportId} ${change.known.number}`),
    }))
    const content = take(held.content, takings, newId)
    await writeSection(ctx, { reportId: report.id, section: key, held }, content)
  }
}

type Outcome = {
  from: string
  line: string
  number: number
  outcome: 'taken' | 'left'
  reason: string | null
  digest: string
  amount: string | null
}

/** Lines looked at in one turn, between which others are served. */
const inOneTurn = 64

/** What became of each line, and by what it will be known. */
async function outcomesOf(picked: readonly { one: DifferenceBelow; reason: string | null }[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const { one, reason } of picked) {
    const { reportId, number, change } = one
    const outcome = reason === null ? 'taken' : 'left'
    outcomes.push({
      ...{ from: reportId, line: change.said.line, number, outcome, reason },
      digest: change.kind === 'withdrawn' ? '' : digestOf(change.said.canonical),
      amount: outcome === 'taken' ? change.said.amount : (change.known?.amount ?? null),
    })
    if (outcomes.length % inOneTurn === 0) await setImmediate()
  }
  return outcomes
}

/** Keeps of each line what became of it, all in one statement. */
async function keep(ctx: Context, report: HeldReport, rows: readonly Outcome[]): Promise<void> {
  await sql`
    insert into reporting.drawn (report_id, from_report_id, line, agency_id, number, outcome, digest, amount, reason, drawn_by, drawn_at)
    select ${report.id}::uuid, d."from", d.line, ${report.agencyId}::uuid, d.number, d.outcome, d.digest, d.amount, d.reason, ${ctx.actor.personId}::uuid, ${ctx.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as d("from" uuid, line text, number integer, outcome text, digest text, amount text, reason text)
    on conflict (report_id, from_report_id, line) do update set number = excluded.number, outcome = excluded.outcome, digest = excluded.digest,
      amount = excluded.amount, reason = excluded.reason, drawn_by = excluded.drawn_by, drawn_at = excluded.drawn_at`.execute(
    ctx.db,
  )
}
