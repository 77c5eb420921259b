import type { ReadProse, ReadTarget, Reading } from '../model.ts'
import { readAnnexTable, type AnnexTask } from './annex.ts'
import type { Block, Paragraph } from './blocks.ts'
import { columnsOf, type Columns } from './columns.ts'
import { readClosing } from './closing.ts'
import type { DocumentGrammar } from './grammar.ts'
import { readHeader, type Finding } from './header.ts'
import { readItems } from './items.ts'
import { readProse } from './prose.ts'
import { mergeRepeats } from './merge.ts'
import { isHeading, outlineOf, walk, type Node } from './outline.ts'
import { repaired } from './repair.ts'
import { readReporting } from './reporting.ts'
import { readTargets, targetsOfRow } from './targets.ts'
import { yearTableTargets } from './year-tables.ts'
import { sourceOf, type Source } from './source-blocks.ts'
import { structureFindings, worded } from './warnings.ts'

/**
 * Reads an official document: bytes in, proposals out. Pure: no database, no clock, no network.
 *
 * @param from a file's bytes (text, .docx, .html), or any file opened by `openSource`
 * @param fileName decides the format together with the first bytes
 * @throws UnreadableDocument when the file is not a readable document
 */
export function readDocument(from: Uint8Array | Source, fileName: string, words: DocumentGrammar): Reading {
  return readWhole(from, fileName, words).reading
}

/** A document read whole: what `Reading` holds, and beside it its words and pieces for those who take it in. */
export interface WholeDocument {
  reading: Reading
  /** What it says beside its tasks; nothing for a text that is no document itself. */
  prose: ReadProse[]
  /** Title of the plan a decision issues. */
  attachedTitle: string | null
  blocks: Block[]
}

/** As `readDocument`, with the words beside the tasks. @throws UnreadableDocument */
export function readWhole(from: Uint8Array | Source, fileName: string, words: DocumentGrammar): WholeDocument {
  const source = from instanceof Uint8Array ? sourceOf(from, fileName, words.encodings) : from
  const findings: Finding[] = [...source.findings]
  const blocks = repaired(source.blocks, words, findings)
  const header = readHeader(blocks, words, findings)
  const grammar = inYear(words, header.date === null ? null : Number(header.date.slice(0, 4)))
  const closing = readClosing(blocks, header.bodyStart, grammar)
  const body = blocks.slice(header.bodyStart).filter((block) => !closing.blocks.has(block))
  const segments = segmentsOf(body, grammar)
  const outlines = segments.map((segment) => ({ segment, outline: outlineOf(segment.paragraphs, grammar) }))
  const outline = outlines.flatMap((one) => one.outline)

  const annex = segments.flatMap((segment) => annexOf(segment, grammar, findings))
  const items = outlines.map(({ segment, outline: nodes }) => readItems(proseOf(segment, nodes), grammar))
  const tasks = mergeRepeats(
    annex.flatMap((one) => one.tasks),
    items.flat(),
  )
  const targets = [
    ...outlines.flatMap(({ segment, outline: nodes }) =>
      segment.isAnnex ? [] : readTargets(nodes, header.title, grammar),
    ),
    ...annex.flatMap((one) => one.targets),
  ]
  const reporting = readReporting(outline, tasks, grammar)
  findings.push(
    ...structureFindings(
      { blocks, outline, tasks, reporting, header, closing, hasAnnex: segments.some((one) => one.isAnnex) },
      grammar,
    ),
  )
  const isDocument = !findings.some(({ code }) => code === 'no-letterhead')
  const enacting = header.preamble.map((text): ReadProse => ({
    part: 'preamble',
    heading: null,
    paragraphs: [text],
    source: null,
  }))
  const prose = outlines.flatMap(({ segment, outline: nodes }, index) =>
    segment.isAnnex ? [] : [...firstArticle(segment, grammar), ...readProse(nodes, items[index] ?? [], grammar)],
  )
  const reading: Reading = {
    kind: header.kind,
    number: header.number,
    issuer: header.issuer,
    place: header.place,
    date: header.date,
    title: header.title,
    basis: header.basis,
    sections: sectionsOf(outline),
    tasks,
    targets,
    reporting,
    recipients: closing.recipients,
    signature: closing.signature,
    warnings: worded(findings, grammar.language),
  }
  const attached = segments.find(
    (segment, index) => index > 0 && !segment.isAnnex && segment.title !== null && !isArticle(segment.title, grammar),
  )
  return {
    reading,
    prose: isDocument ? inOnePart([...enacting, ...prose]) : [],
    attachedTitle: attached?.title ?? null,
    blocks,
  }
}

