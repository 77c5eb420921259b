import type { Context, FileAnswer } from '#platform'
import { minutesDocument } from '#documents'
import type { MeetingMinutes } from '../model.ts'
import { getPlanDetail } from '../queries/plan.ts'
import { fileName, fileOf, headOf, unsigned, type Writing } from './paper.ts'

/** Minutes of a meeting on a plan, of the acting body, as an official document. Nothing of them is kept. @throws notFound */
export async function exportMinutes(
  ctx: Context,
  writing: Writing,
  planId: string,
  minutes: MeetingMinutes,
): Promise<FileAnswer> {
  const plan = await getPlanDetail(ctx, planId, { draft: false, may: () => true })
  const head = await headOf(ctx, writing, ctx.actor.agencyId ?? plan.owner.id, {
    isInvented: plan.isInvented,
    versionState: 'draft',
    header: { ...unsigned, issuedOn: ctx.today },
    urgency: minutes.urgency,
  })
  const { format, urgency: _stamped, chairName, chairPost, ...said } = minutes
  const document = minutesDocument(
    {
      ...said,
      head: { ...head, date: null, draft: false, recipients: [writing.filed(head.agencySign)] },
      chair: { name: chairName, post: chairPost },
    },
    writing.templates,
  )
  await ctx.record('plans.minutes-exported', { kind: 'plans.plan', id: planId, agencyId: plan.owner.id }, { format })
  return fileOf(document, writing, { format, name: fileName('BB', null, minutes.title) })
}
