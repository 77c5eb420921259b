import { sql } from 'kysely'
import { fingerprintOf, inTransaction, newId, systemActor, type Context, type Ground, type JobKind } from '#platform'
import { saveReformedUnits } from '#territory'
import { saveReformedBodies } from '../commands.ts'
import { moveReform, nextRank, takeDueReform, type ReformRow } from './store.ts'
import { tryReform, type CountrySource } from './state.ts'
import { asReform, stateNow } from './trial.ts'

/** What applying needs: units, bodies and the reach are written by the owner of the tables only. */
export type ApplyParts = {
  /** The ground of the instance, on the connection of the role that owns the tables. */
  ownerGround: Ground
  source: CountrySource
  /** Works out anew who stands over whom (`access`). */
  computeReach: (db: Context['db']) => Promise<unknown>
  /** What later modules do in the same transaction: duties and work follow. */
  afterwards: (ctx: Context) => Promise<unknown>
}

/**
 * Applies every approved reform whose day has come, oldest first, each in one transaction: units, bodies, reach, what hangs
 * on them, audit; all or nothing. One against which something stands by now is blocked with its reason and changes nothing.
 * Safe to run at any time and twice.
 * @returns how many were applied and how many blocked
 */
export async function applyDueReforms(parts: ApplyParts): Promise<{ applied: number; blocked: number }> {
  const done = { applied: 0, blocked: 0 }
  for (;;) {
    const outcome = await inTransaction(
      parts.ownerGround,
      { actor: systemActor, language: parts.ownerGround.language, requestId: `reform:${newId()}` },
      async (ctx) => {
        await sql`select pg_advisory_xact_lock(hashtext('agencies.load'))`.execute(ctx.db)
        const row = await takeDueReform(ctx)
        return row === undefined ? undefined : applyOne(ctx, parts, row)
      },
    )
    if (outcome === undefined) return done
    done[outcome]++
  }
}

async function applyOne(ctx: Context, parts: ApplyParts, row: ReformRow): Promise<'applied' | 'blocked'> {
  const record = { kind: 'agencies.reform', id: row.id, agencyId: row.agencyId }
  const before = await stateNow(ctx, parts.source)
  const { findings, after } = await tryReform(parts.source, before, asReform(row))
  if (after === null) {
    const errors = findings.filter((finding) => finding.severity === 'error').map((finding) => finding.code)
    await moveReform(ctx, row, { state: 'blocked', reason: [...new Set(errors)].join(' ') })
    await ctx.record('agencies.reform-blocked', record, { findings: errors.length })
    return 'blocked'
  }
  const mark = fingerprintOf([row.id, row.version, row.unitChanges, row.bodyChanges])
  const units = await saveReformedUnits(ctx.db, { before: before.territory, after: after.territory, mark })
  const bodies = await saveReformedBodies(ctx.db, { before: before.bodies, after: after.bodies, mark })
  await parts.computeReach(ctx.db)
  await moveReform(ctx, row, { state: 'applied', appliedAt: ctx.now, appliedRank: await nextRank(ctx) })
  await parts.afterwards(ctx)
  await ctx.record('agencies.reform-applied', record, { date: row.onDate, units, bodies })
  return 'applied'
}

/** Applies at once what was approved after its day had come. */
export function applyReformsJob(parts: ApplyParts): JobKind {
  return { kind: 'agencies.apply-reforms', run: () => applyDueReforms(parts) }
}
