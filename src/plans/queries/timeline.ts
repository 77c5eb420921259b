import { sql } from 'kysely'
import { whereOf, type Context, type ListRequest } from '#platform'
import type { Page } from '#platform/model'
import { listAgencyNames } from '#agencies'
import { taskList } from '../lists/tasks.ts'
import type { TimelineGrouping, TimelineRow } from '../model.ts'
import { listMilestones } from './milestones.ts'

type Piece = TimelineRow['pieces'][number]
type Row = Omit<TimelineRow, 'agency' | 'time' | 'group' | 'milestones'> & {
  agencyId: string
  timeKind: TimelineRow['time']['kind']
  timeFrom: string | null
  timeTo: string | null
  timeFrequency: TimelineRow['time']['frequency']
  groupId: string | null
  groupPath: string | null
  groupText: string | null
}

/** The first and last day on which anything of the whole list is due or was done; null when nothing has a day. */
export type TimelineSpan = { from: string | null; to: string | null }

/**
 * Pieces of work as lines of time: one row for each task and body, page by page, all pieces of a row together; the body or
 * group with the earliest due date first, what has none last. `span` is that of all pages: the axis stays as one turns.
 * A fixed number of statements, whatever the page.
 */
export async function listTimeline(
  ctx: Context,
  filter: ListRequest,
  by: TimelineGrouping,
): Promise<Page<TimelineRow> & { span: TimelineSpan }> {
  const where = whereOf(ctx, taskList, filter.filter)
  const { rows: whole } = await sql<{ total: number } & TimelineSpan>`
    select count(distinct (o.node_id, o.agency_id)) as total, min(least(o.due_on, o.done_on)) as "from", max(greatest(o.due_on, o.done_on)) as "to"
    from plans.occurrence o where ${where}`.execute(ctx.db)
  const under = by === 'body' ? sql`agency_id` : sql`plan_id`
  const within = by === 'body' ? sql`first_due nulls last, plan_id` : sql`rank`
  const { rows } = await sql<Row>`
    with kept as (select o.* from plans.occurrence o where ${where}),
    line as (select plan_id, node_id, agency_id, min(due_on) as first_due,
        (select nv.rank from plans.node_version nv join plans.plan_version v on v.id = nv.plan_version_id
          where ${by === 'group'} and nv.node_id = k.node_id and v.state = 'issued' order by v.ordinal desc limit 1) as rank
      from kept k group by plan_id, node_id, agency_id),
    grouped as (select *, min(first_due) over (partition by ${under}) as first_of_group from line),
    page as (select *, row_number() over (order by first_of_group nulls last, ${under}, ${within}, node_id, agency_id) as place from grouped
      order by place limit ${filter.size} offset ${(filter.page - 1) * filter.size})
    select page.plan_id, page.node_id, page.agency_id, p.title as plan_title, p.number as plan_number, p.issued_on,
      n.path, n.text, n.time_kind, n.time_from, n.time_to, n.time_frequency, g.node_id as group_id, g.path as group_path, g.text as group_text,
      (select jsonb_agg(jsonb_build_object('id', k.id, 'period', k.period, 'dueOn', k.due_on, 'doneOn', k.done_on,
          'standing', plans.standing(k.due_on, k.done_on, k.is_requested, ${ctx.today}::date)) order by k.due_on nulls last, k.id)
        from kept k where k.node_id = page.node_id and k.agency_id = page.agency_id) as pieces
    from page join plans.plan p on p.id = page.plan_id
    join lateral (select nv.* from plans.node_version nv join plans.plan_version v on v.id = nv.plan_version_id
      where nv.node_id = page.node_id and v.state = 'issued' order by v.ordinal desc limit 1) n on true
    left join plans.node_version g on g.plan_version_id = n.plan_version_id and g.node_id = n.parent_node_id
    order by page.place`.execute(ctx.db)
  const names = await listAgencyNames(
    ctx,
    rows.map((row) => row.agencyId),
    ctx.today,
  )
  const pieces = rows.flatMap((row) => row.pieces)
  const milestones = await listMilestones(
    ctx,
    pieces.map((piece) => piece.id),
  )
  const [{ total, from, to } = { total: 0, from: null, to: null }] = whole
  return {
    items: rows.map((row) => asRow(row, { names, milestones })),
    total,
    page: filter.page,
    size: filter.size,
    span: { from, to },
  }
}

type Beside = {
  names: Awaited<ReturnType<typeof listAgencyNames>>
  milestones: Awaited<ReturnType<typeof listMilestones>>
}

function asRow(row: Row, { names, milestones }: Beside): TimelineRow {
  const { agencyId, timeKind, timeFrom, timeTo, timeFrequency, groupId, groupPath, groupText, ...rest } = row
  const own = new Set(row.pieces.map((piece: Piece) => piece.id))
  return {
    ...rest,
    agency: names.get(agencyId) ?? { id: agencyId, name: '', endedOn: null },
    time: { kind: timeKind, from: timeFrom, to: timeTo, frequency: timeFrequency },
    group: groupId === null ? null : { nodeId: groupId, path: groupPath ?? '', text: groupText ?? '' },
    milestones: milestones
      .filter((milestone) => own.has(milestone.occurrenceId))
      .map(({ occurrenceId, name, dueOn, doneOn }) => ({ occurrenceId, name, dueOn, doneOn })),
  }
}
