import { sql } from 'kysely'
import { nameOfBody } from '#agencies'
import { urgingLetter, type ReportedTask } from '#documents'
import { notFound, type Context, type FileAnswer } from '#platform'
import { fileName, fileOf, headOf, unsigned } from '#plans'
import type { ConsolidationParts } from '../consolidation/parts.ts'
import { daysBetween, addDays } from '../regimes/days.ts'

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

type Addressee = { name: string; receiverName: string | null; dueOn: string; isOverdue: boolean }

/** The letter by which those who have not reported are urged, as it was when they were; of the body that wrote it alone. @throws notFound */
export async function exportUrging(
  ctx: Context,
  { writing, reportWords: words, locale, isInvented }: ConsolidationParts,
  of: { id: string; format: 'docx' | 'pdf' },
): Promise<FileAnswer> {
  const letter = await readLetter(ctx, of.id)
  if (letter === undefined || writing === null || words === null) throw notFound()
  const urged = await readAddressees(ctx, letter)
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
  const record = { kind: 'reporting.urging', id: letter.id, agencyId: letter.agencyId }
  await ctx.record('reporting.urging-exported', record, { format: of.format })
  return fileOf(document, writing, { format: of.format, name: fileName('CV', letter.number, urging.title(named)) })
}

function reported(
  { name, receiverName, dueOn, isOverdue }: Addressee,
  { asOf, printed, late }: { asOf: string; printed: (date: string) => string; late: (days: number) => string },
): ReportedTask {
  return {
    ...{ number: null, text: name, leads: receiverName === null ? [] : [receiverName], due: printed(dueOn) },
    standing: isOverdue ? 'overdue' : 'pendingInTime',
    note: isOverdue ? late(Math.max(1, daysBetween(dueOn, asOf))) : null,
  }
}

async function readLetter(ctx: Context, id: string): Promise<Letter | undefined> {
  const { rows } = await sql<Letter>`
    select u.id, u.agency_id, u.number, u.issued_on, u.powers, u.post, u.signer, u.words, u.report_by, u.as_of, v.definition->'names' as names, d.period_from, d.period_to
    from reporting.urging u join reporting.round d on d.id = u.round_id
    join reporting.regime_version v on v.regime_id = d.regime_id and v.number = d.regime_number
    where u.id = ${id}::uuid and u.agency_id = ${ctx.actor.agencyId}::uuid`.execute(ctx.db)
  return rows[0]
}

/** Those urged, the longest late first. */
async function readAddressees(ctx: Context, { id, asOf }: Letter): Promise<Addressee[]> {
  const { rows } = await sql<Addressee>`
    select ${nameOfBody(sql`a.agency_id`, asOf)} as name, case when o.receiver_id is not null then ${nameOfBody(sql`o.receiver_id`, asOf)} end as receiver_name,
      a.due_on, a.is_overdue
    from reporting.urging_addressee a join reporting.obligation o on o.id = a.obligation_id where a.urging_id = ${id}::uuid
    order by a.due_on, receiver_name, name, o.id`.execute(ctx.db)
  return rows
}
