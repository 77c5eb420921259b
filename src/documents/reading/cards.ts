import type { ReadDuty } from '../model.ts'
import { cellDuties } from './duties.ts'
import type { DocumentGrammar, FieldRole } from './grammar.ts'
import { walk, type Node } from './outline.ts'
import type { ProseTask } from './items.ts'

/** A labelled line ("Cơ quan thực hiện: …") with the lines under it. */
interface Field {
  role: FieldRole
  rest: string
  node: Node
}

/**
 * Reads a task written as labelled lines (task, who, when, output). Several items under the task's label are tasks with
 * the same owners and time. `null` when the node holds no such card.
 *
 * Among the lines under "who", one that gives a body work of its own is a task of that body.
 */
export function readCards(node: Node, grammar: DocumentGrammar): ProseTask[] | null {
  const fields = node.children.flatMap((child) => fieldsOf(child, grammar))
  const tasks = fields.filter((field) => field.role === 'task')
  const who = fields.filter((field) => field.role === 'lead' || field.role === 'support' || field.role === 'actors')
  if (tasks.length === 0 || who.length === 0) return null
  const extra: ProseTask[] = []
  const duties = who.flatMap((field) => dutiesOfField(field, extra, grammar))
  const time = textOf(fields, 'time')
  const output = textOf(fields, 'output')
  const funding = textOf(fields, 'funding')
  const shared = {
    duties: duties.filter((duty, index) => duties.findIndex((other) => other.agency === duty.agency) === index),
    time:
      time === null
        ? null
        : grammar.readTime(time, grammar.completion.test(labelOf(fields, 'time')) ? 'completion' : null),
    output,
    funding,
  }
  const items = tasks.flatMap((field) =>
    field.rest === '' && field.node.children.length > 0
      ? field.node.children.map((child) => ({ node: child, text: child.text }))
      : [{ node: field.node, text: field.rest }],
  )
  const own = items.map(({ node: item, text }) => ({
    path: item.path,
    text: text.replace(/\n/g, ' ').replace(/[;\s]+$/u, ''),
    ...shared,
    time: shared.time ?? grammar.findTime(text, null),
    source: { where: 'prose' as const, line: item.paragraph.line, page: item.paragraph.page, table: null, row: null },
    lastLine: item.lastLine,
  }))
  return [...own.filter((task) => task.text !== ''), ...extra]
}

function fieldsOf(node: Node, grammar: DocumentGrammar): Field[] {
  for (const { role, pattern } of grammar.fields) {
    const match = pattern.exec(node.text)
    if (match) return [{ role, rest: (match.groups?.rest ?? '').trim(), node }]
  }
  return []
}

function labelOf(fields: readonly Field[], role: FieldRole): string {
  return fields.find((one) => one.role === role)?.node.text.split(':')[0] ?? ''
}

function textOf(fields: readonly Field[], role: FieldRole): string | null {
  const field = fields.find((one) => one.role === role)
  if (!field) return null
  const words = [field.rest, ...walk(field.node.children).map((node) => node.text)].filter((text) => text !== '')
  return words.length > 0 ? words.join('; ') : null
}

function dutiesOfField(field: Field, extra: ProseTask[], grammar: DocumentGrammar): ReadDuty[] {
  const kind = field.role === 'support' ? 'support' : 'lead'
  const own = field.rest === '' ? [] : cellDuties(field.rest, kind, grammar)
  const below = field.node.children.flatMap((child) => {
    const inner = fieldsOf(child, grammar)[0]
    if (inner) return dutiesOfField(inner, extra, grammar)
    const duties = cellDuties(child.text, kind, grammar)
    if (!isOwnWork(child, grammar)) return duties
    extra.push({
      path: child.path,
      text: child.text,
      duties,
      time: grammar.findTime(child.text, null),
      output: null,
      funding: null,
      source: { where: 'prose', line: child.paragraph.line, page: child.paragraph.page, table: null, row: null },
      lastLine: child.lastLine,
    })
    return []
  })
  return [...own, ...below]
}

/** "Sở Xây dựng đăng tải thông điệp …": neither leading nor supporting the card's task, but work of its own. */
function isOwnWork(node: Node, grammar: DocumentGrammar): boolean {
  const opening = node.text.slice(0, 120)
  return (
    node.text.split(' ').length > 12 &&
    !grammar.duties.leadAnywhere.test(opening) &&
    !grammar.duties.supportAnywhere.test(opening)
  )
}
