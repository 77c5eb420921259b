import { sql } from 'kysely'
import type { Context } from '#platform'
import { keptMechanisms } from '../keeping.ts'
import { richness } from '../reading/record.ts'
import { findLeft, layIncoming, takeRecords, withdrawIncoming, type Differing, type Here } from './differences.ts'

export type Doubled = Differing & { ordinal: number; place: string }

/** What became of doubles: those whose richer words another body's record lacks, and how far counts of the batch before move. */
export type OfDoubles = { notKept: Doubled[]; same: number; changed: number }

/**
 * Records that stand twice in a file, the first with an earlier batch: the richer stays. Of one that came with this file it is put in
 * place of the poorer, where whoever brings the file in keeps it; of one that was here before, it is what the file says.
 */
export async function keepRicher(ctx: Context, importId: string, doubled: readonly Doubled[]): Promise<OfDoubles> {
  const told: OfDoubles = { notKept: [], same: 0, changed: 0 }
  if (doubled.length === 0) return told
  const { rows } = await sql<{ id: string; text: string; suggested: number[]; isLaid: boolean }>`
    select r.id, coalesce(i.text, o.text) as text, coalesce(i.fields -> 'suggested', to_jsonb(r.suggested)) as suggested, i.text is not null as is_laid
    from recommendations.recommendation r join recommendations.official_text o on o.recommendation_id = r.id
      left join recommendations.incoming i on i.recommendation_id = r.id and i.import_id = ${importId} and i.state = 'open'
    where r.id = any (${doubled.map(({ here }) => here.id)}::uuid[])`.execute(ctx.db)
  const saved = new Map(rows.map((row) => [row.id, row]))
  const richer = doubled.filter(({ here, record }) => {
    const before = saved.get(here.id)
    return before !== undefined && richness(record) > richness(before)
  })
  const isLaid = ({ here }: { here: Here }) => saved.get(here.id)?.isLaid === true
  const left = await findLeft(ctx, richer)
  const [own, others] = [
    richer.filter(({ here }) => here.importId === importId),
    richer.filter(({ here }) => here.importId !== importId),
  ]
  const kept = new Set(await keptMechanisms(ctx))
  told.notKept = own.filter(({ here }) => !kept.has(here.mechanism))
  await takeRecords(
    ctx,
    own.filter(({ here }) => kept.has(here.mechanism)).map(({ here, record }) => ({ id: here.id, record })),
    false,
  )
  const isAsHere = ({ here, record }: Doubled) =>
    record.recordHash === here.recordHash || left.has(`${here.id} ${record.recordHash}`)
  const withdrawn = others.filter((one) => isAsHere(one) && isLaid(one))
  const laid = others.filter((one) => !isAsHere(one))
  await withdrawIncoming(
    ctx,
    importId,
    withdrawn.map(({ here }) => here.id),
  )
  await layIncoming(ctx, importId, laid)
  const anew = laid.filter((one) => !isLaid(one)).length
  return { ...told, same: withdrawn.length - anew, changed: anew - withdrawn.length }
}
