import { conflict } from '#platform'
import type { FigureLine, ReportContent, ReportState, Section, SectionContent } from '../model.ts'

/** What is done to a report here; approving, locking and reopening belong to consolidation. */
export type ReportAct = 'save' | 'submit' | 'withdraw' | 'review' | 'mark' | 'return' | 'accept'

/** From which states each act may be done. @source design, periodic reporting */
export const actsFrom: Readonly<Record<ReportAct, readonly ReportState[]>> = {
  save: ['draft', 'returned', 'reopened'],
  submit: ['draft', 'returned', 'reopened'],
  withdraw: ['submitted'],
  review: ['submitted'],
  mark: ['submitted', 'in-review'],
  return: ['submitted', 'in-review'],
  accept: ['submitted', 'in-review'],
}

/** @throws conflict `reporting.not-in-that-state` */
export function requireState(state: ReportState, act: ReportAct): void {
  if (!actsFrom[act].includes(state)) throw conflict('reporting.not-in-that-state', { state })
}

/** What a withdrawn report is again: what it was before it was sent. */
export function withdrawnTo(was: { acceptedNumber: number | null; openLines: readonly string[] | null }): ReportState {
  if (was.acceptedNumber !== null) return 'reopened'
  return was.openLines === null ? 'draft' : 'returned'
}

/** The parts of a section that can be returned by themselves, in their order, by the name of the line within it. */
export function linesOf(content: SectionContent): { line: string; said: unknown }[] {
  switch (content.kind) {
    case 'narrative':
      return content.paragraphs.map((said) => ({ line: said.key, said }))
    case 'money':
      return content.lines.map((said) => ({ line: `${said.key}:${said.source}`, said }))
    case 'attachments':
      return content.fileIds.map((said) => ({ line: said, said }))
    case 'tasks':
    case 'figures':
    case 'obstacles':
      return content.lines.map((said) => ({ line: said.key, said }))
  }
}

/** What was sent, as it is written: quotations are the lines they were; totals stand in no draft. */
export function asWritten(said: ReportContent['sections'][number]['content']): SectionContent {
  if (said.kind !== 'quoted') return said
  return { kind: 'figures', lines: said.lines.filter(({ mode }) => mode === 'typed').map(asLine) }
}

/** A quoted figure by what is said of it, without its vintage. */
export const asLine = ({
  key,
  mode,
  status,
  numerator,
  denominator,
  absence,
  comment,
  explanation,
}: FigureLine): FigureLine => ({
  ...{ key, mode, status, numerator, denominator, absence, comment, explanation },
})

/** A section in which nothing is said. */
export function emptySection(kind: Section['kind']): SectionContent {
  switch (kind) {
    case 'narrative':
      return { kind, paragraphs: [] }
    case 'attachments':
      return { kind, fileIds: [] }
    case 'tasks':
    case 'figures':
    case 'money':
    case 'obstacles':
      return { kind, lines: [] }
  }
}

export type LineDifference = { line: string; kind: 'added' | 'removed' | 'changed' }

/** How two states of one section differ, line by line. */
export function changesBetween(
  before: SectionContent | undefined,
  after: SectionContent | undefined,
): LineDifference[] {
  const was = new Map((before ? linesOf(before) : []).map(({ line, said }) => [line, said]))
  const is = new Map((after ? linesOf(after) : []).map(({ line, said }) => [line, said]))
  return [
    ...[...is].flatMap(([line, said]): LineDifference[] => {
      if (!was.has(line)) return [{ line, kind: 'added' }]
      return canonical(was.get(line)) === canonical(said) ? [] : [{ line, kind: 'changed' }]
    }),
    ...[...was.keys()].flatMap((line): LineDifference[] => (is.has(line) ? [] : [{ line, kind: 'removed' }])),
  ]
}

/** The lines of a section that were changed though they are not open; the order of closed lines is theirs too. */
export function closedChanges(
  section: string,
  of: { before: SectionContent; after: SectionContent; open: readonly string[] },
): string[] {
  if (of.open.includes(`${section}/*`)) return []
  const isOpen = (line: string) => of.open.includes(`${section}/${line}`)
  const changed = changesBetween(of.before, of.after)
    .map(({ line }) => line)
    .filter((line) => !isOpen(line))
  if (changed.length > 0) return changed
  const closed = (content: SectionContent) =>
    linesOf(content)
      .map(({ line }) => line)
      .filter((line) => !isOpen(line))
  const [was, is] = [closed(of.before), closed(of.after)]
  return is.filter((line, at) => line !== was[at])
}

/** A value as JSON with its keys in order: the same value always gives the same text. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, one]) => one !== undefined)
    const sorted = entries.toSorted(([one], [other]) => (one < other ? -1 : 1))
    return `{${sorted.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(',')}}`
  }
  return JSON.stringify(value) ?? 'null'
}

/** The first day on which a report is late, by its due day and the days of grace. */
export function lateFrom(dueOn: string, graceDays: number): string {
  return new Date(Date.parse(`${dueOn}T00:00:00Z`) + (graceDays + 1) * 86_400_000).toISOString().slice(0, 10)
}
