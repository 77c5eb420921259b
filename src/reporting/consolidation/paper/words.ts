import type { DocumentTemplates } from '#documents'
import type { AggregationRule } from '#indicators/model'
import type { Standing } from '#plans/model'

type Column = { heading: string; width: number; align: 'left' | 'center' | 'right' }

/** Words of the annex that says where the parts of a consolidated report come from. */
export type SourceWords = {
  mark: (number: number) => string
  annex: string
  intro: string
  marksTitle: string
  /** How many reports the paper was put together from, how many bodies are missing. */
  listTitle: (reports: number, missing: number) => string
  /** Widths are millimetres of a page that lies across. */
  markColumns: Record<'mark' | 'what' | 'source' | 'standing' | 'how', Column>
  listColumns: Record<'number' | 'body' | 'version' | 'sentOn' | 'acceptedOn' | 'note', Column>
  /** One report, by whom, which submission, accepted when. */
  report: (body: string, version: number, acceptedOn: string) => string
  /** Many reports, by their numbers in the list. */
  listed: (reports: number, numbers: string) => string
  numbers: (ranges: readonly { from: number; to: number }[]) => string
  /** Of a total of which no report right below gives a part: it is made of accepted figures. */
  fromFigures: string
  reports: (count: number, late: number) => string
  figures: (of: { expected: number; reported: number; late: number; estimated: number }) => string
  without: (numbers: string) => string
  estimatedIn: (numbers: string) => string
  rules: Readonly<Record<AggregationRule, string>>
  period: (from: string, to: string) => string
  /** How words come into the report. */
  taken: string
  late: string
  nil: string
  missing: string
}

/** Words of a report as an official document, in the country's own language and order of columns. */
export type ReportWords = {
  kindCode: string
  /** A draft or a submission that has no number yet. */
  title: (report: string, period: string) => string
  period: (from: string, to: string) => string
  figuresPointer: string
  figuresAnnex: string
  moneyAnnex: string
  /** Widths are millimetres of a page that lies across. */
  columns: Record<'number' | 'name' | 'unit' | 'before' | 'plan' | 'done' | 'ofPlan' | 'ofBefore' | 'note', Column>
  moneyColumns: { number: Column; row: Column; source: Omit<Column, 'heading'>; total: Column }
  absences: Record<'missing' | 'not-applicable' | 'not-yet-known', string>
  /** A sum of which a part was not said. */
  partSum: (sum: string) => string
  /** A figure that is not final yet. */
  estimated: (figure: string) => string
  /** How many units a total is made of, of how many; those late. */
  coverage: (reported: number, expected: number, late: number) => string
  raisedBy: (bodies: number) => string
  proposal: (words: string) => string
  attachments: (files: number) => string
  nil: string
  /** Of a section that says nothing. */
  nothing: string
  source: (asOf: string) => string
  missing: (bodies: readonly string[]) => string
  /** How who signs is printed: the head of a body of this kind, or who signs for him by these powers in this post. */
  signed: (agencyKind: string, by: { powers: string | null; post: string | null }) => { powers: string[]; post: string }
  /** Every task with how it stands, also where nothing is said of it. */
  tasks: {
    annex: string
    columns: Record<'number' | 'task' | 'standing' | 'said', Column>
    standings: Readonly<Record<Standing, string>>
    /** Of a task whose standing was not kept. */
    unknown: string
    /** Of a task whose name was not kept. */
    unnamed: string
    said: string
    unsaid: string
    /** In the text, leading to the annex. */
    pointer: (of: { total: number; overdue: number; unsaid: number }) => string
  }
  sources: SourceWords
  /** Of the letter that urges those who have not reported: the tasks of the letter are bodies, with who receives their report. */
  urging: {
    letter: DocumentTemplates['urgingLetter']
    title: (report: string) => string
    /** Instead of the names of many addressees. */
    listed: string
    source: string
    late: (days: number) => string
    /** The report as it is cited in running text. */
    cited: (report: string) => string
  }
  filed: (sign: string) => string
}
