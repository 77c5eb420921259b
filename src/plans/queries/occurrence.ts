import { sql } from 'kysely'
import { listFiles, notFound, type Context } from '#platform'
import { listAgencyNames } from '#agencies'
import { listPersonNames } from '#access'
import type { Occurrence, OccurrenceDetail, Progress } from '../model.ts'
import { ownLabels } from '../store/labels.ts'
import { workVisible } from '../store/visible.ts'
import { filesSent, sendersOf } from '../store/sent-updates.ts'
import { listMilestones } from './milestones.ts'
import { listSentUpdates } from './sent-updates.ts'
import { getServing } from './serving.ts'

type Row = Omit<Occurrence, 'agency' | 'progressState' | 'alsoServes'> & {
  joinedId: string | null
  isRequested: boolean
  agencyId: string
  ownerId: string
  issuerId: string
  output: string | null
  timeText: string | null
  planVersionId: string
}

/** One piece of work with its updates, newest first, and what was urged about it. @throws notFound */
export async function getOccurrence(
  ctx: Context,
  id: string,
  may: (permission: string) => boolean,
): Promise<OccurrenceDetail> {
  const { rows } = await sql<Row>`
    select o.id, o.plan_id, o.node_id, p.title as plan_title, p.number as plan_number, p.issuer_id, n.path, n.text, n.output, n.time_text, n.plan_version_id, o.agency_id, o.owner_id, o.joined_id, o.is_requested,
      o.period, o.due_on, o.done_on, o.status, plans.standing(o.due_on, o.done_on, o.is_requested, ${ctx.today}::date) as standing,
      ${ownLabels(ctx)} as labels
    from plans.occurrence o join plans.plan p on p.id = o.plan_id
    join lateral (select nv.* from plans.node_version nv join plans.plan_version v on v.id = nv.plan_version_id
      where nv.node_id = o.node_id and v.state = 'issued' order by v.ordinal desc limit 1) n on true
    where o.id = ${id} and o.cancelled_on is null and ${workVisible(ctx, 'o')}`.execute(ctx.db)
  const row = rows[0]
  if (!row) throw notFound()
  const { agencyId, ownerId, issuerId, planVersionId, joinedId, isRequested, ...work } = row
  const isHome = joinedId === null || joinedId === id
  const said = isHome ? [id] : [id, joinedId]
  const progress = await listProgress(ctx, said, { agencyId, ownerId, may })
  const duties = await ctx.db
    .selectFrom('plans.duty')
    .select(['kind', 'raw'])
    .where('planVersionId', '=', planVersionId)
    .where('nodeId', '=', work.nodeId)
    .orderBy('rank')
    .execute()
  const names = await listAgencyNames(ctx, [agencyId, issuerId], ctx.today)
  return {
    ...work,
    agency: names.get(agencyId) ?? { id: agencyId, name: '', endedOn: null },
    issuer: names.get(issuerId)?.name ?? '',
    progressState: progress[0]?.state ?? null,
    progress,
    milestones: (await listMilestones(ctx, [id])).map(({ occurrenceId: _work, ...milestone }) => milestone),
    sent: await listSentUpdates(ctx, said),
    urgings: await urgingsAbout(ctx, id),
    leads: duties.filter((duty) => duty.kind === 'lead').map((duty) => duty.raw),
    supports: duties.filter((duty) => duty.kind === 'support').map((duty) => duty.raw),
    serving: await getServing(ctx, { id, joinedId, nodeId: work.nodeId, agencyId }),
    may: {
      report:
        agencyId === ctx.actor.agencyId &&
        may('plans.report-progress') &&
        isHome &&
        work.doneOn === null &&
        progress[0]?.state !== 'submitted',
      join: agencyId === ctx.actor.agencyId && may('plans.join-tasks') && !isRequested && work.doneOn === null,
      keepMilestones: agencyId === ctx.actor.agencyId && may('plans.keep-milestones'),
      answer: ownerId === ctx.actor.agencyId && may('plans.answer'),
    },
  }
}

type Whose = { agencyId: string; ownerId: string; may: (permission: string) => boolean }

async function listProgress(ctx: Context, occurrenceIds: string[], whose: Whose): Promise<Progress[]> {
  const own = whose.agencyId === ctx.actor.agencyId
  let query = ctx.db
    .selectFrom('plans.progress')
    .selectAll()
    // What is entered at the home of joined work is checked there, by who stands over it there.
    .select(sql<boolean>`${workVisible(ctx, 'plans.progress')}`.as('isChecked'))
    .where('occurrenceId', 'in', occurrenceIds)
  if (!own) query = query.where('state', '<>', 'draft')
  const rows = await query.orderBy('createdAt', 'desc').execute()
  const files = await listFiles(
    ctx,
    'plans.progress',
    rows.map((row) => row.id),
  )
  // What is laid under a returned update is its body's own until it is sent again.
  const unsent = own ? [] : rows.filter((row) => row.state === 'returned').map((row) => row.id)
  const sentFiles = await filesSent(ctx, unsent)
  const people = await listPersonNames(
    ctx,
    rows.flatMap((row) => [row.personId, ...(row.checkedBy === null ? [] : [row.checkedBy])]),
  )
  const waiting = own ? undefined : rows.find((row) => row.state === 'submitted')
  const senders = waiting === undefined ? [] : await sendersOf(ctx, waiting.id)
  return rows.map((row) => ({
    id: row.id,
    status: row.status,
    narrative: row.narrative,
    evidenceNote: row.evidenceNote,
    state: row.state,
    submittedAt: row.submittedAt,
    checkedAt: row.checkedAt,
    reason: row.reason,
    version: row.version,
    personName: people.get(row.personId) ?? null,
    checkedByName: row.checkedBy === null ? null : (people.get(row.checkedBy) ?? null),
    files: files
      .filter((file) => file.recordId === row.id && (!unsent.includes(row.id) || sentFiles.has(file.id)))
      .map(({ id, name, size, sha256, storedAt }) => ({ id, name, size, sha256, storedAt })),
    may: {
      edit: own && (row.state === 'draft' || row.state === 'returned') && whose.may('plans.report-progress'),
      check:
        !own &&
        row.isChecked &&
        row.state === 'submitted' &&
        ![row.personId, row.submittedBy, ...senders].includes(ctx.actor.personId) &&
        whose.may('plans.check-progress'),
    },
  }))
}

async function urgingsAbout(ctx: Context, occurrenceId: string): Promise<OccurrenceDetail['urgings']> {
  const rows = await ctx.db
    .selectFrom('plans.urgingTask')
    .innerJoin('plans.urging', 'plans.urging.id', 'plans.urgingTask.urgingId')
    .select([
      'plans.urging.id',
      'plans.urging.agencyId',
      'plans.urging.text',
      'plans.urging.sentAt',
      'plans.urging.answerBy',
    ])
    .where('plans.urgingTask.occurrenceId', '=', occurrenceId)
    .orderBy('plans.urging.sentAt', 'desc')
    .execute()
  const names = await listAgencyNames(
    ctx,
    rows.map((row) => row.agencyId),
    ctx.today,
  )
  return rows.map(({ agencyId, ...row }) => ({ ...row, from: names.get(agencyId)?.name ?? '' }))
}
