import { describe, expect, it } from 'vitest'
import type { PlanNode } from '../model.ts'
import { tasksInPrint } from './plan-in-print.ts'

const words = { continuedGroup: '{title} (goes on)', supportOpening: /^helps/iu }
type Given = Partial<Omit<PlanNode, 'duties'>> & Pick<PlanNode, 'id'> & { duties?: [PlanNode['duties'][number]['kind'], string][] } // prettier-ignore

function node({ duties = [], ...given }: Given): PlanNode {
  return {
    parentId: null,
    kind: 'task',
    path: '',
    text: given.id,
    output: null,
    funding: null,
    time: null,
    source: null,
    duties: duties.map(([kind, raw]) => ({ kind, raw })),
    ...given,
  } as unknown as PlanNode
}
const group = (id: string, path: string, parentId: string | null = null) => node({ id, kind: 'group', path, parentId })
const byAgency = { where: 'by-agency' } as const
const printed = (nodes: PlanNode[]) => tasksInPrint(nodes, words)
const lines = (groups: ReturnType<typeof printed>['taskGroups']) =>
  groups.map(({ label, title, depth, tasks }) => [label, title, depth, tasks.map((task) => `${task.number} ${task.text}`)]) // prettier-ignore

describe('where the tasks of a plan are printed', () => {
  it('in the annex in the order of the plan; a title that goes on after one within it says so', () => {
    const nodes = [
      group('I', 'I'),
      node({ id: 'a', parentId: 'I', path: 'I.1' }),
      group('IV', 'IV'),
      node({ id: 'b', parentId: 'IV', path: 'IV.1' }),
      group('IV.3', 'IV.3', 'IV'),
      node({ id: 'c', parentId: 'IV.3', path: 'IV.3.a' }),
      node({ id: 'd', parentId: 'IV', path: 'IV.4' }),
    ]
    expect(lines(printed(nodes).taskGroups)).toEqual([
      ['I', 'I', 0, ['1 a']],
      ['IV', 'IV', 0, ['1 b']],
      ['3', 'IV.3', 1, ['a c']],
      ['IV', 'IV (goes on)', 0, ['4 d']],
    ])
  })

  it('the one title over all is the heading of the section, and is left out', () => {
    const nodes = [group('II', 'II'), node({ id: 'a', parentId: 'II', path: 'II.1' })]
    expect(lines(printed(nodes).taskGroups)).toEqual([[null, null, 0, ['1 a']]])
  })

  it('under its owner when its words say everything, each owner once, a request as one', () => {
    const nodes = [
      node({ id: 'a', text: 'Leads, with Police', source: byAgency, duties: [['lead', 'Health'], ['support', 'Police']] }), // prettier-ignore
      node({ id: 'b', text: 'Asks', source: byAgency, duties: [['requested', 'Court']] }),
      node({ id: 'c', text: 'Counts', source: byAgency, duties: [['lead', 'Health']] }),
      node({ id: 'd', text: 'Schools teach', source: byAgency, duties: [['lead', 'Schools']] }),
    ]
    const { owners, taskGroups } = printed(nodes)
    expect(owners).toEqual([
      { kind: 'lead', agency: 'Health', duties: ['Leads, with Police', 'Counts'] },
      { kind: 'requested', agency: 'Court', duties: ['Asks'] },
      { kind: 'lead', agency: null, duties: ['Schools teach'] },
    ])
    expect(taskGroups).toEqual([])
  })

  it('in the annex when its words do not say its partner, product, time, or that it only supports', () => {
    const of = (given: Omit<Given, 'id'>) => printed([node({ id: 'x', source: byAgency, ...given })])
    const cases: Omit<Given, 'id'>[] = [
      { duties: [['lead', 'Health'], ['support', 'Police']] },
      { duties: [['lead', 'Health']], output: 'A report' },
      { duties: [['lead', 'Health']], time: { kind: 'by', text: 'June', from: null, to: '2031-06-30', frequency: null } },
      { duties: [['support', 'Health']] },
    ] // prettier-ignore
    for (const given of cases) expect([of(given).owners, of(given).taskGroups.length]).toEqual([[], 1])
    expect(of({ text: 'Helps', duties: [['support', 'Health']] }).owners).toHaveLength(1)
  })

  it('in the text when all of the running text says everything, else all of it in the annex', () => {
    const prose = { where: 'prose' } as const
    const plain = [node({ id: 'a', source: prose }), node({ id: 'b', source: prose })]
    expect(lines(printed(plain).textGroups)).toEqual([[null, null, 0, ['null a', 'null b']]])
    const led = [...plain, node({ id: 'c', source: prose, duties: [['lead', 'Health']] })]
    expect([printed(led).textGroups, printed(led).taskGroups[0]?.tasks.length]).toEqual([[], 3])
  })
})
