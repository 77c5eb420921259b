import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { readUhri } from './read-uhri.ts'

const own = { code: 'TLD', names: ['Testland'], keepers: { byMechanism: {}, otherwise: '' } }
const line = (at: number) =>
  JSON.stringify({
    AnnotationId: `00000000-0000-4000-8000-00000000000${at}`,
    ...{ Body: 'CRC', Countries: ['Testland'], Text: `${at}. Act` },
  })

test('a record without its end costs the others behind it nothing, though their braces make up for it', async () => {
  const file = `[${line(1)},${line(2).slice(0, -1)},${line(3)}},${line(4)}]`
  const told: (string | null | undefined)[] = []
  let at = 0
  for await (const { outcome, to } of readUhri(Readable.from([Buffer.from(file)]), 0, { own, language: 'en' })) {
    told.push(outcome.record?.paragraph ?? outcome.notes[0]?.code)
    expect(to).toBeGreaterThanOrEqual(at)
    at = to
  }
  expect(told).toEqual(['1', 'recommendations.record-passed-over', '3', 'recommendations.record-not-an-object', '4'])
})
