import { z } from 'zod'
import { printable } from './text.ts'

/** Text as it will be printed: NFC, no control characters, `\n` where the writer broke the line. */
const DocumentText = z.string().max(100_000).overwrite(printable)

/** Text that says something. */
const FilledText = DocumentText.min(1)

/** `2026-02-05`; a draft may know only the month or the year (`2026-02`, `2026`) and prints the rest as blanks. */
export const DocumentDate = z.union([z.iso.date(), z.string().regex(/^\d{4}(-(0[1-9]|1[0-2]))?$/)])
export type DocumentDate = z.infer<typeof DocumentDate>

/** Headings from the widest to the narrowest. How each is numbered and set is the country's. */
export const HeadingLevel = z.enum(['part', 'chapter', 'section', 'article', 'clause', 'subclause', 'point'])
export type HeadingLevel = z.infer<typeof HeadingLevel>

export const ColumnAlign = z.enum(['left', 'center', 'right'])
export type ColumnAlign = z.infer<typeof ColumnAlign>

/**
 * A table; `width` is a weight, the columns fill the page. A group without a title has no row of its own; `total` is the last row. `marks`:
 * in an ending of a cell they lead `from` it, in a first cell is what they lead `to`.
 */
export const DocumentTable = z
  .strictObject({
    columns: z
      .array(z.strictObject({ heading: DocumentText, width: z.number().positive(), align: ColumnAlign }))
      .min(1)
      .max(30),
    groups: z.array(
      z.strictObject({
        label: DocumentText.nullable(),
        title: DocumentText.nullable(),
        rows: z.array(z.array(DocumentText)),
      }),
    ),
    total: z.array(DocumentText).nullable(),
    marks: z.strictObject({ lead: z.enum(['from', 'to']), of: z.array(FilledText) }).optional(),
  })
  .refine(
    ({ columns, groups, total }) =>
      [...groups.flatMap((group) => group.rows), ...(total === null ? [] : [total])].every(
        (row) => row.length === columns.length,
      ),
    { message: 'every row has one cell a column' },
  )
export type DocumentTable = z.infer<typeof DocumentTable>

/** One piece of the text. A heading without `label` is numbered by the country's rules; with one it is printed so. `mark`: raised, after the words. */
export const DocumentBlock = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('heading'),
    level: HeadingLevel,
    title: DocumentText,
    label: FilledText.nullable(),
  }),
  z.strictObject({ type: z.literal('paragraph'), text: DocumentText, mark: FilledText.optional() }),
  z.strictObject({ type: z.literal('item'), text: DocumentText, mark: FilledText.optional() }),
  z.strictObject({ type: z.literal('note'), text: DocumentText }),
  /** An article of a decision: its label in bold, then its words. */
  z.strictObject({ type: z.literal('article'), label: FilledText, text: DocumentText }),
  z.strictObject({ type: z.literal('table'), table: DocumentTable }),
])
export type DocumentBlock = z.infer<typeof DocumentBlock>

/** How fast a document must reach its addressees, the fastest first. */
export const Urgency = z.enum(['immediate', 'pressing', 'urgent'])
export type Urgency = z.infer<typeof Urgency>

/** In what capacity one signs: for a collective, for the head, on order, by authorisation, acting. */
export const SigningPower = z.enum(['on-behalf', 'for-head', 'by-order', 'by-authorisation', 'acting'])
export type SigningPower = z.infer<typeof SigningPower>

/** Who signs: powers line by line with the body or post they are of, the signatory's own posts, the name (null = not yet known). */
export const Signature = z.strictObject({
  powers: z.array(z.strictObject({ power: SigningPower, of: FilledText })),
  posts: z.array(FilledText),
  name: FilledText.nullable(),
})
export type Signature = z.infer<typeof Signature>

/** A section of its own after the signature; `label` null = numbered by the country's rules. */
export const Annex = z.strictObject({
  label: FilledText.nullable(),
  title: DocumentText,
  landscape: z.boolean(),
  blocks: z.array(DocumentBlock),
  table: DocumentTable.nullable(),
})
export type Annex = z.infer<typeof Annex>

/**
 * One official document, ready to be set in a country's layout. Names are written as in running text
 * (`agency`, `title`), capitals are the layout's. `null` is what is not known yet: it is printed as a visible blank.
 */
