/**
 * The shape of this folder's data on bodies. A life and a mandate are written `FROM/TO`, either side empty when open:
 * `2025-03-01/` since 1 March 2025, `/2025-03-01` until then.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { AgencyKind, CoordinationSeat } from '#agencies/model'
import type { AgencyFunction } from '#agencies/model'

export const Interval = z
  .string()
  .regex(/^(\d{4}-\d{2}-\d{2})?\/(\d{4}-\d{2}-\d{2})?$/)
  .transform((text) => {
    const [from = '', to = ''] = text.split('/')
    return { from: from === '' ? null : from, to: to === '' ? null : to }
  })
export type Interval = z.infer<typeof Interval>

/** `[slug, from, to]` */
const SuperiorRow = z.tuple([z.string(), z.string().nullable(), z.string().nullable()])

/**
 * One body at the centre, or a pattern for one in every unit of a level. In patterns `{unit}` is `tỉnh Lâm Đồng`,
 * `{tier}` `tỉnh`, `{bare}` `Lâm Đồng`.
 */
export const BodyRow = z.object({
  slug: z.string(),
  kind: AgencyKind,
  name: z.string(),
  shortName: z.string(),
  abbreviations: z.array(z.string()),
  numbering: z.string(),
  life: Interval,
  executive: z.boolean(),
  superiors: z.array(SuperiorRow),
  functions: z.record(z.string(), Interval),
  /** Other names in a centrally run city. */
  city: z.object({ name: z.string(), shortName: z.string() }).optional(),
  /** Provinces (codes of the list of 2024 and of 2025) that have it, or that do not. */
  only: z.record(z.string(), z.array(z.string())).optional(),
  except: z.record(z.string(), z.array(z.string())).optional(),
})
export type BodyRow = z.infer<typeof BodyRow>

const Office = z.object({
  name: z.string(),
  life: Interval,
  types: z.array(z.string()).nullable(),
  functions: z.array(z.string()),
})

const CentralFile = z.object({
  agencies: z.array(BodyRow),
  seats: z.array(
    z.object({
      body: z.string(),
      role: CoordinationSeat.shape.role,
      post: z.string(),
      agency: z.string(),
      life: Interval,
      legalBasis: z.string().nullable(),
    }),
  ),
  /** Successions that no mandate tells. */
  successions: z.array(z.object({ succeeded: z.string(), by: z.string(), date: z.string() })),
})

const LocalFile = z.object({
  province: z.array(BodyRow),
  district: z.array(BodyRow),
  commune: z.array(BodyRow),
  communeOffices: z.array(Office),
  /** Who answers for a function in a province without a body of its own for it. */
  fallbacks: z.record(z.string(), z.string()),
})

function read(name: string): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8'))
}

export function readCentralBodies(): z.infer<typeof CentralFile> {
  return CentralFile.parse(read('agencies-central.json'))
}

export function readLocalBodies(): z.infer<typeof LocalFile> {
  return LocalFile.parse(read('agencies-local.json'))
}

export function readFunctions(): AgencyFunction[] {
  const Row = z.tuple([z.string(), z.string(), z.string(), z.string()])
  const rows = z.array(Row).parse(read('agency-functions.json'))
  return rows.map(([code, vi, en, fr]) => ({ code, names: { vi, en, fr } }))
}
