import type { DocumentTemplates } from '#documents'

type Column = { heading: string; width: number; align: 'left' | 'center' | 'right' }

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
  moneyTotal: string
  absences: Record<'missing' | 'not-applicable' | 'not-yet-known', string>
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
