import type { NodeInput, PlanAct, PlanHeader } from './draft.ts'

export type ReadinessFault = { pointer: string; code: string; params?: Record<string, string> }

/**
 * What a draft still lacks to be issued (Decree 30/2020, Art. 8): number, place, date, title, who signs; each task its
 * words, a whole time and a duty; each duty a body, for nobody would ever see it otherwise. Pure and browser-safe: the
 * editor says beforehand what issuing would refuse.
 *
 * @returns a fault per field, pointers into the draft as it is saved
 */
export function readinessFaults(header: PlanHeader, nodes: NodeInput[], act: PlanAct): ReadinessFault[] {
  const whole = headerFaults(header)
  if (act === 'annulling') return whole
  if (!nodes.some((node) => node.kind === 'task')) whole.push(missing('/nodes'))
  return [...whole, ...nodes.flatMap(nodeFaults)]
}

function missing(pointer: string): ReadinessFault {
  return { pointer, code: 'platform.field-missing' }
}

function headerFaults(header: PlanHeader): ReadinessFault[] {
  const needed: [unknown, string][] = [
    [header.number, 'number'],
    [header.place, 'place'],
    [header.issuedOn, 'issuedOn'],
    [header.title, 'title'],
    [header.signature.post, 'signature/post'],
    [header.signature.name, 'signature/name'],
  ]
  const faults = needed.filter(([present]) => !present).map(([, pointer]) => missing(`/header/${pointer}`))
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
  if (node.kind === 'task' && node.duties.length === 0)
    faults.push({ pointer: `/nodes/${at}/duties`, code: 'plans.task-without-duty' })
  node.duties.forEach((duty, which) => {
    if (duty.addressedId === null && duty.classCode === null)
      faults.push({
        pointer: `/nodes/${at}/duties/${which}`,
        code: 'plans.duty-names-nobody',
        params: { raw: duty.raw.slice(0, 120) },
      })
  })
  return faults
}
