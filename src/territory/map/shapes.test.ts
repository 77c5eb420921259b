import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readFeatures, readTopology, type Area } from './read-features.ts'
import { shapeOf } from './shapes.ts'

async function read(...chunks: string[]): Promise<Area[]> {
  const areas: Area[] = []
  for await (const area of readFeatures(chunksOf(chunks))) areas.push(area)
  return areas
}

async function* chunksOf(chunks: readonly string[]): AsyncGenerator<string> {
  for (const chunk of chunks) yield await Promise.resolve(chunk)
}

const square = [
  [105, 21],
  [106, 21],
  [106, 20],
  [105, 20],
  [105, 21],
]
const feature = (code: string, type: string, coordinates: unknown) => ({
  ...{ type: 'Feature', properties: { code, name: 'a } b ] " \\ {' } },
  geometry: { type, coordinates },
})
const collection = (...features: unknown[]) =>
  JSON.stringify({ type: 'FeatureCollection', crs: { type: 'name', properties: { name: 'x' } }, features })

describe('a GeoJSON as it comes', () => {
  test('is read area by area, however its text is cut', async () => {
    const text = collection(feature('01', 'Polygon', [square]), feature('02', 'MultiPolygon', [[square], [square]]))
    const whole = await read(text)
    expect(whole.map(({ properties, rings }) => [properties.code, rings.length])).toEqual([
      ['01', 1],
      ['02', 2],
    ])
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 6 }), async (cuts) => {
        const bounds = [0, ...cuts.toSorted((one, other) => one - other), text.length]
        expect(await read(...bounds.slice(1).map((to, at) => text.slice(bounds[at], to)))).toEqual(whole)
      }),
    )
  })

  test.each([
    ['is cut off', collection(feature('01', 'Polygon', [square])).slice(0, -4)],
    ['has an area that is a line', collection(feature('01', 'LineString', square))],
    ['holds no list of areas', '{"type": "Point", "coordinates": [1, 2]}'],
    ['is no JSON', 'code,name\n01,x'],
    ['has words for numbers', collection(feature('01', 'Polygon', [[['105', '21']]]))],
  ])('that %s is refused', async (_, text) => {
    await expect(read(text)).rejects.toMatchObject({ code: 'territory.outlines-unreadable' })
  })
})

describe('a TopoJSON', () => {
  const topology = {
    ...{ type: 'Topology', transform: { scale: [0.5, 0.5], translate: [100, 10] } },
    // From (102, 12) around; the second arc closes either of two squares.
    arcs: [
      [
        [4, 4],
        [-2, 0],
        [0, -2],
        [2, 0],
      ],
      [
        [4, 4],
        [0, -2],
      ],
      [
        [4, 2],
        [2, 0],
        [0, 2],
        [-2, 0],
      ],
    ],
    objects: {
      units: {
        type: 'GeometryCollection',
        geometries: [
          { type: 'Polygon', properties: { code: '1' }, arcs: [[0, -2]] },
          { type: 'Polygon', properties: { code: '2' }, arcs: [[1, 2]] },
        ],
      },
    },
  }

  test('gives rings of degrees, shared borders walked either way', () => {
    const [one, two] = readTopology(JSON.stringify(topology))
    expect(one?.rings).toEqual([
      [
        [102, 12],
        [101, 12],
        [101, 11],
        [102, 11],
        [102, 12],
      ],
    ])
    expect(two?.rings[0]).toEqual([
      [102, 12],
      [102, 11],
      [103, 11],
      [103, 12],
      [102, 12],
    ])
  })

  test('that names an arc it has not is refused', () => {
    const text = JSON.stringify(topology).replace('[[0,-2]]', '[[9]]')
    expect(() => readTopology(text)).toThrow('territory.outlines-unreadable')
    expect(() => readTopology('{')).toThrow('territory.outlines-unreadable')
  })
})

describe('the shape of an outline', () => {
  test('is a path of thousandths of a degree, to the east and to the south', () => {
    expect(shapeOf([square], [])).toEqual({
      fine: 'M105000 -21000l1000 0 0 1000 -1000 0z',
      coarse: 'M105000 -21000l1000 0 0 1000 -1000 0z',
      islets: [],
    })
  })

  test('leaves out points that say nothing, and on the coarse grid what is too small to be seen', () => {
    const dotted = [
      [105, 21],
      [105.5, 21],
      [105.5, 21],
      [106, 21],
      [106, 20],
      [105, 20],
      [105, 21],
    ]
    const speck = [
      [108, 15],
      [108.002, 15],
      [108.002, 15.002],
      [108, 15.002],
      [108, 15],
    ]
    const shape = shapeOf([dotted, speck], [])
    expect(shape?.fine).toBe('M105000 -21000l1000 0 0 1000 -1000 0zM108000 -15000l2 0 0 -2 -2 0z')
    expect(shape?.coarse).toBe('M105000 -21000l1000 0 0 1000 -1000 0z')
  })

  test('keeps islands far away apart as places', () => {
    const islet = [
      [112, 16],
      [112.1, 16],
      [112.1, 16.2],
      [112, 16],
    ]
    const shape = shapeOf([square, islet], [{ name: 'x', code: '1', box: [111, 15, 113, 17] }])
    expect(shape).toMatchObject({ fine: 'M105000 -21000l1000 0 0 1000 -1000 0z', islets: [[112050, -16100]] })
    const onlyIslets = shapeOf([islet], [{ name: 'x', code: '1', box: [111, 15, 113, 17] }])
    expect(onlyIslets).toEqual({ fine: '', coarse: '', islets: [[112050, -16100]] })
  })

  test('is none where numbers are metres, north before east, or a ring has no ground', () => {
    expect(shapeOf([square.map(([x = 0, y = 0]) => [x * 5000, y * 100000])], [])).toBeNull()
    expect(shapeOf([square.map(([x = 0, y = 0]) => [y, x])], [])).toBeNull()
    expect(shapeOf([square.slice(0, 3)], [])).toBeNull()
    expect(shapeOf([square.map(() => [105, 21])], [])).toBeNull()
  })
})
