import type { DutyInput, NodeInput, PlanAct, PlanHeader } from './draft.ts'
import { isOrder, type OrderFault } from './orders.ts'

export type ReadinessFault = { pointer: string; code: string; params?: Record<string, string> }

/** What a draft is held against: the day it is issued on, and the bodies its issuer may only request. */
export type KnownOfDraft = { today: string; requestOnly: ReadonlyMap<string, OrderFault> }

/**
 * What a draft still lacks to be issued (Decree 30/2020, Art. 8): number, place, date, title, who signs; each task its
 * words, a whole time and a body that owes it, for nobody would ever see it otherwise; who leads is a body of the system,
 * while those who help may stay words ("institutes, enterprises"); no date to come, and lead or support only for whom the
 * issuer may order. Pure and browser-safe: the
 * editor says beforehand what issuing would refuse.
 *
 * @returns a fault per field, pointers into the draft as it is saved
 */
export function readinessFaults(
  { header, nodes }: { header: PlanHeader; nodes: NodeInput[] },
  act: PlanAct,
  known: KnownOfDraft,
): ReadinessFault[] {
  const whole = headerFaults(header, known.today)
  if (act === 'annulling') return whole
  if (!nodes.some((node) => node.kind === 'task')) whole.push(missing('/nodes'))
  return [...whole, ...nodes.flatMap((node, at) => [...nodeFaults(node, at), ...orderFaults(node, at, known)])]
}

function missing(pointer: string): ReadinessFault {
  return { pointer, code: 'platform.field-missing' }
}

function headerFaults(header: PlanHeader, today: string): ReadinessFault[] {
  const needed: [unknown, string][] = [
    [header.number, 'number'],
    [header.place, 'place'],
    [header.issuedOn, 'issuedOn'],
    [header.title, 'title'],
    [header.signature.post, 'signature/post'],
    [header.signature.name, 'signature/name'],
  ]
  const faults: ReadinessFault[] = needed
    .filter(([present]) => !present)
    .map(([, pointer]) => missing(`/header/${pointer}`))
  if (header.issuedOn !== null && header.issuedOn > today)
    faults.push({ pointer: '/header/issuedOn', code: 'plans.issued-in-future' })
  if (header.periodFrom !== null && header.periodTo !== null && header.periodTo < header.periodFrom)
    faults.push({ pointer: '/header/periodTo', code: 'plans.time-ends-before-it-begins' })
  return faults
}

function nodeFaults(node: NodeInput, at: number): ReadinessFault[] {
  const faults: ReadinessFault[] = []
  if (node.text === '') faults.push(missing(`/nodes/${at}/text`))
  const { time } = node
  if (time?.text === '') faults.push(missing(`/nodes/${at}/time/text`))
  if (time?.kind === 'by' && time.to === null)
    faults.push({ pointer: `/nodes/${at}/time/to`, code: 'plans.time-needs-its-date' })
  if (time?.kind === 'recurring' && time.frequency === null)
    faults.push({ pointer: `/nodes/${at}/time/frequency`, code: 'plans.time-needs-its-frequency' })
  const nameless = node.duties.filter((duty) => duty.addressedId === null && duty.classCode === null)
  if (node.kind === 'task' && nameless.length === node.duties.length && !nameless.some(mustNameSomebody))
    faults.push({ pointer: `/nodes/${at}/duties`, code: 'plans.task-without-duty' })
  node.duties.forEach((duty, which) => {
    if (nameless.includes(duty) && mustNameSomebody(duty))
      faults.push({
        pointer: `/nodes/${at}/duties/${which}`,
        code: 'plans.duty-names-nobody',
        params: { raw: duty.raw.slice(0, 120) },
      })
  })
  return faults
}

/** Who leads or consolidates is somebody; who helps may be nobody of the system. */
function mustNameSomebody({ kind }: DutyInput): boolean {
  return kind === 'lead' || kind === 'consolidate'
}

function orderFaults(node: NodeInput, at: number, known: KnownOfDraft): ReadinessFault[] {
  return node.duties.flatMap((duty, which) => {
    const why = isOrder(duty.kind) && duty.addressedId !== null ? known.requestOnly.get(duty.addressedId) : undefined
    if (why === undefined) return []
    const pointer = `/nodes/${at}/duties/${which}`
    return [{ pointer, code: `plans.order-${why}`, params: { raw: duty.raw.slice(0, 120) } }]
  })
}