export const OfficialDocument = z.strictObject({
  letterhead: z.strictObject({
    parentAgency: FilledText.nullable(),
    agency: FilledText,
    /** The agency's lines where its own letterhead sets them; null = its name, as the layout breaks it. */
    lines: z.array(FilledText).min(1).nullable(),
  }),
  /** The running number alone (`123`), null before it is given. */
  number: FilledText.nullable(),
  /** What follows the number after the stroke: type and agency, or agency and drafting unit. */
  codeSuffix: FilledText,
  place: FilledText.nullable(),
  date: DocumentDate.nullable(),
  /** Whether place and date stand in the head; minutes say in their text when and where. */
  isDated: z.boolean(),
  urgency: Urgency.nullable(),
  /** Code and name of the type; null for a letter, which has no type name and prints its subject under the number. */
  kind: z.strictObject({ code: FilledText, name: FilledText }).nullable(),
  title: DocumentText,
  addressees: z.array(FilledText),
  bases: z.array(FilledText),
  preamble: DocumentText.nullable(),
  body: z.array(DocumentBlock),
  closing: DocumentText.nullable(),
  /** Lines as printed, the last one says where it is filed. */
  recipients: z.array(FilledText),
  signature: Signature,
  /** Who signs on the left, before the recipients: the secretary of a meeting. */
  secondSignature: Signature.nullable(),
  /** A decision: who decides, between title and bases; the enacting word, before the articles. */
  decision: z.strictObject({ authority: FilledText, enacting: FilledText }).nullable(),
  /** A document issued by this one, on pages of its own. */
  attached: z
    .strictObject({ kind: FilledText, title: DocumentText, reference: FilledText, blocks: z.array(DocumentBlock) })
    .nullable(),
  /** Printed at the foot of the first page. */
  addressLine: DocumentText.nullable(),
  annexes: z.array(Annex),
  draft: z.boolean(),
  /** Invented content: every page says so. */
  invented: z.boolean(),
})
export type OfficialDocument = z.infer<typeof OfficialDocument>

/** What every document to be written has in common. `agencySign` = the agency's abbreviation in the number. */
export const DocumentHead = z.strictObject({
  parentAgency: FilledText.nullable(),
  agency: FilledText,
  agencyLines: z.array(FilledText).min(1).nullable(),
  agencySign: FilledText,
  place: FilledText.nullable(),
  number: FilledText.nullable(),
  date: DocumentDate.nullable(),
  recipients: z.array(FilledText),
  signature: Signature,
  draft: z.boolean(),
  invented: z.boolean(),
  urgency: Urgency.nullable(),
  /** Where the agency is found, for letters. */
  addressLine: DocumentText.nullable(),
})
export type DocumentHead = z.infer<typeof DocumentHead>

/** What an agency owes in a task. */
export const WrittenDuty = z.strictObject({
  kind: z.enum(['lead', 'support', 'requested', 'advise', 'consolidate']),
  agency: FilledText,
})
export type WrittenDuty = z.infer<typeof WrittenDuty>

/** One task of a plan as it is to be printed; `number` as printed, null = numbered on. */
export const WrittenTask = z.strictObject({
  number: FilledText.nullable(),
  text: DocumentText,
  duties: z.array(WrittenDuty),
  time: DocumentText.nullable(),
  output: DocumentText.nullable(),
  funding: DocumentText.nullable(),
})
export type WrittenTask = z.infer<typeof WrittenTask>

/** Tasks under one title; `label` null = numbered by its place. */
const WrittenGroup = z.strictObject({
  label: DocumentText.nullable(),
  title: DocumentText.nullable(),
  /** 0 for a title over all others. */
  depth: z.int().nonnegative(),
  tasks: z.array(WrittenTask),
})
export type WrittenGroup = z.infer<typeof WrittenGroup>

/** Sections of a plan in the order they are printed. */
export const PlanPart = z.enum(['purpose', 'objectives', 'tasks', 'funding', 'organisation', 'reporting'])
export type PlanPart = z.infer<typeof PlanPart>

/**
 * What a plan is made from. In a draft written here an empty list is a heading with a blank line under it; in an issued
 * plan, and in one read from a document (it has `headings`), it is left out. Paragraphs that begin with a printed number
 * or dash keep it. `taskGroups` are set out in the annex, `textGroups` in the text; `organisation` is by owner.
 */
export const PlanInput = z.strictObject({
  head: DocumentHead,
  kindCode: FilledText,
  /** Of a decision that issues the plan: its articles, and the plan's own title. */
  articles: z.array(FilledText),
  attachedTitle: FilledText.nullable(),
  title: DocumentText,
  bases: z.array(FilledText),
  preamble: DocumentText.nullable(),
  purposes: z.array(FilledText),
  requirements: z.array(FilledText),
  generalObjectives: z.array(FilledText),
  specificObjectives: z.array(FilledText),
  tasks: z.array(FilledText),
  textGroups: z.array(WrittenGroup),
  taskGroups: z.array(WrittenGroup),
  funding: z.array(FilledText),
  organisation: z.array(FilledText),
  owners: z.array(
    z.strictObject({ kind: WrittenDuty.shape.kind, agency: FilledText.nullable(), duties: z.array(FilledText) }),
  ),
  reporting: z.array(FilledText),
  closing: z.array(FilledText),
  headings: z.partialRecord(PlanPart, FilledText),
  others: z.array(
    z.strictObject({
      heading: DocumentText,
      after: z.enum(['preamble', ...PlanPart.options]),
      paragraphs: z.array(FilledText),
    }),
  ),
})
export type PlanInput = z.infer<typeof PlanInput>

