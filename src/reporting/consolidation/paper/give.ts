import { changedParams, conflict, invalid, notFound, type Context } from '#platform'
import type { GivePaper } from '../../model.ts'
import { readPapers } from '../../reports/papers.ts'
import { lockReport } from '../../reports/store.ts'
import { reportRecord } from '../store.ts'

/**
 * Gives the paper of a submission what a clerk gives it: its number in the register, its day, its recipients. Given again it corrects what
 * was given before, which is kept.
 *
 * @returns which time it was given
 * @throws notFound; conflict `platform.stale-version` where another gave something meanwhile, `reporting.not-in-that-state` where the
 *   submission was taken back; invalid `reporting.paper-day` for a day before it was signed, or to come
 */
export async function givePaper(
  ctx: Context,
  of: { id: string; number: number },
  input: GivePaper,
): Promise<{ version: number }> {
  const report = await lockReport(ctx, of.id, 'own')
  const { submittedAt, isWithdrawn } = await readSending(ctx, of)
  if (isWithdrawn) throw conflict('reporting.not-in-that-state', { state: report.state })
  const given = (await readPapers(ctx, of.id)).get(of.number)
  if ((given?.version ?? 0) !== input.version) throw conflict('platform.stale-version')
  const { documentNumber, issuedOn, recipients } = input
  if (issuedOn !== null && (issuedOn < ctx.dateOf(submittedAt) || issuedOn > ctx.today))
    throw invalid('reporting.paper-day', {}, [{ pointer: '/issuedOn', code: 'reporting.paper-day', params: {} }])
  const version = input.version + 1
  await ctx.db
    .insertInto('reporting.paper')
    .values({
      ...{ reportId: of.id, number: of.number, version, agencyId: report.agencyId, documentNumber, issuedOn },
      ...{ recipients: [...new Set(recipients)], givenBy: ctx.actor.personId, givenAt: ctx.now },
    })
    .execute()
  await ctx.record('reporting.paper-given', reportRecord(report), {
    ...{ number: of.number, version },
    ...changedParams(paramsOf(given), paramsOf(input)),
  })
  return { version }
}

/** What the audit keeps of it: recipients as their count. */
const paramsOf = (paper: Pick<GivePaper, 'documentNumber' | 'issuedOn' | 'recipients'> | undefined) => ({
  ...{ documentNumber: paper?.documentNumber ?? null, issuedOn: paper?.issuedOn ?? null },
  recipients: paper?.recipients.length ?? 0,
})

/** When a submission was sent, and whether it was taken back. @throws notFound */
async function readSending(
  ctx: Context,
  of: { id: string; number: number },
): Promise<{ submittedAt: string; isWithdrawn: boolean }> {
  const row = await ctx.db
    .selectFrom('reporting.submission as s')
    .select((is) => [
      's.submittedAt',
      is
        .exists(
          is
            .selectFrom('reporting.step as t')
            .select('t.id')
            .whereRef('t.reportId', '=', 's.reportId')
            .whereRef('t.number', '=', 's.number')
            .where('t.kind', '=', 'withdrawn'),
        )
        .as('isWithdrawn'),
    ])
    .where('s.reportId', '=', of.id)
    .where('s.number', '=', of.number)
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  return { submittedAt: row.submittedAt, isWithdrawn: Boolean(row.isWithdrawn) }
}
