import type { ReadProse, ProsePart, SourcePlace } from '../model.ts'
import { placeOf } from './blocks.ts'
import type { DocumentGrammar } from './grammar.ts'
import { isHeading, type Node } from './outline.ts'
import type { ProseTask } from './items.ts'

type Found = Omit<ReadProse, 'paragraphs'> & { paragraphs: string[] }

interface Reader {
  grammar: DocumentGrammar
  /** Whether a paragraph's words are a task, or part of one. */
  isTask: (node: Node) => boolean
  parts: Found[]
}

/**
 * What a document says beside its tasks, part by part in reading order: purposes, aims, money, organisation, the closing
 * sentence, and sections of other headings. Words that are a task, its labelled lines, and headings that only group
 * tasks or name who owes them stay out: they live in the tasks.
 *
 * @param tasks every task read from these paragraphs, repeats too
 */
export function readProse(
  outline: readonly Node[],
  tasks: readonly ProseTask[],
  grammar: DocumentGrammar,
): ReadProse[] {
  const covered = tasks.map(({ source, lastLine }) => ({ from: source.line ?? 0, to: lastLine }))
  const reader: Reader = {
    grammar,
    isTask: ({ paragraph }) => covered.some(({ from, to }) => from <= paragraph.line && paragraph.line <= to),
    parts: [],
  }
  for (const node of outline) readSection(node, reader)
  return reader.parts.filter(
    ({ part, paragraphs, heading }) => paragraphs.length > 0 || (heading !== null && part !== 'other'),
  )
}

const partOfRole = { tasks: 'tasks', funding: 'funding', 'by-agency': 'organisation', reporting: 'reporting' } as const

/** One top-level section, or a paragraph that stands outside all. */
function readSection(node: Node, reader: Reader): void {
  if (node.marker === null) {
    if (!reader.isTask(node)) add(reader, isClosing(node, reader) ? 'closing' : loosePart(reader), wordsOf(node), node)
    return
  }
  if (node.marker.kind === 'article') {
    add(reader, 'articles', everyLine(node), node)
    return
  }
  if (node.marker.kind === 'part') {
    for (const child of node.children) readSection(child, reader)
    return
  }
  if (!isTitle(node) && node.role === null) {
    readWithin([node], 'other', reader)
    return
  }
  const aim = aimOf(node, reader)
  if (aim !== null) {
    setHeading(
      reader,
      aim === 'purposes' || aim === 'requirements' || aim === 'purpose' ? 'purpose' : 'objectives',
      node,
    )
    readAims(node, first(aim), reader)
    return
  }
  const part = node.role === 'purpose' || node.role === 'targets' || node.role === null ? null : partOfRole[node.role]
  const own = part ?? 'other'
  if (setHeading(reader, own, node)) readWithin(bodyOf(node), own, reader)
  else {
    // A second section of the same kind keeps its heading as a line of its own, over words that are no tasks.
    const before = countOf(reader, own)
    readWithin(bodyOf(node), own, reader)
    if (countOf(reader, own) > before) insert(reader, own, before, headingLine(node))
  }
}

function first(aim: NonNullable<ReturnType<typeof aimOf>>): ProsePart {
  return aim === 'purpose' ? 'purposes' : aim === 'objectives' ? 'generalObjectives' : aim
}

/** Before the first section a loose paragraph opens the document, after it, it goes on with the last part. */
function loosePart(reader: Reader): ProsePart {
  return reader.parts.some(({ heading }) => heading !== null) ? 'closing' : 'preamble'
}

function aimOf(node: Node, { grammar }: Reader) {
  return grammar.prose.find(({ pattern }) => pattern.test(node.text))?.part ?? null
}

/** Purposes beside requirements, general beside specific aims: told apart by the headings within the section. */
function readAims(section: Node, part: ProsePart, reader: Reader): void {
  add(reader, part, sentencesUnder(section), section)
  for (const child of section.children) {
    const aim = isTitle(child) || child.children.length > 0 ? aimOf(child, reader) : null
    if (aim === null) readWithin([child], part, reader)
    else {
      add(reader, first(aim), sentencesUnder(child), child)
      readWithin(child.children, first(aim), reader)
    }
  }
}

/** The children of a section, after the sentences its own paragraph goes on with. */
function bodyOf(section: Node): Node[] {
  const [, ...more] = section.text.split('\n')
  if (more.length === 0) return section.children
  return [{ ...section, marker: null, text: more.join('\n'), children: [] }, ...section.children]
}

function sentencesUnder(node: Node): string[] {
  return node.text.split('\n').slice(1)
}

