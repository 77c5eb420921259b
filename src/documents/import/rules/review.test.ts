import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ImportProposal, ProposedItem } from '../../model.ts'
import { aProposalOf } from './a-proposal.ts'
import { keepEdits } from './keep-edits.ts'
import { mergeItems, splitItem } from './merge-split.ts'
import { toPlanDraft } from './plan-draft.ts'
import { faultsOf, isConfirmed, progressOf } from './progress.ts'
import {
  acceptAll,
  addDuty,
  acceptHeader,
  acceptItem,
  addItem,
  editHeader,
  editItem,
  matchDuty,
  rejectItem,
  reopenItem,
} from './review.ts'

const duty = (raw: string) => ({
  kind: 'lead' as const,
  raw,
  agencyId: null,
  classCode: null,
  state: 'proposed' as const,
})
const bureau = { agencyId: '0b8f2c2e-0000-4000-8000-000000000001', classCode: null }
const byWithoutDate = { kind: 'by' as const, text: 'soon', from: null, to: null, frequency: null }
const stateOf = (proposal: ImportProposal, key: string) => proposal.items.find((item) => item.key === key)?.state

describe('a review', () => {
  test('what is typed while names are understood anew stays, and the names arrive', () => {
    const sent = aProposalOf({ key: 'a', duties: [duty('Bureau')] }, { key: 'b' }, { key: 'c' })
    const understood = matchDuty(sent, { key: 'a', index: 0 }, bureau)
    const typed = rejectItem(editItem(editHeader(sent, 'title', 'Plan'), 'b', { text: 'Mine' }), 'c')
    const kept = keepEdits(understood, sent, typed)
    expect(kept.header.title.value).toBe('Plan')
    expect(kept.items.find((item) => item.key === 'a')?.duties[0]?.agencyId).toBe(bureau.agencyId)
    expect(kept.items.find((item) => item.key === 'b')?.text).toBe('Mine')
    expect(kept.items.find((item) => item.key === 'c')?.state).toBe('rejected')
    expect(keepEdits(understood, sent, sent)).toBe(understood)
  })

  test('accepting a task accepts its duties and the groups it lies in', () => {
    const proposal = aProposalOf(
      { key: 'g', kind: 'group' },
      { key: 'a', parentKey: 'g', duties: [duty('Bureau')] },
      { key: 'b', parentKey: 'g' },
    )
    const after = acceptItem(proposal, 'a')
    expect([stateOf(after, 'g'), stateOf(after, 'a'), stateOf(after, 'b')]).toEqual([
      'accepted',
      'accepted',
      'proposed',
    ])
    expect(after.items[1]?.duties[0]?.state).toBe('accepted')
  })

  test('a task whose time lacks its date cannot be accepted until it is given', () => {
    const proposal = aProposalOf({ key: 'a', time: byWithoutDate })
    expect(faultsOf(proposal.items[0] as ProposedItem).map((fault) => fault.code)).toEqual([
      'documents.time-needs-date',
    ])
    expect(stateOf(acceptItem(proposal, 'a'), 'a')).toBe('proposed')
    const dated = editItem(proposal, 'a', { time: { ...byWithoutDate, to: '2031-12-31' } })
    expect(stateOf(dated, 'a')).toBe('proposed')
    expect(stateOf(acceptItem(dated, 'a'), 'a')).toBe('edited')
  })

  test('an accepted task stays in when edited, and falls back when the edit breaks it', () => {
    const accepted = acceptItem(aProposalOf({ key: 'a' }), 'a')
    expect(stateOf(editItem(accepted, 'a', { text: 'Other words' }), 'a')).toBe('edited')
    expect(stateOf(editItem(accepted, 'a', { text: ' ' }), 'a')).toBe('proposed')
  })

  test('accepting all of the annex leaves prose and what has faults', () => {
    const place = (where: 'annex' | 'prose') => ({ where, line: 1, page: null, table: null, row: null })
    const proposal = aProposalOf(
      { key: 'a', source: place('annex') },
      { key: 'b', source: place('prose') },
      { key: 'c', source: place('annex'), time: byWithoutDate },
    )
    const result = acceptAll(proposal, (item) => item.source?.where === 'annex')
    expect([result.accepted, result.left]).toEqual([1, 1])
    expect(result.proposal.items.map((item) => item.state)).toEqual(['accepted', 'proposed', 'proposed'])
  })

  test('naming a body for words can hold for all duties with these words, except those a person decided', () => {
    const proposal = aProposalOf(
      { key: 'a', duties: [duty('Bureau')] },
      { key: 'b', duties: [duty('Bureau'), duty('Schools')] },
      { key: 'c', duties: [{ ...duty('Bureau'), state: 'edited' }] },
    )
    const after = matchDuty(proposal, { key: 'a', index: 0 }, bureau, true)
    expect(after.items.flatMap((item) => item.duties.map((each) => each.agencyId))).toEqual([
      bureau.agencyId,
      bureau.agencyId,
      null,
      null,
    ])
    expect(matchDuty(proposal, { key: 'a', index: 0 }, bureau).items[1]?.duties[0]?.agencyId).toBe(null)
  })

  test('a lead that the document does not name can be given to one task, or to all that have nobody', () => {
    const proposal = aProposalOf(
      { key: 'g', kind: 'group' },
      { key: 'a' },
      { key: 'b' },
      { key: 'c', duties: [duty('x')] },
      { key: 'd', state: 'rejected' },
    )
    const lead = { kind: 'lead' as const, raw: 'Bureau', ...bureau }
    const countsOf = (after: ImportProposal) => after.items.map((item) => item.duties.length)
    expect(countsOf(addDuty(proposal, 'a', lead))).toEqual([0, 1, 0, 1, 0])
    expect(countsOf(addDuty(proposal, 'a', lead, true))).toEqual([0, 1, 1, 1, 0])
    expect(stateOf(addDuty(proposal, 'a', lead), 'a')).toBe('proposed')
  })

  test('progress counts tasks, not groups', () => {
    const proposal = rejectItem(
      acceptItem(
        aProposalOf(
          { key: 'g', kind: 'group' },
          { key: 'a', parentKey: 'g', duties: [duty('x')] },
          { key: 'b' },
          { key: 'c' },
        ),
        'a',
      ),
      'b',
    )
    expect(progressOf(proposal)).toMatchObject({ reviewed: 2, total: 3, confirmed: 1, rejected: 1, unmatchedDuties: 1 })
  })

  test('a decision can be taken back, and a task the reader missed can be added', () => {
    const proposal = addItem(
      aProposalOf({ key: 'a' }, { key: 'b' }),
      { kind: 'task', text: 'Missed', parentKey: null, source: null },
      'a',
    )
    expect(proposal.items.map((item) => item.text)).toEqual(['Task 1', 'Missed', 'Task 2'])
    expect(stateOf(reopenItem(acceptItem(proposal, 'n1'), 'n1'), 'n1')).toBe('proposed')
  })
})

