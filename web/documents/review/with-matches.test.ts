import { expect, test } from 'vitest'
import type { ProposedDuty, ProposedItem, ReviewedProposal } from '#documents/model'
import { withMatches } from './with-matches.ts'

const field = <T>(value: T) => ({ value, state: 'proposed' as const, place: null })

function aDuty(raw: string, changes: Partial<ProposedDuty> = {}): ProposedDuty {
  return { kind: 'lead', raw, agencyId: null, classCode: null, state: 'proposed', ...changes }
}

function aProposal(number: string | null, duties: ProposedDuty[], item: Partial<ProposedItem> = {}): ReviewedProposal {
  const empty = { output: null, funding: null, time: null, source: null, mergedFrom: [], isChanged: false }
  return {
    header: {
      kind: field(null),
      number: { ...field(number), state: number === null ? 'proposed' : 'edited' },
      place: field(null),
      issuedOn: field(null),
      title: field(null),
      preamble: field(null),
      powers: field([]),
      post: field(null),
      signer: field(null),
      bases: field([]),
      recipients: field([]),
      periodFrom: field(null),
      periodTo: field(null),
    },
    issuer: { raw: null, agencyId: 'issuer', state: 'edited', place: null },
    items: [
      {
        key: 't1',
        state: 'proposed',
        parentKey: null,
        kind: 'task',
        path: '1',
        text: 'Task',
        duties,
        ...empty,
        ...item,
      },
    ],
  }
}

test('what was entered while names were understood is kept, and the names are taken over', () => {
  const matched = aProposal(null, [aDuty('Health', { agencyId: 'health' })])
  const mine = aProposal('7/PL', [aDuty('Health')], { state: 'accepted' })
  const both = withMatches(mine, matched)
  expect(both.header.number).toMatchObject({ value: '7/PL', state: 'edited' })
  expect(both.items[0]).toMatchObject({ state: 'accepted', duties: [{ raw: 'Health', agencyId: 'health' }] })
})

test('a body the person chose meanwhile is not replaced', () => {
  const matched = aProposal(null, [aDuty('Health', { agencyId: 'health' })])
  const mine = aProposal(null, [aDuty('Health', { agencyId: 'other', state: 'edited' })])
  expect(withMatches(mine, matched).items[0]?.duties[0]?.agencyId).toBe('other')
})
