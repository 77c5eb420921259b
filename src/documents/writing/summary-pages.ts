import { capitalsOf, fill } from './fill.ts'
import type { OfficialLayout, SummaryWords } from './layout.ts'
import { boldLineTwips, contentTwips, twips } from './measure.ts'
import { SummaryInput } from './model.ts'
import { labelled, paragraph, rule, space } from './pieces.ts'
import type { Pages, Piece } from './pieces.ts'
import { onOneLine } from './text.ts'

/**
 * A short summary of a plan for readers of another language: the country's words in that language around what the
 * officer wrote in it. Nothing is translated by the product, and the page says which text alone is official.
 */
export function summaryPages(input: SummaryInput, words: SummaryWords, layout: OfficialLayout): Pages {
  const { title, agency, facts, texts, invented } = SummaryInput.parse(input)
  const own: OfficialLayout = { ...layout, locale: words.locale }
  const line = Math.min(contentTwips(layout, false), boldLineTwips(title, layout.boxes.title, layout))
  return {
    title: onOneLine(title),
    author: onOneLine(agency),
    locale: words.locale,
    date: null,
    invented,
    sections: [
      {
        landscape: false,
        foot: null,
        pieces: [
          summaryHead(agency, words, own),
          paragraph('kind', words.kind),
          paragraph('title', onOneLine(title)),
          rule(line * layout.letterhead.ruleShare, contentTwips(layout, false), space({ before: 3, after: 12 })),
          ...Object.entries(facts).flatMap(([name, value]) => factOf(name, value, words)),
          paragraph('section', capitalsOf(words.text, own)),
          ...texts.map((text) => paragraph('body', text)),
          paragraph('note', words.notOfficial),
        ],
      },
    ],
  }
}

function factOf(name: string, value: string | null, words: SummaryWords): Piece[] {
  const label = words.facts[name]
  return value === null || label === undefined ? [] : [labelled('body', fill(label, {}), value)]
}

function summaryHead(agency: string, words: SummaryWords, layout: OfficialLayout): Piece {
  const left = twips(layout.letterhead.leftMm)
  const right = contentTwips(layout, false) - left
  const motto = boldLineTwips(words.motto, layout.boxes.motto, layout)
  const name = capitalsOf(onOneLine(agency), layout)
  const nameLine = Math.min(left, boldLineTwips(name, layout.boxes.agency, layout))
  return {
    type: 'columns',
    widths: [left, right],
    rows: [
      [
        [paragraph('agency', name), rule(nameLine * layout.letterhead.ruleShare, left)],
        [paragraph('nationalName', words.nationalName), paragraph('motto', words.motto), rule(motto, right)],
      ],
    ],
  }
}