function isArticle(text: string, grammar: DocumentGrammar): boolean {
  return grammar.markers.some(({ kind, pattern }) => kind === 'article' && pattern.test(text))
}

/** Right under "DECISION:" stands its first article, where an attached plan has its title. */
function firstArticle({ title }: Segment, grammar: DocumentGrammar): ReadProse[] {
  if (title === null || !isArticle(title, grammar)) return []
  return [{ part: 'articles', heading: null, paragraphs: [title], source: null }]
}

/** Parts of the same kind put together at the first one's place; sections of other headings stay apart. */
function inOnePart(found: readonly ReadProse[]): ReadProse[] {
  const parts: ReadProse[] = []
  for (const one of found) {
    const known = one.part === 'other' ? undefined : parts.find(({ part }) => part === one.part)
    if (known === undefined) parts.push({ ...one, paragraphs: [...one.paragraphs] })
    else {
      known.paragraphs.push(...one.paragraphs)
      known.heading ??= one.heading
    }
  }
  return parts
}

/** Beside a table, an annex's paragraphs are notes; without one, its numbered items may be tasks. */
function proseOf(segment: Segment, nodes: readonly Node[]): readonly Node[] {
  if (!segment.isAnnex) return nodes
  return segment.blocks.some((block) => block.kind === 'table') ? [] : nodes.filter((node) => node.marker)
}

/** Dates printed without a year fall in the document's own. */
function inYear(grammar: DocumentGrammar, year: number | null): DocumentGrammar {
  return { ...grammar, findTime: (sentence) => grammar.findTime(sentence, year) }
}

/** A run of the body between headings of annexes or of an attached plan. */
interface Segment {
  isAnnex: boolean
  title: string | null
  paragraphs: Paragraph[]
  blocks: Block[]
}

/** Cuts the body where an attached plan or an annex begins, so that numbering starts anew. */
function segmentsOf(body: readonly Block[], grammar: DocumentGrammar): Segment[] {
  const segments: Segment[] = [{ isAnnex: false, title: null, paragraphs: [], blocks: [] }]
  body.forEach((block) => {
    const isText = block.kind === 'paragraph'
    const isAnnex =
      isText && grammar.annex.heading.test(block.text) && (block.text.length < 60 || isCapitalStart(block.text))
    const isType = isText && grammar.types.some(({ title }) => title.test(block.text))
    if (isAnnex || isType) segments.push({ isAnnex, title: null, paragraphs: [], blocks: [] })
    const segment = segments.at(-1)
    if (!segment) return
    segment.blocks.push(block)
    if (!isText || isType || (isAnnex && !block.text.includes(':'))) return
    const isTitle = segment.title === null && segment.paragraphs.length === 0 && segments.length > 1
    if (isTitle) segment.title = block.text
    else segment.paragraphs.push(block)
  })
  return segments
}

/** An annex's label set with its title in one paragraph: the first words are capitals. */
function isCapitalStart(text: string): boolean {
  const start = text.split(' ').slice(0, 3).join(' ')
  return start === start.toUpperCase()
}

function annexOf(
  segment: Segment,
  grammar: DocumentGrammar,
  findings: Finding[],
): { tasks: AnnexTask[]; targets: ReadTarget[] }[] {
  let before: Columns | null = null
  return segment.blocks.flatMap((block) => {
    if (block.kind !== 'table') return []
    const tasks = readAnnexTable(block, grammar, before)
    before = columnsOf(block, grammar) ?? before
    if (tasks) {
      findings.push(...tasks.flatMap(unreadTimeOf))
      const targets = tasks.flatMap((task) => (task.isIndicator ? targetsOfRow(task, segment.title, grammar) : []))
      return [{ tasks, targets }]
    }
    const rows = block.rows.length
    if (rows > 2)
      findings.push({
        code: 'table-not-tasks',
        params: { table: block.ordinal, rows },
        source: { line: block.line, page: block.page, table: block.ordinal, row: null },
      })
    return [{ tasks: [], targets: yearTableTargets(block, grammar) }]
  })
}

function unreadTimeOf(task: AnnexTask): Finding[] {
  const { where: _where, ...source } = task.source
  return task.unreadTime === null ? [] : [{ code: 'time-unread', params: { printed: task.unreadTime }, source }]
}

function sectionsOf(outline: readonly Node[]): Reading['sections'] {
  return walk(outline).flatMap((node) => {
    const isSection = node.marker !== null && node.marker.kind !== 'dash' && node.marker.kind !== 'plus'
    const short = node.text.length < 240 && (isHeading(node) || node.children.length > 0)
    return isSection && short ? [{ path: node.path, heading: node.text.replace(/[:\s]+$/u, '') }] : []
  })
}
