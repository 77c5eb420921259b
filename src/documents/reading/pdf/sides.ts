import type { Frame, Placed } from './flow.ts'
import { lineText, type Line, type Word } from './lines.ts'

/** A stretch of a page: lines one under the other, or two columns beside each other. */
export type Stretch =
  | { kind: 'lines'; placed: Placed[] }
  | { kind: 'beside'; left: Placed[]; right: Placed[]; top: number; corridor: Corridor }
  | { kind: 'columns'; placed: Placed[] }

/** A part of a line between wide gaps. */
interface Part {
  words: Word[]
  left: number
  right: number
}

/** An empty strip between two columns, from its left edge to its right. */
export interface Corridor {
  from: number
  to: number
}

/**
 * Finds text set side by side without rules: a letterhead, a signature beside the recipients, columns of a gazette.
 * An empty corridor runs down between both sides through consecutive lines.
 */
export function stretchesOf(lines: readonly Line[], body: Frame, carried: Corridor | null = null): Stretch[] {
  const rest = carried === null ? null : restOfRun(lines, carried, body)
  const stretches: Stretch[] = rest === null ? [] : [rest.stretch]
  let plain: Line[] = []
  const close = (): void => {
    if (plain.length > 0) stretches.push({ kind: 'lines', placed: plain.map((line) => ({ line, frame: body })) })
    plain = []
  }
  for (let at = rest?.next ?? 0; at < lines.length;) {
    const run = runAt(lines, { at, free: at - plain.length }, body)
    if (run) {
      plain.splice(plain.length - run.before, run.before)
      close()
      stretches.push(run.stretch)
      at = run.next
      continue
    }
    const line = lines[at]
    if (line) plain.push(line)
    at += 1
  }
  close()
  return stretches
}

/** Lines at the top of a page that go on with columns from the page before, until one stands across or in the middle. */
function restOfRun(lines: readonly Line[], carried: Corridor, body: Frame): { stretch: Stretch; next: number } | null {
  let corridor = carried
  let next = 0
  const middle = (body.left + body.right) / 2
  for (const line of lines) {
    const free = narrowed(corridor, line)
    const isCentral = Math.abs((line.left + line.right) / 2 - middle) < (body.right - body.left) * 0.06
    if (free === null || (isCentral && partsOf(line).length === 1)) break
    corridor = free
    next += 1
  }
  const sides = lines.slice(0, next).map((line) => sidesOf(line, corridor))
  const [left, right] = [sides.flatMap((one) => one.left ?? []), sides.flatMap((one) => one.right ?? [])]
  return next === 0 ? null : { stretch: stretchOf(left, right, corridor), next }
}

interface Run {
  stretch: Stretch
  /** Lines before the seed that belong to it, and the first line after it. */
  before: number
  next: number
}

/** @param where the line to begin with, and the first that no earlier run has taken */
function runAt(lines: readonly Line[], where: { at: number; free: number }, body: Frame): Run | null {
  const { at } = where
  const seed = lines[at]
  if (!seed) return null
  const beside = lines.slice(at + 1, at + 3).filter((line) => line.y - seed.y < seed.size * 0.9)
  for (const gap of [seed, ...beside.map((line) => sideBySide(seed, line))].flatMap(gapsOf)) {
    const found = runFrom(lines, where, gap, body)
    if (found) return found
  }
  return null
}

/** Two lines at nearly one height, as columns of different leading have them, seen as one. */
function sideBySide(line: Line, other: Line): Line {
  const words = [...line.words, ...other.words].sort((a, b) => a.left - b.left)
  return { ...line, words }
}

/** Wide gaps of a line; not the one after a number or bullet that opens an item. */
function gapsOf(line: Line): Corridor[] {
  const parts = partsOf(line)
  return parts.slice(1).flatMap((part, index) => {
    const before = parts[index]
    if (!before) return []
    const label = before.words.map((word) => word.text).join(' ')
    const isLabel = index === 0 && /^(?:[-–+•*]|\(?[\p{L}\d]{1,4}(?:\.\d{1,2})*[.)]?)$/u.test(label)
    return isLabel ? [] : [{ from: before.right, to: part.left }]
  })
}

function partsOf(line: Line): Part[] {
  const parts: Part[] = []
  for (const word of line.words) {
    const last = parts.at(-1)
    if (last && word.left - last.right < line.size * 1.1) {
      last.words.push(word)
      last.right = word.right
    } else parts.push({ words: [word], left: word.left, right: word.right })
  }
  return parts
}

/** The corridor that is left free when a line joins, or `null` where its words stand across it. */
function narrowed(corridor: Corridor, line: Line): Corridor | null {
  let { from, to } = corridor
  for (const part of partsOf(line)) {
    if (part.right <= from || part.left >= to) continue
    const isLeft = part.left <= from || (part.right < to && part.left - from < to - part.right)
    if (part.left <= from && part.right >= to) return null
    if (isLeft) from = part.right
    else to = part.left
  }
  return to - from >= line.size * 0.75 ? { from, to } : null
}

