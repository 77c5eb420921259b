import { describe, expect, test } from 'vitest'
import { acceptHeader, acceptItem, acceptProse, toPlanDraft, type ImportProposal } from '#documents/model'
import { SaveDraft } from '#plans/model'

const place = { line: 3, page: null, table: 1, row: 2 }
const field = <T>(value: T) => ({ value, state: 'proposed' as const, place: null })

const proposal: ImportProposal = {
  header: {
    kind: field('PL'),
    number: field('7/PL'),
    place: field('Testville'),
    issuedOn: field('2031-04-05'),
    title: field('Trees'),
    preamble: field(null),
    powers: field(['FOR THE COUNCIL']),
    post: field('CHAIR'),
    signer: field('Ada Lin'),
    bases: field(['Law on trees']),
    recipients: field(['Schools']),
    periodFrom: field(null),
    periodTo: field('2032-12-31'),
  },
  issuer: { raw: 'Council', agencyId: null, state: 'proposed', place: null },
  items: [
    {
      key: 't1r2',
      state: 'proposed',
      isChanged: false,
      parentKey: null,
      kind: 'task',
      path: '1',
      text: 'Plant trees',
      output: 'Trees',
      funding: null,
      time: { kind: 'recurring', text: 'each year', from: null, to: null, frequency: 'year' },
      duties: [{ kind: 'lead', raw: 'Schools', agencyId: null, classCode: 'schools', state: 'proposed' }],
      source: { ...place, where: 'annex' },
      mergedFrom: [],
    },
  ],
  prose: [
    { key: 'purpose', part: 'purpose', heading: 'WHY', paragraphs: [], state: 'proposed', source: null },
    { key: 'purposes', part: 'purposes', heading: null, paragraphs: ['Shade'], state: 'proposed', source: null },
    { key: 'other 3', part: 'other', heading: 'SCOPE', paragraphs: ['All'], state: 'proposed', source: null },
    { key: 'funding', part: 'funding', heading: null, paragraphs: ['None'], state: 'rejected', source: null },
    { key: 'closing', part: 'closing', heading: null, paragraphs: ['Done'], state: 'proposed', source: null },
  ],
  reporting: [],
  targets: [],
  warnings: [],
}

describe('a confirmed import', () => {
  test('is what a plan takes as its draft', () => {
    const { draft } = toPlanDraft(acceptProse(acceptItem(acceptHeader(proposal), 't1r2')))
    expect(draft).not.toBe(null)
    const sent = { version: 1, header: draft?.header, nodes: draft?.nodes }
    expect(SaveDraft.parse(sent)).toMatchObject(sent)
  })

  test('takes the words of the document with their headings, and what was put out stays out', () => {
    const { draft } = toPlanDraft(acceptProse(acceptItem(acceptHeader(proposal), 't1r2')))
    expect(draft?.header.prose).toMatchObject({
      headings: { purpose: 'WHY' },
      purposes: ['Shade'],
      funding: [],
      closing: ['Done'],
      others: [{ heading: 'SCOPE', after: 'purpose', paragraphs: ['All'] }],
    })
  })

  test('is none with more sections of its own than a plan holds', () => {
    const prose = Array.from({ length: 41 }, (_, at) => ({
      key: `other ${at}`,
      part: 'other' as const,
      heading: 'SCOPE',
      paragraphs: ['All'],
      state: 'accepted' as const,
      source: null,
    }))
    const { hindrances } = toPlanDraft({ ...acceptItem(acceptHeader(proposal), 't1r2'), prose })
    expect(hindrances).toEqual([{ code: 'documents.prose-too-many', count: 1 }])
  })

  test('is none while a part of the text is undecided', () => {
    const { draft, hindrances } = toPlanDraft(acceptItem(acceptHeader(proposal), 't1r2'))
    expect(draft).toBe(null)
    expect(hindrances).toEqual([{ code: 'documents.prose-undecided', count: 4 }])
  })
})
