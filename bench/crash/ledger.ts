import path from 'node:path'
import { sql } from 'kysely'
import { openFileStore } from '#platform'
import { openDatabase } from '../../src/platform/database/connect.ts'
import { openEmbedded } from '../../src/platform/database/embedded.ts'

/** What the server acknowledged, as its client remembers it. */
export type Ledger = {
  sent: number
  acknowledged: number
  /** Tries that got no answer, or one that says "again". */
  unanswered: number
  /** Acknowledged only after a repeat with the same key. */
  answeredLater: number
  /** Plan id → its title, which no other has. */
  plans: Map<string, string>
  /** SHA-256 of a file → the plan it lies under. */
  files: Map<string, string>
}

export function newLedger(): Ledger {
  return { sent: 0, acknowledged: 0, unanswered: 0, answeredLater: 0, plans: new Map(), files: new Map() }
}

export type Verdict = { lost: string[]; doubled: string[]; unfinished: string[] }

type Found = { plans: Map<string, string[]>; files: Map<string, number>; entries: Map<string, number> }

/**
 * Lays the ledger beside the database of a stopped product: each acknowledged plan, file and audit entry must be there
 * once, and nothing of its making half.
 */
export async function judge(home: string, ledger: Ledger): Promise<Verdict> {
  const connections = await openEmbedded({ home })
  const db = openDatabase(connections.ownerUrl, { pool: 1, statementTimeoutMs: 300_000 })
  try {
    const found = await db.transaction().execute(async (trx): Promise<Found> => {
      await sql`select set_config('mangnon.everywhere', 'yes', true)`.execute(trx)
      const plans = await sql<{ id: string; title: string }>`select p.id, v.title from plans.plan p
        left join plans.plan_version v on v.plan_id = p.id where p.title like 'Sổ cái %'`.execute(trx)
      const files = await sql<{ sha256: string; count: number }>`select sha256, count(*) as count
        from platform.stored_file where record_kind = 'plans.plan-version' group by 1`.execute(trx)
      const entries = await sql<{ what: string; count: number }>`select
        coalesce(params->>'sha256', record_id::text) as what, count(*) as count from platform.audit_entry
        where action in ('plans.draft-begun', 'plans.document-attached') group by 1`.execute(trx)
      return {
        plans: Map.groupBy(plans.rows, (row) => row.title)
          .entries()
          .reduce(
            (map, [title, rows]) =>
              map.set(
                title,
                rows.map((row) => row.id),
              ),
            new Map<string, string[]>(),
          ),
        files: new Map(files.rows.map((row) => [row.sha256, row.count])),
        entries: new Map(entries.rows.map((row) => [row.what, row.count])),
      }
    })
    return await compare(home, ledger, found)
  } finally {
    await db.destroy()
    await connections.stop()
  }
}

async function compare(home: string, ledger: Ledger, found: Found): Promise<Verdict> {
  const verdict: Verdict = { lost: [], doubled: [], unfinished: [] }
  const bytes = openFileStore(path.join(home, 'files'))
  for (const [id, title] of ledger.plans) {
    const ids = found.plans.get(title) ?? []
    if (!ids.includes(id)) verdict.lost.push(`plan ${id}`)
    if (ids.length > 1) verdict.doubled.push(`plan ${title}`)
    weigh(verdict, `entry of plan ${id}`, found.entries.get(id) ?? 0)
  }
  for (const [sha256] of ledger.files) {
    weigh(verdict, `file ${sha256}`, found.files.get(sha256) ?? 0)
    weigh(verdict, `entry of file ${sha256}`, found.entries.get(sha256) ?? 0)
    await bytes.read(sha256).catch(() => verdict.lost.push(`bytes of file ${sha256}`))
  }
  // What was never acknowledged may be there or not, but whole: a plan with its version, a row with its bytes.
  for (const [title, ids] of found.plans) if (ids.length === 0) verdict.unfinished.push(`plan ${title}`)
  for (const sha256 of found.files.keys())
    await bytes.read(sha256).catch(() => verdict.unfinished.push(`file ${sha256}`))
  return verdict
}

function weigh(verdict: Verdict, what: string, count: number): void {
  if (count === 0) verdict.lost.push(what)
  if (count > 1) verdict.doubled.push(what)
}
