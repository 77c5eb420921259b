import { invalid, type Context, type FileAnswer } from '#platform'
import { summaryPages, writePages } from '#documents'
import type { ForeignSummary, PlanDetail } from '../model.ts'
import { getPlanDetail } from '../queries/plan.ts'
import { answerOf, fileName, type Writing } from './paper.ts'

/**
 * A short summary of an issued plan in another language: headings in the country's own translation, the officer's own
 * words, and figures of the plan. Nothing of it is kept.
 *
 * @throws notFound; invalid `plans.no-summary-language` for a language the country has no words in
 */
export async function exportSummary(
  ctx: Context,
  writing: Writing,
  planId: string,
  summary: ForeignSummary,
): Promise<FileAnswer> {
  const words = Object.hasOwn(writing.summaries, summary.language) ? writing.summaries[summary.language] : undefined
  if (words === undefined) throw invalid('plans.no-summary-language')
  const plan = await getPlanDetail(ctx, planId, { draft: false, may: () => true })
  const { format, language } = summary
  const pages = summaryPages(
    {
      title: summary.title,
      agency: summary.agency ?? writing.nameAbroad(plan.issuer.name, language) ?? plan.issuer.name,
      facts: factsOf(plan, words.locale),
      texts: summary.texts,
      invented: plan.isInvented,
    },
    words,
    writing.templates.layout,
  )
  const bytes = await writePages(pages, writing.templates.layout, format)
  await ctx.record(
    'plans.summary-exported',
    { kind: 'plans.plan', id: planId, agencyId: plan.owner.id },
    { format, language },
  )
  return answerOf(bytes, { format, name: fileName(plan.kind, plan.number, summary.title) })
}

function factsOf(plan: PlanDetail, locale: string): Record<string, string | null> {
  const count = new Intl.NumberFormat(locale)
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  const dayOf = (date: string | null) => (date === null ? null : day.format(new Date(`${date}T00:00:00Z`)))
  const tasks = plan.nodes.filter((node) => node.kind === 'task')
  const leads = new Set(tasks.flatMap((task) => task.duties.filter((duty) => duty.kind === 'lead')).map((duty) => duty.raw)) // prettier-ignore
  const { periodFrom, periodTo } = plan.header
  const period = [dayOf(periodFrom), dayOf(periodTo)].filter((date) => date !== null).join(' – ')
  return {
    officialTitle: plan.title,
    number: plan.number,
    issuedOn: dayOf(plan.issuedOn),
    period: period || null,
    tasks: count.format(tasks.length),
    leads: count.format(leads.size),
  }
}
