import { conflict, invalid, notFound, type Context } from '#platform'
import type { Section, SectionContent } from '../../model.ts'
import { linesOf, closedChanges, requireState } from '../rules.ts'
import { lockReport, readSections, writeSection, type HeldReport } from '../store.ts'

/**
 * Saves one section of a draft. After a return or a reopening only the lines that were opened may differ.
 *
 * @returns its new version; the same where nothing differs
 * @throws conflict `platform.stale-version` where another saved it meanwhile, `reporting.not-in-that-state`, `reporting.reopening-over`;
 *   invalid `reporting.not-of-this-form`, `reporting.line-is-closed`
 */
export async function saveSection(
  ctx: Context,
  of: { id: string; section: string },
  input: { version: number; content: SectionContent },
): Promise<{ version: number }> {
  const report = await lockReport(ctx, of.id, 'own')
  requireWriting(ctx, report, 'save')
  const section = report.form.sections.find(({ key }) => key === of.section)
  const held = (await readSections(ctx, of.id)).get(of.section)
  if (section === undefined || held === undefined) throw notFound()
  requireOfForm(section, input.content, held.content)
  if (held.version !== input.version) throw conflict('platform.stale-version')
  if (report.openLines !== null) {
    const closed = closedChanges(of.section, { before: held.content, after: input.content, open: report.openLines })
    if (closed.length > 0) throw invalid('reporting.line-is-closed', { line: `${of.section}/${closed[0] ?? ''}` })
  }
  const version = await writeSection(ctx, { reportId: of.id, section: of.section, held }, input.content)
  await ctx.record(
    'reporting.section-saved',
    { kind: 'reporting.report', id: of.id, agencyId: report.agencyId },
    { section: of.section, version },
  )
  return { version }
}

/** @throws conflict where the report or its round does not stand so that its body may write or send */
export function requireWriting(
  ctx: Pick<Context, 'today'>,
  report: Pick<HeldReport, 'state' | 'obligationState' | 'roundState' | 'reopenedUntil'>,
  act: 'save' | 'submit',
): void {
  requireState(report.state, act)
  if (report.obligationState !== 'owed') throw conflict('reporting.nothing-owed')
  // What was opened by an order is open until its day, also when an amended version of it was returned, and in a closed round.
  if (report.reopenedUntil !== null) {
    if (report.reopenedUntil < ctx.today) throw conflict('reporting.reopening-over')
  } else if (report.roundState !== 'open') throw conflict('reporting.round-closed')
}

/** @throws invalid `reporting.not-of-this-form` where something is said that the form does not ask, or twice */
export function requireOfForm(section: Section, content: SectionContent, held: SectionContent | null): void {
  const names = linesOf(content).map(({ line }) => line)
  const isOfForm =
    content.kind === section.kind && new Set(names).size === names.length && isAsked(section, content, held)
  if (!isOfForm) throw invalid('reporting.not-of-this-form', { section: section.key })
}

function isAsked(section: Section, content: SectionContent, held: SectionContent | null): boolean {
  switch (content.kind) {
    case 'figures': {
      const rows = section.kind === 'figures' ? section.rows : []
      return content.lines.every((line) => rows.some(({ key }) => key === line.key))
    }
    case 'money': {
      const [rows, sources] = section.kind === 'money' ? [section.rows, section.sources] : [[], []]
      return content.lines.every(
        (line) => rows.some(({ key }) => key === line.key) && sources.some(({ key }) => key === line.source),
      )
    }
    case 'obstacles': {
      const themes = section.kind === 'obstacles' ? section.themes : []
      return content.lines.every((line) => themes.some(({ key }) => key === line.theme))
    }
    case 'attachments':
      return section.kind === 'attachments' && content.fileIds.length <= section.most && areHeld(content, held)
    case 'tasks':
    case 'narrative':
      return true
  }
}

/** Files come in by their own way, and are only taken off here. */
function areHeld(content: SectionContent, held: SectionContent | null): boolean {
  if (content.kind !== 'attachments' || held?.kind !== 'attachments') return false
  return content.fileIds.every((id) => held.fileIds.includes(id))
}
