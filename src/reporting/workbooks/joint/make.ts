import { z } from 'zod'
import { may } from '#access'
import { forbidden, invalid, keepListFile, sheetMediaTypes, type Context, type JobKind } from '#platform'
import { Id, Language } from '#platform/model'
import type { WorkbookParts } from '../commands.ts'
import { jointRound, knownOf, owedJointly } from './known.ts'
import { writeJoint, type KnownBody } from './write.ts'

const jointKind = 'reporting.write-joint-workbook'
const permission = 'reporting.consolidate'
/** Bodies gathered in one step: progress, cancelling and a look at the rights between them. */
const step = 10

const Payload = z.object({ roundId: Id, language: Language })

/**
 * Lets one workbook of all reports of a round that come to the acting body and may still be written be made by a job.
 * @throws notFound; invalid `reporting.joint-nobody`, `reporting.joint-too-many`
 */
export async function askForJoint(ctx: Context, roundId: string): Promise<{ jobId: string; bodies: number }> {
  await jointRound(ctx, roundId)
  const { length } = await owedJointly(ctx, roundId)
  if (length === 0) throw invalid('reporting.joint-nobody')
  const jobId = await ctx.enqueue(jointKind, { roundId, language: ctx.language })
  await ctx.record(
    'reporting.joint-workbook-asked',
    { kind: 'reporting.round', id: roundId, agencyId: ctx.actor.agencyId },
    { bodies: length },
  )
  return { jobId, bodies: length }
}

/** The job that writes a workbook of many bodies, in steps, each with the rights its asker has then. */
export function jointJob(parts: WorkbookParts): JobKind {
  return {
    kind: jointKind,
    async run(work) {
      const { roundId, language } = Payload.parse(work.payload)
      const asRightful = <T>(run: (ctx: Context) => Promise<T>) =>
        work.inTransaction((ctx) => {
          if (!may(ctx.actor, permission)) throw forbidden('platform.list-not-permitted')
          return run({ ...ctx, language })
        })
      const { round, owed } = await asRightful(async (ctx) => ({
        round: await jointRound(ctx, roundId),
        owed: await owedJointly(ctx, roundId),
      }))
      await work.progress(0, owed.length)
      const bodies: KnownBody[] = []
      for (let at = 0; at < owed.length; at += step) {
        const some = owed.slice(at, at + step)
        await asRightful(async (ctx) => {
          for (const one of some)
            bodies.push({ owed: one, laid: await knownOf(ctx, one, { ...parts, form: round.form }) })
        })
        await work.progress(Math.min(at + step, owed.length), owed.length)
      }
      return asRightful(async (ctx) => {
        const bytes = await writeJoint(ctx, { round, bodies, parts })
        const of = { period: round.period.replace(/^.*:/, '') }
        const name = `${parts.say(language, 'reporting.workbook-joint-file', of)}.xlsx`
        await keepListFile(ctx, work.id, { name, mediaType: sheetMediaTypes.xlsx, rows: bodies.length, bytes })
        return { rows: bodies.length, name }
      })
    },
  }
}
