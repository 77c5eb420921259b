import type { ImportProposal, OriginalBlock, ProposedItem, Reading, ReadTask } from '../../model.ts'
import { proposalFromReading } from './propose.ts'

/** Factories for tests: invented findings of the reader, filled where a test does not care. */
export function aTask(task: Partial<ReadTask> = {}): ReadTask {
  return {
    path: '1',
    text: 'Plant one tree per school',
    duties: [],
    time: null,
    output: null,
    funding: null,
    ...task,
    source: { where: 'prose', line: 10, page: null, table: null, row: null, ...task.source },
  }
}

export function aReading(reading: Partial<Reading> = {}): Reading {
  return {
    kind: 'PL',
    number: '7/PL',
    issuer: 'Council of Testland',
    place: 'Testville',
    date: '2031-04-05',
    title: 'Trees for schools',
    basis: [],
    sections: [],
    tasks: [aTask()],
    targets: [],
    reporting: [],
    recipients: [],
    signature: { capacity: null, post: 'CHAIR', name: 'Ada Lin' },
    warnings: [],
    ...reading,
  }
}

export function aRow(table: number, row: number, cells: string[]): OriginalBlock {
  return {
    kind: 'table-row',
    line: table * 100 + row,
    lastLine: table * 100 + row,
    page: null,
    table,
    row,
    text: cells.join(' '),
    cells: cells.map((text, column) => ({ text, column, span: 1 })),
  }
}

export function aLine(line: number, text: string): OriginalBlock {
  return { kind: 'paragraph', line, lastLine: line, page: null, table: null, row: null, text, cells: null }
}

export function aProposal(reading: Partial<Reading> = {}, original: OriginalBlock[] = []): ImportProposal {
  return proposalFromReading(aReading(reading), original)
}

/** A proposal with one task per given change. */
export function aProposalOf(...items: Partial<ProposedItem>[]): ImportProposal {
  const proposal = aProposal({
    tasks: items.map((_item, index) =>
      aTask({
        text: `Task ${index + 1}`,
        source: { where: 'prose', line: index + 1, page: null, table: null, row: null },
      }),
    ),
  })
  return { ...proposal, items: proposal.items.map((item, index) => ({ ...item, ...items[index] })) }
}
