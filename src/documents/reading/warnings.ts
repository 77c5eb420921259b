import type { Reading, ReadingWarning, ReadReporting, ReadTask } from '../model.ts'
import { flatten, placeOf, type Block } from './blocks.ts'
import type { DocumentGrammar } from './grammar.ts'
import type { Closing } from './closing.ts'
import type { Finding, Header } from './header.ts'
import type { Node } from './outline.ts'
import { wordsOf } from './words.ts'

interface Read {
  blocks: readonly Block[]
  outline: readonly Node[]
  tasks: readonly ReadTask[]
  reporting: readonly ReadReporting[]
  header: Header
  closing: Closing
  hasAnnex: boolean
}

/** What a person must look at in the whole of a document. */
export function structureFindings(read: Read, grammar: DocumentGrammar): Finding[] {
  return [
    ...absentAnnex(read, grammar),
    ...repeatedNumbers(read.outline),
    ...lateConsolidation(read.reporting, grammar),
    ...absentSignature(read),
    ...emptiness(read),
  ]
}

/** An annex of this document is referred to, and none is there. */
function absentAnnex({ blocks, hasAnnex }: Read, grammar: DocumentGrammar): Finding[] {
  if (hasAnnex) return []
  for (const paragraph of flatten(blocks)) {
    for (const mention of paragraph.text.matchAll(grammar.annex.mention)) {
      const after = paragraph.text.slice(mention.index + mention[0].length)
      if (grammar.annex.elsewhere.test(after)) continue
      return [{ code: 'annex-absent', params: { printed: mention[0] }, source: placeOf(paragraph) }]
    }
  }
  return []
}

function repeatedNumbers(outline: readonly Node[]): Finding[] {
  const seen = new Set<string>()
  return outline.flatMap((node): Finding[] => {
    if (node.marker?.kind !== 'roman') return []
    const isAgain = seen.has(node.marker.label)
    seen.add(node.marker.label)
    return isAgain
      ? [{ code: 'numbering-repeated', params: { number: node.marker.label }, source: placeOf(node.paragraph) }]
      : []
  })
}

/**
 * A body that consolidates owes its report before those that report to it: the consolidated figure cannot hold theirs.
 * Compared per rhythm, by day and month as printed.
 */
function lateConsolidation(reporting: readonly ReadReporting[], grammar: DocumentGrammar): Finding[] {
  return reporting.flatMap((upper) =>
    reporting.flatMap((lower): Finding[] => {
      const isChain = lower.to !== null && upper.who !== null && upper !== lower && same(lower.to, upper.who)
      if (!isChain || upper.frequency !== lower.frequency) return []
      const [early, late] = [dayOf(upper.due, grammar), dayOf(lower.due, grammar)]
      if (early === null || late === null || early >= late) return []
      const params = { who: upper.who ?? '', due: upper.due ?? '', reporters: lower.who ?? '', theirs: lower.due ?? '' }
      return [{ code: 'reporting-before-reporters', params, source: upper.source }]
    }),
  )
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

/** Month and day as one number; a monthly due has only a day. */
function dayOf(due: string | null, grammar: DocumentGrammar): number | null {
  if (due === null) return null
  const numbers = (due.match(/\d+/g) ?? []).map((digits) => grammar.targets.number(digits) ?? 0)
  const [day, month] = numbers
  return day === undefined ? null : (month ?? 0) * 100 + day
}

/** A document with a number or type, and nobody who signs it. */
function absentSignature({ header, closing }: Read): Finding[] {
  const isDocument = header.kind !== null
  return isDocument && closing.signature.name === null ? [{ code: 'signature-missing', params: {}, source: null }] : []
}

function emptiness({ tasks }: Read): Finding[] {
  if (tasks.length === 0) return [{ code: 'no-tasks', params: {}, source: null }]
  const without = tasks.filter((task) => task.duties.length === 0).length
  return without > 0 ? [{ code: 'duty-missing', params: { count: without }, source: null }] : []
}

/** Puts the words of the language to findings. */
export function worded(findings: readonly Finding[], language: string): Reading['warnings'] {
  return findings.map((finding): ReadingWarning => ({
    ...finding,
    message: wordsOf(language, `documents.reading.warning.${finding.code}`, finding.params),
  }))
}
