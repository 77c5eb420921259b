import { sql } from 'kysely'
import { listPersonNames } from '#access'
import { listAgencyNames, nameOfBody } from '#agencies'
import { notFound, orderOf, whereOf, type Context, type ListRequest } from '#platform'
import type { Page } from '#platform/model'
import { ageGroup, ageOf, clockOf, obstacleList } from './list.ts'
import { ObstacleAge, type ObstacleBoard, type ObstacleDetail, type ObstacleRow, type SaidIn } from './model.ts'
import type { ObstacleParts } from './parts.ts'
import { lineAbove, type KeptObstacle } from './store.ts'

type Row = Omit<ObstacleRow, 'by' | 'routedTo'> & {
  agencyId: string
  agencyName: string
  routedToId: string
  routedToName: string
}

const columns = (
  ctx: Context,
) => sql`b.id, b.theme, b.words, b.state, ${clockOf(ctx)} as clock, b.agency_id, b.routed_to_id,
  ${nameOfBody(sql`b.agency_id`, ctx.today)} as agency_name, ${nameOfBody(sql`b.routed_to_id`, ctx.today)} as routed_to_name,
  (select a.level from agencies.agency a where a.id = b.routed_to_id) as level, b.raised_at, b.answer_due_on, ${ageOf(ctx)} as age_days,
  (select count(*)::integer from reporting.obstacle_step s where s.obstacle_id = b.id and s.kind = 'escalated') as escalations`

function rowOf<R extends Row>({ agencyId, agencyName, routedToId, routedToName, ...row }: R) {
  return { ...row, by: { id: agencyId, name: agencyName }, routedTo: { id: routedToId, name: routedToName } }
}

/** Obstacles one may see, those that wait first. */
export async function listObstacles(
  ctx: Context,
  { filter, order, page, size }: ListRequest,
): Promise<Page<ObstacleRow>> {
  const where = whereOf(ctx, obstacleList, filter)
  const { rows: counted } = await sql<{ count: number }>`
    select count(*)::integer as count from ${obstacleList.from} where ${where}`.execute(ctx.db)
  const { rows } = await sql<Row>`select ${columns(ctx)} from ${obstacleList.from} where ${where}
    order by ${orderOf(ctx, obstacleList, order)} limit ${size} offset ${(page - 1) * size}`.execute(ctx.db)
  return { items: rows.map(rowOf), total: counted[0]?.count ?? 0, page, size }
}

/** One obstacle with everything that happened to it. @throws notFound */
export async function getObstacle(ctx: Context, id: string): Promise<ObstacleDetail> {
  type Whole = Row & { proposal: string; reportId: string | null; saidIn: SaidIn[]; version: number }
  const { rows } =
    await sql<Whole>`select ${columns(ctx)}, coalesce(b.proposal, '') as proposal, b.report_id, b.said_in, b.version
    from ${obstacleList.from} where b.id = ${id}::uuid and ${obstacleList.within(ctx)}`.execute(ctx.db)
  const [row] = rows
  if (row === undefined) throw notFound()
  const isWaiting = row.state === 'raised'
  const isMine = row.routedToId === ctx.actor.agencyId
  const isOwn = row.agencyId === ctx.actor.agencyId
  return {
    ...rowOf(row),
    steps: await stepsOf(ctx, id),
    passableTo: isWaiting && isMine ? await passableTo(ctx, row) : [],
    may: {
      ...{ answer: isWaiting && isMine, passOn: isWaiting && isMine },
      ...{ close: isOwn && row.state !== 'closed', notResolved: isOwn && row.state === 'answered' },
    },
  }
}

async function stepsOf(ctx: Context, id: string): Promise<ObstacleDetail['steps']> {
  const rows = await ctx.db
    .selectFrom('reporting.obstacleStep')
    .select(['id', 'kind', 'words', 'toAgencyId', 'byAgencyId', 'takenBy', 'takenAt'])
    .where('obstacleId', '=', id)
    .orderBy('takenAt')
    .orderBy('id')
    .execute()
  const bodies = await listAgencyNames(
    ctx,
    rows.flatMap(({ toAgencyId, byAgencyId }) => [toAgencyId ?? [], byAgencyId ?? []].flat()),
    ctx.today,
  )
  const people = await listPersonNames(
    ctx,
    rows.map(({ takenBy }) => takenBy),
  )
  const named = (bodyId: string | null) => {
    const found = bodyId === null ? undefined : bodies.get(bodyId)
    return found === undefined ? null : { id: found.id, name: found.name }
  }
  return rows.map(({ toAgencyId, byAgencyId, takenBy, kind, ...row }) => ({
    ...row,
    kind: kind as ObstacleDetail['steps'][number]['kind'],
    ...{ to: named(toAgencyId), by: named(byAgencyId), personName: people.get(takenBy) ?? null },
  }))
}

/** Bodies an obstacle may be passed on to by the one it waits for: those over it and those right under it, but for who raised it. */
export async function passableTo(
  ctx: Context,
  of: Pick<KeptObstacle, 'agencyId' | 'routedToId'>,
): Promise<{ id: string; name: string }[]> {
  const above = await lineAbove(ctx, of.routedToId)
  const [superior] = above
  const { rows } = await sql<{ id: string }>`
    select a.id from agencies.agency a where a.superior_id in (${of.routedToId}::uuid, ${superior?.id ?? null}::uuid)
      and a.level = (select b.level from agencies.agency b where b.id = ${of.routedToId}::uuid)
      and (a.valid_from is null or a.valid_from <= ${ctx.today}::date) and (a.valid_to is null or ${ctx.today}::date < a.valid_to)
    order by a.rank, a.id limit 300`.execute(ctx.db)
  const ids = [...above.map(({ id }) => id), ...rows.map(({ id }) => id)]
  const names = await listAgencyNames(ctx, ids, ctx.today)
  return [...new Set(ids)].flatMap((id) => {
    const name = names.get(id)?.name
    return name === undefined || id === of.routedToId || id === of.agencyId ? [] : [{ id, name }]
  })
}

/** Obstacles within reach counted by theme and age; every number is the list under the same conditions. */
export async function readBoard(ctx: Context, { obstacles }: ObstacleParts): Promise<ObstacleBoard> {
  type Count = { theme: string; age: ObstacleAge; state: string; clock: string; count: number }
  const { rows } =
    await sql<Count>`select b.theme, ${ageGroup(ctx)} as age, b.state, ${clockOf(ctx)} as clock, count(*)::integer as count
    from ${obstacleList.from} where ${obstacleList.within(ctx)} group by 1, 2, 3, 4`.execute(ctx.db)
  const sum = (of: readonly Count[], test: (one: Count) => boolean) =>
    of.reduce((total, one) => total + (test(one) ? one.count : 0), 0)
  const known = obstacles.themes.map(({ key }) => key)
  const others = [...new Set(rows.map(({ theme }) => theme))].filter((theme) => !known.includes(theme)).sort()
  return {
    answerDays: obstacles.answerDays,
    themes: obstacles.themes.map(({ key, names }) => ({ key, names })),
    rows: [...known, ...others].map((theme) => {
      const of = rows.filter((one) => one.theme === theme)
      return {
        theme,
        ages: ObstacleAge.options.map((age) => ({
          age,
          count: sum(of, (one) => one.age === age && one.state === 'raised'),
        })),
        open: sum(of, ({ state }) => state === 'raised'),
        overdue: sum(of, ({ clock }) => clock === 'overdue'),
        answered: sum(of, ({ state }) => state === 'answered'),
        closed: sum(of, ({ state }) => state === 'closed'),
      }
    }),
  }
}
