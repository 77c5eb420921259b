import { z } from 'zod'
import { Id, PlainDate } from '#platform/model'

/** A place on a map of tiles. `islands`: the tile stands for islands of the unit, under their own name. */
const Tile = z.object({
  code: z.string(),
  label: z.string(),
  column: z.int(),
  row: z.int(),
  islands: z.string().nullable(),
})

/** West, south, east, north, in degrees. */
const Box = z.tuple([z.number(), z.number(), z.number(), z.number()])

/**
 * How a country is drawn. `layouts`: its provinces as tiles of one size, in the borders of a stretch of time `[from, to)`; `insets`: islands
 * far from the rest, which every map shows in a frame of their own, with the code of the province they belong to.
 */
export const CountryMap = z.object({
  layouts: z.array(z.object({ from: PlainDate.nullable(), to: PlainDate.nullable(), tiles: z.array(Tile) })),
  insets: z.array(z.object({ name: z.string(), code: z.string(), box: Box })),
})
export type CountryMap = z.infer<typeof CountryMap>

const Point = z.object({ x: z.int(), y: z.int() })

/** An outline to be drawn: a path of whole thousandths of a degree, to the east and to the south; `islets` per inset by its place. */
const Outline = z.object({ unitId: Id, path: z.string(), islets: z.array(z.array(Point)) }).meta({ id: 'UnitOutline' })

/** What maps of units on a day are drawn on. `outlines` null: an operator imported none of these. */
export const MapGround = z
  .object({
    tiles: z.array(Tile.extend({ unitId: Id }).meta({ id: 'MapTile' })),
    outlines: z
      .object({
        /** Of all paths, in thousandths of a degree. */
        left: z.int(),
        top: z.int(),
        right: z.int(),
        bottom: z.int(),
        units: z.array(Outline),
        /** How many units of the level have no outline of that day. */
        lacking: z.int(),
        sources: z.array(z.string()),
      })
      .nullable(),
    insets: z.array(
      z.object({
        name: z.string(),
        unitId: Id.nullable(),
        left: z.int(),
        top: z.int(),
        right: z.int(),
        bottom: z.int(),
      }),
    ),
  })
  .meta({ id: 'MapGround' })
export type MapGround = z.infer<typeof MapGround>
