import { requireTwoPersons } from '#access'
import { sayReported } from '#indicators'
import type { Calendar } from '#indicators/model'
import { standingsOfLed } from '#plans'
import { conflict, invalid, type Context } from '#platform'
import type { QuotedFigure, ReportContent, SectionContent } from '../../model.ts'
import { raiseFromReport } from '../../obstacles/of-report.ts'
import type { ObstacleParts } from '../../obstacles/parts.ts'
import { placedRows, quotedTotals, valuesOf, type PlacedRow } from '../figures.ts'
import { findIn, type TypedFigures } from '../findings.ts'
import { keptWords } from '../kept.ts'
import { titleOf } from '../prefill.ts'
import { lateFrom } from '../rules.ts'
import { requireSigning } from '../signing.ts'
import { digestOf, keepStep, lockReport, readSections, type HeldReport, type HeldSection } from '../store.ts'
import { requireWriting } from './save-section.ts'

type Sending = {
  versions: Record<string, number>
  isNil: boolean
  calendars: readonly Calendar[]
  obstacles: ObstacleParts
}

/**
 * Signs and sends a report: a numbered copy that never changes, its figures entered in the same transaction as vintages with the report
 * as their source, totals quoted with what they are made of; obstacles it says become records that wait for an answer. A nil report says that there was nothing, and holds nothing.
 *
 * @param input.versions of each section, as the signer read it
 * @throws conflict `platform.stale-version` where a section is not as it was read, `reporting.not-in-that-state`, `reporting.nil-not-now`
 *   where lines of it stand accepted or were not returned;
 *   forbidden `reporting.may-not-sign`, `access.second-person-needed` for one who wrote in it; invalid `reporting.not-ready` with what is wrong where
 */
export async function submitReport(
  ctx: Context,
  id: string,
  { versions, isNil, calendars, obstacles }: Sending,
): Promise<{ number: number; digest: string; isLate: boolean }> {
  const report = await lockReport(ctx, id, 'own')
  requireWriting(ctx, report, 'submit')
  const signing = await requireSigning(ctx, report.regimeId)
  // A nil report would empty what was taken over from it.
  if (isNil && (report.openLines !== null || report.acceptedNumber !== null)) throw conflict('reporting.nil-not-now')
  const sections = await readSections(ctx, id)
  if ([...sections].some(([key, { version }]) => versions[key] !== version)) throw conflict('platform.stale-version')
  const writers = [...sections.values()].flatMap((section) => section.writers)
  // Where nothing was written, whoever began it gave it to be signed.
  requireTwoPersons(
    ctx.actor.personId,
    writers.length > 0 ? writers : [...sections.values()].map(({ savedBy }) => savedBy),
  )
  const content = isNil ? { sections: [] } : await compose(ctx, { report, sections }, calendars)
  const number = report.number + 1
  const digest = digestOf(content)
  const kept = await keptWords(ctx, report, { content, signedBy: ctx.actor.personId, at: ctx.now })
  await ctx.db
    .insertInto('reporting.submission')
    .values({
      ...{ reportId: id, number, agencyId: report.agencyId, kind: kindOf(report), isNil, digest },
      ...{
        content: JSON.stringify(content),
        kept: JSON.stringify(kept),
        formId: report.formId,
        signedBy: ctx.actor.personId,
      },
      ...{ signedAs: signing.as, delegationId: signing.delegationId, powers: signing.powers, post: signing.post },
      ...{ submittedBy: ctx.actor.personId, submittedAt: ctx.now },
    })
    .execute()
  await ctx.db
    .updateTable('reporting.report')
    .set((is) => ({
      ...{ state: 'submitted', number, isNil, version: report.version + 1 },
      firstSubmittedAt: is.fn.coalesce('firstSubmittedAt', is.cast<string>(is.val(ctx.now), 'timestamptz')),
    }))
    .where('id', '=', id)
    .execute()
  await keepStep(ctx, { ...report, number }, { kind: 'submitted' })
  await raiseFromReport(ctx, obstacles, { report, number, content })
  const isLate = ctx.today >= lateFrom(report.dueOn, report.graceDays)
  await ctx.record(
    'reporting.report-submitted',
    { kind: 'reporting.report', id, agencyId: report.agencyId },
    { number, isNil, isLate, signedAs: signing.as },
  )
  return { number, digest, isLate }
}

