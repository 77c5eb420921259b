/** Drawing from reports below: what differs, and how it comes into a draft with its origins. Pure. */
import type { MoneyLine, ObstacleLine, Paragraph, ReportContent, SectionContent } from '../model.ts'
import { canonical } from '../reports/rules.ts'

/** A line below that can be taken over. */
export type SaidLine = {
  section: string
  line: string
  words: string
  theme: string | null
  amount: string | null
  /** What it is known by when it is compared. */
  canonical: string
}

/** What a report has of a line below already. */
export type KnownLine = {
  reportId: string
  line: string
  number: number
  outcome: 'taken' | 'left'
  digest: string
  amount: string | null
}

export type Change = { kind: 'new' | 'changed' | 'withdrawn'; said: SaidLine; known: KnownLine | undefined }

/** The lines of a submission that a report above takes over; figures come by their totals, files stay where they are. */
export function drawable(content: ReportContent): SaidLine[] {
  return content.sections.flatMap(({ key, content: said }): SaidLine[] => {
    const of = (line: string, over: Omit<SaidLine, 'section' | 'line' | 'canonical'>, meant: unknown): SaidLine => ({
      ...{ section: key, line: `${key}/${line}`, canonical: canonical(meant) },
      ...over,
    })
    switch (said.kind) {
      case 'narrative':
        return said.paragraphs
          .filter(({ text }) => text.trim() !== '')
          .map(({ key: line, text }) => of(line, { words: text, theme: null, amount: null }, text))
      case 'tasks':
        return said.lines
          .filter(({ text }) => text.trim() !== '')
          .map(({ key: line, text, standing, nodeId }) =>
            of(line, { words: text, theme: null, amount: null }, { text, standing, nodeId }),
          )
      case 'money':
        return said.lines.flatMap(({ key: line, source, amount }) =>
          amount === null ? [] : [of(`${line}:${source}`, { words: '', theme: null, amount }, amount)],
        )
      case 'obstacles':
        return said.lines.map(({ key: line, theme, text, proposal }) =>
          of(line, { words: text, theme, amount: null }, { theme, text, proposal }),
        )
      case 'quoted':
      case 'figures':
      case 'attachments':
        return []
    }
  })
}

/** How the lines of a submission below differ from what a report has of them. */
export function changesTo(
  said: readonly SaidLine[],
  known: readonly KnownLine[],
  digestOf: (canonical: string) => string,
): Change[] {
  const byLine = new Map(known.map((one) => [one.line, one]))
  const now = new Set(said.map(({ line }) => line))
  const fresh = said.flatMap((line): Change[] => {
    const had = byLine.get(line.line)
    if (had === undefined || had.digest === '') return [{ kind: 'new', said: line, known: had }]
    return had.digest === digestOf(line.canonical) ? [] : [{ kind: 'changed', said: line, known: had }]
  })
  const gone = known
    .filter(
      ({ line, outcome, digest, amount }) =>
        (outcome === 'taken' || amount !== null) && digest !== '' && !now.has(line),
    )
    .map((had): Change => {
      const section = had.line.split('/')[0] ?? ''
      const said: SaidLine = { section, line: had.line, words: '', theme: null, amount: null, canonical: '' }
      return { kind: 'withdrawn', said, known: had }
    })
  return [...fresh, ...gone]
}

/** One line that is taken over into a section. `words` as they were when it was taken before, to know whether they were edited since. */
export type Taking = {
  reportId: string
  number: number
  change: Change
  content: ReportContent
  /** What this report had of it, where it had; undefined: cannot be read any more. */
  before: ReportContent | undefined
}

const isFrom = (origin: { reportId: string; line: string }, of: Taking): boolean =>
  origin.reportId === of.reportId && origin.line === of.change.said.line

const originOf = ({ reportId, number, change }: Taking) => ({ reportId, number, line: change.said.line })

/** A section with one line taken over. @param newKey of what is new in it */
export function take(section: SectionContent, taking: Taking, newKey: () => string): SectionContent {
  switch (section.kind) {
    case 'narrative':
      return { ...section, paragraphs: takeParagraph(section.paragraphs, taking, newKey) }
    case 'obstacles':
      return { ...section, lines: takeObstacle(section.lines, taking, newKey) }
    case 'money':
      return { ...section, lines: takeMoney(section.lines, taking) }
    case 'tasks':
      return takeTask(section, taking, newKey)
    case 'figures':
    case 'attachments':
      return section
  }
}

/**
 * Words that nobody edited since are replaced; edited ones stay, and what is said now comes after them as a paragraph of its own, for
 * the consolidator to bring together. Words withdrawn below go, unless they were edited or come from others too.
 */
function takeParagraph(paragraphs: readonly Paragraph[], taking: Taking, newKey: () => string): Paragraph[] {
  const { said, kind } = taking.change
  const at = paragraphs.findIndex(({ origins }) => origins.some((origin) => isFrom(origin, taking)))
  const held = paragraphs[at]
  if (held === undefined)
    return kind === 'withdrawn'
      ? [...paragraphs]
      : [...paragraphs, { key: newKey(), text: said.words, origins: [originOf(taking)] }]
  const isUntouched = held.origins.length === 1 && held.text === wordsIn(taking.before, said.line)
  if (kind === 'withdrawn')
    return isUntouched
      ? paragraphs.toSpliced(at, 1)
      : paragraphs.with(at, { ...held, origins: held.origins.filter((origin) => !isFrom(origin, taking)) })
  if (isUntouched) return paragraphs.with(at, { ...held, text: said.words, origins: [originOf(taking)] })
  return paragraphs.toSpliced(at + 1, 0, { key: newKey(), text: said.words, origins: [originOf(taking)] })
}

