import type { Paragraph, Table } from 'docx'
import { capitalsOf, fill } from './fill.ts'
import type { OfficialLayout } from './layout.ts'
import { boldLineTwips, contentTwips, twips } from './measure.ts'
import type { OfficialDocument } from './model.ts'
import { paragraph, rule, space } from './pieces.ts'
import { invisibleTable } from './tables.ts'
import { onOneLine } from './text.ts'
import { dateInWords, printedNumber } from './wording.ts'

/** The head of page 1: agency and State name, number and date, each pair side by side. */
export function letterhead(document: OfficialDocument, layout: OfficialLayout): Table {
  const left = twips(layout.letterhead.leftMm)
  const right = contentTwips(layout, false) - left
  return invisibleTable(
    [left, right],
    [
      [agencyLines(document, left, layout), stateLines(right, layout)],
      [numberLines(document, layout), [placeAndDate(document, layout)]],
    ],
  )
}

/** The head of a document issued by another: without number and date, which are the other's. */
export function attachedHead(document: OfficialDocument, layout: OfficialLayout): Table {
  const left = twips(layout.letterhead.leftMm)
  const right = contentTwips(layout, false) - left
  return invisibleTable([left, right], [[agencyLines(document, left, layout), stateLines(right, layout)]])
}

function agencyLines(document: OfficialDocument, room: number, layout: OfficialLayout): Paragraph[] {
  const { parentAgency } = document.letterhead
  const agency = agencyNameLines(document.letterhead.agency, layout)
  return [
    ...(parentAgency === null
      ? []
      : agencyNameLines(parentAgency, layout).map((line) => paragraph('parentAgency', line))),
    ...agency.map((line) => paragraph('agency', line)),
    rule(layout.letterhead.ruleShare * longest(agency, room, layout), room, layout),
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

function stateLines(room: number, layout: OfficialLayout): Paragraph[] {
  const { nationalName, motto } = layout.words
  return [
    paragraph('nationalName', nationalName),
    paragraph('motto', motto),
    rule(boldLineTwips(motto, layout.boxes.motto, layout), room, layout),
  ]
}

function numberLines(document: OfficialDocument, layout: OfficialLayout): Paragraph[] {
  const { words } = layout
  const number = document.number === null ? words.numberBlank : printedNumber(document.number, layout)
  const lines = [paragraph('number', fill(words.numberLine, { number, suffix: document.codeSuffix }))]
  if (document.kind === null)
    lines.push(paragraph('letterTitle', fill(words.letterSubject, { subject: onOneLine(document.title) })))
  if (document.draft) lines.push(paragraph('draftMark', words.draftMark))
  return lines
}

function placeAndDate(document: OfficialDocument, layout: OfficialLayout): Paragraph {
  const place = document.place ?? layout.words.blank
  return paragraph('placeAndDate', fill(layout.words.placeAndDate, { place, date: dateInWords(document.date, layout) }))
}

/** Type name and title of a document that has a type; nothing for a letter. */
export function titleLines(document: Pick<OfficialDocument, 'kind' | 'title'>, layout: OfficialLayout): Paragraph[] {
  if (document.kind === null) return []
  const room = contentTwips(layout, false)
  const title = onOneLine(document.title) || layout.words.blank
  const line = Math.min(room, boldLineTwips(title, layout.boxes.title, layout))
  return [
    paragraph('kind', capitalsOf(document.kind.name, layout)),
    paragraph('title', title),
    rule(line * layout.letterhead.ruleShare, room, layout, space({ before: 3, after: 12 })),
  ]
}
