import { listPersonNames } from '#access'
import type { Context } from '#platform'
import type { ReportPaper } from '../model.ts'

/** What was given the papers of a report last, by the number of the submission. */
export async function readPapers(ctx: Context, reportId: string): Promise<Map<number, ReportPaper>> {
  const rows = await ctx.db
    .selectFrom('reporting.paper')
    .select(['number', 'version', 'documentNumber', 'issuedOn', 'recipients', 'givenBy', 'givenAt'])
    .distinctOn('number')
    .where('reportId', '=', reportId)
    .orderBy('number')
    .orderBy('version', 'desc')
    .execute()
  const names = await listPersonNames(
    ctx,
    rows.map(({ givenBy }) => givenBy),
  )
  return new Map(
    rows.map(({ number, givenBy, ...row }) => [number, { ...row, givenByName: names.get(givenBy) ?? null }]),
  )
}
