import { fromHead, heading, items, paragraphs } from './builder.ts'
import { fill } from './fill.ts'
import type { DocumentTemplates } from './layout.ts'
import { OfficialDocument, PlanPart } from './model.ts'
import type { DocumentBlock, DocumentTable, PlanInput, WrittenGroup, WrittenTask } from './model.ts'
import { agencyLines, taskTable } from './task-table.ts'
import { headingNumberer, referenceTo } from './wording.ts'

/**
 * A plan as an official document: purpose, objectives, tasks, money, organisation, reporting, sections of its own, and
 * the annex that assigns each task; a decision has the plan attached. What a draft does not say yet is a visible blank.
 *
 * @throws ZodError when the input holds a text longer than a document can have
 * @source domain.md §10 (skeleton of real plans); Decree 30/2020/NĐ-CP, forms 1.2, 1.4 and 2.1
 */
export function planDocument(input: PlanInput, template: DocumentTemplates): OfficialDocument {
  const { layout, plan: words } = template
  const isDecision = input.kindCode === words.decision.kindCode
  const hasAnnex = input.taskGroups.some((group) => group.tasks.length > 0)
  const table = assignment(input, template)
  const own = fromHead(input.head, input.kindCode, layout)
  const shared = {
    ...own,
    title: input.title,
    addressees: [],
    bases: input.bases,
    annexes: hasAnnex ? [{ label: null, title: words.annexTitle, landscape: true, blocks: [], table }] : [],
  }
  const text = [...bodyOf(input, template), ...paragraphsOf(input.closing)]
  if (isDecision) return OfficialDocument.parse({ ...shared, ...decisionOf(input, text, own, template) })
  return OfficialDocument.parse({ ...shared, preamble: input.preamble, body: text, closing: null })
}

/** The deciding part, and the plan it issues. */
function decisionOf(
  input: PlanInput,
  text: DocumentBlock[],
  own: ReturnType<typeof fromHead>,
  { layout, plan: words }: DocumentTemplates,
) {
  const kind = layout.kinds[words.kindCode] ?? ''
  const title = input.attachedTitle ?? capitalised(input.title.replace(words.decision.titleOpening, ''))
  const plan = `${kind} ${title.charAt(0).toLowerCase()}${title.slice(1)}`
  const articles = words.decision.articles.map((article) => fill(article, { plan, agency: input.head.agency }))
  return {
    preamble: null,
    body: articlesOf(input.articles.length > 0 ? input.articles : articles, layout),
    closing: null,
    decision: { authority: authorityOf(input), enacting: words.decision.enacting },
    attached: {
      kind,
      title,
      reference: fill(words.decision.reference, {
        document: referenceTo({ ...own, letterhead: own.letterhead }, layout),
      }),
      blocks: [...paragraphsOf(input.preamble === null ? [] : [input.preamble]), ...text],
    },
  }
}

/** Who decides: the body on whose behalf it is signed, else the one who signs or is signed for. */
function authorityOf({ head }: PlanInput): string {
  const { powers, posts } = head.signature
  if (powers.length === 0 && posts.length === 0) return head.agency
  if (powers.some(({ power }) => power === 'on-behalf')) return head.agency
  const post = powers.find(({ power }) => power === 'for-head')?.of ?? posts[0] ?? ''
  return post.toLowerCase().includes(head.agency.toLowerCase()) ? post : `${post} ${head.agency}`.trim()
}

/** Articles with their label; what goes on under one keeps its own number. */
function articlesOf(articles: readonly string[], layout: DocumentTemplates['layout']): DocumentBlock[] {
  const label = layout.headings.article.label.replace('{n}', '').replace(/[\s.]+$/u, '')
  const printed = new RegExp(`^(?<label>${label}\\s+\\d+\\s*[.:])\\s*(?<text>.*)$`, 'su')
  const isPrinted = articles.some((article) => printed.test(article))
  const next = headingNumberer(layout)
  return articles.map((article): DocumentBlock => {
    const found = printed.exec(article)?.groups
    if (found) return { type: 'article', label: found.label ?? '', text: found.text ?? '' }
    return isPrinted ? { type: 'paragraph', text: article } : { type: 'article', label: next('article'), text: article }
  })
}

function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

function paragraphsOf(texts: readonly string[]): DocumentBlock[] {
  return texts.map((text) => ({ type: 'paragraph', text }))
}

/** The sections in their order, each followed by those of the plan's own headings that stand after it. */
function bodyOf(input: PlanInput, template: DocumentTemplates): DocumentBlock[] {
  const others = (after: PlanPart | 'preamble') =>
    input.others
      .filter((other) => other.after === after)
      .flatMap((other) => [
        ...(other.heading === '' ? [] : [heading('section', other.heading)]),
        ...paragraphsOf(other.paragraphs),
      ])
  return [
    ...others('preamble'),
    ...PlanPart.options.flatMap((part) => {
      const blocks = sectionOf(part, input, template)
      const title = input.headings[part] ?? template.plan.sections[part]
      return [...(blocks.length === 0 ? [] : [heading('section', title), ...blocks]), ...others(part)]
    }),
  ]
}

