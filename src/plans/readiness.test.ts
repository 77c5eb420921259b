import { describe, expect, it } from 'vitest'
import { emptyProse, readinessFaults, type NodeInput, type OrderFault, type PlanHeader } from './model.ts'

const header: PlanHeader = {
  kind: 'PL',
  number: '1/PL',
  place: 'Testtown',
  issuedOn: '2026-01-05',
  title: 'A plan',
  preamble: null,
  signature: { powers: [], post: 'Head', name: 'A. Person' },
  bases: [],
  recipients: [],
  prose: emptyProse,
  periodFrom: null,
  periodTo: null,
}
const task: NodeInput = {
  key: 't',
  parentKey: null,
  kind: 'task',
  path: '1',
  text: 'Do it',
  output: null,
  funding: null,
  time: { kind: 'by', text: 'by then', from: null, to: '2026-06-30', frequency: null },
  duties: [{ kind: 'lead', raw: 'All offices', addressedId: null, classCode: 'offices' }],
  source: null,
  programmes: [],
  bases: [],
}
const known = { today: '2026-02-01', requestOnly: new Map<string, OrderFault>([['court', 'not-executive']]) }
const pointers = (of: Partial<PlanHeader>, node: Partial<NodeInput>) =>
  readinessFaults({ header: { ...header, ...of }, nodes: [{ ...task, ...node }] }, 'original', known).map(
    (fault) => fault.pointer,
  )

describe('what a draft lacks to be issued', () => {
  it('is nothing when number, date, signer, words, time and bodies are there', () => {
    expect(pointers({}, {})).toEqual([])
  })

  it.each<[Partial<PlanHeader>, string]>([
    [{ number: null }, '/header/number'],
    [{ issuedOn: null }, '/header/issuedOn'],
    [{ issuedOn: '2026-02-02' }, '/header/issuedOn'],
    [{ signature: { powers: [], post: '', name: 'A. Person' } }, '/header/signature/post'],
  ])('names the field of the head %o', (of, pointer) => {
    expect(pointers(of, {})).toEqual([pointer])
  })

  it.each<[Partial<NodeInput>, string]>([
    [{ text: '' }, '/nodes/0/text'],
    [{ duties: [] }, '/nodes/0/duties'],
    [{ duties: [{ kind: 'lead', raw: 'Somebody', addressedId: null, classCode: null }] }, '/nodes/0/duties/0'],
    [{ time: { kind: 'by', text: 'soon', from: null, to: null, frequency: null } }, '/nodes/0/time/to'],
    [{ time: { kind: 'recurring', text: 'often', from: null, to: null, frequency: null } }, '/nodes/0/time/frequency'],
    [{ time: { kind: 'continuous', text: '', from: null, to: null, frequency: null } }, '/nodes/0/time/text'],
  ])('names the part of the task %o', (node, pointer) => {
    expect(pointers({}, node)).toEqual([pointer])
  })

  it.each<[NodeInput['duties'][number]['kind'], string[]]>([
    ['lead', ['/nodes/0/duties/0 plans.order-not-executive']],
    ['support', ['/nodes/0/duties/0 plans.order-not-executive']],
    ['requested', []],
  ])('says of a body that is only requested when it is given %s', (kind, faults) => {
    const duties = [{ kind, raw: 'The court', addressedId: 'court', classCode: null }]
    expect(
      readinessFaults({ header, nodes: [{ ...task, duties }] }, 'original', known).map(
        ({ pointer, code }) => `${pointer} ${code}`,
      ),
    ).toEqual(faults)
  })

  it('asks for a task, but not of a document that annuls', () => {
    expect(readinessFaults({ header, nodes: [] }, 'original', known)).toEqual([
      { pointer: '/nodes', code: 'platform.field-missing' },
    ])
    expect(readinessFaults({ header, nodes: [] }, 'annulling', known)).toEqual([])
  })
})
