import type { Context, FileAnswer } from '#platform'
import { findLetterhead, getAgency } from '#agencies'
import { getUnit } from '#territory'
import {
  writeDocument,
  type DocumentHead,
  type DocumentTemplates,
  type OfficialDocument,
  type SummaryWords,
} from '#documents'
import type { FileFormat, Urgency } from '#documents/model'
import type { PlanDetail } from '../model.ts'

/** What the country gives for documents: layouts and wordings, dates and standing words as it prints them. */
export type Writing = {
  templates: DocumentTemplates
  /** Name of a tier of bodies, as printed in a table. */
  tierName: (level: string) => string
  printedDate: (date: string) => string
  /** Words of the report that are ours: titles, sources. */
  words: {
    source: string
    statusTitle: (plan: string) => string
    urgingTitle: string
    /** Said when the list of tasks is longer than a report holds: the most urgent are listed. */
    moreTasks: (total: number, shown: number) => string
    /** Beside work that other plans count too: it is one piece of work. */
    alsoServes: (plans: readonly { title: string; number: string | null }[]) => string
    period: (from: string | null, to: string) => string
    planCited: (plan: { title: string; number: string | null; issuedOn: string | null }) => string
  }
  /** Words of summaries by language. */
  summaries: Readonly<Record<string, SummaryWords>>
  /** The name of a body in another language, where one is known. */
  nameAbroad: (name: string, language: string) => string | null
  powers: (printed: string[]) => DocumentHead['signature']['powers']
  filed: (sign: string) => string
  /** Whether a body of this kind prints the one above it in its letterhead (Decree 30/2020, annex I, II.3). */
  printsSuperior: (agencyKind: string) => boolean
  /** The place of a document from the name of the issuer's unit: without the word for the kind of unit. */
  placeOf: (unitName: string) => string
}

export const mediaTypes: Record<FileFormat, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
}

export type FileForm = { format: FileFormat; name: string }

/** A document as the file that was asked for. */
export async function fileOf(document: OfficialDocument, writing: Writing, form: FileForm): Promise<FileAnswer> {
  return answerOf(await writeDocument(document, writing.templates.layout, form.format), form)
}

/** Bytes as the answer of a route. */
export function answerOf(bytes: Uint8Array, { format, name }: FileForm): FileAnswer {
  return { fileName: `${name}.${format}`, mediaType: mediaTypes[format], bytes }
}

type Headed = Pick<PlanDetail, 'isInvented'> & {
  header: Pick<PlanDetail['header'], 'number' | 'place' | 'issuedOn' | 'recipients' | 'signature'>
  versionState: string
  urgency?: Urgency | undefined
  /** A letter names who drafted it and where its body is found. */
  isLetter?: true
}

/** The head of a document of a body: as its own letterhead has it on the day, else as the country's words do. */
export async function headOf(ctx: Context, writing: Writing, agencyId: string, of: Headed): Promise<DocumentHead> {
  const on = of.header.issuedOn ?? ctx.today
  const agency = await getAgency(ctx, agencyId, on)
  const own = await findLetterhead(ctx, agencyId, on)
  const superior =
    agency.superiorId === null || !writing.printsSuperior(agency.kind)
      ? undefined
      : await getAgency(ctx, agency.superiorId, on)
  const unit = await getUnit(ctx, agency.unitId, on)
  const { signature } = of.header
  return {
    parentAgency: own?.parentLine ?? superior?.name ?? null,
    agency: agency.name,
    agencyLines: own !== undefined && own.nameLines.length > 0 ? own.nameLines : null,
    agencySign: signOf(of, own?.abbreviation ?? agency.numberingAbbreviation ?? agency.name, own?.draftingSign),
    place: of.header.place ?? own?.place ?? writing.placeOf(unit.name),
    number: of.header.number?.split('/')[0]?.trim() || null,
    date: of.header.issuedOn,
    recipients: of.header.recipients,
    draft: of.versionState === 'draft',
    invented: of.isInvented,
    urgency: of.urgency ?? null,
    addressLine: of.isLetter ? (own?.addressLine ?? null) : null,
    signature: {
      powers: writing.powers(signature.powers),
      posts: signature.post === '' ? [] : [signature.post],
      name: signature.name || null,
    },
  }
}

function signOf(of: Headed, sign: string, drafting: string | null | undefined): string {
  return of.isLetter && drafting ? `${sign}-${drafting}` : sign
}

/** A head that is not yet numbered, dated or signed. */
export const unsigned: Headed['header'] = {
  number: null,
  place: null,
  issuedOn: null,
  recipients: [],
  signature: { powers: [], post: '', name: '' },
}

/** Name of the file without its ending. */
export function fileName(kind: string, number: string | null, title: string): string {
  return [number?.replaceAll('/', '-') ?? kind, shortTitle(title)].join(' ').trim()
}

/** Whole words only, short enough for every file system. */
function shortTitle(title: string): string {
  return title.length <= 80 ? title : title.slice(0, 81).replace(/\s+\S*$/u, '')
}
