import { sql } from 'kysely'
import { conflict, newId, notFound, type Context } from '#platform'
import { FormDefinition } from '../../model.ts'
import { prefill } from '../prefill.ts'

type Owed = {
  id: string
  agencyId: string
  unitId: string
  state: string
  roundState: string
  regimeId: string
  period: string
  periodFrom: string
  periodTo: string
  form: unknown
  reportId: string | null
}

/**
 * Begins the report of an obligation of the acting body, filled in with what is known: the report of the period before, tasks as plans
 * know them. One that was begun is given back as it is.
 *
 * @throws notFound for another's obligation; conflict `reporting.nothing-owed`, `reporting.round-closed`
 */
export async function beginReport(ctx: Context, obligationId: string): Promise<{ id: string }> {
  const { rows: held } = await sql<{ id: string }>`
    select o.id from reporting.obligation o where o.id = ${obligationId}::uuid and o.agency_id = ${ctx.actor.agencyId}::uuid`.execute(
    ctx.db,
  )
  if (held.length === 0) throw notFound()
  // Of two who begin at once the second waits here, and finds what the first began.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`reporting.begin ${obligationId}`}, 0))`.execute(ctx.db)
  const { rows } = await sql<Owed>`
    select o.id, o.agency_id, o.unit_id, o.state, n.state as round_state, n.regime_id, n.period, n.period_from, n.period_to, f.definition as form,
      (select r.id from reporting.report r where r.obligation_id = o.id) as report_id
    from reporting.obligation o join reporting.round n on n.id = o.round_id join reporting.form f on f.id = n.form_id
    where o.id = ${obligationId}::uuid`.execute(ctx.db)
  const [owed] = rows
  if (owed === undefined) throw notFound()
  if (owed.reportId !== null) {
    await ctx.record('reporting.report-opened', {
      kind: 'reporting.report',
      id: owed.reportId,
      agencyId: owed.agencyId,
    })
    return { id: owed.reportId }
  }
  if (owed.state !== 'owed') throw conflict('reporting.nothing-owed')
  if (owed.roundState !== 'open') throw conflict('reporting.round-closed')
  const id = newId()
  await ctx.db
    .insertInto('reporting.report')
    .values({ id, obligationId, agencyId: owed.agencyId, state: 'draft' })
    .execute()
  const sections = await prefill(ctx, { ...owed, form: FormDefinition.parse(owed.form) })
  await ctx.db
    .insertInto('reporting.draftSection')
    .values(
      sections.map(({ key, content }) => ({
        ...{ reportId: id, section: key, agencyId: owed.agencyId, content: JSON.stringify(content) },
        ...{ savedBy: ctx.actor.personId, savedAt: ctx.now },
      })),
    )
    .execute()
  await ctx.record(
    'reporting.report-begun',
    { kind: 'reporting.report', id, agencyId: owed.agencyId },
    { obligationId },
  )
  return { id }
}
