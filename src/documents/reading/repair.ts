import type { Block, Paragraph } from './blocks.ts'
import type { DocumentGrammar } from './grammar.ts'
import type { Finding } from './header.ts'

/** Puts right letters a font or crawl is known to break, and says how often. */
export function repaired(blocks: readonly Block[], grammar: DocumentGrammar, findings: Finding[]): Block[] {
  let count = 0
  const fix = (paragraph: Paragraph): Paragraph => {
    let text = paragraph.text
    for (const { pattern, by } of grammar.repairs) {
      text = text.replace(pattern, () => {
        count += 1
        return by
      })
    }
    return text === paragraph.text ? paragraph : { ...paragraph, text }
  }
  const result = blocks.map((block) =>
    block.kind === 'paragraph'
      ? fix(block)
      : {
          ...block,
          rows: block.rows.map((row) => ({
            ...row,
            cells: row.cells.map((cell) => ({ ...cell, paragraphs: cell.paragraphs.map(fix) })),
          })),
        },
  )
  if (count > 0) findings.push({ code: 'text-repaired', params: { count }, source: null })
  return result
}