/** Paragraphs of one part in reading order, each with its printed number; a heading stands where words stand under it. */
function readWithin(nodes: readonly Node[], part: ProsePart, reader: Reader): void {
  nodes.forEach((node, index) => {
    const next = nodes[index + 1]
    // "Leads, with others:" before a list of tasks is said by their duties.
    if (isStem(node) && node.children.length === 0 && next && hasTask(next, reader)) return
    if (node.marker === null && isClosing(node, reader)) add(reader, 'closing', wordsOf(node), node)
    else if (reader.isTask(node))
      readWithin(
        node.children.filter((child) => !isLabelled(child, reader)),
        part,
        reader,
      )
    else if (!hasTask(node, reader)) add(reader, part, everyLine(node), node)
    else {
      const before = countOf(reader, part)
      readWithin(
        node.children.filter((child) => !isLabelled(child, reader)),
        part,
        reader,
      )
      // The heading of a group lives in the group; only words that stand under it beside its tasks keep it here.
      if (countOf(reader, part) > before && node.marker !== null && !isStem(node))
        insert(reader, part, before, headingLine(node))
      else if (!isStem(node) && !isTitle(node) && !isGroup(node)) insert(reader, part, before, ...wordsOf(node))
    }
  })
}

/** A numbered item of few words over tasks is their group, whatever its last mark. */
function isGroup({ marker, text }: Node): boolean {
  return marker !== null && marker.kind !== 'dash' && marker.kind !== 'plus' && text.length < 240
}

function isStem(node: Node): boolean {
  return /:$/u.test(node.text)
}

function isTitle(node: Node): boolean {
  return isHeading({ text: node.text.split('\n')[0] ?? '' })
}

function isClosing(node: Node, { grammar }: Reader): boolean {
  return grammar.sentences.closing.test(node.text) && !grammar.annex.pointer.test(node.text)
}

function hasTask(node: Node, reader: Reader): boolean {
  return reader.isTask(node) || node.children.some((child) => hasTask(child, reader))
}

/** A labelled line ("Lead: …") under a task belongs to it. */
function isLabelled(node: Node, { grammar }: Reader): boolean {
  return grammar.fields.some(({ pattern }) => pattern.test(node.text))
}

function headingLine(node: Node): string {
  return node.paragraph.text.replace(/[:\s]+$/u, '')
}

/** A paragraph as printed, and those that go on with it. */
function wordsOf(node: Node): string[] {
  const [own = '', ...more] = node.text.split('\n')
  const printed = node.marker === null ? own : node.paragraph.text
  return [printed, ...more].filter((line) => line !== '')
}

function everyLine(node: Node): string[] {
  return [...wordsOf(node), ...node.children.flatMap(everyLine)]
}

function partNamed(reader: Reader, part: ProsePart, place: SourcePlace | null): Found {
  const last = reader.parts.at(-1)
  const known =
    part === 'other' ? (last?.part === 'other' ? last : undefined) : reader.parts.find((one) => one.part === part)
  if (known !== undefined) return known
  const found: Found = { part, heading: null, paragraphs: [], source: place }
  reader.parts.push(found)
  return found
}

/** Gives a part the heading of its section. @returns whether the part now has it */
function setHeading(reader: Reader, part: ProsePart, node: Node): boolean {
  const heading = (node.text.split('\n')[0] ?? '').replace(/[:\s]+$/u, '')
  if (part === 'other') {
    reader.parts.push({ part, heading, paragraphs: [], source: placeOf(node.paragraph) })
    return true
  }
  const found = partNamed(reader, part, placeOf(node.paragraph))
  const isFree = found.heading === null && found.paragraphs.length === 0
  if (isFree) found.heading = heading
  // Purposes and requirements as two sections share none of their headings.
  else if (part === 'purpose' || part === 'objectives') found.heading = null
  return isFree
}

function add(reader: Reader, part: ProsePart, lines: readonly string[], node: Node): void {
  const { closing, annex } = reader.grammar
  const kept = lines.map((line) => line.replace(closing.endOfText, '.')).filter((line) => !annex.pointer.test(line))
  if (kept.length > 0) partNamed(reader, part, placeOf(node.paragraph)).paragraphs.push(...kept)
}

function countOf(reader: Reader, part: ProsePart): number {
  return reader.parts.findLast((one) => one.part === part)?.paragraphs.length ?? 0
}

function insert(reader: Reader, part: ProsePart, at: number, ...lines: string[]): void {
  reader.parts.findLast((one) => one.part === part)?.paragraphs.splice(at, 0, ...lines)
}
