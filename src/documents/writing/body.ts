import { capitalsOf, fill } from './fill.ts'
import type { HeadingSetting, OfficialLayout } from './layout.ts'
import { contentTwips, twips } from './measure.ts'
import type { DocumentBlock, OfficialDocument } from './model.ts'
import { labelled, marked, paragraph, space } from './pieces.ts'
import type { Piece, Setting } from './pieces.ts'
import { onOneLine } from './text.ts'
import { endedWith, headingNumberer, printedBasis } from './wording.ts'

/** From the addressees to the last sentence, which ends with the mark of the end and stays with the signature. */
export function textOf(document: OfficialDocument, layout: OfficialLayout): Piece[] {
  const blocks = withEnd(document, layout)
  const opening = document.bases.map((basis, index) =>
    paragraph('bases', printedBasis(basis, index === document.bases.length - 1, layout)),
  )
  const preamble = document.preamble === null ? [] : [paragraph('body', document.preamble)]
  return [
    ...addressees(document.addressees, layout),
    ...(document.decision === null ? [] : [paragraph('authority', capitalsOf(document.decision.authority, layout))]),
    ...opening,
    ...preamble,
    ...(document.decision === null ? [] : [paragraph('authority', document.decision.enacting)]),
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
function addressees(names: string[], layout: OfficialLayout): Piece[] {
  const { words, addressees: setting } = layout
  const [only, ...others] = names.map(onOneLine)
  if (only === undefined) return []
  if (others.length === 0) {
    const line = `${words.addressees} ${only}`
    return [paragraph('addressees', line, { alignment: 'center', ...space({ before: 12, after: 12 }) })]
  }
  const dash = twips(setting.indentMm + setting.labelMm)
  const lines = names.map((name, index) => {
    const isLast = index === names.length - 1
    const text = fill(words.item, { text: endedWith(onOneLine(name), isLast ? '.' : ';') })
    return paragraph('addressees', text, {
      indent: { left: dash + DASH_TWIPS, hanging: DASH_TWIPS },
      keepNext: !isLast,
      ...space({ before: 0, after: isLast ? 12 : 0 }),
    })
  })
  const label = { indent: { left: twips(setting.indentMm) }, keepNext: true, ...space({ before: 12, after: 0 }) }
  return [paragraph('addressees', words.addressees, label), ...lines]
}

/** Width of a dash with its space at 14 points, so that a second line hangs under the first. */
const DASH_TWIPS = 163

interface BlockSetting {
  layout: OfficialLayout
  landscape: boolean
  /** Whether the last paragraph stays with what follows (the signature). */
  keepsEnd: boolean
}

/** Blocks as paragraphs and tables, headings numbered. */
export function blocksOf(blocks: DocumentBlock[], setting: BlockSetting): Piece[] {
  const next = headingNumberer(setting.layout)
  return blocks.flatMap((block, index): Piece[] => {
    const extra =
      setting.keepsEnd && index === blocks.length - 1
        ? { keepNext: true, keepLines: true, ...space({ after: 12 }) }
        : {}
    switch (block.type) {
      case 'heading':
        return [heading(block, block.label ?? next(block.level), { layout: setting.layout, extra })]
      case 'paragraph':
        return [marked('body', block.text, block.mark, extra)]
      case 'item':
        return [marked('body', fill(setting.layout.words.item, { text: block.text }), block.mark, extra)]
      case 'article':
        return [labelled('body', `${block.label} `, block.text, extra)]
      case 'note':
        return [paragraph('note', block.text, extra)]
      case 'table':
        return [
          {
            type: 'table',
            table: block.table,
            widthTwips: contentTwips(setting.layout, setting.landscape),
            keepsTogether: true,
          },
          { type: 'gap' },
        ]
    }
  })
}

function heading(
  block: Extract<DocumentBlock, { type: 'heading' }>,
  label: string,
  { layout, extra }: { layout: OfficialLayout; extra: Setting },
): Piece {
  const setting: HeadingSetting = layout.headings[block.level]
  const title = setting.capitals ? capitalsOf(block.title, layout) : block.title
  return paragraph(block.level, setting.titleBelow ? `${label}\n${title}` : `${label} ${title}`.trim(), extra)
}
