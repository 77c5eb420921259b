import { sql } from 'kysely'
import { z } from 'zod'
import { nameOfBody } from '#agencies'
import { urgingLetter, type OfficialDocument, type ReportedTask } from '#documents'
import {
  forbidden,
  invalid,
  keepListFile,
  notFound,
  type Actor,
  type Context,
  type FileAnswer,
  type JobKind,
} from '#platform'
import { Id } from '#platform/model'
import { fileName, fileOf as paperOf, headOf, unsigned, type Writing } from '#plans'
import type { ConsolidationParts } from '../consolidation/parts.ts'
import { daysBetween, addDays } from '../regimes/days.ts'
import { mostAtOnce } from './model.ts'

type Letter = {
  id: string
  agencyId: string
  number: string | null
  issuedOn: string | null
  powers: string | null
  post: string
  signer: string | null
  words: string | null
  reportBy: string | null
  asOf: string
  names: Readonly<Record<string, string | undefined>>
  periodFrom: string
  periodTo: string
}

type Addressee = {
  name: string
  receiverName: string | null
  dueOn: string
  isOverdue: boolean
  isRequested: boolean
}

type LetterParts = Pick<ConsolidationParts, 'writing' | 'reportWords' | 'locale' | 'isInvented'>
type Asked = { id: string; format: 'docx' | 'pdf' }

const letterKind = 'reporting.write-urging'
const permission = 'reporting.export'
const Payload = z.object({ id: Id, format: z.enum(['docx', 'pdf']) })
/** Bodies named in one step: progress, cancelling and a look at the rights between them. */
const step = 500

/**
 * The letter by which those who have not reported are urged, as it was when they were; of the body that wrote it alone.
 * @throws notFound; invalid `reporting.urging-too-long`: of so many that a job makes it
 */
export async function exportUrging(ctx: Context, parts: LetterParts, of: Asked): Promise<FileAnswer> {
  const { letter, ids } = await readLetter(ctx, parts, of.id)
  if (ids.length > mostAtOnce) throw invalid('reporting.urging-too-long', { most: mostAtOnce })
  const urged = await readAddressees(ctx, letter, ids)
  await recordExport(ctx, letter, of.format)
  return fileOf(await documentOf(ctx, parts, letter, urged), of.format)
}

/** Lets the file of a letter be made by a job, and says how many it names. @throws notFound */
export async function askForUrging(
  ctx: Context,
  parts: LetterParts,
  of: Asked,
): Promise<{ jobId: string; urged: number }> {
  const { letter, ids } = await readLetter(ctx, parts, of.id)
  const jobId = await ctx.enqueue(letterKind, of)
  await recordExport(ctx, letter, of.format)
  return { jobId, urged: ids.length }
}

/** The job that makes the file of a letter, in steps, each with the rights its asker has then. */
export function urgingJob(parts: LetterParts & { may: (actor: Actor, permission: string) => boolean }): JobKind {
  return {
    kind: letterKind,
    async run(work) {
      const asked = Payload.parse(work.payload)
      const asRightful = <T>(run: (ctx: Context) => Promise<T>) =>
        work.inTransaction((ctx) => {
          if (!parts.may(ctx.actor, permission)) throw forbidden('platform.list-not-permitted')
          return run(ctx)
        })
      const { letter, ids } = await asRightful((ctx) => readLetter(ctx, parts, asked.id))
      await work.progress(0, ids.length)
      const urged: Addressee[] = []
      for (let at = 0; at < ids.length; at += step) {
        urged.push(...(await asRightful((ctx) => readAddressees(ctx, letter, ids.slice(at, at + step)))))
        await work.progress(Math.min(at + step, ids.length), ids.length)
      }
      const document = await asRightful((ctx) => documentOf(ctx, parts, letter, urged))
      const { fileName: name, mediaType, bytes } = await fileOf(document, asked.format)
      await asRightful((ctx) => keepListFile(ctx, work.id, { name, mediaType, rows: ids.length, bytes }))
      return { rows: ids.length, name }
    },
  }
}

const recordExport = (ctx: Context, { id, agencyId }: Letter, format: Asked['format']) =>
  ctx.record('reporting.urging-exported', { kind: 'reporting.urging', id, agencyId }, { format })

/** What is written, and with what. */
type Laid = { document: OfficialDocument; writing: Writing; name: string }

const fileOf = ({ document, writing, name }: Laid, format: Asked['format']) =>
  paperOf(document, writing, { format, name })

