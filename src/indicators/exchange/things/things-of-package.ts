import { z } from 'zod'
import type { Place } from '#territory'
import type { CodeKind } from '../../model.ts'
import { inCircles, type Package, type PackageProblem, type PackageThing } from './read-package.ts'

/** What else tells what a thing is. */
export const Detail = z.object({
  /** Of a combination: what each of its options is called. */
  options: z.array(z.object({ code: z.string().nullable(), name: z.string().nullable() })).optional(),
  /** Of a form: the rhythm of its periods, in the other system's word. */
  rhythm: z.string().optional(),
  /** Of a unit: where it lies, and whether others lie in it. */
  place: z
    .union([
      z.object({ point: z.tuple([z.number(), z.number()]) }),
      z.object({ rings: z.array(z.array(z.array(z.number()))) }),
    ])
    .optional(),
  isLeaf: z.boolean().optional(),
  valueType: z.string().optional(),
})
export type Detail = z.infer<typeof Detail>

/** A thing as another system names it, without what it may be with us. */
export type NamedThing = {
  kind: CodeKind
  uid: string | null
  code: string | null
  name: string | null
  above: string[]
  detail: Detail
}

const kinds: Readonly<Record<string, CodeKind>> = {
  ...{ dataElements: 'element', categoryOptionCombos: 'combo', organisationUnits: 'unit', dataSets: 'data-set' },
}

/** Units as deep as this are read; further ones would be a mistake. */
const mostAbove = 12

/** The elements, combinations, units and forms of a package. A circle of units is said of each of them, and none of their lines is believed. */
export function thingsOf({ things, problems }: Package): { things: NamedThing[]; problems: PackageProblem[] } {
  const byId = (list: string) =>
    new Map(
      things.flatMap(({ list: of, fields }) =>
        of === list && fields.id !== null ? [[fields.id, fields] as const] : [],
      ),
    )
  const [options, units] = [byId('categoryOptions'), byId('organisationUnits')]
  const circling = inCircles(new Map([...units].map(([id, { parent }]) => [id, parent?.id])))
  const parents = new Set([...units.values()].flatMap(({ parent }) => parent?.id ?? []))
  const aboveOf = (parent: string | undefined): string[] => {
    const above: string[] = []
    for (let at = parent; at !== undefined && above.length < mostAbove;) {
      const unit = units.get(at)
      if (unit?.name == null) break
      above.push(unit.name)
      at = unit.parent?.id
    }
    return above
  }
  const detailOf = ({ list, fields }: PackageThing): Detail => {
    switch (list) {
      case 'categoryOptionCombos':
        return {
          options: (fields.categoryOptions ?? []).map(({ id }) => {
            const option = options.get(id)
            return { code: option?.code ?? null, name: option?.name ?? null }
          }),
        }
      case 'dataSets':
        return fields.periodType == null ? {} : { rhythm: fields.periodType }
      case 'organisationUnits': {
        const place = placeOf(fields.geometry)
        return { isLeaf: !parents.has(fields.id ?? ''), ...(place === undefined ? {} : { place }) }
      }
      default:
        return fields.valueType == null ? {} : { valueType: fields.valueType }
    }
  }
  const named = things.flatMap((one): NamedThing[] => {
    const kind = kinds[one.list]
    if (kind === undefined) return []
    const { id, code, name, parent } = one.fields
    const above = kind === 'unit' && !circling.has(id ?? '') ? aboveOf(parent?.id) : []
    return [{ kind, uid: id, code, name, above, detail: detailOf(one) }]
  })
  const circles = things
    .filter(({ list, fields }) => list === 'organisationUnits' && circling.has(fields.id ?? ''))
    .map(({ list, number, fields }) => ({ list, number, name: fields.name, code: 'indicators.package-circle' }))
  return { things: named, problems: [...problems, ...circles] }
}

const Position = z.array(z.number().min(-180).max(180)).min(2)
const Geometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Point'), coordinates: Position }),
  z.object({ type: z.literal('Polygon'), coordinates: z.array(z.array(Position)) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(z.array(Position))) }),
])

/** As many corners of an outline as are kept: what is like, not where it runs, is asked of it. */
const mostCorners = 400

function placeOf(said: unknown): (Detail['place'] & Place) | undefined {
  const read = Geometry.safeParse(said)
  if (!read.success) return undefined
  const { data } = read
  if (data.type === 'Point') return { point: [data.coordinates[0] ?? 0, data.coordinates[1] ?? 0] }
  const rings = data.type === 'Polygon' ? data.coordinates : data.coordinates.flat()
  const corners = rings.reduce((sum, ring) => sum + ring.length, 0)
  const every = Math.max(1, Math.ceil(corners / mostCorners))
  const kept = rings.map((ring) => ring.filter((_point, at) => at % every === 0).map(rounded))
  return { rings: kept.filter((ring) => ring.length >= 3) }
}

const rounded = (point: number[]) => point.slice(0, 2).map((degrees) => Math.round(degrees * 10_000) / 10_000)