function kindOf({ number, acceptedNumber }: HeldReport): 'first' | 'again' | 'amended' {
  if (number === 0) return 'first'
  return acceptedNumber === null ? 'again' : 'amended'
}

type Written = { report: HeldReport; sections: ReadonlyMap<string, HeldSection> }

/** Everything the report says, its figures entered. @throws invalid `reporting.not-ready` */
async function compose(
  ctx: Context,
  { report, sections }: Written,
  calendars: readonly Calendar[],
): Promise<ReportContent> {
  const rows = await placedRows(ctx, report, calendars)
  const { found, figures: said } = await findIn(ctx, { report, sections, rows }, calendars)
  const lacking = found.filter(({ kind, isExplained }) => kind === 'fault' || !isExplained)
  if (lacking.length > 0)
    throw invalid(
      'reporting.not-ready',
      { count: lacking.length },
      lacking.slice(0, 100).map(({ line, code, params }) => ({ pointer: `/${line}`, code, params })),
    )
  const figures = await quote(ctx, { report, rows, sections, said }, calendars)
  const standings = await standingsNow(ctx, report, sections)
  return {
    sections: report.form.sections.flatMap(({ key, kind }): ReportContent['sections'] => {
      if (kind === 'figures') return [{ key, content: { kind: 'quoted', lines: figures.get(key) ?? [] } }]
      const held = sections.get(key)?.content
      return held === undefined ? [] : [{ key, content: standings(held) }]
    }),
  }
}

/** Enters what was typed and quotes what is put together. */
async function quote(
  ctx: Context,
  { report, rows, sections, said: { typed, judged } }: Written & { rows: readonly PlacedRow[]; said: TypedFigures },
  calendars: readonly Calendar[],
): Promise<Map<string, QuotedFigure[]>> {
  const lineOf = ({ section, row }: PlacedRow) => {
    const held = sections.get(section)?.content
    return held?.kind === 'figures' ? held.lines.find(({ key }) => key === row.key) : undefined
  }
  const outcomes = await sayReported(ctx, judged)
  const totals = await quotedTotals(ctx, { report, rows, parts: true }, calendars, lineOf)
  const valueOf = await valuesOf(ctx, rows)
  const quoted = new Map<string, QuotedFigure[]>()
  const add = (section: string, figure: QuotedFigure) => {
    const list = quoted.get(section)
    if (list === undefined) quoted.set(section, [figure])
    else list.push(figure)
  }
  for (const row of rows) {
    const total = totals.get(row)
    if (total !== undefined) {
      add(row.section, total)
      continue
    }
    const at = typed.findIndex((one) => one.row === row)
    const [said, outcome] = [typed[at]?.line, outcomes[at]]
    if (said === undefined || outcome === undefined) continue
    // What could not be entered was found before; another's entry of this very moment is told as it is.
    if ('code' in outcome) throw conflict(outcome.code, outcome.params)
    const { measureId, breakdown, period } = row.place
    const { cellId, vintage } = outcome
    add(row.section, {
      ...said,
      ...{ mode: 'typed', measureId, breakdown, period, cellId, vintage, value: valueOf(row, said), made: null },
    })
  }
  return quoted
}

/** Tasks as they stand on the day of sending, not as they stood when it was begun. */
async function standingsNow(
  ctx: Context,
  report: HeldReport,
  sections: Written['sections'],
): Promise<(content: SectionContent) => SectionContent> {
  if (![...sections.values()].some(({ content }) => content.kind === 'tasks')) return (content) => content
  const now = await standingsOfLed(ctx, report.agencyId, {
    ...{ from: report.periodFrom, to: report.periodTo, asOf: ctx.today },
  })
  const byNode = new Map(now.map((task) => [task.nodeId, { standing: task.standing, title: titleOf(task) }]))
  return (content) =>
    content.kind === 'tasks'
      ? {
          ...content,
          lines: content.lines.map((line) => ({ ...line, ...byNode.get(line.nodeId) })),
        }
      : content
}
