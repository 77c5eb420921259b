import { expect, test } from 'vitest'
import { completeRecord } from '../reading/record.ts'
import { prepareRows } from './prepare-rows.ts'

const document = {
  ...{ mechanism: 'crc', symbol: null, externalId: null, title: null, publishedOn: null, cycle: null, session: null },
  ...{ states: ['Testland'], isOwn: true },
}

function record(text: string, symbol: string | null = null) {
  return completeRecord({
    ...{ externalId: '1', document: { ...document, symbol }, kind: 'recommendation', language: 'en', paragraph: null },
    ...{ text, rawText: null, position: null, recommendingStates: ['Côte d’Ivoire', 'NULL'], suggested: [3, 5] },
    watermark: null,
  })
}

test('writes words so that PostgreSQL reads them as they are: signs of its own, nothing, lists in lists', () => {
  const { columns } = prepareRows({ source: 'uhri' }, [record('of the "best interests"\\ {1}, NULL'), record('')])
  expect(columns.words).toBe(String.raw`{"of the \"best interests\"\\ {1}, NULL",""}`)
  expect(columns.raw).toBe('{NULL,NULL}')
  expect(columns.states).toBe(String.raw`{"{\"Côte d’Ivoire\",\"NULL\"}","{\"Côte d’Ivoire\",\"NULL\"}"}`)
  expect(columns.terms).toBe('{"{3,5}","{3,5}"}')
})

test('names each document once, and of each row which it stands in', () => {
  const { columns, documents } = prepareRows({ source: 'uhri' }, [record('a', 'A'), record('b', 'B'), record('c', 'A')])
  expect(documents.map(({ symbol }) => symbol)).toEqual(['A', 'B'])
  expect(columns.document).toBe('{1,2,1}')
})
