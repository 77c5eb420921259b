import { sql, type Kysely } from 'kysely'
import { setSecurityContext, systemActor, type Database } from '#platform'
import type { ReportDetail, SectionContent } from '#reporting/model'
import type { Row } from './world.ts'

type Plain = { numerator: number; denominator: number | null; parts: number; cells: string }

/** Each row as a plain sum of what was accepted, by its key. */
export async function plainSums(
  ownerDb: Kysely<Database>,
  rows: readonly Row[],
  period: string,
): Promise<Map<string, Plain>> {
  return ownerDb.transaction().execute(async (db) => {
    await setSecurityContext(db, systemActor)
    const found = await sql<Plain & { key: string }>`
      select w.key, sum(o.numerator)::float8 as numerator, sum(o.denominator)::float8 as denominator, count(*)::int as parts,
        md5(string_agg(c.id || ' ' || c.accepted_vintage, ',' order by c.id::text)) as cells
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(key text, "measureId" uuid, breakdown text)
      join indicators.cell c on c.measure_id = w."measureId" and c.breakdown = w.breakdown and c.period = ${period}
      join indicators.observation o on o.cell_id = c.id and o.vintage = c.accepted_vintage group by w.key`.execute(db)
    return new Map(found.rows.map((row) => [row.key, row]))
  })
}

/** Where the figures a report shows are not the plain sums, of as many. */
export function unequalFigures(report: ReportDetail, rows: readonly Row[], sums: ReadonlyMap<string, Plain>): string[] {
  return rows.flatMap(({ key, isRatio }) => {
    const total = report.facts.find(({ line }) => line === `figures/${key}`)?.total
    const sum = sums.get(key)
    if (total?.made == null || sum === undefined) return [`${key}: no total`]
    const isSame = total.numerator === sum.numerator && (!isRatio || total.denominator === sum.denominator)
    return isSame && total.made.reported === sum.parts
      ? []
      : [
          `${key}: ${total.numerator}/${total.denominator} of ${total.made.reported}, plain ${sum.numerator}/${sum.denominator} of ${sum.parts}`,
        ]
  })
}

/** Where a figure that was sent does not name each cell and vintage that is in it. */
export async function unnamedContributors(
  ownerDb: Kysely<Database>,
  of: { reportId: string; number: number; rows: readonly Row[]; sums: ReadonlyMap<string, Plain> },
): Promise<string[]> {
  return ownerDb.transaction().execute(async (db) => {
    await setSecurityContext(db, systemActor)
    const { rows } = await sql<{ key: string; cells: string }>`
      select line->>'key' as key, (select md5(string_agg(p->>'cellId' || ' ' || (p->>'vintage'), ',' order by p->>'cellId')) from jsonb_array_elements(line#>'{made,parts}') p) as cells
      from reporting.submission s, jsonb_array_elements(s.content->'sections') section, jsonb_array_elements(section#>'{content,lines}') line
      where s.report_id = ${of.reportId}::uuid and s.number = ${of.number} and section->>'key' = 'figures'`.execute(db)
    const named = new Map(rows.map(({ key, cells }) => [key, cells]))
    return of.rows.flatMap(({ key }) =>
      named.get(key) === of.sums.get(key)?.cells ? [] : [`${key}: other contributors`],
    )
  })
}

/** Where words drawn into a section are not those of the report they name as their origin, each once. */
export async function wrongOrigins(ownerDb: Kysely<Database>, content: SectionContent | undefined): Promise<string[]> {
  if (content?.kind !== 'narrative') return ['no words']
  return ownerDb.transaction().execute(async (db) => {
    await setSecurityContext(db, systemActor)
    const { rows } = await sql<{ reportId: string; text: string }>`
      select report_id, content #>> '{sections,0,content,paragraphs,0,text}' as text from reporting.submission where number = 1`.execute(
      db,
    )
    const said = new Map(rows.map((row) => [row.reportId, row.text]))
    const wrong = content.paragraphs.flatMap(({ text, origins }) => {
      const [origin] = origins
      if (origins.length !== 1 || origin?.line !== 'situation/p1' || said.get(origin.reportId) !== text)
        return [`${origin?.reportId ?? 'nobody'}: other words`]
      said.delete(origin.reportId)
      return []
    })
    return [...wrong, ...[...said.keys()].map((id) => `${id}: not drawn`)]
  })
}

/** One figure of one body is corrected and accepted: a new vintage, ten more. @returns the row's key */
export async function correctOne(ownerDb: Kysely<Database>, row: Row, period: string): Promise<void> {
  await ownerDb.transaction().execute(async (db) => {
    await setSecurityContext(db, systemActor)
    const { rows } = await sql<{
      id: string
    }>`select c.id from indicators.cell c where c.measure_id = ${row.measureId}::uuid and c.breakdown = ${row.breakdown}
      and c.period = ${period} order by c.id limit 1`.execute(db)
    const id = rows[0]?.id ?? ''
    await sql`insert into indicators.observation (cell_id, vintage, agency_id, measure_id, status, numerator, denominator, source, by_agency_id, entered_by, entered_at)
      select cell_id, 2, agency_id, measure_id, status, numerator + 10, denominator, source, by_agency_id, entered_by, now() from indicators.observation
      where cell_id = ${id}::uuid and vintage = 1`.execute(db)
    await sql`update indicators.cell set vintage = 2, accepted_vintage = 2 where id = ${id}::uuid`.execute(db)
  })
}