describe('a plan from a review', () => {
  const ready = acceptHeader(
    aProposalOf({ key: 'g', kind: 'group' }, { key: 'a', parentKey: 'g' }, { key: 'b', parentKey: 'g' }),
  )

  test('is refused while a task is undecided, with the count', () => {
    expect(toPlanDraft(acceptItem(ready, 'a'))).toEqual({
      draft: null,
      hindrances: [{ code: 'documents.tasks-undecided', count: 1 }],
    })
  })

  test('is refused while the header is unconfirmed or has no title', () => {
    const decided = acceptItem(rejectItem(aProposalOf({ key: 'a' }, { key: 'b' }), 'b'), 'a')
    expect(toPlanDraft(decided).hindrances.map((each) => each.code)).toEqual(['documents.header-unconfirmed'])
    expect(toPlanDraft(editHeader(acceptHeader(decided), 'title', ' ')).hindrances).toEqual([
      { code: 'documents.title-missing', field: 'title', count: 1 },
    ])
  })

  test('holds what was accepted; what lay under a rejected group moves up', () => {
    const { draft } = toPlanDraft(rejectItem(rejectItem(acceptItem(ready, 'a'), 'b'), 'g'))
    expect(draft?.nodes.map((node) => [node.key, node.parentKey])).toEqual([['a', null]])
    expect(draft?.header).toMatchObject({ number: '7/PL', signature: { powers: [], post: 'CHAIR', name: 'Ada Lin' } })
  })
})

