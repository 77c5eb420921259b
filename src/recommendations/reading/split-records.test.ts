import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { longestRecord, NotAList, splitRecords } from './split-records.ts'

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function all(text: string | Buffer, size = 7) {
  const found: unknown[] = []
  for await (const one of splitRecords(inPieces(Buffer.from(text), size)))
    found.push('broken' in one ? one.broken : (JSON.parse(one.bytes.toString()) as unknown))
  return found
}

describe('records of a list, as they stream in', () => {
  test('any list of objects is cut as it was joined, wherever the chunks end', async () => {
    const records = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(
        records,
        fc.integer({ min: 1, max: 50 }),
        fc.constantFrom(undefined, 1, '\t'),
        async (list, size, space) => {
          expect(await all(JSON.stringify(list, null, space), size)).toEqual(JSON.parse(JSON.stringify(list)))
        },
      ),
    )
  })

  test('goes on at the byte behind a record', async () => {
    const text = Buffer.from('[{"a":1},{"a":2},{"a":3}]')
    const first = await splitRecords(inPieces(text, 4)).next()
    const to = first.value?.to ?? 0
    const rest: unknown[] = []
    for await (const one of splitRecords(inPieces(text.subarray(to), 4), to)) rest.push(one)
    expect(rest).toMatchObject([
      { from: 9, to: 16 },
      { from: 17, to: 24 },
    ])
  })

  test.each([
    ['a file cut in the middle of a record', '[{"a":1},{"a":', [{ a: 1 }, 'cut-short']],
    ['a file cut between records', '[{"a":1},', [{ a: 1 }, 'cut-short']],
    ['braces and quotes in texts', '[{"a":"}\\"{]"}]', [{ a: '}"{]' }]],
    ['a mark before the first byte', '\ufeff[{"a":1}]', [{ a: 1 }]],
    ['words after the end', '[{"a":1}] and so on', [{ a: 1 }]],
    ['an empty list', '[]', []],
  ])('%s', async (_what, text, expected) => {
    expect(await all(text)).toEqual(expected)
  })

  test('what stands in the list and is no record is told, one problem for all that stands together', async () => {
    expect(await all('[1,{"a":1}]')).toEqual(['not-an-object', { a: 1 }])
    expect(await all('["nothing to see here", [1, 2], null, {"a":1}, 3]')).toEqual([
      'not-an-object',
      { a: 1 },
      'not-an-object',
    ])
  })

  test('a record beyond all measure is passed over and keeps no memory', async () => {
    const text = `[{"a":"${'x'.repeat(longestRecord)}"},{"a":1}]`
    expect(await all(text, 65_536)).toEqual(['passed-over', { a: 1 }])
  })

  describe('behind damage', () => {
    const records = Array.from({ length: 4_000 }, (_, id) => ({ id, text: `words (${id}) of some length `.repeat(12) }))
    const lines = records.map((record) => JSON.stringify(record))
    const file = (damaged: string) => `[${lines.with(1_200, damaged).join(',\n')}]`
    const line = lines[1_200] ?? ''

    test.each([
      ['a missing quote', line.replace('"text":"', '"text":')],
      ['a missing end', line.slice(0, -20)],
      ['a brace too many', line.replace('"text":', '"text":{')],
      ['a missing quote at the end', line.slice(0, -2) + '}'],
    ])('%s costs that record only, and all else is read', async (_what, damaged) => {
      for (const size of [997, 65_536]) {
        const found = await all(file(damaged), size)
        expect(found.filter((one) => typeof one === 'string')).toEqual(['passed-over'])
        expect(found.filter((one) => typeof one === 'object')).toEqual(records.toSpliced(1_200, 1))
      }
    })

    test('in the last record loses nothing before it', async () => {
      expect(await all('[{"a":1},{"a":"x},{"a":3},{"a":4}]')).toEqual([{ a: 1 }, 'passed-over', { a: 3 }, { a: 4 }])
    })

    test('without end is passed over in time that grows with the file only', async () => {
      // Read again from each brace to the end it would take days, and this test its time.
      const found = await all(`[${'{"a":{'.repeat(600_000)}`, 65_536)
      expect(found.every((one) => typeof one === 'string')).toBe(true)
    })
  })

  test.each(['', '{"a":1}', '<html>', 'PK\u0003\u0004'])('%j is no list', async (text) => {
    await expect(all(text)).rejects.toThrow(NotAList)
  })
})
