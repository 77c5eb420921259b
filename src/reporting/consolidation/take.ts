/**
 * How lines of reports below come into a draft with their origins. Thousands are taken at once: each finds its place by an index, as if they
 * had been taken one after the other. Pure.
 */
import type { MoneyLine, ObstacleLine, Origin, Paragraph, ReportContent, SectionContent, TaskLine } from '../model.ts'
import { drawable, type Change } from './draw.ts'
import { inOrder, placedIn, type InOrder, type Placed } from './in-order.ts'

/** One line that is taken over into a section. */
export type Taking = {
  reportId: string
  number: number
  change: Change
  content: ReportContent
  /** What this report had of it, where it had; undefined: cannot be read any more. */
  before: ReportContent | undefined
}

const originOf = ({ reportId, number, change }: Taking): Origin => ({ reportId, number, line: change.said.line })
const nameOf = ({ reportId, line }: Pick<Origin, 'reportId' | 'line'>): string => `${reportId} ${line}`
const nameFrom = (taking: Taking): string => nameOf(originOf(taking))

/** A section with lines taken over in their order, each of them once. @param newKey of what is new in it */
export function take(section: SectionContent, takings: readonly Taking[], newKey: () => string): SectionContent {
  switch (section.kind) {
    case 'narrative':
      return { ...section, paragraphs: takeParagraphs(section.paragraphs, takings, newKey) }
    case 'obstacles':
      return { ...section, lines: takeObstacles(section.lines, takings, newKey) }
    case 'money':
      return { ...section, lines: takeMoney(section.lines, takings) }
    case 'tasks':
      return { ...section, lines: takeTasks(section.lines, takings, newKey) }
    case 'figures':
    case 'attachments':
      return section
  }
}

type WithOrigins = { origins: readonly Origin[] }

/** Lines by what they came from. */
function byOrigin<Line extends WithOrigins>(list: InOrder<Line>): (taking: Taking) => Placed<Line>[] {
  const index = new Map<string, Placed<Line>[]>()
  for (const placed of placedIn(list))
    for (const name of new Set(placed.line.origins.map(nameOf))) {
      const known = index.get(name)
      if (known === undefined) index.set(name, [placed])
      else known.push(placed)
    }
  // What was put in another's place meanwhile comes from there no more.
  return (taking) =>
    (index.get(nameFrom(taking)) ?? []).filter(
      ({ line, isGone }) => !isGone && line.origins.some((origin) => nameOf(origin) === nameFrom(taking)),
    )
}

const without = (origins: readonly Origin[], taking: Taking): Origin[] =>
  origins.filter((origin) => nameOf(origin) !== nameFrom(taking))

/**
 * Words that nobody edited since are replaced; edited ones stay, and what is said now comes after them as a paragraph of its own, for
 * the consolidator to bring together. Words withdrawn below go, unless they were edited or come from others too.
 */
function takeParagraphs(
  paragraphs: readonly Paragraph[],
  takings: readonly Taking[],
  newKey: () => string,
): Paragraph[] {
  const list = inOrder(paragraphs)
  const from = byOrigin(list)
  for (const taking of takings) {
    const { said, kind } = taking.change
    const [held] = from(taking)
    const fresh = (): Paragraph => ({ key: newKey(), text: said.words, origins: [originOf(taking)] })
    if (held === undefined) {
      if (kind !== 'withdrawn') list.insert(fresh())
      continue
    }
    const { line } = held
    const isUntouched = line.origins.length === 1 && line.text === wordsIn(taking.before, said.line)
    if (kind === 'withdrawn') {
      if (isUntouched) list.remove(held)
      else held.line = { ...line, origins: without(line.origins, taking) }
    } else if (isUntouched) held.line = { ...line, text: said.words, origins: [originOf(taking)] }
    else list.insert(fresh(), held)
  }
  return list.lines()
}

function wordsIn(content: ReportContent | undefined, line: string): string | undefined {
  return content === undefined ? undefined : drawable(content).find((one) => one.line === line)?.words
}

const plain = (words: string): string => words.normalize('NFC').toLowerCase().replace(/\s+/gu, ' ').trim()
const sameAs = ({ theme, text }: Pick<ObstacleLine, 'theme' | 'text'>): string => `${theme} ${plain(text)}`

/**
 * An obstacle that says the same of the same theme is one, with all who raised it; a new one stands beside others of its theme. One that
 * was edited since stays beside what is said now.
 */
