import type { Language } from '#platform/model'
import type { Books, Records } from '../input/records.ts'
import type { LinkageKnowledge } from '../knowledge.ts'
import type { FileRead } from '../read.ts'
import type { Outcome } from '../run.ts'
import { countUnlinkable } from '../scoring/explain.ts'
import { newScorer, type Scorer } from '../scoring/scorer.ts'
import { weightOf } from '../scoring/weights.ts'
import { levelChart, ruleText, thresholdChart } from './report-charts.ts'
import { numberWarnings, pairCards } from './report-pairs.ts'
import type { PairRow } from './results.ts'

/** What the report is made of. */
export type ReportInput = {
  records: Records
  books: Books
  outcome: Outcome
  rows: readonly PairRow[]
  files: readonly FileRead[]
  say: (key: string, params?: Record<string, string | number>) => string
  language: Language
  knowledge: LinkageKnowledge
}

/** Text as it stands in a page. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

/** The report as one page that needs nothing from anywhere: figures, charts, and pairs with their weights taken apart. */
export function* reportPieces(input: ReportInput): Iterable<string> {
  const { say, language, records, outcome } = input
  const scorer = newScorer(records, outcome.comparisons, outcome.model, { room: 16 })
  yield `<!doctype html>\n<html lang="${language}">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n`
  yield `<title>${escaped(say('linkage.report-title'))}</title>\n<style>${style}</style>\n</head>\n<body>\n<main>\n`
  yield `<h1>${escaped(say('linkage.report-title'))}</h1>\n<p class="note">${escaped(say('linkage.report-private'))}</p>\n`
  yield summary(input, scorer)
  yield columnsTable(input)
  yield rulesTable(input)
  yield section(
    say('linkage.report-threshold'),
    `<p>${escaped(say('linkage.report-threshold-note'))}</p><div class="chart">${thresholdChart(input)}</div>`,
  )
  yield section(
    say('linkage.report-levels'),
    `<p>${escaped(say('linkage.report-levels-note'))}</p><div class="levels">${levelChart(input)}</div>`,
  )
  yield section(say('linkage.report-warnings'), numberWarnings(input))
  yield section(
    say('linkage.report-pairs'),
    `<p>${escaped(say('linkage.report-pairs-note'))}</p>${pairCards(input, scorer)}`,
  )
  yield '</main>\n</body>\n</html>\n'
}

function section(title: string, content: string): string {
  return `<section>\n<h2>${escaped(title)}</h2>\n${content}\n</section>\n`
}

function summary({ records, outcome, rows, say, language }: ReportInput, scorer: Scorer): string {
  const number = new Intl.NumberFormat(language)
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 })
  const { expected, groups, threshold, model } = outcome
  const unlinkable = countUnlinkable(records, scorer, weightOf(threshold))
  const facts: [string, string][] = [
    ['records', number.format(records.count)],
    ['compared', number.format(outcome.scored.compared)],
    ['written', number.format(rows.length)],
    ['linked', number.format(rows.filter((row) => row.isLinked).length)],
    ['groups', number.format(groups.groups)],
    ['refused', number.format(groups.refused)],
    ['threshold', new Intl.NumberFormat(language, { maximumFractionDigits: 3 }).format(threshold)],
    ['precision', expected === null ? '–' : percent.format(expected.precision)],
    ['recall', expected === null ? '–' : percent.format(expected.recall)],
    ['unlinkable', number.format(unlinkable)],
    ...(model.pairs.twins > 0
      ? [['twins', number.format(Math.round(model.pairs.twins))] satisfies [string, string]]
      : []),
  ]
  const items = facts.map(
    ([key, value]) => `<div><dt>${escaped(say(`linkage.fact-${key}`))}</dt><dd>${escaped(value)}</dd></div>`,
  )
  return `<dl class="facts">${items.join('')}</dl>\n`
}

function columnsTable({ files, say }: ReportInput): string {
  const rows = files.flatMap(({ file, columns, broken, brokenLines }) => [
    ...columns.map((column) => {
      const kind = say(`linkage.kind-${column.kind}`)
      const whose = column.of === 'self' ? kind : `${kind} (${say(`linkage.of-${column.of}`)})`
      return `<tr><td>${escaped(file.split(/[\\/]/).at(-1) ?? file)}</td><td>${escaped(column.heading)}</td><td>${escaped(whose)}</td></tr>`
    }),
    ...(broken > 0
      ? [
          `<tr><td colspan="3">${escaped(say('linkage.rows-broken', { count: broken, lines: brokenLines.join(', ') }))}</td></tr>`,
        ]
      : []),
  ])
  const head = ['file', 'heading', 'kind'].map((key) => `<th scope="col">${escaped(say(`linkage.report-${key}`))}</th>`)
  return section(
    say('linkage.report-columns'),
    `<table><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`,
  )
}

function rulesTable({ outcome, say, language }: ReportInput): string {
  const number = new Intl.NumberFormat(language)
  const rows = outcome.rules.map(
    ({ rule, divided, cut }) =>
      `<tr><td>${escaped(ruleText(say, rule))}</td><td class="number">${number.format(divided)}</td><td class="number">${number.format(cut)}</td></tr>`,
  )
  const head = ['rule', 'divided', 'cut'].map(
    (key) => `<th scope="col"${key === 'rule' ? '' : ' class="number"'}>${escaped(say(`linkage.report-${key}`))}</th>`,
  )
  return section(
    say('linkage.report-rules'),
    `<p>${escaped(say('linkage.report-rules-note'))}</p><table><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`,
  )
}

const style = `
:root { color-scheme: light; }
body { margin: 0; font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; color: #1b2a22; background: #fff; }
main { max-width: 66rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; } h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
.note { color: #55635b; margin: 0 0 1rem; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: .75rem; margin: 0; }
.facts div { border: 1px solid #d5ddd8; border-radius: 6px; padding: .5rem .75rem; } .facts dt { color: #55635b; font-size: .85rem; } .facts dd { margin: 0; font-size: 1.2rem; font-variant-numeric: tabular-nums; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .25rem .5rem; border-bottom: 1px solid #e3e9e5; vertical-align: top; } th { font-weight: 600; } .number { text-align: right; font-variant-numeric: tabular-nums; }
.bar { display: inline-block; height: .7rem; vertical-align: middle; } .match { background: #1f7a4d; } .chance { background: #9a5b00; }
.pair { border: 1px solid #d5ddd8; border-radius: 6px; padding: .5rem .75rem; margin: .75rem 0; break-inside: avoid; overflow-x: auto; }
.verdict { font-weight: 600; }
section { overflow-x: auto; } th.number { text-align: right; }
.pair .step, .pair .number { white-space: nowrap; } .pair td[colspan] { min-width: 0; }
svg { max-width: 100%; height: auto; } svg text { font-size: 11px; fill: #1b2a22; }
.chart { overflow-x: auto; } .chart svg { min-width: 34rem; }
@media (max-width: 40rem) { main { padding: 1rem .75rem 3rem; } th, td { padding: .25rem .3rem; } .levels table { font-size: .85rem; } .bar { display: block; max-width: 4rem; } .pair .step { display: none; } .pair table { font-size: .85rem; overflow-wrap: break-word; } }
@media print { main { padding: 0; } }
`
