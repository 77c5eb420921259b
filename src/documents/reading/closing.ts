import type { ReadSignature } from '../model.ts'
import { cellText, type Block } from './blocks.ts'
import type { DocumentGrammar } from './grammar.ts'

/** Recipients and signature, and which blocks hold them. */
export interface Closing {
  recipients: string[]
  signature: ReadSignature
  blocks: ReadonlySet<Block>
}

/**
 * Reads the recipients and the signature block.
 *
 * They stand side by side in a table, or one after the other as paragraphs. A decision that issues a plan has them
 * before the plan: the first block counts.
 *
 * @param bodyStart index of the first block after the preamble; an authority's name above it signs nothing
 */
export function readClosing(blocks: readonly Block[], bodyStart: number, grammar: DocumentGrammar): Closing {
  const used = new Set<Block>()
  let recipients: string[] = []
  let signature: ReadSignature = { capacity: null, post: null, name: null }
  blocks.forEach((block, index) => {
    if (block.kind === 'table') {
      const cells = block.rows.flatMap((row) => row.cells)
      const listed = cells.findIndex((cell) => grammar.closing.recipients.test(cellText(cell)))
      const below = cells.slice(listed).filter((cell) => cell.column === cells[listed]?.column)
      if (listed < 0) return
      used.add(block)
      const right = cells.filter(
        (cell) => cell.column !== cells[listed]?.column && !grammar.closing.recipients.test(cellText(cell)),
      )
      if (recipients.length === 0)
        recipients = itemsOf(
          below.flatMap((cell) => cell.paragraphs.map((found) => found.text)),
          grammar,
        )
      if (!signature.name && !signature.post) signature = readSignature(right.map(cellText).join(' '), grammar)
    } else if (grammar.closing.recipients.test(block.text)) {
      used.add(block)
      const lines = [block.text, ...followingItems(blocks, index + 1, used)]
      if (recipients.length === 0) recipients = itemsOf(lines, grammar)
    } else if (index >= bodyStart && isSignature(block.text, grammar) && !signature.name) {
      used.add(block)
      const lines = signatureLines(blocks, index + 1, used)
      signature = readSignature([block.text, ...lines].join(' '), grammar)
    }
  })
  return { recipients, signature, blocks: used }
}

function isSignature(text: string, grammar: DocumentGrammar): boolean {
  const isPost = grammar.closing.post.test(text) && text === text.toUpperCase() && text.length < 80
  return text.length < 160 && (grammar.closing.capacity.test(text) || isPost)
}

function followingItems(blocks: readonly Block[], from: number, used: Set<Block>): string[] {
  const items: string[] = []
  for (const block of blocks.slice(from)) {
    if (block.kind !== 'paragraph' || !/^[-–+]\s*\S/u.test(block.text)) break
    used.add(block)
    items.push(block.text)
  }
  return items
}

/** Lines of a signature set as paragraphs: powers and posts in capitals, then one name. */
function signatureLines(blocks: readonly Block[], from: number, used: Set<Block>): string[] {
  const lines: string[] = []
  for (const block of blocks.slice(from, from + 6)) {
    if (block.kind !== 'paragraph' || block.text.length > 80) break
    used.add(block)
    lines.push(block.text)
    if (block.text !== block.text.toUpperCase()) break
  }
  return lines
}

/** One recipient a line; a list run together is parted where a hyphen follows a closed item. */
function itemsOf(lines: readonly string[], grammar: DocumentGrammar): string[] {
  const items: string[] = []
  const whole = lines.map((line) => line.replace(grammar.closing.recipients, '').trim()).filter((line) => line !== '')
  for (const line of whole) {
    for (const part of line.split(/(?:^|(?<=[;.:)])\s*)[-–]\s+/u)) {
      const item = part.replace(/^[-–]\s*/u, '').trim()
      if (item === '') continue
      const before = items.at(-1)
      if (before !== undefined && !/^[-–]/u.test(line) && !/[;.:)]$/u.test(before))
        items[items.length - 1] = `${before} ${item}`
      else if (before !== undefined && /^[+]/u.test(item)) items[items.length - 1] = `${before} ${item}`
      else if (/^[-–+]/u.test(line) || line.includes('- ') || items.length === 0) items.push(item)
    }
  }
  return items.map((item) => item.replace(/\s*[;.]+$/u, ''))
}

/** "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Nguyễn Văn A": powers, the post that signs, the name. */
function readSignature(words: string, grammar: DocumentGrammar): ReadSignature {
  const text = words.slice(0, 400).replace(/\s+/g, ' ').trim()
  const named = /^(?<capitals>[^\p{Ll}]*?)\s*(?<name>(?:(?<!\p{L})\p{Lu}\p{Ll}*(?:\s+|$)){1,7})$/u.exec(text)
  const capitals = (named?.groups?.capitals ?? text).replace(/\([^)]*\)/g, '').trim()
  const posts = [...capitals.matchAll(new RegExp(grammar.closing.post.source, 'gu'))]
  const last = posts.at(-1)
  const name = named?.groups?.name?.trim() ?? null
  if (!last) return { capacity: capitals === '' ? null : capitals, post: null, name }
  const before = capitals.slice(0, last.index).trim()
  const hasPower = grammar.closing.capacity.test(before)
  return {
    capacity: hasPower ? before : null,
    post: hasPower ? capitals.slice(last.index).trim() : capitals.slice(Math.max(0, posts[0]?.index ?? 0)).trim(),
    name,
  }
}
