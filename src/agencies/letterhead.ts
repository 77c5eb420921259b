import { sql } from 'kysely'
import { conflict, newId, notFound, type Context } from '#platform'
import type { PlainDate } from '#platform/model'
import type { Letterhead, LetterheadPage, SaveLetterhead } from './model.ts'
import { getAgency } from './names.ts'

const most = 50

/** What a body has said of its documents: what holds on a day, and every entry, the newest first. @throws notFound */
export async function readLetterhead(ctx: Context, agencyId: string, on: PlainDate): Promise<LetterheadPage> {
  await getAgency(ctx, agencyId, on)
  const entries = await entriesOf(ctx, agencyId)
  const current = entries.find((entry) => entry.validFrom <= on) ?? null
  return { entries, current, newestId: await newestOf(ctx, agencyId), mayEdit: isOwn(ctx, agencyId) }
}

/** What holds on a day; undefined = the body has said nothing, and the country's words stand. */
export async function findLetterhead(ctx: Context, agencyId: string, on: PlainDate): Promise<Letterhead | undefined> {
  return (await entriesOf(ctx, agencyId)).find((entry) => entry.validFrom <= on)
}

/**
 * Says anew how the own body heads, numbers and signs its documents from a day on, over the newest entry its writer saw.
 * @throws notFound for another body; conflict `platform.stale-version`
 */
export async function saveLetterhead(
  ctx: Context,
  agencyId: string,
  { seenId, ...input }: SaveLetterhead,
): Promise<LetterheadPage> {
  if (!isOwn(ctx, agencyId)) throw notFound()
  await sql`select pg_advisory_xact_lock(hashtextextended(${`agencies.letterhead ${agencyId}`}, 0))`.execute(ctx.db)
  if ((await newestOf(ctx, agencyId)) !== seenId) throw conflict('platform.stale-version')
  const id = newId()
  await ctx.db
    .insertInto('agencies.letterhead')
    .values({ id, agencyId, ...input, recordedBy: ctx.actor.personId, recordedAt: ctx.now })
    .execute()
  await ctx.record(
    'agencies.letterhead-changed',
    { kind: 'agencies.agency', id: agencyId, agencyId },
    { letterheadId: id, validFrom: input.validFrom },
  )
  return readLetterhead(ctx, agencyId, ctx.today)
}

async function newestOf(ctx: Context, agencyId: string): Promise<string | null> {
  const newest = await ctx.db
    .selectFrom('agencies.letterhead')
    .select('id')
    .where('agencyId', '=', agencyId)
    .orderBy('recordedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return newest?.id ?? null
}

function isOwn(ctx: Context, agencyId: string): boolean {
  return ctx.actor.agencyId === agencyId
}

/** The newest first: by the day from which it holds, then by when it was said. */
function entriesOf(ctx: Context, agencyId: string): Promise<Letterhead[]> {
  return ctx.db
    .selectFrom('agencies.letterhead')
    .select([
      'id',
      'validFrom',
      'parentLine',
      'nameLines',
      'place',
      'abbreviation',
      'draftingSign',
      'books',
      'capacities',
      'addressLine',
      'recordedAt',
    ])
    .where('agencyId', '=', agencyId)
    .orderBy('validFrom', 'desc')
    .orderBy('recordedAt', 'desc')
    .limit(most)
    .execute() as Promise<Letterhead[]>
}
