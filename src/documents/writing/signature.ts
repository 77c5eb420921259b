import type { Paragraph, Table } from 'docx'
import { capitalsOf, fill } from './fill.ts'
import type { OfficialLayout } from './layout.ts'
import { contentTwips } from './measure.ts'
import type { OfficialDocument } from './model.ts'
import { paragraph } from './pieces.ts'
import { invisibleTable } from './tables.ts'
import { onOneLine } from './text.ts'
import { endedWith } from './wording.ts'

/** The foot of the text: recipients on the left, power, post and name on the right. */
export function signatureBlock(document: OfficialDocument, layout: OfficialLayout): Table {
  const room = contentTwips(layout, false)
  const left = Math.round(room * layout.signature.leftShare)
  return invisibleTable(
    [left, room - left],
    [[recipientLines(document.recipients, layout), signatureLines(document, layout)]],
  )
}

function recipientLines(recipients: string[], layout: OfficialLayout): Paragraph[] {
  const names = recipients.length === 0 ? [layout.words.blank] : recipients
  return [
    paragraph('recipientsLabel', layout.words.recipients),
    ...names.map((name, index) =>
      paragraph(
        'recipients',
        fill(layout.words.item, { text: endedWith(onOneLine(name), index === names.length - 1 ? '.' : ';') }),
      ),
    ),
  ]
}

function signatureLines(document: OfficialDocument, layout: OfficialLayout): Paragraph[] {
  const { powers, posts, name } = document.signature
  const lines = [...powers.map(({ power, of }) => `${layout.powers[power]} ${of}`), ...posts]
  return [
    ...(lines.length === 0 ? [layout.words.blank] : lines).map((line) =>
      paragraph('signature', capitalsOf(onOneLine(line), layout)),
    ),
    paragraph('signatory', name ?? layout.words.blank),
  ]
}
