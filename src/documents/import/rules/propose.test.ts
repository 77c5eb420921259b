import { describe, expect, test } from 'vitest'
import { aLine, aProposal, aRow, aTask } from './a-proposal.ts'

const annex = (row: number) => ({ where: 'annex' as const, line: null, page: null, table: 2, row })

describe('a proposal made from a reading', () => {
  test('has everything proposed and nobody matched', () => {
    const proposal = aProposal({
      tasks: [aTask({ duties: [{ kind: 'lead', agency: 'Bureau of Trees', raw: 'Bureau of Trees leads' }] })],
    })
    expect(proposal.items.map((item) => item.state)).toEqual(['proposed'])
    expect(proposal.items[0]?.duties).toEqual([
      { kind: 'lead', raw: 'Bureau of Trees', agencyId: null, classCode: null, state: 'proposed' },
    ])
    expect(Object.values(proposal.header).every((field) => field.state === 'proposed')).toBe(true)
  })

  test('takes the title rows of an annex as groups, nested by their numbering', () => {
    const original = [
      aRow(2, 1, ['No', 'Task', 'Lead', 'Time']),
      aRow(2, 2, ['I', 'Nurseries']),
      aRow(2, 3, ['1', 'Buy seeds', 'Bureau', '2031']),
      aRow(2, 4, ['II', 'Schools']),
      aRow(2, 5, ['A. In towns']),
      aRow(2, 6, ['1', 'Plant', 'Schools', '2032']),
      aRow(2, 7, ['B. In villages']),
      aRow(2, 8, ['2', 'Water', 'Schools', '2033']),
    ]
    const proposal = aProposal(
      { tasks: [3, 6, 8].map((row) => aTask({ text: `row ${row}`, source: annex(row) })) },
      original,
    )
    expect(proposal.items.map((item) => [item.key, item.kind, item.parentKey])).toEqual([
      ['t2r2', 'group', null],
      ['t2r3', 'task', 't2r2'],
      ['t2r4', 'group', null],
      ['t2r5', 'group', 't2r4'],
      ['t2r6', 'task', 't2r5'],
      ['t2r7', 'group', 't2r4'],
      ['t2r8', 'task', 't2r7'],
    ])
    expect(proposal.items[0]).toMatchObject({ path: 'I', text: 'Nurseries' })
    expect(proposal.items[3]).toMatchObject({ path: 'A', text: 'In towns' })
  })

  test('takes the printed sections above a prose task as groups, once each', () => {
    const sections = [
      { path: 'III', heading: 'Work' },
      { path: 'III.2', heading: 'In schools' },
      { path: 'IV', heading: 'Money' },
    ]
    const tasks = ['III.2.a', 'III.2.b'].map((path, at) =>
      aTask({ path, source: { where: 'prose', line: 20 + at, page: null, table: null, row: null } }),
    )
    const proposal = aProposal({ sections, tasks })
    expect(proposal.items.map((item) => [item.text, item.parentKey])).toEqual([
      ['Work', null],
      ['In schools', 's1'],
      ['Plant one tree per school', 's2'],
      ['Plant one tree per school', 's2'],
    ])
  })

  test('keeps parts with the same numbering apart by where they stand, and takes the heading over unnumbered items', () => {
    const sections = [
      { path: 'III', heading: 'Steps' },
      { path: 'III.1', heading: 'First years' },
      { path: 'III', heading: 'Means' },
    ]
    const heading = (line: number, text: string) => ({ ...aLine(line, text), kind: 'heading' as const })
    const original = [heading(5, 'III. Steps'), heading(8, '1. First years'), heading(30, 'III. Means')]
    const at = (line: number, path: string) =>
      aTask({ path, source: { where: 'prose', line, page: null, table: null, row: null } })
    const proposal = aProposal({ sections, tasks: [at(10, 'III.1'), at(32, 'III.2')] }, original)
    expect(proposal.items.map((item) => [item.key, item.kind, item.parentKey, item.source?.line])).toEqual([
      ['s1', 'group', null, 5],
      ['s2', 'group', 's1', 8],
      ['l10', 'task', 's2', 10],
      ['s3', 'group', null, 30],
      ['l32', 'task', 's3', 32],
    ])
  })

  test('gives two tasks of one line keys of their own, the same each time', () => {
    const make = () => aProposal({ tasks: [aTask(), aTask()] }).items.map((item) => item.key)
    expect(make()).toEqual(['l10', 'l10.2'])
    expect(make()).toEqual(make())
  })

  test('finds where the header stands, whatever the case and the wrapping', () => {
    const original = [
      aLine(1, 'COUNCIL OF TESTLAND'),
      aLine(2, 'No: 7/PL'),
      aLine(3, 'Testville, day 05 month 4 year 2031'),
      aLine(5, 'PLAN'),
      aLine(6, 'TREES FOR SCHOOLS'),
      aLine(90, 'Trees for schools, once more'),
      aLine(99, 'CHAIR Ada Lin'),
    ]
    const { header, issuer } = aProposal({}, original)
    expect([
      issuer.place?.line,
      header.number.place?.line,
      header.issuedOn.place?.line,
      header.title.place?.line,
      header.signer.place?.line,
    ]).toEqual([1, 2, 3, 6, 99])
  })

  test('of a text about a document leaves the header empty and keeps the tasks', () => {
    const proposal = aProposal({
      kind: null,
      number: null,
      issuer: null,
      date: null,
      title: null,
      place: null,
      signature: { capacity: null, post: null, name: null },
    })
    expect(proposal.header.number).toEqual({ value: null, state: 'proposed', place: null })
    expect(proposal.items).toHaveLength(1)
  })
})
