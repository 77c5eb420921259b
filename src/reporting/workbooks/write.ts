import { writeForm, type FormCell, type FormSheet } from '#platform'
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
  const word = (key: string) => say(language, `reporting.workbook-${key}`)
  const sheets = layOut(report, layout)
  return writeForm({
    sheets: [about(report, word, language), ...sheets.map((sheet) => sheetOf(sheet, layout))],
    back: { name: backSheet, rows: backRows(madeFrom(report), sheets) },
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

function about(report: ReportDetail, word: (key: string) => string, language: Language): FormSheet {
  const { owed } = report
  const pairs: [string, string][] = [
    [word('body'), owed.agencyName],
    [word('receiver'), owed.receiverName ?? ''],
    [word('regime'), wordsIn(owed.regimeNames, language)],
    [word('period'), owed.period],
    [word('due'), owed.dueOn],
  ]
  const cell = (value: string): FormCell => ({ value })
  return {
    ...{ name: word('about'), widths: [26, 90], frozen: 1, hiddenColumns: 0 },
    rows: [
      [{ value: wordsIn(report.form.title, language), look: 'title' }],
      ...pairs.map(([head, value]): FormCell[] => [{ value: head, look: 'head' }, cell(value)]),
      ...['how-fill', 'how-keep', 'how-new', 'how-numbers', 'how-papers'].map((key, at) => [
        { value: at === 0 ? word('how') : '', look: 'head' as const },
        cell(word(key)),
      ]),
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

function sheetOf({ section, name, heads, fields, rows }: FillSheet, layout: Layout): FormSheet {
  const { language } = layout
  return {
    ...{ name, widths: widths[section.kind], frozen: 3, hiddenColumns: 1 },
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
function backRows(made: Made, sheets: readonly FillSheet[]): string[][] {
  const rows = sheets.flatMap(({ section, name, heads, fields, rows: lines }) => [
    ['sheet', section.key, name, ...heads],
    ...lines.map(({ line, said }) => ['line', section.key, line, ...fields.map((field) => said[field] ?? '')]),
  ])
  const json = JSON.stringify(made)
  return [[backMark, backDigest(json, rows), json], ...rows]
}
