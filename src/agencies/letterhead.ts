import { randomUUID } from 'node:crypto'
import { notFound, type Context } from '#platform'
import type { PlainDate } from '#platform/model'
import type { Letterhead, LetterheadPage, SaveLetterhead } from './model.ts'
import { getAgency } from './names.ts'

const most = 50

/** What a body has said of its documents: what holds on a day, and every entry, the newest first. @throws notFound */
export async function readLetterhead(ctx: Context, agencyId: string, on: PlainDate): Promise<LetterheadPage> {
  await getAgency(ctx, agencyId, on)
  const entries = await entriesOf(ctx, agencyId)
  return { entries, current: entries.find((entry) => entry.validFrom <= on) ?? null, mayEdit: isOwn(ctx, agencyId) }
}

/** What holds on a day; undefined = the body has said nothing, and the country's words stand. */
export async function findLetterhead(ctx: Context, agencyId: string, on: PlainDate): Promise<Letterhead | undefined> {
  return (await entriesOf(ctx, agencyId)).find((entry) => entry.validFrom <= on)
}

/** Says anew how the own body heads, numbers and signs its documents from a day on. @throws notFound for another body */
export async function saveLetterhead(ctx: Context, agencyId: string, input: SaveLetterhead): Promise<LetterheadPage> {
  if (!isOwn(ctx, agencyId)) throw notFound()
  const id = randomUUID()
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
