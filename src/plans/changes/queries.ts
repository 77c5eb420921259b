import { sql } from 'kysely'
import { listPersonNames } from '#access'
import { writeCsv, writeSheets, type Catalogue, type Context, type FileAnswer } from '#platform'
import type { Page } from '#platform/model'
import type { ChangeSet, ChangeSetDetail, RefusedRow } from '../model.ts'
import type { Refusal } from './rules.ts'
import { cellOf, type SheetFormat } from './sheet.ts'
import { getChangeSet, readChanges, type SetRow } from './store.ts'

/** How many refused rows are told; all of them are in the download. */
const told = 500

type Counts = { id: string; changing: number; waiting: number; done: number; left: number; isUndone: boolean }

/** Change sets of the acting body, the newest first; what somebody else only looked at is not told. Four statements. */
export async function listChangeSets(
  ctx: Context,
  of: { page: number; size: number; planId?: string | undefined },
): Promise<Page<ChangeSet>> {
  const base = ctx.db
    .selectFrom('plans.changeSet')
    .where('agencyId', '=', ctx.actor.agencyId)
    .where('state', '=', 'applied')
    .$if(of.planId !== undefined, (query) => query.where('planId', '=', of.planId ?? null))
  const { total } = await base.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await base
    .selectAll()
    .orderBy('appliedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(of.size)
    .offset((of.page - 1) * of.size)
    .execute()
  const items = await describe(ctx, rows as SetRow[])
  return { items, total, page: of.page, size: of.size }
}

async function describe(ctx: Context, rows: readonly SetRow[]): Promise<ChangeSet[]> {
  const ids = rows.map((row) => row.id)
  const { rows: counts } = await sql<Counts>`
    select c.change_set_id as id, count(distinct c.record_id)::int as changing,
      count(*) filter (where c.outcome = 'waiting')::int as waiting, count(*) filter (where c.outcome = 'done')::int as done,
      count(*) filter (where c.outcome = 'left')::int as "left",
      exists (select 1 from plans.change_set u join plans.change d on d.change_set_id = u.id and d.outcome = 'done'
        where u.undoes = c.change_set_id and u.state = 'applied') as is_undone
    from plans.change c where c.change_set_id = any (${ids}::uuid[]) group by 1`.execute(ctx.db)
  const byId = new Map(counts.map((count) => [count.id, count]))
  const people = await listPersonNames(
    ctx,
    rows.map((row) => row.personId),
  )
  const planIds = rows.flatMap((row) => row.planId ?? [])
  const plans = new Map(
    planIds.length === 0
      ? []
      : (
          await ctx.db
            .selectFrom('plans.plan as p')
            .leftJoin('plans.planVersion as v', (join) =>
              join.onRef('v.planId', '=', 'p.id').on('v.state', '=', 'draft'),
            )
            .select(['p.id', 'p.title', 'v.id as draftId'])
            .where('p.id', 'in', planIds)
            .where('p.agencyId', '=', ctx.actor.agencyId)
            .execute()
        ).map((plan) => [plan.id, plan] as const),
  )
  return rows.map((row) => {
    const count = byId.get(row.id)
    const plan = row.planId === null ? undefined : plans.get(row.planId)
    const isOpen = row.about !== 'draft' || (plan !== undefined && plan.draftId === row.planVersionId)
    return {
      id: row.id,
      about: row.about,
      source: row.source,
      state: row.state,
      plan: plan === undefined ? null : { id: plan.id, title: plan.title },
      fileName: row.fileName,
      undoes: row.undoes,
      isUndone: count?.isUndone ?? false,
      isSent: row.isSent,
      personName: people.get(row.personId) ?? null,
      madeAt: row.madeAt,
      appliedAt: row.appliedAt,
      counts: {
        seen: row.seenCount,
        changing: count?.changing ?? 0,
        refused: new Set(row.refusals.map((one) => one.rowNumber ?? one.recordId ?? one.name)).size,
        waiting: count?.waiting ?? 0,
        done: count?.done ?? 0,
        left: count?.left ?? 0,
      },
      may: {
        apply: row.state === 'previewed' && isOpen && (count?.waiting ?? 0) > 0 && row.personId === ctx.actor.personId,
        undo: row.state === 'applied' && isOpen && !row.isSent && (count?.done ?? 0) > 0 && !(count?.isUndone ?? false),
      },
    }
  })
}

/** One change set of the acting body with a page of its changes; a set that is not yet applied only to who looks at it. @throws notFound */
export async function getChangeSetDetail(
  ctx: Context,
  say: Catalogue,
  id: string,
  page: { page: number; size: number },
): Promise<ChangeSetDetail> {
  const row = await getChangeSet(ctx, id)
  const [set] = await describe(ctx, [row])
  if (set === undefined) throw new Error('a set that was read describes itself')
  const changes = await readChanges(ctx, id, page)
  const { total } = await ctx.db
    .selectFrom('plans.change')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('changeSetId', '=', id)
    .executeTakeFirstOrThrow()
  return {
    ...set,
    changes: {
      items: changes.map(({ rank, recordId, name, rowNumber, change, outcome, reason }) => ({
        rank,
        recordId,
        name,
        rowNumber,
        change,
        outcome,
        reason: reason === null ? null : { code: reason, title: say(ctx.language, reason) },
      })),
      total,
      ...page,
    },
    refused: row.refusals.slice(0, told).map((refusal) => sayRefusal(say, ctx, refusal)),
  }
}

function sayRefusal(say: Catalogue, ctx: Context, refusal: Refusal): RefusedRow {
  const { rowNumber, name, code, params } = refusal
  return { rowNumber, cell: cellOf(refusal), name, code, title: say(ctx.language, code, params) }
}

/** The rows a set refused and the changes it left, as a spreadsheet to be worked off. @throws notFound */
export async function writeRefused(ctx: Context, say: Catalogue, id: string, format: SheetFormat): Promise<FileAnswer> {
  const row = await getChangeSet(ctx, id)
  const left = (await readChanges(ctx, id)).filter((change) => change.reason !== null)
  const word = (key: string) => say(ctx.language, key)
  const table = {
    name: word('plans.sheet-refused'),
    columns: [
      { head: word('plans.sheet-refused-row'), width: 10 },
      { head: word('plans.sheet-refused-cell'), width: 10 },
      { head: word('plans.sheet-refused-name'), width: 60 },
      { head: word('plans.sheet-refused-why'), width: 80 },
    ],
    rows: [
      ...row.refusals
        .map((refusal) => sayRefusal(say, ctx, refusal))
        .map(({ rowNumber, cell, name, title }) => [rowNumber, cell, name, title]),
      ...left.map(({ rowNumber, name, reason }) => [rowNumber, null, name, word(reason ?? '')]),
    ],
  }
  await ctx.record('plans.changes-refused-written', { kind: 'plans.change-set', id, agencyId: row.agencyId })
  const fileName = `${word('plans.sheet-refused')}.${format}`
  return format === 'csv'
    ? { fileName, mediaType: 'text/csv; charset=utf-8', bytes: writeCsv(table) }
    : {
        fileName,
        mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        bytes: await writeSheets([table]),
      }
}
