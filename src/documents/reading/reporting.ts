import type { ReadReporting, ReadTask, SourcePlace } from '../model.ts'
import { readAgencies } from './agencies.ts'
import { placeOf } from './blocks.ts'
import type { DocumentGrammar } from './grammar.ts'
import { ownerAt } from './items.ts'
import { walk, type Node } from './outline.ts'

/**
 * Reporting duties: in the section on reporting, in items of owners, and in the closing sentences where a date stands.
 * One entry per rhythm: a body that reports monthly, half-yearly and yearly has three.
 */
export function readReporting(
  outline: readonly Node[],
  tasks: readonly ReadTask[],
  grammar: DocumentGrammar,
): ReadReporting[] {
  const found: ReadReporting[] = []
  for (const node of walk(outline)) {
    if (
      node.role === 'reporting' &&
      !grammar.sections.some(({ pattern }) => pattern.test(node.text) && node.text.length < 90)
    ) {
      found.push(...ofNode(node, grammar))
    } else if (!node.marker && grammar.sentences.closing.test(node.text)) found.push(...ofClosing(node, grammar))
  }
  for (const task of tasks) {
    if (task.source.where === 'annex') continue
    const who = task.duties.filter((duty) => duty.kind !== 'support').map((duty) => duty.agency)
    const { where: _where, ...place } = task.source
    if (!found.some((one) => one.source.line === place.line))
      found.push(...reportsIn(task.text, who.length > 0 ? who.join(', ') : null, place, grammar))
  }
  return found.sort((a, b) => (a.source.line ?? 0) - (b.source.line ?? 0))
}

function ofNode(node: Node, grammar: DocumentGrammar): ReadReporting[] {
  const headed = ownerAt(node, grammar)
  return reportsIn(node.text, headed ? headed.owner.raw : null, placeOf(node.paragraph), grammar)
}

function ofClosing(node: Node, grammar: DocumentGrammar): ReadReporting[] {
  const opening = grammar.sentences.closing.exec(node.text)?.[0] ?? ''
  const run = readAgencies(node.text, opening.length, grammar.agencies)
  const who = run.agencies.length > 0 ? node.text.slice(opening.length, run.end).trim() : null
  return reportsIn(node.text, who, placeOf(node.paragraph), grammar).filter((report) => report.due !== null)
}

/** Reports owed within one item: a sentence each, a rhythm each. */
export function reportsIn(
  text: string,
  who: string | null,
  source: SourcePlace,
  grammar: DocumentGrammar,
): ReadReporting[] {
  const reports: ReadReporting[] = []
  let to: string | null = null
  for (const sentence of sentencesOf(text)) {
    if (!grammar.reporting.report.test(sentence)) continue
    to = addresseeOf(sentence, grammar) ?? to
    const rhythms = rhythmsOf(sentence, grammar)
    if (rhythms.length === 0 && (to === null || grammar.reporting.occasional.test(sentence))) continue
    const raw = sentence.trim()
    if (rhythms.length === 0) reports.push({ who, to, due: null, frequency: periodic(sentence, grammar), raw, source })
    for (const rhythm of rhythms) reports.push({ who, to, ...rhythm, raw, source })
  }
  return reports
}

function periodic(sentence: string, grammar: DocumentGrammar): ReadReporting['frequency'] {
  return grammar.reporting.frequency(sentence.slice(0, 60))
}

function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.;])\s+(?=\p{Lu})/u)
}

function addresseeOf(sentence: string, grammar: DocumentGrammar): string | null {
  for (const pattern of grammar.reporting.addressee) {
    const to = pattern.exec(sentence)?.groups?.to
    if (!to) continue
    const run = readAgencies(to, 0, grammar.agencies)
    const end = run.end > 0 ? run.end : to.search(/[,.;]|$/u)
    return to.slice(0, end).trim()
  }
  return null
}

function rhythmsOf(sentence: string, grammar: DocumentGrammar): Pick<ReadReporting, 'due' | 'frequency'>[] {
  return [...sentence.matchAll(grammar.reporting.rhythm)].map((match) => {
    const due = (match.groups?.due ?? '').trim()
    const frequency = grammar.reporting.frequency(due) ?? grammar.reporting.frequency(match.groups?.rhythm ?? '')
    return { due, frequency: frequency ?? (/\d{4}/.test(due) ? null : periodic(sentence, grammar)) }
  })
}
