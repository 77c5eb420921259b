import { Paragraph } from 'docx'
import type { Table } from 'docx'
import { capitalsOf, fill } from './fill.ts'
import type { HeadingSetting, OfficialLayout } from './layout.ts'
import { contentTwips, twips } from './measure.ts'
import type { DocumentBlock, OfficialDocument } from './model.ts'
import { paragraph, runsOf, spaceBefore } from './pieces.ts'
import { afterTable, ruledTable } from './tables.ts'
import { onOneLine } from './text.ts'
import { endedWith, headingNumberer, printedBasis } from './wording.ts'

/** From the addressees to the last sentence, which ends with the mark of the end and stays with the signature. */
export function textOf(document: OfficialDocument, layout: OfficialLayout): (Paragraph | Table)[] {
  const blocks = withEnd(document, layout)
  const opening = document.bases.map((basis, index) =>
    paragraph(
      'bases',
      printedBasis(basis, index === document.bases.length - 1, layout),
      index === 0 ? spaceBefore(12) : {},
    ),
  )
  const preamble = document.preamble === null ? [] : [paragraph('body', document.preamble)]
  return [
    ...addressees(document.addressees, layout),
    ...opening,
    ...preamble,
    ...blocksOf(blocks, { layout, landscape: false, keepsEnd: true }),
  ]
}

/** The text with the end mark on its last sentence; after a table the mark has a line of its own. */
function withEnd(document: OfficialDocument, layout: OfficialLayout): DocumentBlock[] {
  const { endMark } = layout.words
  if (document.closing !== null)
    return [...document.body, { type: 'paragraph', text: endedWith(document.closing, endMark) }]
  const last = document.body.at(-1)
  if (last === undefined || last.type === 'table') return [...document.body, { type: 'paragraph', text: endMark }]
  const ended =
    last.type === 'heading'
      ? { ...last, title: endedWith(last.title, endMark) }
      : { ...last, text: endedWith(last.text, endMark) }
  return [...document.body.slice(0, -1), ended]
}

/** One addressee on the line of the label; several each on a line, the dashes under the colon. */
function addressees(names: string[], layout: OfficialLayout): Paragraph[] {
  const { words, addressees: setting } = layout
  if (names.length === 0) return []
  if (names.length === 1)
    return [
      new Paragraph({
        style: 'addressees',
        alignment: 'center',
        children: runsOf(`${words.addressees} ${onOneLine(names[0] ?? '')}`),
      }),
    ]
  const left = twips(setting.indentMm + setting.labelMm)
  const lines = names.map((name, index) =>
    paragraph(
      'addressees',
      fill(words.item, { text: endedWith(onOneLine(name), index === names.length - 1 ? '.' : ';') }),
      {
        indent: { left: left + 170, hanging: 170 },
        spacing: { before: 0, after: 0 },
        keepNext: index < names.length - 1,
      },
    ),
  )
  return [
    paragraph('addressees', words.addressees, {
      indent: { left: twips(setting.indentMm) },
      keepNext: true,
      spacing: { before: 120, after: 0 },
    }),
    ...lines,
  ]
}

interface BlockSetting {
  layout: OfficialLayout
  landscape: boolean
  /** Whether the last paragraph stays with what follows (the signature). */
  keepsEnd: boolean
}

/** Blocks as paragraphs and tables, headings numbered. */
export function blocksOf(blocks: DocumentBlock[], setting: BlockSetting): (Paragraph | Table)[] {
  const next = headingNumberer(setting.layout)
  return blocks.flatMap((block, index) => {
    const extra = setting.keepsEnd && index === blocks.length - 1 ? { keepNext: true, keepLines: true } : {}
    switch (block.type) {
      case 'heading':
        return [heading(block, block.label ?? next(block.level), setting.layout)]
      case 'paragraph':
        return [paragraph('body', block.text, extra)]
      case 'item':
        return [paragraph('body', fill(setting.layout.words.item, { text: block.text }), extra)]
      case 'note':
        return [paragraph('note', block.text, extra)]
      case 'table':
        return [
          ruledTable(block.table, contentTwips(setting.layout, setting.landscape), setting.layout),
          afterTable(setting.layout),
        ]
    }
  })
}

function heading(block: Extract<DocumentBlock, { type: 'heading' }>, label: string, layout: OfficialLayout): Paragraph {
  const setting: HeadingSetting = layout.headings[block.level]
  const title = setting.capitals ? capitalsOf(block.title, layout) : block.title
  return paragraph(
    block.level,
    setting.titleBelow ? `${label}\n${title}` : `${label} ${title}`.trim(),
    setting.bold ? {} : { keepNext: false },
  )
}
