import type { FigureLine, ReportDetail } from '#reporting/model'
import type { BodyName, PlanWorld } from './plan-world.ts'
import type { ReportRound } from './report-round.ts'

/** Begins the report a body owes in a round. */
export async function aReport(world: PlanWorld, round: ReportRound, body: BodyName): Promise<string> {
  const begun = await world.done(`${body} officer`, 'POST', '/reporting/reports', { obligationId: round.of(body).id })
  return String(begun.id)
}

/** Writes what the form of the kit asks: words, and a figure where the body types one (`null`: its figure is a total). */
export async function written(
  world: PlanWorld,
  id: string,
  body: BodyName,
  figure: Partial<FigureLine> | null = {},
): Promise<void> {
  const who = `${body} officer`
  const { sections } = (await world.done(who, 'GET', `/reporting/reports/${id}`)) as unknown as ReportDetail
  const save = (key: string, content: unknown) =>
    world.done(who, 'PUT', `/reporting/reports/${id}/sections/${key}`, {
      ...{ version: sections.find((section) => section.key === key)?.version, content },
    })
  await save('situation', {
    kind: 'narrative',
    paragraphs: [{ key: 'p1', text: `Bårn i ${body}`, origins: [] }],
  })
  if (figure === null) return
  const line = { key: 'vaccinated', mode: 'typed', status: 'E', numerator: 30, denominator: 40, absence: null }
  await save('figures', { kind: 'figures', lines: [{ ...line, comment: '', explanation: '', ...figure }] })
}

/** Signed and sent by the head of the body. */
export async function sent(world: PlanWorld, id: string, body: BodyName, isNil = false): Promise<{ number: number }> {
  const who = `${body} approver`
  const { sections } = (await world.done(who, 'GET', `/reporting/reports/${id}`)) as unknown as ReportDetail
  const versions = Object.fromEntries(sections.map(({ key, version }) => [key, version]))
  return (await world.done(who, 'POST', `/reporting/reports/${id}/submission`, { versions, isNil })) as unknown as {
    number: number
  }
}
