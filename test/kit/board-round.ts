import { sql } from 'kysely'
import type { ReportDetail } from '#reporting/model'
import type { PlanWorld } from './plan-world.ts'
import { aReportRound, type ReportRound } from './report-round.ts'
import { aReport, sent, written } from './sent-report.ts'

const at = '/reporting/reports'
const decide = (world: PlanWorld, id: string, act: string, body: object) =>
  world.done('north approver', 'POST', `${at}/${id}/${act}`, body)

const numberOf = ({ number }: { number: number }) => ({ number })

/**
 * A round with one report of each fate. On 10 May at 23:59 in the country's time Lunda sends, is returned one line, sends again and is
 * accepted; half an hour later, on the 11th, Havn sends and is accepted at once. Askog is merged into Havn, the department sends a nil
 * report, the court is freed, the province writes, the ministry has not begun. The clock stands at noon of 20 May 2031.
 */
export async function aRoundOfFates(world: PlanWorld): Promise<ReportRound> {
  world.clock.now = new Date('2031-03-04T03:00:00Z')
  const round = await aReportRound(world)
  const reason = { reason: 'Egne grunner', version: 1 }
  await world.done('ministry approver', 'POST', `/reporting/obligations/${round.of('northCourt').id}/exemption`, reason)
  await world.asProduct(({ db }) =>
    sql`update reporting.obligation set state = 'merged', merged_into_id = ${round.of('havn').id}::uuid, reason = 'Havn' where id = ${round.of('askog').id}::uuid`.execute(
      db,
    ),
  )
  const lunda = await begun(world, round, 'lunda')
  const havn = await begun(world, round, 'havn')
  world.clock.now = new Date('2031-05-10T16:59:00Z')
  const first = await sent(world, lunda, 'lunda')
  world.clock.now = new Date('2031-05-10T17:30:00Z')
  await decide(world, havn, 'acceptance', numberOf(await sent(world, havn, 'havn')))
  const office = await aReport(world, round, 'northHealth')
  await sent(world, office, 'northHealth', true)
  world.clock.now = new Date('2031-05-12T03:00:00Z')
  const mark = { number: first.number, line: 'figures/vaccinated', reason: 'Sjekk tallet' }
  await world.done('north officer', 'PUT', `${at}/${lunda}/marks`, mark)
  await decide(world, lunda, 'return', { number: first.number, dueOn: '2031-05-25', reason: null })
  await corrected(world, lunda)
  world.clock.now = new Date('2031-05-14T03:00:00Z')
  await decide(world, lunda, 'acceptance', numberOf(await sent(world, lunda, 'lunda')))
  await aReport(world, round, 'north')
  world.clock.now = new Date('2031-05-20T05:00:00Z')
  return round
}

async function begun(world: PlanWorld, round: ReportRound, body: 'lunda' | 'havn'): Promise<string> {
  const id = await aReport(world, round, body)
  await written(world, id, body)
  return id
}

async function corrected(world: PlanWorld, id: string): Promise<void> {
  const { sections } = (await world.done('lunda officer', 'GET', `${at}/${id}`)) as unknown as ReportDetail
  const figures = sections.find(({ key }) => key === 'figures')
  if (figures?.content.kind !== 'figures') throw new Error('the form of the kit has figures')
  await world.done('lunda officer', 'PUT', `${at}/${id}/sections/figures`, {
    version: figures.version,
    content: { kind: 'figures', lines: [{ ...figures.content.lines[0], numerator: 35 }] },
  })
}

export type Fate = {
  agencyId: string
  tier: string
  state: string
  requested: boolean
  reportState: string | null
  nil: boolean | null
  acceptedNumber: number | null
  sentDay: string | null
  dueOn: string
  returns: number
  acceptances: number
  lines: number
  amendments: number
}

/** What is known of each obligation of a round, one plain row each, past both walls. */
export function fatesOf(world: PlanWorld, roundId: string): Promise<Fate[]> {
  return world.rows(sql<Fate>`select o.agency_id, o.tier, o.state, o.is_requested as requested, r.state as report_state, r.is_nil as nil, r.accepted_number,
      to_char(r.first_submitted_at + interval '7 hours', 'YYYY-MM-DD') as sent_day, o.due_on,
      (select count(*)::integer from reporting.step s where s.report_id = r.id and s.kind = 'returned') as returns,
      (select count(*)::integer from reporting.step s where s.report_id = r.id and s.kind = 'accepted') as acceptances,
      (select coalesce(sum(jsonb_array_length(s.lines)), 0)::integer from reporting.step s where s.report_id = r.id and s.kind = 'returned') as lines,
      (select count(*)::integer from reporting.submission s where s.report_id = r.id and s.kind = 'amended') as amendments
    from reporting.obligation o left join reporting.report r on r.obligation_id = o.id where o.round_id = ${roundId}::uuid`)
}
