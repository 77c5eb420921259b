import { sql, type SqlBool } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import {
  findJob,
  forbidden,
  conflict,
  listAuditEntries,
  listJobs,
  notFound,
  requestCancel,
  type Context,
} from '#platform'
import type { Job, Page } from '#platform/model'
import type { AccessParts } from '../ground.ts'
import type { AuditQuery, NamedAuditEntry } from '../model.ts'
import { namesOfAgencies, listPersonNames } from '../names.ts'
import { withinReach } from '../reach.ts'

/** Entries of the actor himself and of agencies within reach. */
function ownOrWithinReach(ctx: Context) {
  return sql<SqlBool>`(${sql.ref('personId')} = ${ctx.actor.personId}::uuid or ${withinReach(ctx, 'agencyId')})`
}

/**
 * The audit within reach, newest first, with the names it needs to be read: found as it is read, so that a name never
 * outlives what it names, nor is told to who would not see the record itself. Days are those of the country.
 */
export async function listAudit(ctx: Context, parts: AccessParts, query: AuditQuery): Promise<Page<NamedAuditEntry>> {
  const { from, to, ...rest } = query
  const { timeZone } = parts.country
  const page = await listAuditEntries(ctx, {
    ...rest,
    within: ownOrWithinReach(ctx),
    from: from && startOf(from, timeZone, 0),
    to: to && startOf(to, timeZone, 1),
  })
  const people = await listPersonNames(
    ctx,
    page.items.flatMap((entry) => [entry.personId, entry.recordKind === 'access.person' ? entry.recordId : null]),
  )
  const agencies = await namesOfAgencies(
    ctx,
    page.items.flatMap((entry) => entry.agencyId ?? []),
  )
  const records = await parts.nameRecords(
    ctx,
    page.items.flatMap((entry) => entry.recordId ?? []),
  )
  return {
    ...page,
    items: page.items.map((entry) => ({
      ...entry,
      personName: people.get(entry.personId ?? '') ?? null,
      agencyName: agencies.get(entry.agencyId ?? '') ?? null,
      recordName: records.get(entry.recordId ?? '') ?? null,
      recordPersonName: entry.recordKind === 'access.person' ? (people.get(entry.recordId ?? '') ?? null) : null,
    })),
  }
}

/** The instant a day begins in the country, so many days later. */
function startOf(day: string, timeZone: string, later: number): string {
  return Temporal.PlainDate.from(day).add({ days: later }).toZonedDateTime(timeZone).toInstant().toString()
}

type JobRow = Awaited<ReturnType<typeof findJob>> & object

async function named(ctx: Context, jobs: JobRow[]): Promise<Job[]> {
  const people = await listPersonNames(
    ctx,
    jobs.map((job) => job.personId),
  )
  return jobs.map(({ personId, ...job }) => ({ ...job, personName: people.get(personId) ?? null }))
}

/** Long work asked for by the actor or by bodies within reach, newest first. */
export async function listNamedJobs(ctx: Context, page: { page: number; size: number }): Promise<Page<Job>> {
  const found = await listJobs(ctx, { ...page, within: ownOrWithinReach(ctx) })
  return { ...found, items: await named(ctx, found.items) }
}

/** @throws notFound */
export async function getNamedJob(ctx: Context, id: string): Promise<Job> {
  const job = await findJob(ctx, id, ownOrWithinReach(ctx))
  const [found] = job ? await named(ctx, [job]) : []
  if (!found) throw notFound()
  return found
}

/**
 * Asks a job to stop: its owner may, and an administrator.
 * @throws notFound; forbidden `access.job-of-another`; conflict `access.job-ended`
 */
export async function cancelJob(ctx: Context, id: string): Promise<Job> {
  const job = await findJob(ctx, id, ownOrWithinReach(ctx))
  if (!job) throw notFound()
  if (job.personId !== ctx.actor.personId && ctx.actor.role !== 'administrator')
    throw forbidden('access.job-of-another')
  if (!(await requestCancel(ctx, id))) throw conflict('access.job-ended')
  await ctx.record('platform.job-cancelled', { kind: 'platform.job', id, agencyId: ctx.actor.agencyId })
  return getNamedJob(ctx, id)
}
