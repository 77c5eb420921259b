import type { Logger } from 'pino'
import type { Actor, Context } from '../context.ts'
import { Problem } from '../errors.ts'
import { loggable } from '../loggable.ts'
import { inTransaction, type Ground } from '../transaction.ts'
import { absorbWaiting, claimJob, updateJob, type Claimed } from './store.ts'

/** Thrown inside a job that was asked to stop; the runner ends it as cancelled. */
class JobCancelled extends Error {}

/** Thrown inside a job that another runner took over after this one was silent too long; nothing more is written to it. */
class JobLost extends Error {}

/** Falls of a server after which a job is given up. */
const mostAttempts = 3

/** What a job may do: open transactions as its owner with the rights he has *now*, and tell how far it is. */
export type JobWork = {
  id: string
  payload: Record<string, unknown>
  inTransaction<T>(work: (ctx: Context) => Promise<T>): Promise<T>
  /** Takes over what waits of this kind: those jobs are done with this one, whose payload becomes what `merge` makes of all. */
  absorb(
    merge: (payloads: readonly Record<string, unknown>[]) => Record<string, unknown>,
  ): Promise<Record<string, unknown>>
  /** Tells progress in items and stops the job when its owner asked for that. */
  progress(done: number, total: number | null): Promise<void>
}

/**
 * `isLong`: it may take minutes and goes in a lane of its own, so that no other job waits for it. `restMs`: after one has ended the next of its kind
 * waits so long, for those asked for meanwhile to be done with it (`absorb`).
 */
export type JobKind = {
  kind: string
  isLong?: true
  restMs?: number
  run: (work: JobWork) => Promise<Record<string, unknown>>
}

type RunnerParts = {
  ground: Ground
  kinds: JobKind[]
  log: Logger
  /** The owner's rights as they are at this moment; undefined when the post or account has ended. */
  actorOf: (personId: string, postId: string | null) => Promise<Actor | undefined>
  pollMs?: number
}

/**
 * Runs jobs until closed: in each of two lanes one after the other, long kinds in the second; polling is the contract
 * (ADR 0002).
 */
export function startJobRunner(parts: RunnerParts): { close(): Promise<void>; idle(): Promise<void> } {
  let closing = false
  const wakes = new Set<() => void>()
  const longKinds = parts.kinds.filter(({ isLong }) => isLong === true).map(({ kind }) => kind)
  const resting = new Map<string, number>()
  const lanes = [{ except: longKinds }, ...(longKinds.length > 0 ? [{ only: longKinds }] : [])].map(async (lane) => {
    while (!closing) {
      const asleep = [...resting].flatMap(([kind, until]) => (performance.now() < until ? [kind] : []))
      const job = await claimJob(parts.ground.db, parts.ground.now(), { ...lane, asleep }).catch((fault: unknown) => {
        parts.log.error({ err: loggable(fault) }, 'job queue unreachable')
        return undefined
      })
      if (job) {
        await runOrLeave(parts, job)
        const restMs = parts.kinds.find(({ kind }) => kind === job.kind)?.restMs
        if (restMs !== undefined) resting.set(job.kind, performance.now() + restMs)
      } else if (!closing)
        await new Promise<void>((resolve) => {
          const goOn = () => {
            wakes.delete(goOn)
            resolve()
          }
          wakes.add(goOn)
          setTimeout(goOn, parts.pollMs ?? 400)
        })
    }
  })
  return {
    async close() {
      closing = true
      for (const wake of wakes) wake()
      await Promise.all(lanes)
    },
    async idle() {
      for (
        let job = await claimJob(parts.ground.db, parts.ground.now());
        job;
        job = await claimJob(parts.ground.db, parts.ground.now())
      )
        await runOrLeave(parts, job)
    },
  }
}

/** Runs a job; when even its end cannot be written it is left to be taken up again, and the runner goes on. */
async function runOrLeave(parts: RunnerParts, job: Claimed): Promise<void> {
  await runJob(parts, job).catch((fault: unknown) =>
    parts.log.error({ err: loggable(fault), job: job.id, kind: job.kind }, 'job left unended'),
  )
}

async function runJob(parts: RunnerParts, job: Claimed): Promise<void> {
  const { db, now } = parts.ground
  const kind = parts.kinds.find((known) => known.kind === job.kind)
  const end = async (changes: Parameters<typeof updateJob>[2]) => {
    if (!(await updateJob(db, job, { ...changes, finishedAt: now().toISOString() }))) throw new JobLost()
  }
  if (job.cancelRequested) return end({ state: 'cancelled' })
  if (!kind) return end({ state: 'failed', problemCode: 'platform.job-unknown-kind' })
  if (job.attempt > mostAttempts) return end({ state: 'failed', problemCode: 'platform.job-gave-up' })
  const heartbeat = setInterval(() => {
    updateJob(db, job, { heartbeatAt: now().toISOString() }).catch((fault: unknown) =>
      parts.log.warn({ err: loggable(fault), job: job.id }, 'job heartbeat failed'),
    )
  }, 15_000)
  try {
    const result = await kind.run(workOf(parts, job))
    await end({ state: 'done', result: JSON.stringify(result) })
  } catch (fault) {
    if (fault instanceof JobLost) throw fault
    if (fault instanceof JobCancelled) await end({ state: 'cancelled' })
    else {
      parts.log.error({ err: loggable(fault), job: job.id, kind: job.kind }, 'job failed')
      await end({ state: 'failed', problemCode: fault instanceof Problem ? fault.code : 'platform.job-failed' })
    }
  } finally {
    clearInterval(heartbeat)
  }
}

function workOf(parts: RunnerParts, job: Claimed): JobWork {
  return {
    id: job.id,
    payload: job.payload,
    async inTransaction(work) {
      const actor = await parts.actorOf(job.personId, job.postId)
      if (!actor) throw new Problem('forbidden', 'platform.job-rights-ended')
      return inTransaction(
        parts.ground,
        { actor, language: parts.ground.language, requestId: `job:${job.id}` },
        (ctx) => work(ctx),
      )
    },
    absorb: (merge) => absorbWaiting(parts.ground.db, job, { merge, now: parts.ground.now() }),
    async progress(done, total) {
      const still = await updateJob(parts.ground.db, job, {
        doneCount: done,
        totalCount: total,
        heartbeatAt: parts.ground.now().toISOString(),
      })
      if (!still) throw new JobLost()
      if (still.cancelRequested) throw new JobCancelled()
    },
  }
}
