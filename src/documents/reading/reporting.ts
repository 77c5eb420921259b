import type { ReadReporting, ReadTask, SourcePlace } from '../model.ts'
import { readAgencies } from './agencies.ts'
import { placeOf } from './blocks.ts'
import type { DocumentGrammar } from './grammar.ts'
import { ownerAt } from './items.ts'
import { walk, type Node } from './outline.ts'

/**
 * Reporting duties: in the section on reporting, in items of owners, and where a date stands, in closing sentences and in
 * orders within plain paragraphs.
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
    else if (!node.marker) found.push(...ofOrders(node, grammar))
  }
  for (const task of tasks) {
    if (task.source.where === 'annex') continue
    const who = task.duties.filter((duty) => duty.kind !== 'support').map((duty) => duty.agency)
    const { where: _where, ...place } = task.source
    if (!found.some((one) => one.source.line === place.line))
      found.push(...reportsIn(task.text, who.length > 0 ? who.join(', ') : null, place, grammar))
  }
  const onward = found.flatMap((report) => passedOn(report, found, tasks, grammar))
  return [...found, ...onward].sort((a, b) => (a.source.line ?? 0) - (b.source.line ?? 0))
}

/** Where a body that owes work here collects reports to pass them on, that is its own duty, unless printed apart. */
function passedOn(
  report: ReadReporting,
  all: readonly ReadReporting[],
  tasks: readonly ReadTask[],
  grammar: DocumentGrammar,
): ReadReporting[] {
  const to = grammar.reporting.onward.exec(report.raw)?.groups?.to
  const who = report.to
  if (to === undefined || who === null) return []
  const owes = tasks.some((task) => task.duties.some((duty) => duty.agency === who))
  const isApart = all.some((other) => other.who === who)
  return owes && !isApart ? [{ ...report, who, to: namesIn(to, grammar), due: null, frequency: null }] : []
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

/** "Let the department report to the ministry before …": an order in a paragraph of its own, by its day. */
function ofOrders(node: Node, grammar: DocumentGrammar): ReadReporting[] {
  return sentencesOf(node.text).flatMap((sentence) => {
    const opening = grammar.reporting.ordered.exec(sentence)?.[0]
    if (opening === undefined) return []
    const run = readAgencies(sentence, opening.length, grammar.agencies)
    const who = run.agencies.length > 0 ? sentence.slice(opening.length, run.end).trim() : null
    return reportsIn(sentence, who, placeOf(node.paragraph), grammar).filter((report) => report.due !== null)
  })
}

/** Reports owed within one item: a sentence each, a rhythm each. */
function reportsIn(text: string, who: string | null, source: SourcePlace, grammar: DocumentGrammar): ReadReporting[] {
  const reports: ReadReporting[] = []
  let to: string | null = null
  for (const sentence of sentencesOf(text)) {
    if (!grammar.reporting.report.test(sentence)) continue
    to = addresseeOf(sentence, grammar) ?? to
    const rhythms = rhythmsOf(sentence, grammar)
    const isDuty =
      to !== null && grammar.reporting.substance.test(sentence) && !grammar.reporting.occasional.test(sentence)
    if (rhythms.length === 0 && !isDuty) continue
    const raw = sentence.trim()
    if (rhythms.length === 0) reports.push({ who, to, due: null, frequency: periodic(sentence, grammar), raw, source })
    for (const rhythm of rhythms) reports.push({ who, to, ...rhythm, raw, source })
  }
  return reports
}

/** The rhythm right before the report itself ("Định kỳ hằng năm, báo cáo …"). */
function periodic(sentence: string, grammar: DocumentGrammar): ReadReporting['frequency'] {
  const report = grammar.reporting.report.exec(sentence)
  return report ? grammar.reporting.frequency(sentence.slice(Math.max(0, report.index - 28), report.index)) : null
}

function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.;])\s+(?=\p{Lu})/u)
}

/** The first body named as addressee. */
function addresseeOf(sentence: string, grammar: DocumentGrammar): string | null {
  const found = grammar.reporting.addressee.flatMap((pattern) => {
    const match = pattern.exec(sentence)
    const to = match?.groups?.to
    return match && to ? [{ at: match.index + match[0].length - to.length, to }] : []
  })
  found.sort((a, b) => a.at - b.at)
  return found[0] ? namesIn(found[0].to, grammar) : null
}

function namesIn(text: string, grammar: DocumentGrammar): string {
  const run = readAgencies(text, 0, grammar.agencies)
  const end = run.end > 0 ? run.end : text.search(/[,.;]|$/u)
  return text
    .slice(0, end)
    .replace(/\s*\([^()]*\d[^()]*\)\s*$/u, '')
    .trim()
}

function rhythmsOf(sentence: string, grammar: DocumentGrammar): Pick<ReadReporting, 'due' | 'frequency'>[] {
  const found = [...sentence.matchAll(grammar.reporting.rhythm)].flatMap((match) => {
    const due = (match.groups?.due ?? '').trim()
    const also = grammar.reporting.also.exec(sentence.slice(match.index + match[0].length))?.groups?.due
    const printed = grammar.reporting.frequency(due) ?? grammar.reporting.frequency(match.groups?.rhythm ?? '')
    const said = printed ?? periodic(sentence, grammar)
    if (also === undefined) return [{ due, frequency: said ?? (isDayOfYear(due) ? 'year' : null) }]
    const frequency = said ?? (isEitherHalf(due, also) ? 'half-year' : isDayOfYear(due) ? 'year' : null)
    return [due, also].map((one) => ({ due: one, frequency }))
  })
  const once = [...sentence.matchAll(grammar.reporting.once)].flatMap((match) => match.groups?.due ?? [])
  const figures = (due: string): string => due.replace(/\D+/g, '/')
  const dated = found.filter(({ due }, index) => {
    const twin = found.findIndex(
      (other, at) => at !== index && figures(other.due) === figures(due) && other.due.length >= due.length,
    )
    return twin < 0 || (found[twin]?.due.length === due.length && twin > index)
  })
  return [...dated, ...once.map((due) => ({ due, frequency: null }))]
}

/** A day of the year without a year of its own: owed in every one. */
function isDayOfYear(due: string): boolean {
  return /\d[/-]\s*\d/.test(due) && !/\d{4}/.test(due)
}

/** Two days in one sentence, one in each half of the year, are the days of a half-yearly report. */
function isEitherHalf(first: string, second: string): boolean {
  const monthOf = (due: string): number => Number(/\d\s*[/-]\s*(\d{1,2})/.exec(due)?.[1] ?? Number.NaN)
  return monthOf(first) <= 6 && monthOf(second) > 6
}