async function documentOf(
  ctx: Context,
  { writing, reportWords: words, locale, isInvented }: LetterParts,
  letter: Letter,
  addressees: readonly Addressee[],
): Promise<Laid> {
  if (writing === null || words === null) throw notFound()
  const urged = inOrder(addressees, locale)
  const head = await headOf(ctx, writing, letter.agencyId, {
    ...{ isInvented, isLetter: true, versionState: letter.number === null ? 'draft' : 'issued' },
    header: {
      ...unsigned,
      ...{ number: letter.number, issuedOn: letter.issuedOn },
      signature: {
        powers: letter.powers === null ? [] : [letter.powers],
        ...{ post: letter.post, name: letter.signer ?? '' },
      },
    },
  })
  const { urging } = words
  const named = letter.names[locale] ?? Object.values(letter.names).find((name) => name !== undefined) ?? ''
  const printed = writing.printedDate
  const report = words.title(named, words.period(printed(letter.periodFrom), printed(addDays(letter.periodTo, -1))))
  const document = urgingLetter(
    {
      head: {
        ...head,
        agencySign: letter.number?.split('/').slice(1).join('/') || head.agencySign,
        recipients: [writing.filed(head.agencySign)],
      },
      title: urging.title(named),
      addressees: urged.length > urging.letter.rowsInText ? [urging.listed] : urged.map(({ name }) => name),
      plan: urging.cited(report),
      tasks: urged.map((one) => reported(one, { asOf: letter.asOf, printed, late: urging.late })),
      source: { period: report, asOf: letter.asOf, source: urging.source },
      ...{ replyTo: head.agency, replyBy: letter.reportBy, requests: letter.words === null ? [] : [letter.words] },
    },
    { ...writing.templates, urgingLetter: urging.letter },
  )
  return { document, writing, name: fileName('CV', letter.number, urging.title(named)) }
}

/** The longest late first, then by who receives them and by name. */
function inOrder(addressees: readonly Addressee[], locale: string): Addressee[] {
  const { compare } = new Intl.Collator(locale)
  return addressees.toSorted(
    (one, other) =>
      compare(one.dueOn, other.dueOn) ||
      compare(one.receiverName ?? '', other.receiverName ?? '') ||
      compare(one.name, other.name),
  )
}

function reported(
  { name, receiverName, dueOn, isOverdue, isRequested }: Addressee,
  { asOf, printed, late }: { asOf: string; printed: (date: string) => string; late: (days: number) => string },
): ReportedTask {
  return {
    ...{ number: null, text: name, leads: receiverName === null ? [] : [receiverName], due: printed(dueOn) },
    // Of whom a report was only asked nothing is overdue, and nothing is said of a day that may have passed.
    standing: isOverdue ? 'overdue' : isRequested ? 'requested' : 'pendingInTime',
    note: isOverdue ? late(Math.max(1, daysBetween(dueOn, asOf))) : null,
  }
}

/** A letter of the acting body with whom it urges. @throws notFound; where no documents are laid out too */
async function readLetter(ctx: Context, parts: LetterParts, id: string): Promise<{ letter: Letter; ids: string[] }> {
  if (parts.writing === null || parts.reportWords === null) throw notFound()
  const { rows } = await sql<Letter>`
    select u.id, u.agency_id, u.number, u.issued_on, u.powers, u.post, u.signer, u.words, u.report_by, u.as_of, v.definition->'names' as names, d.period_from, d.period_to
    from reporting.urging u join reporting.round d on d.id = u.round_id
    join reporting.regime_version v on v.regime_id = d.regime_id and v.number = d.regime_number
    where u.id = ${id}::uuid and u.agency_id = ${ctx.actor.agencyId}::uuid`.execute(ctx.db)
  const [letter] = rows
  if (letter === undefined) throw notFound()
  const urged = await ctx.db
    .selectFrom('reporting.urgingAddressee')
    .select('obligationId')
    .where('urgingId', '=', id)
    .orderBy('obligationId')
    .execute()
  return { letter, ids: urged.map(({ obligationId }) => obligationId) }
}

async function readAddressees(ctx: Context, { id, asOf }: Letter, of: readonly string[]): Promise<Addressee[]> {
  const { rows } = await sql<Addressee>`
    select ${nameOfBody(sql`a.agency_id`, asOf)} as name, case when o.receiver_id is not null then ${nameOfBody(sql`o.receiver_id`, asOf)} end as receiver_name,
      a.due_on, a.is_overdue, o.is_requested
    from reporting.urging_addressee a join reporting.obligation o on o.id = a.obligation_id
    where a.urging_id = ${id}::uuid and a.obligation_id = any (${[...of]}::uuid[])`.execute(ctx.db)
  return rows
}
