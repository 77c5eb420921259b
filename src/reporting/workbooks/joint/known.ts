import { sql } from 'kysely'
import { invalid, notFound, type Context } from '#platform'
import type { Language, LocalizedText } from '#platform/model'
import { FormDefinition, type OwedReport, type SectionContent } from '../../model.ts'
import { prefill } from '../../reports/prefill.ts'
import { listOwed } from '../../reports/queries/owed.ts'
import { factsOf } from '../../reports/queries/report.ts'
import { asWritten, emptySection } from '../../reports/rules.ts'
import { readContent } from '../../reports/store.ts'
import type { WorkbookParts } from '../commands.ts'
import { layOut, type FillSheet, type Laid } from '../layout.ts'

/** More bodies than any province has communes. */
const mostBodies = 250

/** What a workbook of many bodies is of. */
export type JointRound = {
  id: string
  regimeNames: LocalizedText
  period: string
  periodFrom: string
  periodTo: string
  form: FormDefinition
}

/** The round, as far as the acting body sees it. @throws notFound */
export async function jointRound(ctx: Context, id: string): Promise<JointRound> {
  const { rows } = await sql<Omit<JointRound, 'form'> & { form: unknown }>`
    select n.id, n.period, n.period_from, n.period_to, v.definition->'names' as regime_names, f.definition as form
    from reporting.round n join reporting.form f on f.id = n.form_id
    join reporting.regime_version v on v.regime_id = n.regime_id and v.number = n.regime_number
    where n.id = ${id}::uuid`.execute(ctx.db)
  const [row] = rows
  if (row === undefined) throw notFound()
  return { ...row, form: FormDefinition.parse(row.form) }
}

/**
 * Reports of a round that come to the acting body and may still be written, by the name of their body.
 * @throws invalid `reporting.joint-too-many`
 */
export async function owedJointly(ctx: Context, roundId: string): Promise<OwedReport[]> {
  const { items, total } = await listOwed(ctx, {
    ...{ side: 'receiver', roundId, show: 'open', page: 1, size: mostBodies },
  })
  if (total > mostBodies) throw invalid('reporting.joint-too-many', { most: mostBodies, count: total })
  const order = new Intl.Collator(ctx.language)
  return items.toSorted((first, second) => order.compare(first.agencyName, second.agencyName))
}

/**
 * What whoever receives a report knows of it: what it said when it was returned; else what it begins with. Never its draft, which is seen by its
 * own body alone.
 */
export async function knownOf(
  ctx: Context,
  owed: OwedReport,
  { form, calendars }: { form: FormDefinition } & Pick<WorkbookParts, 'calendars'>,
): Promise<Laid> {
  const facts = await factsOf(ctx, { ...owed, form, typedBy: owed.agencyId }, calendars)
  return { form, facts, owed, sections: await saidBefore(ctx, owed, form) }
}

async function saidBefore(ctx: Context, owed: OwedReport, form: FormDefinition): Promise<Laid['sections']> {
  if (owed.reportId !== null && owed.number > 0 && (owed.state === 'returned' || owed.state === 'reopened')) {
    const { sections } = await readContent(ctx, owed.reportId, owed.number)
    return sections.map(({ key, content }) => ({ key, content: asWritten(content) }))
  }
  const begun = await prefill(ctx, { ...owed, form })
  // Obstacles of the period before get names of their own in each draft: they are taken over there.
  return begun.map(({ key, content }) => ({
    key,
    content: content.kind === 'obstacles' ? emptySection('obstacles') : content,
  }))
}

type Layout = { say: WorkbookParts['say']; language: Language; prefix: string }

/** Lines left empty for new paragraphs and obstacles of each body. */
const spareRows = 3

/** The sheets of one body with the lines that are open to it. `prefix`: with what the names of new lines begin. */
export function sheetsOf(laid: Laid, { say, language, prefix }: Layout): FillSheet[] {
  const taskNames = new Map(laid.sections.flatMap(({ content }) => taskTitles(content)))
  return layOut(laid, { say, language, taskNames, spare: { prefix, rows: spareRows } }).map((sheet) => ({
    ...sheet,
    rows: sheet.rows.filter(({ closed }) => closed.length < sheet.fields.length),
  }))
}

function taskTitles(content: SectionContent): [string, string][] {
  return content.kind === 'tasks' ? content.lines.map(({ key, title }) => [key, title ?? '']) : []
}
