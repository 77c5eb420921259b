import { measureId } from '#indicators'
import type { Measure } from '#indicators/model'
import type { Kept, Signer, Writer } from './hour.ts'
import type { Seat } from './people.ts'
import { formOf, period, regime } from './round.ts'
import type { Sender } from './sender.ts'

/** A regime in force, its round open, and the report of every commune begun: two who write in it, one who signs. */
export async function prepare(
  sender: Sender,
  of: { seats: readonly Seat[]; leadId: string; measures: readonly Measure[]; communes: number },
): Promise<{ writers: Writer[]; signers: Signer[] }> {
  const bodies = Map.groupBy(of.seats, ({ agencyId }) => agencyId)
  await openRound(sender, bodies.get(of.leadId) ?? [], of.measures)
  bodies.delete(of.leadId)
  const rows = of.measures.map(({ aggregation }, at) => ({ key: `row-${at + 1}`, isRatio: aggregation === 'ratio' }))
  const [writers, signers]: [Writer[], Signer[]] = [[], []]
  const begun = performance.now()
  const waiting = [...bodies].slice(0, of.communes).values()
  const lane = async () => {
    for (const [agencyId, people] of waiting) {
      const [first, second, head] = [
        find(people, 'officer', 1),
        find(people, 'officer', 2),
        find(people, 'approver', 1),
      ]
      const { items } = await done<{ items: { obligationId: string }[] }>(sender, first, 'GET', '/reports')
      const obligationId = items[0]?.obligationId
      if (obligationId === undefined) throw new Error(`${agencyId} owes nothing`)
      const { id } = await done<{ id: string }>(sender, first, 'POST', '/reports', { obligationId })
      const versions = new Map(['situation', 'results', 'figures'].map((section) => [section, 1]))
      const report: Kept = { reportId: id, agencyId, versions, said: new Map(), sent: null }
      writers.push({ token: first.token, section: 'situation', report })
      writers.push({ token: second.token, section: 'results', report })
      signers.push({ token: head.token, officer: first.token, report, rows })
    }
  }
  await Promise.all(Array.from({ length: 8 }, lane))
  console.log(`${signers.length} reports begun in ${secondsSince(begun)} s`)
  return { writers, signers }
}

async function openRound(sender: Sender, lead: readonly Seat[], measures: readonly Measure[]): Promise<void> {
  const [officer, approver] = [find(lead, 'officer', 1), find(lead, 'approver', 1)]
  const { id } = await done<{ id: string }>(sender, officer, 'POST', '/regimes', {
    ...{ code: 'BENCH', definition: regime, effectiveFrom: '2025-01-01' },
  })
  const at = `/regimes/${id}`
  await done(sender, approver, 'POST', `${at}/issue`, { version: 1 })
  const definition = formOf(measures.map(({ code }) => ({ id: measureId(code) })))
  await done(sender, officer, 'PUT', `${at}/form`, { definition, version: null })
  await done(sender, approver, 'POST', `${at}/form/issue`, { version: 1 })
  const begun = performance.now()
  const round = await done<object>(sender, approver, 'POST', `${at}/rounds`, { period })
  console.log(`round opened in ${secondsSince(begun)} s: ${JSON.stringify(round)}`)
}

const secondsSince = (begun: number) => ((performance.now() - begun) / 1000).toFixed(1)

function find(people: readonly Seat[], role: Seat['role'], turn: number): Seat {
  const found = people.find((one) => one.role === role && one.turn === turn)
  if (found === undefined) throw new Error(`nobody is ${role} ${turn}`)
  return found
}

async function done<T>(
  sender: Sender,
  seat: Seat,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: object,
): Promise<T> {
  const asked = { token: seat.token, method, path: `/api/v1/reporting${path}` }
  const { status, body: said } = await sender.send(body === undefined ? asked : { ...asked, body })
  if (status !== 200 && status !== 204) throw new Error(`${method} ${path}: ${status} ${said.slice(0, 400)}`)
  return JSON.parse(said === '' ? 'null' : said) as T
}