const act = fc.record({
  what: fc.constantFrom('accept', 'reject', 'edit', 'reopen', 'merge', 'split', 'break'),
  which: fc.nat(9),
  other: fc.nat(9),
  at: fc.nat(30),
})
type Act = { what: string; which: number; other: number; at: number }

function perform(proposal: ImportProposal, { what, which, other, at }: Act): ImportProposal {
  const keyAt = (index: number) => proposal.items[index % proposal.items.length]?.key ?? ''
  const key = keyAt(which)
  switch (what) {
    case 'accept':
      return acceptItem(proposal, key)
    case 'reject':
      return rejectItem(proposal, key)
    case 'reopen':
      return reopenItem(proposal, key)
    case 'merge':
      return mergeItems(proposal, [key, keyAt(other)])
    case 'split':
      return splitItem(proposal, key, at)
    case 'break':
      return editItem(proposal, key, { time: byWithoutDate })
    default:
      return editItem(proposal, key, { output: `output ${at}` })
  }
}

describe('whatever a person does', () => {
  // Every letter stands once over all, so that no two parts of a split are the same words (which merging would make one).
  const pieces = ['ab cde f', 'ghi jklm', 'no pq rst', 'uvwxy z', '01 2345 67']
  const start = () =>
    aProposalOf(
      ...Array.from({ length: 5 }, (_each, index) => ({
        key: `k${index}`,
        text: pieces[index],
        duties: [duty(`body ${index % 2}`)],
      })),
    )

  test('nothing unconfirmed, rejected or faulty enters a plan', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        const proposal = acts.reduce(perform, acceptHeader(start()))
        const { draft, hindrances } = toPlanDraft(proposal)
        const confirmed = proposal.items.filter(isConfirmed)
        expect(confirmed.every((item) => faultsOf(item).length === 0)).toBe(true)
        if (draft === null) expect(hindrances.length).toBeGreaterThan(0)
        else {
          expect(proposal.items.every((item) => item.state !== 'proposed')).toBe(true)
          expect(draft.nodes.map((node) => node.key)).toEqual(confirmed.map((item) => item.key))
        }
      }),
    )
  })

  test('merging and splitting lose no words, and every key stands once', () => {
    const wordsOf = (proposal: ImportProposal) =>
      [
        ...new Set(
          proposal.items
            .flatMap((item) => [item.text, ...item.duties.map((each) => each.raw)])
            .flatMap((text) => text.split(/\s+/)),
        ),
      ].sort()
    const letters = (proposal: ImportProposal) =>
      [
        ...proposal.items
          .map((item) => item.text)
          .join('')
          .replace(/\s/g, ''),
      ]
        .sort()
        .join('')
    fc.assert(
      fc.property(
        fc.array(
          act.filter((each) => each.what === 'merge' || each.what === 'split'),
          { maxLength: 25 },
        ),
        (acts) => {
          const before = start()
          const after = acts.reduce(perform, before)
          expect(letters(after)).toBe(letters(before))
          expect(new Set(after.items.map((item) => item.key)).size).toBe(after.items.length)
          expect(after.items.every((item) => item.state === 'proposed')).toBe(true)
          if (acts.every((each) => each.what === 'merge')) expect(wordsOf(after)).toEqual(wordsOf(before))
        },
      ),
    )
  })

  test('merging keeps outputs, times and places of all', () => {
    const time = (text: string) => ({ kind: 'continuous' as const, text, from: null, to: null, frequency: null })
    const merged = mergeItems(
      aProposalOf(
        { key: 'a', output: 'Report', time: time('always') },
        { key: 'b', output: 'List', time: time('each week') },
      ),
      ['b', 'a'],
    )
    expect(merged.items).toHaveLength(1)
    expect(merged.items[0]).toMatchObject({
      key: 'a',
      text: 'Task 1\nTask 2',
      output: 'Report\nList',
      time: { text: 'always; each week' },
      mergedFrom: [{ key: 'b' }],
    })
  })
})
