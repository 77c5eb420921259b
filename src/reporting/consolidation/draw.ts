/** Drawing from reports below: what differs. Pure. */
import type { ReportContent } from '../model.ts'
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
