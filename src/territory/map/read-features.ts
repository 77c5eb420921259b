import { z } from 'zod'
import { invalid } from '#platform'

/** West to east and south to north, in degrees; further numbers are height and the like. */
const Position = z.array(z.number()).min(2)
const Ring = z.array(Position)
const Geometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: z.array(Ring) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(Ring)) }),
])
const Feature = z.object({
  type: z.literal('Feature'),
  properties: z.record(z.string(), z.unknown()).nullable(),
  geometry: Geometry,
})

/** One area of a file: its properties, and its rings whichever polygon they are of. */
export type Area = { properties: Record<string, unknown>; rings: number[][][] }

/** As long as the text of one area may be. */
const longest = 50_000_000

/**
 * The areas of a GeoJSON collection, one after another as the text comes: no more than one is held.
 * @throws invalid `territory.outlines-unreadable` with the number of the area at which it is not what it should be
 */
export async function* readFeatures(chunks: AsyncIterable<string>): AsyncGenerator<Area> {
  const scanner = openScanner()
  let collected = ''
  let number = 0
  for await (const chunk of chunks) {
    let from = 0
    for (let at = 0; at < chunk.length; at++) {
      const found = scanner.step(chunk[at] ?? '')
      if (found === 'begins') from = at
      if (found !== 'ends') continue
      number++
      yield parseArea(collected + chunk.slice(from, at + 1), number)
      collected = ''
    }
    if (scanner.isWithin()) collected += chunk.slice(from)
    if (collected.length > longest) throw unreadable(number + 1)
  }
  if (!scanner.isWhole()) throw unreadable(number)
}

/** Follows the text of a collection sign by sign, and tells where an area of its list begins and ends. */
function openScanner() {
  /** The brackets that stand open. */
  let open = ''
  let isText = false
  let isEscaped = false
  /** Of the collection itself: the name of what comes, and the text being read. */
  let key = ''
  let word = ''
  let isWithin = false
  let hasList = false
  const readText = (sign: string): void => {
    if (isEscaped) isEscaped = false
    else if (sign === '\\') isEscaped = true
    else if (sign !== '"') word += open === '{' ? sign : ''
    else {
      isText = false
      if (open === '{') key = word
    }
  }
  const openBracket = (sign: string): 'begins' | undefined => {
    const isList = open === '{' && sign === '[' && key === 'features'
    const begins = !isWithin && sign === '{' && open === '{[' && key === 'features'
    hasList ||= isList
    isWithin ||= begins
    open += sign
    return begins ? 'begins' : undefined
  }
  const closeBracket = (): 'ends' | undefined => {
    open = open.slice(0, -1)
    if (!isWithin || open !== '{[') return undefined
    isWithin = false
    return 'ends'
  }
  return {
    isWithin: () => isWithin,
    isWhole: () => hasList && open === '' && !isText,
    step(sign: string): 'begins' | 'ends' | undefined {
      if (isText) readText(sign)
      else if (sign === '"') [isText, word] = [true, '']
      else if (sign === '{' || sign === '[') return openBracket(sign)
      else if (sign === '}' || sign === ']') return closeBracket()
      return undefined
    },
  }
}

function unreadable(number: number, cause?: unknown) {
  const problem = invalid('territory.outlines-unreadable', { number })
  if (cause !== undefined) problem.cause = cause
  return problem
}

function parseArea(text: string, number: number): Area {
  try {
    const { properties, geometry } = Feature.parse(JSON.parse(text))
    return { properties: properties ?? {}, rings: ringsOf(geometry) }
  } catch (fault) {
    throw unreadable(number, fault)
  }
}

function ringsOf(geometry: z.infer<typeof Geometry>): number[][][] {
  return geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()
}

const Arcs = z.array(z.array(z.int()))
const Topology = z.object({
  type: z.literal('Topology'),
  transform: z
    .object({ scale: z.tuple([z.number(), z.number()]), translate: z.tuple([z.number(), z.number()]) })
    .optional(),
  arcs: z.array(z.array(Position)),
  objects: z.record(
    z.string(),
    z.object({
      type: z.literal('GeometryCollection'),
      geometries: z.array(
        z.discriminatedUnion('type', [
          z.object({
            type: z.literal('Polygon'),
            properties: z.record(z.string(), z.unknown()).optional(),
            arcs: Arcs,
          }),
          z.object({
            type: z.literal('MultiPolygon'),
            properties: z.record(z.string(), z.unknown()).optional(),
            arcs: z.array(Arcs),
          }),
        ]),
      ),
    }),
  ),
})

/** The areas of a TopoJSON, whose borders are shared and therefore read whole. @throws invalid `territory.outlines-unreadable` */
export function readTopology(text: string): Area[] {
  const { transform, arcs, objects } = parseTopology(text)
  const lines = arcs.map((arc) => {
    const sum = [0, 0]
    return arc.map(([x = 0, y = 0]) => {
      if (transform === undefined) return [x, y]
      sum[0] = (sum[0] ?? 0) + x
      sum[1] = (sum[1] ?? 0) + y
      return [
        (sum[0] ?? 0) * transform.scale[0] + transform.translate[0],
        (sum[1] ?? 0) * transform.scale[1] + transform.translate[1],
      ]
    })
  })
  const ringOf = (parts: readonly number[]) =>
    parts.flatMap((part, at) => {
      const line = part < 0 ? lines[~part]?.toReversed() : lines[part]
      if (line === undefined) throw unreadable(0)
      return at === 0 ? line : line.slice(1)
    })
  return Object.values(objects).flatMap(({ geometries }) =>
    geometries.map((one) => ({
      properties: one.properties ?? {},
      rings: (one.type === 'Polygon' ? one.arcs : one.arcs.flat()).map(ringOf),
    })),
  )
}

function parseTopology(text: string): z.infer<typeof Topology> {
  try {
    return Topology.parse(JSON.parse(text))
  } catch (fault) {
    throw unreadable(0, fault)
  }
}