/** Where figures come from: printed beside them. `asOf` is the day they are counted on. */
export const FigureSource = z.strictObject({ period: FilledText, asOf: z.iso.date(), source: FilledText })
export type FigureSource = z.infer<typeof FigureSource>

/** A count; null = not reported, printed as a blank and never as zero. */
const FigureCount = z.int().nonnegative().nullable()

/** Duties of one group of tasks by status; `requested` bodies are counted apart. */
export const StatusFigures = z.strictObject({
  title: FilledText,
  doneOnTime: FigureCount,
  doneLate: FigureCount,
  pendingInTime: FigureCount,
  overdue: FigureCount,
  noDueDate: FigureCount,
  requested: FigureCount,
})
export type StatusFigures = z.infer<typeof StatusFigures>

export const TaskStanding = z.enum(['doneOnTime', 'doneLate', 'pendingInTime', 'overdue', 'noDueDate', 'requested'])
export type TaskStanding = z.infer<typeof TaskStanding>

/** One task in the list of a report or a letter. `due` = the date, or the words the plan has. */
export const ReportedTask = z.strictObject({
  number: FilledText.nullable(),
  text: DocumentText,
  leads: z.array(FilledText),
  due: DocumentText.nullable(),
  standing: TaskStanding.nullable(),
  note: DocumentText.nullable(),
})
export type ReportedTask = z.infer<typeof ReportedTask>

/** How many bodies of a tier have issued their plan. */
export const CoverageFigures = z.strictObject({
  tier: FilledText,
  issued: FigureCount,
  drafting: FigureCount,
  nothing: FigureCount,
})
export type CoverageFigures = z.infer<typeof CoverageFigures>

/** What a report on the state of a plan is made from. */
export const StatusReportInput = z.strictObject({
  head: DocumentHead,
  title: DocumentText,
  addressees: z.array(FilledText),
  bases: z.array(FilledText),
  preamble: DocumentText.nullable(),
  direction: z.array(FilledText),
  coverage: z.strictObject({ figures: z.array(CoverageFigures), source: FigureSource }).nullable(),
  results: z.strictObject({ groups: z.array(StatusFigures), source: FigureSource, narrative: z.array(FilledText) }),
  taskGroups: z.array(
    z.strictObject({ label: DocumentText.nullable(), title: DocumentText.nullable(), tasks: z.array(ReportedTask) }),
  ),
  shortcomings: z.array(FilledText),
  causes: z.array(FilledText),
  proposals: z.array(FilledText),
  closing: DocumentText.nullable(),
})
export type StatusReportInput = z.infer<typeof StatusReportInput>

/** What a letter that urges late bodies is made from. `plan` = the plan as it is cited in running text. */
export const UrgingLetterInput = z.strictObject({
  head: DocumentHead,
  /** The subject without the words that introduce it. */
  title: DocumentText,
  addressees: z.array(FilledText),
  plan: FilledText,
  tasks: z.array(ReportedTask),
  source: FigureSource,
  replyTo: FilledText.nullable(),
  replyBy: z.iso.date().nullable(),
  requests: z.array(FilledText),
})
export type UrgingLetterInput = z.infer<typeof UrgingLetterInput>

/** What minutes of a meeting are made from; times as the officer writes them, null = a visible blank. */
export const MinutesInput = z.strictObject({
  head: DocumentHead,
  title: DocumentText,
  startedAt: FilledText.nullable(),
  endedAt: FilledText.nullable(),
  place: FilledText.nullable(),
  attendees: z.array(FilledText),
  chair: z.strictObject({ name: FilledText.nullable(), post: FilledText.nullable() }),
  secretary: FilledText.nullable(),
  contents: z.array(FilledText),
  conclusions: z.array(FilledText),
})
export type MinutesInput = z.infer<typeof MinutesInput>

/** What a summary in another language is made from: facts by the name of their label, null = not told. */
export const SummaryInput = z.strictObject({
  title: FilledText,
  agency: FilledText,
  facts: z.record(z.string(), FilledText.nullable()),
  texts: z.array(FilledText).min(1),
  invented: z.boolean(),
})
export type SummaryInput = z.infer<typeof SummaryInput>

/** The files a document leaves as. */
export const FileFormat = z.enum(['docx', 'pdf'])
export type FileFormat = z.infer<typeof FileFormat>
