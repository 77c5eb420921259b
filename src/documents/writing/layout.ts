import type { ColumnAlign, HeadingLevel, SigningPower, TaskStanding, Urgency, WrittenDuty } from './model.ts'

/** How letters are set: size in points. */
export interface TypeSetting {
  pt: number
  bold?: boolean
  italic?: boolean
}

/** How one level of heading is numbered and set. `{n}` = its number, `{parent}` = the number of the level it stands in. */
export interface HeadingSetting extends TypeSetting {
  label: string
  numerals: 'roman' | 'arabic' | 'letter'
  capitals: boolean
  centred: boolean
  /** The title stands on its own line under the label. */
  titleBelow: boolean
  /** Numbered through the whole document, not anew in each part. */
  runsOn: boolean
}

/** The boxes of an official document. */
export type BoxName =
  | 'nationalName'
  | 'motto'
  | 'parentAgency'
  | 'agency'
  | 'number'
  | 'draftMark'
  | 'stamp'
  | 'placeAndDate'
  | 'kind'
  | 'title'
  | 'letterTitle'
  | 'addressees'
  | 'bases'
  | 'body'
  | 'note'
  | 'signature'
  | 'signatory'
  | 'recipientsLabel'
  | 'recipients'
  | 'annexLabel'
  | 'annexTitle'
  | 'annexReference'
  | 'authority'
  | 'addressLine'
  | 'tableHeading'
  | 'tableGroup'
  | 'tableCell'
  | 'pageNumber'
  | 'inventedMark'

/** The paper, in millimetres, portrait. */
export interface PageSetting {
  widthMm: number
  heightMm: number
  topMm: number
  bottomMm: number
  leftMm: number
  rightMm: number
  /** From the edge of the paper to the page number. */
  headerMm: number
}

/** Words that stand in every document, whole phrases with `{slots}`. */
export interface LayoutWords {
  nationalName: string
  motto: string
  /** `{number}` and `{suffix}`. */
  numberLine: string
  numberBlank: string
  /** `{place}` and `{date}`. */
  placeAndDate: string
  /** `{day}`, `{month}`, `{year}`. */
  date: string
  blank: string
  /** A line left open for text nobody has written yet. */
  blankLine: string
  draftMark: string
  /** `{subject}`. */
  letterSubject: string
  addressees: string
  /** How the first base begins when its own text does not begin with one of `basisOpenings`. */
  basis: string
  basisOpenings: string[]
  recipients: string
  /** The first recipient of a document that has addressees. */
  sameAddressees: string
  item: string
  endMark: string
  annex: string
  numberedAnnex: string
  /** `{document}`. */
  annexReference: string
  /** `{kind}`, `{number}`, `{date}`, `{agency}`. */
  documentReference: string
  letter: string
  /** The foot of a letter whose agency's address nobody has given. */
  addressBlank: string
  inventedMark: string
}

/** The layout of official documents of a country: measures, settings and fixed words. Data only. */
export interface OfficialLayout {
  locale: string
  font: {
    name: string
    /** Advance widths of the bold face in thousandths of the size, with the letters that have it (without accents). */
    boldAdvance: (readonly [number, string])[]
  }
  page: PageSetting
  boxes: Record<BoxName, TypeSetting>
  headings: Record<HeadingLevel, HeadingSetting>
  letters: readonly string[]
  letterhead: {
    leftMm: number
    /** Length of the rule under agency and title, as a share of the line. */
    ruleShare: number
    rulePt: number
    /** Words after which the name of an agency goes on in a new line. */
    breakAfter: string[]
  }
  paragraph: { firstLineMm: number; afterPt: number; lines: number }
  table: { lines: number; paddingMm: number; rulePt: number }
  /** From the left margin to the label of the addressees, and from there to the dashes under its colon. */
  addressees: { indentMm: number; labelMm: number }
  signature: { leftShare: number; spaceForNamePt: number }
  /** Stamps of urgency: their words and the frame around them. */
  urgency: Record<Urgency, { text: string; widthMm: number; heightMm: number }>
  /** Days and months below ten that are written with a zero. */
  paddedMonths: readonly number[]
  /** Below this, numbers of documents and counts in sentences are written with a zero. */
  paddedBelow: number
  kinds: Record<string, string>
  powers: Record<SigningPower, string>
  words: LayoutWords
}

