import { fromHead, heading, items, paragraphs } from './builder.ts'
import { fill } from './fill.ts'
import type { DocumentTemplates } from './layout.ts'
import { OfficialDocument } from './model.ts'
import type { DocumentBlock, DocumentTable, PlanInput, WrittenTask } from './model.ts'
import { agencyLines, taskTable } from './task-table.ts'
import { countInWords } from './wording.ts'

/**
 * A plan as an official document: purpose, objectives, tasks, money, organisation, reporting, and the annex that assigns
 * each task. What a draft does not say yet is a visible blank.
 *
 * @throws ZodError when the input holds a text longer than a document can have
 * @source domain.md §10 (skeleton of real plans); Decree 30/2020/NĐ-CP, form 1.4
 */
export function planDocument(input: PlanInput, template: DocumentTemplates): OfficialDocument {
  const { layout, plan: words } = template
  return OfficialDocument.parse({
    ...fromHead(input.head, words.kindCode, layout),
    title: input.title,
    addressees: [],
    bases: input.bases,
    preamble: input.preamble,
    body: bodyOf(input, template),
    closing: input.closing,
    annexes: [
      { label: null, title: words.annexTitle, landscape: true, blocks: [], table: assignment(input, template) },
    ],
  })
}

/** The parts of the text. A draft shows each part, blank where nothing is written yet; an issued plan only those it has. */
function bodyOf(input: PlanInput, template: DocumentTemplates): DocumentBlock[] {
  const { layout, plan: words } = template
  const { sections } = words
  const isShown = (texts: readonly unknown[]) => input.head.draft || texts.length > 0
  const part = (title: string, texts: readonly string[], level: 'section' | 'clause', set = paragraphs) =>
    isShown(texts) ? [heading(level, title), ...set([...texts], layout)] : []
  const whole = (title: string, parts: DocumentBlock[]) =>
    parts.length === 0 ? [] : [heading('section', title), ...parts]
  return [
    ...whole(sections.purpose, [
      ...part(sections.purposes, input.purposes, 'clause'),
      ...part(sections.requirements, input.requirements, 'clause'),
    ]),
    ...whole(sections.objectives, [
      ...part(sections.generalObjectives, input.generalObjectives, 'clause'),
      ...part(sections.specificObjectives, input.specificObjectives, 'clause', items),
    ]),
    heading('section', sections.tasks),
    ...taskSummary(input, template),
    ...part(sections.funding, input.funding, 'section'),
    ...(isShown(input.organisation)
      ? [heading('section', sections.organisation), ...organisation(input, template)]
      : []),
    ...part(sections.reporting, input.reporting, 'section'),
  ]
}

/** The groups with their number of tasks, and where the tasks are. */
function taskSummary(input: PlanInput, { layout, plan: words }: DocumentTemplates): DocumentBlock[] {
  const groups = input.taskGroups.flatMap((group) => {
    if (group.title === null) return []
    const line = fill(words.groupLine, { title: group.title, count: countInWords(group.tasks.length, layout) })
    return [{ type: 'item' as const, text: line }]
  })
  return [...groups, { type: 'paragraph', text: words.annexPointer }]
}

function organisation(input: PlanInput, { layout }: DocumentTemplates): DocumentBlock[] {
  if (input.organisation.length === 0) return paragraphs([], layout)
  return input.organisation.flatMap(({ agency, duties }) => [
    heading('clause', agency),
    ...(duties.length === 1 ? paragraphs(duties, layout) : duties.map((duty) => heading('point', duty))),
  ])
}

/** The annex table: each task with who leads, who supports, when and what comes of it. */
function assignment(input: PlanInput, { layout, plan: words }: DocumentTemplates): DocumentTable {
  const { blank } = layout.words
  return taskTable(input.taskGroups, {
    columns: words.columns,
    cells: (task: WrittenTask, number) => ({
      number,
      task: task.text || blank,
      lead: inColumn('lead', task) || blank,
      support: inColumn('support', task),
      time: task.time || blank,
      output: task.output || blank,
    }),
  })

  function inColumn(column: 'lead' | 'support', task: WrittenTask): string {
    const printed = task.duties.filter((duty) => words.duties[duty.kind].column === column)
    return agencyLines(printed.map((duty) => fill(words.duties[duty.kind].text, { agency: duty.agency })))
  }
}
