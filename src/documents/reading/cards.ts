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
  if (who.length === 0 || (tasks.length === 0 && !isNamedTask(node, grammar))) return null
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
  const items = tasks.length > 0 ? tasks.flatMap(itemsOf) : ownItems(node, grammar)
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

interface Item {
  node: Node
  text: string
}

function itemsOf(field: Field): Item[] {
  const isList = field.rest === '' && field.node.children.length > 0
  return isList
    ? field.node.children.map((child) => ({ node: child, text: child.text }))
    : [{ node: field.node, text: field.rest }]
}

/** Where no line is labelled as the task: the items beside the labels, or the numbered heading itself. */
function ownItems(node: Node, grammar: DocumentGrammar): Item[] {
  const beside = node.children.filter(
    (child) => fieldsOf(child, grammar).length === 0 && grammar.sentences.verb.test(child.text),
  )
  return beside.length > 0
    ? beside.map((child) => ({ node: child, text: child.text }))
    : [{ node, text: node.text.replace(/[:\s]+$/u, '') }]
}

/** A numbered item whose labels stand right under it. */
function isNamedTask(node: Node, grammar: DocumentGrammar): boolean {
  const isTop = node.marker === null || node.marker.kind === 'roman' || node.marker.kind === 'part'
  return !isTop && (grammar.sentences.verb.test(node.text) || ownItems(node, grammar)[0]?.node !== node)
}

/** Labelled lines of one paragraph: usually one, or several parted by semicolons. */
function fieldsOf(node: Node, grammar: DocumentGrammar): Field[] {
  const parts = node.text.split(/\s*[;.]\s+(?=\p{Lu}?[^:;.]{3,40}:)|\n/u)
  const fields = parts.flatMap((part): Field[] => {
    for (const { role, pattern } of grammar.fields) {
      const match = pattern.exec(part)
      if (match) return [{ role, rest: (match.groups?.rest ?? '').trim(), node }]
    }
    return []
  })
  if (fields.length > 0 && fields.length === parts.length) return fields
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
