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
  let open = ''
  let inText = false
  let isEscaped = false
  let key = ''
  let word = ''
  let collected = ''
  let isCollecting = false
  let number = 0
  let seen = false
  for await (const chunk of chunks) {
    let from = 0
    for (let at = 0; at < chunk.length; at++) {
      const sign = chunk[at] ?? ''
      if (inText) {
        if (isEscaped) isEscaped = false
        else if (sign === '\\') isEscaped = true
        else if (sign === '"') {
          inText = false
          if (open === '{') key = word
        } else if (open === '{') word += sign
        continue
      }
      if (sign === '"') {
        inText = true
        word = ''
      } else if (sign === '{' || sign === '[') {
        if (open === '{' && sign === '[' && key === 'features') seen = true
        if (!isCollecting && sign === '{' && open === '{[' && key === 'features') {
          isCollecting = true
          from = at
        }
        open += sign
      } else if (sign === '}' || sign === ']') {
        open = open.slice(0, -1)
        if (isCollecting && open === '{[') {
          collected += chunk.slice(from, at + 1)
          isCollecting = false
          number++
          yield parseArea(collected, number)
          collected = ''
        }
      }
    }
    if (isCollecting) collected += chunk.slice(from)
    if (collected.length > longest) throw unreadable(number + 1)
  }
  if (!seen || open !== '' || inText) throw unreadable(number)
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
