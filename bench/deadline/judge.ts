import { sql, type Kysely } from 'kysely'
import { canonicalOf } from './same.ts'
import { setSecurityContext, systemActor, type Database } from '#platform'
import type { Kept } from './hour.ts'

export type Judged = { lost: string[]; doubled: string[] }

/** Lays what the clients remember as acknowledged beside what the database holds. */
export async function judge(ownerDb: Kysely<Database>, kept: readonly Kept[]): Promise<Judged> {
  const found: Judged = { lost: [], doubled: [] }
  await ownerDb.transaction().execute(async (db) => {
    await setSecurityContext(db, systemActor)
    const { rows: sections } = await sql<{ reportId: string; section: string; version: number; content: object }>`
      select report_id, section, version, content from reporting.draft_section`.execute(db)
    const held = new Map(sections.map((row) => [`${row.reportId} ${row.section}`, row]))
    const { rows: submissions } = await sql<{ reportId: string; number: number; digest: string; figures: number }>`
      select s.report_id, s.number, s.digest, (select count(*)::int from indicators.observation) as figures from reporting.submission s`.execute(
      db,
    )
    const bySubmission = Map.groupBy(submissions, ({ reportId }) => reportId)
    for (const report of kept) {
      for (const [section, version] of report.versions) {
        const row = held.get(`${report.reportId} ${section}`)
        const said = report.said.get(section)
        if (row === undefined || row.version < version) found.lost.push(`${report.reportId}/${section} ${version}`)
        else if (row.version > version)
          found.doubled.push(`${report.reportId}/${section}: ${row.version} of ${version}`)
        else if (said !== undefined && canonicalOf(row.content) !== canonicalOf(JSON.parse(said) as object))
          found.lost.push(`${report.reportId}/${section}: other words`)
      }
      const sent = bySubmission.get(report.reportId) ?? []
      if (sent.length > 1) found.doubled.push(`${report.reportId}: ${sent.length} submissions`)
      if (report.sent !== null && sent[0]?.digest !== report.sent.digest)
        found.lost.push(`${report.reportId}: submission`)
    }
  })
  return found
}