function wordsIn(content: ReportContent | undefined, line: string): string | undefined {
  return content === undefined ? undefined : drawable(content).find((one) => one.line === line)?.words
}

const plain = (words: string): string => words.normalize('NFC').toLowerCase().replace(/\s+/gu, ' ').trim()

/** An obstacle that says the same of the same theme is one, with all who raised it; one that was edited since stays beside what is said now. */
function takeObstacle(lines: readonly ObstacleLine[], taking: Taking, newKey: () => string): ObstacleLine[] {
  const line = taking.change.said.line
  const was = taking.before === undefined ? undefined : obstacleIn(taking.before, line)
  const without = lines.flatMap((one) => {
    const origins = one.origins.filter((origin) => !isFrom(origin, taking))
    if (origins.length === one.origins.length) return [one]
    if (origins.length > 0) return [{ ...one, origins }]
    const isEdited =
      was === undefined || one.text !== was.text || one.proposal !== was.proposal || one.theme !== was.theme
    if (!isEdited) return []
    return [taking.change.kind === 'withdrawn' ? { ...one, origins } : one]
  })
  const below = obstacleIn(taking.content, line)
  if (taking.change.kind === 'withdrawn' || below === undefined) return without
  const same = without.findIndex((one) => one.theme === below.theme && plain(one.text) === plain(below.text))
  const held = without[same]
  if (held !== undefined) return without.with(same, { ...held, origins: [...held.origins, originOf(taking)] })
  const { theme, text, proposal, obstacleId } = below
  const added = { key: newKey(), theme, text, proposal, obstacleId, origins: [originOf(taking)] }
  // Beside others of its theme.
  const last = without.findLastIndex((one) => one.theme === theme)
  return last < 0 ? [...without, added] : without.toSpliced(last + 1, 0, added)
}

const obstacleIn = (content: ReportContent, line: string): ObstacleLine | undefined =>
  content.sections.flatMap(({ key, content: said }) =>
    said.kind === 'obstacles' ? said.lines.filter((one) => `${key}/${one.key}` === line) : [],
  )[0]

/**
 * The sum of a cell changes by what is new in it; what this body spends itself stays in it. Where the last that was said of it is
 * withdrawn, nothing is said: that is not zero.
 */
function takeMoney(lines: readonly MoneyLine[], taking: Taking): MoneyLine[] {
  const { said, known, kind } = taking.change
  const [, cell = ''] = said.line.split('/')
  const [key = '', source = ''] = cell.split(':')
  const at = lines.findIndex((line) => line.key === key && line.source === source)
  const held = lines[at]
  // What is in the sum of it, also where a later change was left out.
  const before = BigInt(known?.amount ?? '0')
  const now = kind === 'withdrawn' ? 0n : BigInt(said.amount ?? '0')
  const sum = BigInt(held?.amount ?? '0') - before + now
  const others = (held?.origins ?? []).filter((origin) => !isFrom(origin, taking))
  const origins = kind === 'withdrawn' ? others : [...others, originOf(taking)]
  if (kind === 'withdrawn' && others.length === 0 && sum <= 0n)
    return held === undefined ? [...lines] : lines.toSpliced(at, 1)
  const line: MoneyLine = { key, source, amount: String(sum < 0n ? 0n : sum), absence: null, origins }
  return held === undefined ? [...lines, line] : lines.with(at, line)
}

/** A task that nobody edited since is replaced; an edited one stays, and what is said now comes after it. */
function takeTask(
  section: Extract<SectionContent, { kind: 'tasks' }>,
  taking: Taking,
  newKey: () => string,
): SectionContent {
  const line = taking.change.said.line
  const below = taking.content.sections.flatMap(({ key, content }) =>
    content.kind === 'tasks' ? content.lines.filter((one) => `${key}/${one.key}` === line) : [],
  )[0]
  const at = section.lines.findIndex(({ origins }) => origins.some((origin) => isFrom(origin, taking)))
  const held = section.lines[at]
  const { lines } = section
  const isUntouched = held?.text === wordsIn(taking.before, line)
  if (taking.change.kind === 'withdrawn' || below === undefined) {
    if (held === undefined) return section
    const left = { ...held, origins: held.origins.filter((origin) => !isFrom(origin, taking)) }
    return { ...section, lines: isUntouched ? lines.toSpliced(at, 1) : lines.with(at, left) }
  }
  const taken = { ...below, key: newKey(), origins: [originOf(taking)] }
  if (held === undefined) return { ...section, lines: [...lines, taken] }
  if (!isUntouched) return { ...section, lines: lines.toSpliced(at + 1, 0, taken) }
  return { ...section, lines: lines.with(at, { ...taken, key: held.key }) }
}
