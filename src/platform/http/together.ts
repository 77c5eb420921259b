import { sql } from 'kysely'
import { auditRow } from '../audit.ts'
import { nobody, type Actor, type Context, type RecordParams } from '../context.ts'
import { keepingPlans } from '../database/plans-kept.ts'
import { gather } from '../gather.ts'
import { inTransaction, type Ground } from '../transaction.ts'
import { newId } from '../values.ts'
import type { Input, Route } from './route.ts'

/** One request among those done together: who acts, and what he asks. */
export type Together<I> = { actor: Actor; input: I }

/** What was done for one of them: the answer, and what the audit says of it. */
export type DoneTogether = {
  answer: object
  action: string
  of: { kind: string; id: string; agencyId: string }
  params: RecordParams
}

/** The transaction of many: there is no actor in it; each statement says for whom it is. */
export type CommonContext = Pick<Context, 'db' | 'today' | 'now'>

/** What row security is told of an actor by `platform.become`, as part of what a statement for many is given. */
export const asActor = ({ personId, viewers, agencyId }: Actor) => ({ person: personId, viewers, agency: agencyId })

type Asked = { actor: Actor; requestId: string; key: string; hash: string; input: Input<never, never, never> }

/**
 * Does requests of a route that wait at the same moment in one transaction, with one commit: who was answered is as safe as by himself. Only what is
 * plain is done so; everything else, and everyone where the common transaction fails, is left to the ordinary way, which says what is wrong.
 * @returns for each the answer; undefined: not done, to be asked in the ordinary way
 */
export function doTogether(
  ground: Ground,
  declared: Route,
  tellFailed: (fault: unknown) => void,
): ((one: Asked) => Promise<object | undefined>) | undefined {
  const { together } = declared
  if (together === undefined) return undefined
  const route = `${declared.method} ${declared.path}`
  const doing = () => ({ actor: nobody, language: ground.language, requestId: newId() })
  const inOne = (some: readonly Asked[]) =>
    inTransaction(ground, doing(), async (ctx) => {
      const done = await together.run(ctx, some)
      const heard = done.find((one) => ground.subscribers.some(({ to }) => to === one?.action))
      if (heard !== undefined) throw new Error(`${heard.action} has a subscriber: it cannot be done together`)
      const rows = some.flatMap((asked, at) => {
        const one = done[at]
        return one === undefined ? [] : [keptRow(ctx, { asked, one, route })]
      })
      if (rows.length > 0) await sql`select platform.keep_together(${JSON.stringify(rows)}::jsonb)`.execute(ctx.db)
      return some.map((_asked, at) => done[at]?.answer)
    })
  const commonly = gather(
    (some: readonly Asked[]) =>
      keepingPlans(() => inOne(some)).catch((fault: unknown) => {
        tellFailed(fault)
        return some.map(() => undefined)
      }),
    { most: together.most, everyMs: 10 },
  )
  return async (one) => (one.actor.everywhere || one.actor.agencyId === null ? undefined : commonly(one))
}

/** An answer as it is kept for a repeat, and the entry of the audit, as `platform.keep_together` reads them. */
function keptRow(ctx: CommonContext, { asked, one, route }: { asked: Asked; one: DoneTogether; route: string }) {
  const { actor, key, hash, requestId } = asked
  const {
    id,
    personId: _person,
    postId,
    agencyId,
    recordKind,
    recordId,
    params,
    ...entry
  } = auditRow(actor, {
    ...{ action: one.action, outcome: 'done', at: ctx.now, requestId, params: one.params },
    ...{ recordKind: one.of.kind, recordId: one.of.id, agencyId: one.of.agencyId },
  })
  return {
    ...{ ...asActor(actor), key, route, hash, answer: one.answer, entry_id: id, at: entry.at, action: entry.action },
    ...{ post: postId, of_agency: agencyId, record_kind: recordKind, record_id: recordId },
    ...{ params: JSON.parse(params) as RecordParams, request_id: entry.requestId },
  }
}
