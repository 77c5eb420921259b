import { sql } from 'kysely'
import { newId, type Context } from '#platform'
import { standingsOfLed } from '#plans'
import { emptySection } from './rules.ts'
import { ReportContent, type FormDefinition, type Section, type SectionContent } from '../model.ts'

type Begun = {
  agencyId: string
  regimeId: string
  periodFrom: string
  periodTo: string
  form: FormDefinition
}

/** What a report begins with, section by section: nothing is said that was not said before or is not known to plans. */
export async function prefill(ctx: Context, of: Begun): Promise<{ key: string; content: SectionContent }[]> {
  const last = await lastSaid(ctx, of)
  const tasks = of.form.sections.some(({ kind }) => kind === 'tasks')
    ? await standingsOfLed(ctx, of.agencyId, { from: of.periodFrom, to: of.periodTo, asOf: ctx.today })
    : []
  return of.form.sections.map((section) => {
    const said = last?.content.sections.find(({ key }) => key === section.key)?.content
    return { key: section.key, content: begin(section, said, tasks) }
  })
}

/** The newest report of a period before that this body sent in the same regime; one it took back counts for nothing. */
export async function lastSaid(
  ctx: Context,
  of: { agencyId: string; regimeId: string; periodFrom: string },
): Promise<{ reportId: string; period: string; content: ReportContent } | undefined> {
  const { rows } = await sql<{ reportId: string; period: string; content: unknown }>`
    select r.id as report_id, n.period, s.content from reporting.obligation o join reporting.round n on n.id = o.round_id
    join reporting.report r on r.obligation_id = o.id join reporting.submission s on s.report_id = r.id and s.number = coalesce(r.accepted_number, r.number)
    where o.agency_id = ${of.agencyId}::uuid and n.regime_id = ${of.regimeId}::uuid and n.period_from < ${of.periodFrom}::date and not s.is_nil
      and (r.accepted_number is not null or r.state in ('submitted', 'in-review', 'returned'))
    order by n.period_from desc limit 1`.execute(ctx.db)
  const [row] = rows
  return row && { reportId: row.reportId, period: row.period, content: ReportContent.parse(row.content) }
}

type Said = ReportContent['sections'][number]['content']

function begin(
  section: Section,
  said: Said | undefined,
  tasks: Awaited<ReturnType<typeof standingsOfLed>>,
): SectionContent {
  switch (section.kind) {
    case 'narrative':
      return { kind: 'narrative', paragraphs: said?.kind === 'narrative' ? said.paragraphs.map(ownWords) : [] }
    case 'tasks':
      return {
        kind: 'tasks',
        lines: tasks.map(({ nodeId, standing, narrative, path, text }) => ({
          ...{ key: nodeId, nodeId, standing, title: titleOf({ path, text }), text: narrative ?? '', origins: [] },
        })),
      }
    case 'obstacles':
      return {
        kind: 'obstacles',
        lines:
          said?.kind === 'obstacles'
            ? said.lines
                .filter(({ theme }) => section.themes.some(({ key }) => key === theme))
                .map((line) => ({ ...line, key: newId(), origins: [] }))
            : [],
      }
    case 'figures':
    case 'money':
    case 'attachments':
      return emptySection(section.kind)
  }
}

/** A task as its plan calls it, with its number. */
export const titleOf = ({ path, text }: { path: string | null; text: string }): string =>
  [path, text]
    .filter((part) => part !== null && part !== '')
    .join('. ')
    .slice(0, 5_000)

/** Words of the period before, as a beginning: they keep their key, so that what was left as it was can be told. */
const ownWords = <P extends { origins: unknown[] }>(paragraph: P): P => ({ ...paragraph, origins: [] })