/** What stands under one heading; nothing when the plan does not have this section. */
function sectionOf(part: PlanPart, input: PlanInput, template: DocumentTemplates): DocumentBlock[] {
  const { layout, plan: words } = template
  const { sections } = words
  const showsBlanks = input.head.draft && Object.keys(input.headings).length === 0
  const whole = (texts: readonly string[], set = paragraphs) =>
    showsBlanks || texts.length > 0 ? set([...texts], layout) : []
  /** Two parts under their headings; one alone needs none. */
  const two = (first: [string, readonly string[]], second: [string, readonly string[]], set = paragraphs) => {
    if (!showsBlanks && second[1].length === 0) return whole(first[1])
    const under = ([title, texts]: typeof first, as = paragraphs) =>
      showsBlanks || texts.length > 0 ? [heading('clause', title), ...as([...texts], layout)] : []
    return [...under(first), ...under(second, set)]
  }
  switch (part) {
    case 'purpose':
      return two([sections.purposes, input.purposes], [sections.requirements, input.requirements])
    case 'objectives':
      return two(
        [sections.generalObjectives, input.generalObjectives],
        [sections.specificObjectives, input.specificObjectives],
        items,
      )
    case 'tasks':
      return tasksOf(input, template)
    case 'funding':
      return whole(input.funding)
    case 'organisation':
      return input.owners.length === 0
        ? whole(input.organisation)
        : [...paragraphsOf(input.organisation), ...ownersOf(input, template)]
    case 'reporting':
      return whole(input.reporting)
  }
}

/** Where the tasks of the annex are, the words of the section, and the tasks set out in it. */
function tasksOf(input: PlanInput, { layout, plan: words }: DocumentTemplates): DocumentBlock[] {
  const hasAnnex = input.taskGroups.some((group) => group.tasks.length > 0)
  return [
    ...(hasAnnex ? [{ type: 'paragraph' as const, text: words.annexPointer }] : []),
    ...paragraphsOf(input.tasks),
    ...textGroups(input.textGroups, layout),
  ]
}

/** Tasks as numbered paragraphs; under the title of a group as its points, a title under a title one step in. */
function textGroups(groups: readonly WrittenGroup[], layout: DocumentTemplates['layout']): DocumentBlock[] {
  const counts: number[] = []
  const next = (depth: number) => {
    counts.length = Math.min(counts.length, depth + 1)
    counts[depth] = (counts[depth] ?? 0) + 1
    return `${Array.from(counts, (count) => count ?? 1).join('.')}.`
  }
  return groups.flatMap((group): DocumentBlock[] => {
    if (group.title === null) return group.tasks.map((task) => ({ type: 'paragraph', text: `${next(0)} ${task.text}` }))
    const level = group.depth === 0 ? 'clause' : 'subclause'
    const title: DocumentBlock = { type: 'heading', level, title: group.title, label: next(group.depth) }
    const point = headingNumberer(layout)
    return [
      title,
      ...group.tasks.map((task): DocumentBlock => ({ type: 'paragraph', text: `${point('point')} ${task.text}` })),
    ]
  })
}

/** Who does what: one duty on the line of its owner, several as points under it, a sentence that names its owner alone. */
function ownersOf(input: PlanInput, { layout, plan: words }: DocumentTemplates): DocumentBlock[] {
  const next = headingNumberer(layout)
  return input.owners.flatMap(({ kind, agency, duties }): DocumentBlock[] => {
    if (agency === null) return duties.map((duty) => ({ type: 'paragraph', text: `${next('clause')} ${duty}` }))
    const asked = kind === 'requested' ? fill(words.duties.requested.text, { agency }) : agency
    const [only = '', ...more] = duties
    const label = next('clause')
    if (more.length === 0) return [{ type: 'article', label: `${label} ${asked}:`, text: only }]
    return [
      { type: 'heading', level: 'clause', title: asked, label },
      ...duties.map((duty): DocumentBlock => ({ type: 'paragraph', text: `${next('point')} ${duty}` })),
    ]
  })
}

/** The annex table: each task with who leads, who supports, when and what comes of it. Issued cells without words stay empty. */
function assignment(input: PlanInput, { layout, plan: words }: DocumentTemplates): DocumentTable {
  const blank = input.head.draft ? layout.words.blank : ''
  const tasks = input.taskGroups.flatMap((group) => group.tasks)
  const { funding, output, time, support, ...always } = words.columns
  const isUsed = (has: (task: WrittenTask) => unknown) => input.head.draft || tasks.some(has)
  return taskTable(input.taskGroups, {
    // An issued plan has no column in which nothing stands.
    columns: {
      ...always,
      ...(isUsed((task) => inColumn('support', task)) && { support }),
      ...(isUsed((task) => task.time) && { time }),
      ...(isUsed((task) => task.output) && { output }),
      ...(tasks.some((task) => task.funding) && { funding }),
    },
    cells: (task: WrittenTask, number) => ({
      number,
      task: task.text || blank,
      lead: inColumn('lead', task) || blank,
      support: inColumn('support', task),
      time: task.time || blank,
      output: task.output || blank,
      funding: task.funding ?? '',
    }),
  })

  function inColumn(column: 'lead' | 'support', task: WrittenTask): string {
    const printed = task.duties.filter((duty) => words.duties[duty.kind].column === column)
    return agencyLines(printed.map((duty) => fill(words.duties[duty.kind].text, { agency: duty.agency })))
  }
}
