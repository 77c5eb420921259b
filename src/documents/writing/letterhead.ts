import { capitalsOf, fill } from './fill.ts'
import type { OfficialLayout } from './layout.ts'
import { boldLineTwips, contentTwips, twips } from './measure.ts'
import type { OfficialDocument, Urgency } from './model.ts'
import { paragraph, rule, space } from './pieces.ts'
import type { Piece } from './pieces.ts'
import { onOneLine } from './text.ts'
import { dateInWords, printedNumber } from './wording.ts'

/** The head of page 1: agency and State name, number and date, each pair side by side. */
export function letterhead(document: OfficialDocument, layout: OfficialLayout): Piece {
  const left = twips(layout.letterhead.leftMm)
  const right = contentTwips(layout, false) - left
  return {
    type: 'columns',
    widths: [left, right],
    rows: [
      [agencyLines(document, left, layout), stateLines(right, layout)],
      [numberLines(document, left, layout), document.isDated ? [placeAndDate(document, layout)] : [emptyLine()]],
    ],
  }
}

/** The head of a document issued by another: without number and date, which are the other's. */
export function attachedHead(document: OfficialDocument, layout: OfficialLayout): Piece {
  const left = twips(layout.letterhead.leftMm)
  const right = contentTwips(layout, false) - left
  return {
    type: 'columns',
    widths: [left, right],
    rows: [[agencyLines(document, left, layout), stateLines(right, layout)]],
  }
}

function agencyLines(document: OfficialDocument, room: number, layout: OfficialLayout): Piece[] {
  const { parentAgency } = document.letterhead
  const { lines } = document.letterhead
  const agency =
    lines?.map((line) => capitalsOf(onOneLine(line), layout)) ?? agencyNameLines(document.letterhead.agency, layout)
  return [
    ...(parentAgency === null
      ? []
      : agencyNameLines(parentAgency, layout).map((line) => paragraph('parentAgency', line))),
    ...agency.map((line) => paragraph('agency', line)),
    rule(layout.letterhead.ruleShare * longest(agency, room, layout), room),
  ]
}

function longest(lines: string[], room: number, layout: OfficialLayout): number {
  return Math.min(room, Math.max(...lines.map((line) => boldLineTwips(line, layout.boxes.agency, layout))))
}

/** The agency in capitals, broken after the words that stand on a line of their own. */
function agencyNameLines(name: string, layout: OfficialLayout): string[] {
  const capitals = capitalsOf(onOneLine(name), layout)
  const opening = layout.letterhead.breakAfter
    .map((words) => `${capitalsOf(words, layout)} `)
    .find((words) => capitals.startsWith(words))
  return opening === undefined ? [capitals] : [opening.trim(), capitals.slice(opening.length)]
}

function stateLines(room: number, layout: OfficialLayout): Piece[] {
  const { nationalName, motto } = layout.words
  return [
    paragraph('nationalName', nationalName),
    paragraph('motto', motto),
    rule(boldLineTwips(motto, layout.boxes.motto, layout), room),
  ]
}

/** A cell of a Word table is never without a paragraph. */
function emptyLine(): Piece {
  return paragraph('placeAndDate', '')
}

function numberLines(document: OfficialDocument, room: number, layout: OfficialLayout): Piece[] {
  const { words } = layout
  const number = document.number === null ? words.numberBlank : printedNumber(document.number, layout)
  const lines = [paragraph('number', fill(words.numberLine, { number, suffix: document.codeSuffix }))]
  if (document.kind === null)
    lines.push(paragraph('letterTitle', fill(words.letterSubject, { subject: onOneLine(document.title) })))
  if (document.draft) lines.push(paragraph('draftMark', words.draftMark))
  if (document.urgency !== null) lines.push(stamp(document.urgency, room, layout))
  return lines
}

function stamp(urgency: Urgency, room: number, layout: OfficialLayout): Piece {
  const { text, widthMm, heightMm } = layout.urgency[urgency]
  return { type: 'stamp', text, widthTwips: twips(widthMm), heightTwips: twips(heightMm), roomTwips: room }
}

function placeAndDate(document: OfficialDocument, layout: OfficialLayout): Piece {
  const place = document.place ?? layout.words.blank
  return paragraph('placeAndDate', fill(layout.words.placeAndDate, { place, date: dateInWords(document.date, layout) }))
}

/** Type name and title of a document that has a type; nothing for a letter. */
export function titleLines(document: Pick<OfficialDocument, 'kind' | 'title'>, layout: OfficialLayout): Piece[] {
  if (document.kind === null) return []
  const room = contentTwips(layout, false)
  const title = onOneLine(document.title) || layout.words.blank
  const line = Math.min(room, boldLineTwips(title, layout.boxes.title, layout))
  return [
    paragraph('kind', capitalsOf(document.kind.name, layout)),
    paragraph('title', title),
    rule(line * layout.letterhead.ruleShare, room, space({ before: 3, after: 12 })),
  ]
}
