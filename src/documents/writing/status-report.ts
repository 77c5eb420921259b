import { afterAddressees, fromHead, heading, items, paragraphs, sourceNote } from './builder.ts'
import { fill } from './fill.ts'
import type { ColumnTemplate, DocumentTemplates } from './layout.ts'
import { OfficialDocument } from './model.ts'
import type {
  CoverageFigures,
  DocumentBlock,
  DocumentTable,
  StatusFigures,
  StatusReportInput,
  TaskStanding,
} from './model.ts'
import { reportedTaskTable } from './task-table.ts'
import { countInWords, figure } from './wording.ts'

type Counted = Exclude<TaskStanding, 'requested'>
const COUNTED: readonly Counted[] = ['doneOnTime', 'doneLate', 'pendingInTime', 'overdue', 'noDueDate']

/** Adds counts; where one is not reported the sum is not known. */
function sumReported(counts: readonly (number | null)[]): number | null {
  return counts.reduce((sum, count) => (sum === null || count === null ? null : sum + count), 0)
}

/**
 * A report on the state of a plan as an official document. Every table of figures is followed by its period, day and
 * source; a count nobody reported is a blank, and so is each sum it belongs to.
 *
 * @source domain.md §10 (skeleton of reports); design.md §3.4 (the four numbers and the fifth); Decree 30/2020/NĐ-CP, form 1.4
 */
export function statusReport(input: StatusReportInput, template: DocumentTemplates): OfficialDocument {
  const { layout, statusReport: words } = template
  const hasAnnex = input.taskGroups.some((group) => group.tasks.length > 0)
  const head = fromHead(input.head, words.kindCode, layout)
  const table = reportedTaskTable(input.taskGroups, { columns: words.taskColumns, standings: words.standings }, layout)
  return OfficialDocument.parse({
    ...head,
    recipients: input.addressees.length === 0 ? head.recipients : afterAddressees(head.recipients, layout),
    title: input.title,
    addressees: input.addressees,
    bases: input.bases,
    preamble: input.preamble,
    body: [
      heading('section', words.sections.direction),
      ...direction(input, template),
      heading('section', words.sections.results),
      ...results(input, template),
      ...(hasAnnex ? paragraphs([words.annexPointer], layout) : []),
      heading('section', words.sections.shortcomings),
      heading('clause', words.sections.shortcomingsAlone),
      ...items(input.shortcomings, layout),
      heading('clause', words.sections.causes),
      ...items(input.causes, layout),
      heading('section', words.sections.proposals),
      ...paragraphs(input.proposals, layout),
    ],
    closing: input.closing,
    annexes: hasAnnex
      ? [
          {
            label: null,
            title: words.annexTitle,
            landscape: true,
            blocks: [sourceNote(input.results.source, template)],
            table,
          },
        ]
      : [],
  })
}

function direction(input: StatusReportInput, template: DocumentTemplates): DocumentBlock[] {
  const { layout, statusReport: words } = template
  const narrative = input.direction.length === 0 && input.coverage !== null ? [] : paragraphs(input.direction, layout)
  if (input.coverage === null) return narrative
  const { figures, source } = input.coverage
  const sentence = fill(words.coverageSentence, {
    issued: countInWords(sumReported(figures.map((tier) => tier.issued)), layout),
    total: countInWords(sumReported(figures.map(bodiesOf)), layout),
  })
  const rows = figures.map((tier, index) => ({
    number: String(index + 1),
    tier: tier.tier,
    total: figure(bodiesOf(tier), layout),
    issued: figure(tier.issued, layout),
    drafting: figure(tier.drafting, layout),
    nothing: figure(tier.nothing, layout),
  }))
  return [
    ...narrative,
    ...paragraphs([sentence], layout),
    tableBlock(words.coverageColumns, rows),
    sourceNote(source, template),
  ]
}

function bodiesOf(tier: CoverageFigures): number | null {
  return sumReported([tier.issued, tier.drafting, tier.nothing])
}

function results(input: StatusReportInput, template: DocumentTemplates): DocumentBlock[] {
  const { layout, statusReport: words } = template
  const { groups, source, narrative } = input.results
  const total = totalOf(groups, words.totalRow)
  const printed = Object.fromEntries(COUNTED.map((standing) => [standing, countInWords(total[standing], layout)]))
  const sentences = [fill(words.resultsSentence, { ...printed, total: countInWords(dutiesOf(total), layout) })]
  if (total.requested !== 0)
    sentences.push(fill(words.requestedSentence, { requested: countInWords(total.requested, layout) }))
  const [totalRow, ...rows] = [total, ...groups].map((group, index) => ({
    number: index === 0 ? '' : String(index),
    group: group.title,
    total: figure(dutiesOf(group), layout),
    ...countedCells(group, template),
  }))
  return [
    ...paragraphs(sentences, layout),
    tableBlock(words.resultColumns, rows, totalRow),
    sourceNote(source, template),
    ...(narrative.length === 0 ? [] : paragraphs(narrative, layout)),
  ]
}

function countedCells(group: StatusFigures, { layout }: DocumentTemplates): Record<Counted, string> {
  return {
    doneOnTime: figure(group.doneOnTime, layout),
    doneLate: figure(group.doneLate, layout),
    pendingInTime: figure(group.pendingInTime, layout),
    overdue: figure(group.overdue, layout),
    noDueDate: figure(group.noDueDate, layout),
  }
}

function dutiesOf(group: StatusFigures): number | null {
  return sumReported(COUNTED.map((standing) => group[standing]))
}

function totalOf(groups: StatusFigures[], title: string): StatusFigures {
  const sum = (standing: TaskStanding) => sumReported(groups.map((group) => group[standing]))
  return {
    title,
    doneOnTime: sum('doneOnTime'),
    doneLate: sum('doneLate'),
    pendingInTime: sum('pendingInTime'),
    overdue: sum('overdue'),
    noDueDate: sum('noDueDate'),
    requested: sum('requested'),
  }
}

function tableBlock<Columns extends Record<string, ColumnTemplate>>(
  columns: Columns,
  rows: Record<keyof Columns, string>[],
  total?: Record<keyof Columns, string>,
): DocumentBlock {
  const names: (keyof Columns)[] = Object.keys(columns)
  const table: DocumentTable = {
    columns: Object.values(columns).map((column) => ({ ...column })),
    groups: [{ label: null, title: null, rows: rows.map((row) => names.map((name) => row[name])) }],
    total: total === undefined ? null : names.map((name) => total[name]),
  }
  return { type: 'table', table }
}
