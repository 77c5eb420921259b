import type { Context } from '#platform'
import { saveSection } from '#reporting'
import { SectionContent, type FigureLine, type MoneyLine, type Paragraph } from '#reporting/model'

/** A figure of the demonstration: a count, or a numerator and what it is out of. `isEstimate` while the period runs. */
export type DemoAmount = { numerator: number; denominator?: number; isEstimate?: boolean; explanation?: string }

/** What a body writes, by section of the form; sections that are not named stay as they are. */
export type DemoWords = {
  paragraphs?: Record<string, string[]>
  figures?: Record<string, Record<string, DemoAmount>>
  /** By section, then `row:source`; whole amounts of the country's money. */
  money?: Record<string, Record<string, string>>
  obstacles?: Record<string, { theme: string; text: string; proposal: string }[]>
}

/** Writes sections of a draft: what was drawn from below stays, what was written before under the same key is replaced. */
export async function writeSections(ctx: Context, reportId: string, words: DemoWords): Promise<void> {
  const rows = await ctx.db
    .selectFrom('reporting.draftSection')
    .select(['section', 'content', 'version'])
    .where('reportId', '=', reportId)
    .execute()
  for (const { section, content, version } of rows) {
    const written = writeInto(SectionContent.parse(content), section, words)
    if (written !== undefined) await saveSection(ctx, { id: reportId, section }, { version, content: written })
  }
}

function writeInto(held: SectionContent, section: string, words: DemoWords): SectionContent | undefined {
  switch (held.kind) {
    case 'narrative': {
      const said = words.paragraphs?.[section]
      if (said === undefined) return undefined
      const own = said.map((text, at): Paragraph => ({ key: `p${at + 1}`, text, origins: [] }))
      const drawn = held.paragraphs.filter(({ origins }) => origins.length > 0)
      return { ...held, paragraphs: [...own, ...drawn] }
    }
    case 'figures': {
      const said = words.figures?.[section]
      if (said === undefined) return undefined
      return { ...held, lines: joined(held.lines, Object.entries(said).map(figureOf), ({ key }) => key) }
    }
    case 'money': {
      const said = words.money?.[section]
      if (said === undefined) return undefined
      return {
        ...held,
        lines: joined(held.lines, Object.entries(said).map(moneyOf), (line) => `${line.key}:${line.source}`),
      }
    }
    case 'obstacles': {
      const said = words.obstacles?.[section]
      if (said === undefined) return undefined
      const own = said.map((one, at) => ({ key: `v${at + 1}`, ...one, obstacleId: null, origins: [] }))
      return { ...held, lines: [...own, ...held.lines.filter(({ origins }) => origins.length > 0)] }
    }
    case 'tasks':
    case 'attachments':
      return undefined
  }
}

/** Lines with others in their place, and those that are new after them. */
function joined<L>(held: readonly L[], said: readonly L[], nameOf: (line: L) => string): L[] {
  const byName = new Map(said.map((line) => [nameOf(line), line]))
  const names = new Set(held.map(nameOf))
  return [...held.map((line) => byName.get(nameOf(line)) ?? line), ...said.filter((line) => !names.has(nameOf(line)))]
}

function figureOf([key, said]: [string, DemoAmount]): FigureLine {
  const { numerator, denominator = null, isEstimate = false, explanation = '' } = said
  const status = isEstimate ? 'E' : 'A'
  return { key, mode: 'typed', status, numerator, denominator, absence: null, comment: '', explanation }
}

function moneyOf([name, amount]: [string, string]): MoneyLine {
  const [key = '', source = ''] = name.split(':')
  return { key, source, amount, absence: null }
}
