import { capitalsOf, fill } from './fill.ts'
import type { OfficialLayout } from './layout.ts'
import { contentTwips } from './measure.ts'
import type { OfficialDocument, Signature } from './model.ts'
import { paragraph } from './pieces.ts'
import type { Piece } from './pieces.ts'
import { onOneLine } from './text.ts'
import { endedWith } from './wording.ts'

/** The foot of the text: recipients on the left, power, post and name on the right; a second signature stands over the recipients. */
export function signatureBlock(document: OfficialDocument, layout: OfficialLayout): Piece {
  const room = contentTwips(layout, false)
  const left = Math.round(room * layout.signature.leftShare)
  const recipients = recipientLines(document.recipients, layout)
  const signed = signatureLines(document.signature, layout)
  const { secondSignature } = document
  return {
    type: 'columns',
    widths: [left, room - left],
    rows:
      secondSignature === null
        ? [[recipients, signed]]
        : [
            [signatureLines(secondSignature, layout), signed],
            [[paragraph('recipients', ''), ...recipients], [paragraph('recipients', '')]],
          ],
  }
}

function recipientLines(recipients: string[], layout: OfficialLayout): Piece[] {
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

function signatureLines({ powers, posts, name }: Signature, layout: OfficialLayout): Piece[] {
  const lines = [...powers.map(({ power, of }) => `${layout.powers[power]} ${of}`), ...posts]
  return [
    ...(lines.length === 0 ? [layout.words.blank] : lines).map((line) =>
      paragraph('signature', capitalsOf(onOneLine(line), layout)),
    ),
    paragraph('signatory', name ?? layout.words.blank),
  ]
}
