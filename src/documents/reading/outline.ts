import { joined, type Paragraph } from './blocks.ts'
import { readAgencies, startsName } from './agencies.ts'
import type { DocumentGrammar, MarkerKind, SectionRole } from './grammar.ts'

/** One numbered or plain paragraph with what stands under it. */
export interface Node {
  marker: { kind: MarkerKind; label: string } | null
  /** Words without the printed number. */
  text: string
  paragraph: Paragraph
  /** Last line of the paragraph and of the plain ones that go on with it. */
  lastLine: number
  path: string
  role: SectionRole | null
  children: Node[]
}

const depths: Record<MarkerKind, number> = { part: 0, roman: 1, article: 1, decimal: 2, letter: 7, dash: 8, plus: 9 }

/** How deep a marker stands: `1.2.3` is deeper than `1.2`, letters deeper than numbers, hyphens deeper than letters. */
function depthOf(marker: { kind: MarkerKind; label: string }): number {
  return depths[marker.kind] + (marker.kind === 'decimal' ? marker.label.split('.').length - 1 : 0)
}

/**
 * Builds the tree of printed numbering.
 *
 * A plain paragraph goes on with the item before it when that item closed a sentence, and stands under it when the item
 * is a heading or ends with a colon. Broken paragraphs (a lone hyphen after an open sentence, a continuation in lower
 * case) are joined first.
 */
export function outlineOf(paragraphs: readonly Paragraph[], grammar: DocumentGrammar): Node[] {
  const roots: Node[] = []
  const stack: Node[] = []
  for (const node of rejoined(
    paragraphs.map((paragraph) => nodeOf(paragraph, grammar)),
    grammar,
  )) {
    if (node.marker) placeMarked(node, { roots, stack }, grammar)
    else placePlain(node, { roots, stack }, grammar)
  }
  return roots
}

function nodeOf(paragraph: Paragraph, grammar: DocumentGrammar): Node {
  for (const { kind, pattern } of grammar.markers) {
    const match = pattern.exec(paragraph.text)
    if (!match) continue
    const text = paragraph.text.slice(match[0].length).trim()
    const marker = { kind, label: match.groups?.label ?? '' }
    return { marker, text, paragraph, lastLine: paragraph.lastLine, path: '', role: null, children: [] }
  }
  return {
    marker: null,
    text: paragraph.text,
    paragraph,
    lastLine: paragraph.lastLine,
    path: '',
    role: null,
    children: [],
  }
}

const open = /[^.;:!?…)"”/]$/u
const startsLower = /^\p{Ll}/u

/** Joins a paragraph the source broke in the middle of a sentence to its first half. */
function rejoined(nodes: readonly Node[], grammar: DocumentGrammar): Node[] {
  const result: Node[] = []
  nodes.forEach((node, index) => {
    const before = result.at(-1)
    if (before && (goesOn(before, node, nodes[index + 1]) || completesNames(before, node, nodes[index + 1], grammar))) {
      const paragraph = joined(before.paragraph, node.paragraph)
      const rest = node.marker?.kind === 'dash' ? `- ${node.text}` : node.text
      result[result.length - 1] = { ...before, paragraph, text: `${before.text} ${rest}`, lastLine: node.lastLine }
    } else result.push({ ...node })
  })
  return result
}

function goesOn(before: Node, node: Node, next: Node | undefined): boolean {
  if (!open.test(before.text) && !/\s-$/.test(before.text)) return false
  if (!node.marker) return startsLower.test(node.text) && /[\p{Ll}\s,-]/u.test(before.text)
  // A list of one item under a long open sentence is no list.
  const isAlone = next?.marker?.kind !== 'dash'
  return (
    node.marker.kind === 'dash' && isAlone && before.marker?.kind === 'decimal' && before.text.split(' ').length > 25
  )
}

/** A heading of names broken in the middle of a name: the second half is short, open, and neither name nor verb. */
function completesNames(before: Node, node: Node, next: Node | undefined, grammar: DocumentGrammar): boolean {
  if (node.marker || before.marker?.kind !== 'decimal' || !open.test(before.text) || !open.test(node.text)) return false
  const request = grammar.duties.request.exec(before.text)?.[0].length ?? 0
  const isNames = startsName(before.text, request, grammar.agencies) && next?.marker !== null && next !== undefined
  return (
    isNames &&
    node.text.split(' ').length < 25 &&
    !grammar.sentences.verb.test(node.text) &&
    !startsName(node.text, 0, grammar.agencies)
  )
}

interface Tree {
  roots: Node[]
  stack: Node[]
}

function placeMarked(node: Node, { roots, stack }: Tree, grammar: DocumentGrammar): void {
  const marker = node.marker
  if (!marker) return
  const depth = depthOf(marker)
  while (stack.length > 0) {
    const top = stack.at(-1)?.marker
    if (!top || depthOf(top) < depth) break
    stack.pop()
  }
  const parent = stack.at(-1)
  const label = marker.kind === 'decimal' ? (marker.label.split('.').at(-1) ?? '') : marker.label
  const isBullet = marker.kind === 'dash' || marker.kind === 'plus'
  const base = marker.kind === 'decimal' && parent?.marker?.kind !== 'decimal' ? marker.label : label
  node.path = isBullet ? (parent?.path ?? '') : [parent?.path ?? '', base].filter((part) => part !== '').join('.')
  node.role = (isBullet ? null : roleOf(node.text, grammar)) ?? parent?.role ?? null
  ;(parent?.children ?? roots).push(node)
  stack.push(node)
}

function placePlain(node: Node, { roots, stack }: Tree, grammar: DocumentGrammar): void {
  const isClosing = grammar.sentences.closing.test(node.text)
  const own = stack.length === 0 ? roleOf(node.text, grammar) : null
  const parent = isClosing ? stack[0] : stack.at(-1)
  node.path = parent?.path ?? ''
  node.role = own ?? parent?.role ?? null
  if (!parent) roots.push(node)
  else if (isClosing || isHeading(parent) || parent.children.length > 0) parent.children.push(node)
  else if (assigns(node.text, grammar)) {
    const at = stack.findLastIndex((one) => isHeading(one))
    stack.splice(at + 1)
    node.path = stack.at(-1)?.path ?? ''
    ;(stack.at(-1)?.children ?? roots).push(node)
  } else {
    const last = parent
    last.text = `${last.text}\n${node.text}`
    last.lastLine = node.lastLine
  }
}

/** A paragraph that gives work to a body of its own is no second paragraph of the item before it. */
function assigns(text: string, grammar: DocumentGrammar): boolean {
  const order = grammar.sentences.order.exec(text)
  if (order) return true
  if (!startsName(text, 0, grammar.agencies)) return false
  const run = readAgencies(text, 0, grammar.agencies)
  return grammar.sentences.verb.test(text.slice(run.end).trim())
}

/** Whether an item is a heading: no closing mark, or a colon. */
export function isHeading(node: Pick<Node, 'text'>): boolean {
  return /[^.;!?…/]$/u.test(node.text.trim())
}

/** What a heading's words say its section holds. */
export function roleOf(text: string, grammar: DocumentGrammar): SectionRole | null {
  if (text.length > 220) return null
  const found = grammar.sections.find(({ pattern }) => pattern.test(text))
  if (!found) return null
  // "Tổ chức theo dõi … và chế độ báo cáo" holds both; its parts say which.
  return found.role
}

/** Every node in reading order. */
export function walk(nodes: readonly Node[]): Node[] {
  return nodes.flatMap((node) => [node, ...walk(node.children)])
}
