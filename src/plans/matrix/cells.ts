import { dateInFile, type Catalogue } from '#platform'
import type { Language } from '#platform/model'
import type { FullRecommendation } from '#recommendations'
import { totalOf, type FourNumbers, type Implementation, type MatrixGroup } from '../model.ts'
import type { AnsweringTask } from './gather.ts'

export type Words = { say: Catalogue; language: Language }

/** Where it stands: its document unless that is said above, its paragraph and part, and whether it is urgent. */
export function placeWords(one: FullRecommendation, groupBy: MatrixGroup, { say, language }: Words): string {
  const paragraph =
    one.paragraph === null
      ? null
      : say(language, 'plans.matrix-paragraph', { paragraph: one.paragraph, part: one.part ?? 'none' })
  return linesOf(
    groupBy === 'document' ? null : (one.symbol ?? one.mechanism),
    paragraph,
    one.isUrgent ? say(language, 'recommendations.in-file-urgent') : null,
  )
}

export function positionWords({ position, response }: FullRecommendation, { say, language }: Words): string {
  const word =
    position === null
      ? null
      : say(language, 'recommendations.in-file-position', { code: position.replaceAll('-', '_') })
  return linesOf(word, response)
}

/** Clusters, themes and groups but for the one it stands under. */
export function termWords({ terms }: FullRecommendation, group: string | undefined, { say, language }: Words): string {
  return linesOf(
    ...(['cluster', 'theme', 'group'] as const).map((scheme) => {
      const names = terms.filter((term) => term.scheme === scheme && String(term.number) !== group)
      return names.length === 0
        ? null
        : say(language, `plans.matrix-terms-${scheme}`, { names: names.map(({ name }) => name).join('; ') })
    }),
  )
}

/** The tasks that answer, one a line: what, of which plan, who leads, where it stands. */
export function doneWords(tasks: readonly AnsweringTask[], { say, language }: Words): string {
  return linesOf(
    ...tasks.map((task) =>
      say(language, 'plans.matrix-task', {
        kind: task.kind,
        task: task.text,
        plan: task.planNumber ?? task.planTitle,
        leads: leadWords(task.leads, { say, language }),
        hasLeads: task.leads.length,
        state: stateWords(task.numbers, { say, language }),
      }),
    ),
  )
}

/** More leads than this are named by their first and counted. */
const mostLeads = 4

function leadWords(leads: readonly string[], { say, language }: Words): string {
  if (leads.length <= mostLeads) return leads.join('; ')
  const named = leads.slice(0, mostLeads - 1)
  return say(language, 'plans.matrix-leads', { named: named.join('; '), others: leads.length - named.length })
}

/** Where the work of a task stands, each standing that occurs with its count; of one piece its standing alone. */
function stateWords(numbers: FourNumbers, { say, language }: Words): string {
  const total = totalOf(numbers)
  if (total === 0) return say(language, 'plans.matrix-no-work')
  const counts = [
    ['done_on_time', numbers.doneOnTime],
    ['done_late', numbers.doneLate],
    ['pending_in_time', numbers.pendingInTime],
    ['overdue', numbers.overdue],
    ['no_due_date', numbers.noDueDate],
    ['requested_done', numbers.requested.done],
    ['requested_open', numbers.requested.open],
  ] as const
  return counts
    .flatMap(([code, count]) => {
      const word = say(language, 'plans.in-file-standing', { code })
      if (count === 0) return []
      return total === 1 ? [word] : [say(language, 'plans.matrix-standing', { count, word: lowered(word) })]
    })
    .join('; ')
}

function lowered(word: string): string {
  return word.slice(0, 1).toLowerCase() + word.slice(1)
}

type Derived = Omit<Implementation, 'status' | 'asOf'> & { value: Implementation['status'] }

/** How far it is carried out, and from which counts that follows. */
export function implementationWords(
  derived: Derived | undefined,
  isAnswered: boolean,
  { say, language }: Words,
): string {
  if (derived === undefined)
    return say(language, 'plans.matrix-not-carried-out', { is: isAnswered ? 'monitored' : 'nothing' })
  const { value, basis, tasks, pieces, done, begun, overdue, recurring } = derived
  return linesOf(
    say(language, 'plans.matrix-implementation', { code: value.replaceAll('-', '_') }),
    [
      say(language, 'plans.matrix-derived-from', { basis, tasks }),
      pieces === 0
        ? say(language, 'plans.matrix-derived-no-work')
        : say(language, 'plans.matrix-derived-work', { pieces, done, begun, rest: pieces - done - begun }),
      overdue > 0 ? say(language, 'plans.matrix-derived-overdue', { count: overdue }) : null,
      recurring > 0 ? say(language, 'plans.matrix-derived-recurring', { count: recurring }) : null,
    ]
      .filter((part) => part !== null)
      .join(' '),
  )
}

export function assessmentWords(assessments: FullRecommendation['assessments'], { say, language }: Words): string {
  return linesOf(
    ...assessments.map(({ aspect, rating, finding, evidence, assessor, assessedOn }) =>
      say(language, 'plans.matrix-assessment', {
        ...{ aspect, rating, finding, evidence, assessor },
        date: dateInFile(assessedOn, language),
      }),
    ),
  )
}

/** What is said, one below the other. */
function linesOf(...lines: (string | null)[]): string {
  return lines.filter((line) => line !== null && line !== '').join('\n')
}