function takeObstacles(
  lines: readonly ObstacleLine[],
  takings: readonly Taking[],
  newKey: () => string,
): ObstacleLine[] {
  const list = inOrder(lines)
  const from = byOrigin(list)
  const same = Map.groupBy(placedIn(list), ({ line }) => sameAs(line))
  const ofTheme = Map.groupBy(placedIn(list), ({ line }) => line.theme)
  for (const taking of takings) {
    const was = taking.before && obstacleIn(taking.before, taking)
    for (const held of from(taking)) {
      const origins = without(held.line.origins, taking)
      if (origins.length > 0) held.line = { ...held.line, origins }
      else if (was !== undefined && !isEdited(held.line, was)) list.remove(held)
      else if (taking.change.kind === 'withdrawn') held.line = { ...held.line, origins }
    }
    const below = obstacleIn(taking.content, taking)
    if (taking.change.kind === 'withdrawn' || below === undefined) continue
    const name = sameAs(below)
    const held = same.get(name)?.find(({ isGone }) => !isGone)
    if (held !== undefined) {
      held.line = { ...held.line, origins: [...held.line.origins, originOf(taking)] }
      continue
    }
    const { theme, text, proposal, obstacleId } = below
    const added = { key: newKey(), theme, text, proposal, obstacleId, origins: [originOf(taking)] }
    const others = ofTheme.get(theme) ?? []
    ofTheme.set(theme, others)
    while (others.at(-1)?.isGone === true) others.pop()
    const placed = list.insert(added, others.at(-1) ?? list.last)
    others.push(placed)
    same.set(name, [placed])
  }
  return list.lines()
}

const isEdited = (now: ObstacleLine, was: ObstacleLine): boolean =>
  now.text !== was.text || now.proposal !== was.proposal || now.theme !== was.theme

function obstacleIn({ sections }: ReportContent, { change }: Taking): ObstacleLine | undefined {
  for (const { key, content: said } of sections) {
    const found = said.kind === 'obstacles' ? said.lines.find((one) => `${key}/${one.key}` === change.said.line) : null
    if (found) return found
  }
  return undefined
}

/**
 * The sum of a cell changes by what is new in it; what this body spends itself stays in it. Where the last that was said of it is
 * withdrawn, nothing is said: that is not zero.
 */
function takeMoney(lines: readonly MoneyLine[], takings: readonly Taking[]): MoneyLine[] {
  const cells = new Map<string, { at: number; origins: Map<string, Origin[]>; sum: bigint }>()
  const result: (MoneyLine | null)[] = [...lines]
  for (const [at, line] of lines.entries()) {
    const name = `${line.key}:${line.source}`
    if (cells.has(name)) continue
    const origins = Map.groupBy(line.origins ?? [], nameOf)
    cells.set(name, { at, origins, sum: BigInt(line.amount ?? '0') })
  }
  const touched = new Set<string>()
  for (const taking of takings) {
    const { said, known, kind } = taking.change
    const [, name = ''] = said.line.split('/')
    const cell = cells.get(name) ?? { at: result.length, origins: new Map<string, Origin[]>(), sum: 0n }
    const [key = '', source = ''] = name.split(':')
    // What is in the sum of it, also where a later change was left out.
    const sum = cell.sum - BigInt(known?.amount ?? '0') + (kind === 'withdrawn' ? 0n : BigInt(said.amount ?? '0'))
    // Less than came from below was written here by hand: that stays, as edited words do.
    if (sum >= 0n) cell.sum = sum
    cell.origins.delete(nameFrom(taking))
    if (kind !== 'withdrawn') cell.origins.set(nameFrom(taking), [originOf(taking)])
    else if (cell.origins.size === 0 && cell.sum === 0n) {
      if (cells.delete(name)) result[cell.at] = null
      continue
    }
    if (!cells.has(name)) result.push({ key, source, amount: '0', absence: null, origins: [] })
    cells.set(name, cell)
    touched.add(name)
  }
  for (const name of touched) {
    const cell = cells.get(name)
    const line = cell && result[cell.at]
    if (!cell || !line) continue
    const { key, source } = line
    const origins = [...cell.origins.values()].flat()
    result[cell.at] = { key, source, amount: String(cell.sum), absence: null, origins }
  }
  return result.flatMap((line) => line ?? [])
}

/** A task that nobody edited since is replaced; an edited one stays, and what is said now comes after it. */
function takeTasks(lines: readonly TaskLine[], takings: readonly Taking[], newKey: () => string): TaskLine[] {
  const list = inOrder(lines)
  const from = byOrigin(list)
  for (const taking of takings) {
    const [held] = from(taking)
    const below = taskOf(taking)
    const isUntouched = held?.line.text === wordsIn(taking.before, taking.change.said.line)
    if (taking.change.kind === 'withdrawn' || below === undefined) {
      if (held !== undefined && isUntouched) list.remove(held)
      else if (held !== undefined) held.line = { ...held.line, origins: without(held.line.origins, taking) }
      continue
    }
    const origins = [originOf(taking)]
    if (held !== undefined && isUntouched) held.line = { ...below, key: held.line.key, origins }
    else list.insert({ ...below, key: newKey(), origins }, held)
  }
  return list.lines()
}

function taskOf({ content, change }: Taking): TaskLine | undefined {
  for (const { key, content: said } of content.sections) {
    const found = said.kind === 'tasks' ? said.lines.find((one) => `${key}/${one.key}` === change.said.line) : null
    if (found) return found
  }
  return undefined
}