/** A column of a builder's table. */
export interface ColumnTemplate {
  heading: string
  width: number
  align: ColumnAlign
}

/** Columns of a list of tasks with their status. */
export type TaskColumns = Record<'number' | 'task' | 'lead' | 'due' | 'standing' | 'note', ColumnTemplate>

/** Words of a plan. */
export interface PlanWords {
  kindCode: string
  /** A decision with the plan attached: its type, its word before the articles, the articles of one nobody wrote. */
  decision: {
    kindCode: string
    enacting: string
    /** `{plan}`: the attached plan's type and title; `{agency}`. */
    articles: string[]
    /** `{document}`. */
    reference: string
    /** What the title of the decision has before the plan's own. */
    titleOpening: RegExp
  }
  sections: Record<
    | 'purpose'
    | 'purposes'
    | 'requirements'
    | 'objectives'
    | 'generalObjectives'
    | 'specificObjectives'
    | 'tasks'
    | 'funding'
    | 'organisation'
    | 'reporting',
    string
  >
  /** How a task begins whose owner only supports: the heading with its name says no more than that. */
  supportOpening: RegExp
  /** `{title}`: a group that goes on after groups within it. */
  continuedGroup: string
  annexPointer: string
  annexTitle: string
  columns: Record<'number' | 'task' | 'lead' | 'support' | 'time' | 'output' | 'funding', ColumnTemplate>
  /** In which column a duty is printed and how; `{agency}`. */
  duties: Record<WrittenDuty['kind'], { column: 'lead' | 'support'; text: string }>
}

/** Words of a report on the state of a plan. */
export interface StatusReportWords {
  kindCode: string
  sections: Record<'direction' | 'results' | 'shortcomings' | 'shortcomingsAlone' | 'causes' | 'proposals', string>
  /** `{issued}`, `{total}`. */
  coverageSentence: string
  coverageColumns: Record<'number' | 'tier' | 'total' | 'issued' | 'drafting' | 'nothing', ColumnTemplate>
  /** `{total}` and one slot for each standing but `requested`. */
  resultsSentence: string
  /** `{requested}`. */
  requestedSentence: string
  resultColumns: Record<'number' | 'group' | 'total' | Exclude<TaskStanding, 'requested'>, ColumnTemplate>
  totalRow: string
  /** `{period}`, `{date}`, `{source}`. */
  source: string
  annexPointer: string
  annexTitle: string
  taskColumns: TaskColumns
  standings: Record<TaskStanding, string>
}

/** Words of a letter that urges. */
export interface UrgingLetterWords {
  /** `{plan}`, `{date}`, `{source}`, `{count}`, `{overdue}`. */
  findingInText: string
  findingInAnnex: string
  /** More tasks than this go into an annex. */
  rowsInText: number
  annexTitle: string
  columns: TaskColumns
  standings: Record<TaskStanding, string>
  /** `{agency}`. */
  request: string
  /** `{replyTo}`, `{date}`. */
  reply: string
  /** `{agency}`. */
  closing: string
}

/** Words of minutes; `{value}`. */
export interface MinutesWords {
  kindCode: string
  started: string
  place: string
  attendees: string
  chair: string
  secretary: string
  contents: string
  conclusions: string
  ended: string
  chairPost: string
  secretaryPost: string
}

/** Words of a summary in one language; labels of facts by their name. */
export interface SummaryWords {
  locale: string
  nationalName: string
  motto: string
  kind: string
  text: string
  facts: Record<string, string>
  /** Said at the end: which text alone is official. */
  notOfficial: string
}

/** All a country gives for writing official documents. */
export interface DocumentTemplates {
  layout: OfficialLayout
  plan: PlanWords
  statusReport: StatusReportWords
  urgingLetter: UrgingLetterWords
  minutes: MinutesWords
}