function sidesOf(line: Line, corridor: Corridor): { left: Line | null; right: Line | null } {
  const middle = (corridor.from + corridor.to) / 2
  const cut = (words: readonly Word[]): Line | null => {
    const [first, last] = [words[0], words.at(-1)]
    return first && last ? { ...line, words: [...words], left: first.left, right: last.right } : null
  }
  return {
    left: cut(line.words.filter((word) => word.right <= middle)),
    right: cut(line.words.filter((word) => word.left >= middle)),
  }
}

function runFrom(
  lines: readonly Line[],
  { at: seed, free }: { at: number; free: number },
  gap: Corridor,
  body: Frame,
): Run | null {
  let corridor = gap
  let [first, last] = [seed, seed]
  const joins = (index: number): boolean => {
    const line = lines[index]
    const free = line ? narrowed(corridor, line) : null
    if (free) corridor = free
    return free !== null
  }
  while (last + 1 < lines.length && joins(last + 1)) last += 1
  while (first > free && seed - first < 3 && joins(first - 1)) first -= 1
  const between = lines.slice(first, last + 1).map((line) => sidesOf(line, corridor))
  const trimmed = trim(between, body)
  if (!trimmed) return null
  const { from, to } = trimmed
  if (first + from > seed || first + to < seed) return null
  const inside = between.slice(from, to + 1)
  const [left, right] = [inside.flatMap((one) => one.left ?? []), inside.flatMap((one) => one.right ?? [])]
  if (isListOfLabels(inside)) return null
  return {
    stretch: stretchOf(left, right, corridor),
    before: Math.max(0, seed - first - from),
    next: first + to + 1,
  }
}

type Sides = { left: Line | null; right: Line | null }

/** Leaves out lines above and below that stand on one side only and belong to the text around. */
function trim(sides: readonly Sides[], body: Frame): { from: number; to: number } | null {
  const ys = (key: 'left' | 'right'): number[] => sides.flatMap((one) => (one[key] ? [one[key].y] : []))
  const [lefts, rights] = [ys('left'), ys('right')]
  if (lefts.length === 0 || rights.length === 0) return null
  const yOf = (one: Sides | undefined): number => one?.left?.y ?? one?.right?.y ?? 0
  const sizeOf = (one: Sides | undefined): number => one?.left?.size ?? one?.right?.size ?? 12
  const top = Math.max(Math.min(...lefts), Math.min(...rights))
  let from = 0
  while (from < sides.length && top - yOf(sides[from]) > sizeOf(sides[from]) * 0.9) from += 1
  const bottom = Math.min(Math.max(...lefts), Math.max(...rights))
  const middle = (body.left + body.right) / 2
  const width = body.right - body.left
  let to = sides.length - 1
  for (let at = from; at < sides.length; at += 1) {
    const [one, before] = [sides[at], sides[at - 1]]
    if (yOf(one) <= bottom + 1) continue
    const line = one?.left ?? one?.right
    const isOwn = line ? Math.abs((line.left + line.right) / 2 - middle) > width * 0.06 : false
    const gap = at > from ? yOf(one) - yOf(before) : 0
    const goesOn = one?.right ? gap < sizeOf(one) * 12 : gap < sizeOf(one) * 2.2
    if (isOwn && goesOn) continue
    to = at - 1
    break
  }
  const kept = sides.slice(from, to + 1)
  const count = (key: 'left' | 'right'): number => kept.filter((one) => one[key]).length
  const isRun = count('left') >= 1 && count('right') >= 1 && count('left') + count('right') >= 3
  return isRun ? { from, to } : null
}

/** Labels with a tab before what they name are lines of text, not two columns. */
function isListOfLabels(sides: readonly Sides[]): boolean {
  const both = sides.filter((one) => one.left && one.right)
  const labels = both.filter((one) => {
    const text = one.left ? lineText(one.left) : ''
    return text.endsWith(':') || /^(?:[-–+•*]|\(?[\p{L}\d]{1,4}(?:\.\d{1,2})*[.)]?)$/u.test(text)
  })
  return both.length > 0 && labels.length > both.length / 2 && labels.length > sides.length / 3
}

function stretchOf(left: readonly Line[], right: readonly Line[], corridor: Corridor): Stretch {
  const [first, second] = [framed(left), framed(right)]
  const isFull = (placed: readonly Placed[]): boolean => {
    const full = placed.filter(({ line, frame }) => line.right > frame.right - line.size * 1.5)
    return placed.length >= 8 && full.length > placed.length * 0.6
  }
  if (isFull(first) && isFull(second)) return { kind: 'columns', placed: [...first, ...second] }
  return {
    kind: 'beside',
    left: first,
    right: second,
    top: Math.min(left[0]?.y ?? Infinity, right[0]?.y ?? Infinity),
    corridor,
  }
}

function framed(lines: readonly Line[]): Placed[] {
  const [left, right] = [Math.min(...lines.map((line) => line.left)), Math.max(...lines.map((line) => line.right))]
  const off = lines.filter((line) => Math.abs((line.left + line.right - left - right) / 2) > line.size * 0.6)
  const isCentred = off.length <= lines.length * 0.25
  const frame: Frame = { left, right, kind: 'beside', isCentred }
  return lines.map((line) => ({ line, frame }))
}

/** Columns joined over pages have one frame. */
export function reframed(placed: readonly Placed[]): Placed[] {
  return framed(placed.map(({ line }) => line))
}
