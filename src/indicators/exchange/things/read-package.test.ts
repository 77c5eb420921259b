import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { Problem } from '#platform'
import { packageLimits } from '../../model.ts'
import { inCircles, readPackage } from './read-package.ts'
import { thingsOf } from './things-of-package.ts'

const bytes = (said: unknown) => Buffer.from(typeof said === 'string' ? said : JSON.stringify(said))
const codeOf = (given: Uint8Array) => {
  try {
    readPackage(given)
    return 'read'
  } catch (fault) {
    return fault instanceof Problem ? fault.code : fault
  }
}
const unit = (id: string, parent?: string) => ({
  id,
  name: `Unit ${id}`,
  ...(parent ? { parent: { id: parent } } : {}),
})

describe('a package of metadata', () => {
  test.each([
    ['cut short', bytes('{"dataElements":[{"id":"a","name":"A"},{"id"'), 'indicators.package-unreadable'],
    ['empty', bytes(''), 'indicators.package-unreadable'],
    ['in UTF-16', Buffer.from('{"dataElements":[{"id":"é"}]}', 'utf16le'), 'indicators.package-encoding'],
    [
      'in Latin-1',
      Buffer.from('{"dataElements":[{"id":"a","name":"\u00e9"}]}', 'latin1'),
      'indicators.package-encoding',
    ],
    ['something else', bytes({ users: [{ id: 'x' }] }), 'indicators.package-not-one'],
    ['a list', bytes([1, 2]), 'indicators.package-not-one'],
    ['nested without end', bytes(`${'['.repeat(200_000)}`), 'indicators.package-unreadable'],
    [
      'too long',
      bytes({ dataElements: Array.from({ length: packageLimits.things + 1 }, (_none, at) => ({ id: String(at) })) }),
      'indicators.package-too-many',
    ],
  ])('that is %s is refused with why', (_name, given, code) => {
    expect(codeOf(given)).toBe(code)
  })

  test('what is wrong in one thing is said of it, and the others are read', () => {
    const { things, problems } = readPackage(
      bytes({
        dataElements: [
          { id: 'a', name: 'A' },
          { description: 'B' },
          { id: 'a', name: 'C' },
          { id: 'd', name: 5 },
          null,
          {},
        ],
      }),
    )
    expect(things.map(({ fields }) => fields.name)).toEqual(['A'])
    expect(problems.map(({ number, code }) => [number, code])).toEqual([
      [2, 'indicators.package-without-id'],
      [3, 'indicators.package-twice'],
      [4, 'indicators.package-wrong-field'],
      [5, 'indicators.package-wrong-field'],
      [6, 'indicators.package-without-id'],
    ])
  })

  test('units that lie in each other in a circle keep no parents, and are told', () => {
    const { things, problems } = thingsOf(
      readPackage(
        bytes({
          organisationUnits: [unit('root'), unit('leaf', 'root'), unit('x', 'y'), unit('y', 'x'), unit('z', 'x')],
        }),
      ),
    )
    expect(things.map(({ uid, above }) => [uid, above])).toEqual([
      ['root', []],
      ['leaf', ['Unit root']],
      ['x', []],
      ['y', []],
      ['z', []],
    ])
    expect(problems.map(({ number, code }) => [number, code])).toEqual(
      [3, 4, 5].map((number) => [number, 'indicators.package-circle']),
    )
    expect(inCircles(new Map([['a', 'a']]))).toEqual(new Set(['a']))
  })

  test('outlines and points are kept, a place on no globe is left out', () => {
    const at = (geometry: unknown) =>
      thingsOf(readPackage(bytes({ organisationUnits: [{ ...unit('a'), geometry }] }))).things[0]?.detail.place
    expect(at({ type: 'Point', coordinates: [105.8, 21.03] })).toEqual({ point: [105.8, 21.03] })
    expect(at({ type: 'Point', coordinates: [1058, 21] })).toBeUndefined()
    expect(at('[105,21]')).toBeUndefined()
    const ring = Array.from({ length: 1000 }, (_none, corner) => [corner / 100, Math.sin(corner)])
    const kept = at({ type: 'Polygon', coordinates: [ring] })
    expect(kept !== undefined && 'rings' in kept && (kept.rings[0]?.length ?? 0) <= 400).toBe(true)
  })
})

const folder = path.join(import.meta.dirname, '../../../../../shared/reference/dhis2-fixtures')

describe.skipIf(!existsSync(folder))('packages of the reference', () => {
  test.each([
    ['metadata/metadata.json', { element: 75, combo: 12, 'data-set': 2 }],
    ['metadata/dhis-test-e2e-metadata.json', { element: 2, combo: 1, unit: 5 }],
    ['metadata/dataset_with_sections.json', { element: 2, combo: 2, unit: 1, 'data-set': 1 }],
    ['metadata/category_and_categorycombo.json', { element: 8, 'data-set': 2 }],
    ['orgunits/ou_with_levels.json', { unit: 4 }],
  ])('%s is read whole', (file, expected) => {
    const { things, problems } = thingsOf(readPackage(readFileSync(path.join(folder, file))))
    const counts = Map.groupBy(things, ({ kind }) => kind)
    expect(Object.fromEntries([...counts].map(([kind, all]) => [kind, all.length]))).toMatchObject(expected)
    expect(problems).toEqual([])
  })
})
