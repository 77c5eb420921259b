import { dateInFile, writeForm, type FormCell, type FormSheet } from '#platform'
import type { Language } from '#platform/model'
import type { ReportDetail } from '../model.ts'
import {
  backDigest,
  choicesOf,
  digestOf,
  layOut,
  ruleOf,
  shown,
  wordsIn,
  type FillSheet,
  type Layout,
} from './layout.ts'

/** The sheet that says what a workbook was made from; nobody sees it. */
export const backSheet = 'mangnon'
export const backMark = 'mangnon-report-1'

/** What a workbook was made from. */
export type Made = {
  reportId: string
  obligationId: string
  agencyId: string
  form: string
  number: number
  versions: Record<string, number>
}

export function madeFrom(report: ReportDetail): Made {
  return {
    ...{ reportId: report.id, obligationId: report.owed.obligationId, agencyId: report.owed.agencyId },
    ...{ form: digestOf(report.form), number: report.owed.number },
    versions: Object.fromEntries(report.sections.map(({ key, version }) => [key, version])),
  }
}

/** A report as a workbook to be filled in away from the system. */
export function writeWorkbook(report: ReportDetail, layout: Layout): Promise<Uint8Array> {
  const { say, language } = layout
  const { owed } = report
  const word = (key: string) => say(language, `reporting.workbook-${key}`)
  const first = about({
    ...{ name: word('about'), title: wordsIn(report.form.title, language), how: word('how') },
    facts: [
      [word('body'), owed.agencyName],
      [word('receiver'), owed.receiverName ?? ''],
      [word('regime'), wordsIn(owed.regimeNames, language)],
      [word('period'), periodWords(owed, language)],
      [word('due'), dateInFile(owed.dueOn, language)],
    ],
    rules: ['how-fill', 'how-keep', 'how-new', 'how-numbers', 'how-papers'].map(word),
  })
  return writeBook({ about: first, mark: backMark, made: madeFrom(report), sheets: layOut(report, layout) }, layout)
}

/** What is written down in a workbook. `wide`: the width of a column that stands before all others of each sheet. */
type Book = { about: FormSheet; mark: string; made: object; sheets: readonly FillSheet[]; wide?: number }

/** A workbook with what it was made from on a sheet nobody sees. */
export function writeBook({ about: first, mark, made, sheets, wide }: Book, layout: Layout): Promise<Uint8Array> {
  const { say, language } = layout
  const word = (key: string) => say(language, `reporting.workbook-${key}`)
  return writeForm({
    sheets: [first, ...sheets.map((sheet) => sheetOf(sheet, layout, wide))],
    back: { name: backSheet, rows: backRows(mark, made, sheets) },
    lists: listsOf(sheets, layout),
    refusal: {
      title: word('refused'),
      words: {
        ...{ words: word('rule-words'), number: word('rule-number'), whole: word('rule-whole') },
        choice: word('rule-choice'),
      },
    },
  })
}

/** The first and the last day of a period. */
export function periodWords(of: { periodFrom: string; periodTo: string }, language: Language): string {
  const last = new Date(Date.parse(`${of.periodTo}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
  return `${dateInFile(of.periodFrom, language)} – ${dateInFile(last, language)}`
}

/** The first sheet: what the workbook is, and how it is filled in. */
export function about(of: {
  name: string
  title: string
  facts: readonly (readonly [string, string])[]
  how: string
  rules: readonly string[]
}): FormSheet {
  return {
    ...{ name: of.name, widths: [26, 90], frozen: 1, hiddenColumns: 0 },
    rows: [
      [{ value: of.title, look: 'title' }],
      ...of.facts.map(([head, value]): FormCell[] => [{ value: head, look: 'head' }, { value }]),
      ...of.rules.map((words, at): FormCell[] => [{ value: at === 0 ? of.how : '', look: 'head' }, { value: words }]),
    ],
  }
}

const widths: Record<FillSheet['section']['kind'], readonly number[]> = {
  narrative: [8, 6, 110],
  tasks: [8, 60, 80],
  figures: [8, 52, 14, 14, 14, 14, 14, 16, 20, 36, 36],
  money: [8, 48, 26, 20, 22],
  obstacles: [8, 6, 30, 70, 60],
  attachments: [],
}

function sheetOf({ section, name, heads, fields, rows }: FillSheet, layout: Layout, wide?: number): FormSheet {
  const { language } = layout
  const [hidden = 8, ...others] = widths[section.kind]
  return {
    ...{ name, widths: [hidden, ...(wide === undefined ? [] : [wide]), ...others], frozen: 3, hiddenColumns: 1 },
    rows: [
      [{ value: '' }, { value: wordsIn(section.heading, language), look: 'title' }],
      [{ value: '' }, { value: wordsIn(section.guidance, language), look: 'title' }],
      [{ value: '' }, ...heads.map((value): FormCell => ({ value, look: 'head' }))],
      ...rows.map(({ line, stands, said, closed }): FormCell[] => [
        { value: `${section.key}/${line}` },
        ...stands.map((value): FormCell => ({ value })),
        ...fields.map((field): FormCell => {
          const value = shown(section, { field, word: said[field] ?? '' }, layout)
          return closed.includes(field) ? { value } : { value, rule: ruleOf(section, field) }
        }),
      ]),
    ],
  }
}

function listsOf(sheets: readonly FillSheet[], { say, language }: Layout) {
  const lists = new Map<string, string[]>()
  for (const { section, fields } of sheets)
    for (const field of fields) {
      const rule = ruleOf(section, field)
      if (rule.kind !== 'choice') continue
      lists.set(
        rule.list,
        choicesOf(section, rule.list, say).map(({ word }) => word(language)),
      )
    }
  return [...lists].map(([name, words]) => ({ name, words }))
}

/** First what it was made from and the digest of all that follows; then each sheet with its heads, each line with what it said. */
function backRows(mark: string, made: object, sheets: readonly FillSheet[]): string[][] {
  const rows = sheets.flatMap(({ section, name, heads, fields, rows: lines }) => [
    ['sheet', section.key, name, ...heads],
    ...lines.map(({ line, said }) => ['line', section.key, line, ...fields.map((field) => said[field] ?? '')]),
  ])
  const json = JSON.stringify(made)
  return [[mark, backDigest(json, rows), json], ...rows]
}
