import { sql, type Kysely } from 'kysely'
import type { Context, Database } from '#platform'
import type { LocalizedText } from '#platform/model'

export type Programme = { code: string; name: LocalizedText; number: string | null; issuedOn: string | null }

/** Lays the country's list of programmes in the database; what is there is brought up to date, nothing is deleted. */
export async function loadProgrammes(ownerDb: Kysely<Database>, programmes: Programme[]): Promise<void> {
  await sql`insert into plans.programme (code, name, number, issued_on)
    select code, name, number, "issuedOn" from jsonb_to_recordset(${JSON.stringify(programmes)}::jsonb) as p(code text, name jsonb, number text, "issuedOn" date)
    on conflict (code) do update set name = excluded.name, number = excluded.number, issued_on = excluded.issued_on`.execute(
    ownerDb,
  )
}

export async function listProgrammes(db: Kysely<Database>): Promise<Programme[]> {
  const rows = await db.selectFrom('plans.programme').selectAll().orderBy('issuedOn').execute()
  return rows.map((row) => ({ ...row, name: row.name as LocalizedText }))
}

/** Names of programmes by code, in the reader's language. */
export async function programmeNames(ctx: Context, codes: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const programmes = await listProgrammes(ctx.db)
  return new Map(
    programmes
      .filter((one) => codes.includes(one.code))
      .map((one) => [one.code, one.name[ctx.language] ?? Object.values(one.name)[0] ?? one.code]),
  )
}
