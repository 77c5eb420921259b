import type { Context } from '#platform'
import { versionOn, type PlainDate, type UnitKey } from '#territory/model'
import { openLand, type Land } from '../../land.ts'
import { lineOn, unitsOn } from '../../rollup/ground.ts'
import { elementCode, formsOf, partsOf, readThings, type MeasureThing, type Things } from './dictionary.ts'
import type { Thing } from './fields.ts'
import { periodTypes } from './periods.ts'
import { defaultCategoryCombo, defaultCombo, uidOf } from './uid.ts'

/** Kinds of things a caller may list; the word is that of the address. */
export const listed = [
  'organisationUnits',
  'dataSets',
  'dataElements',
  'categoryOptionCombos',
  'categoryCombos',
  'indicators',
] as const
export type Listed = (typeof listed)[number]

/** Things of a kind as DHIS2 shows its own. */
export async function readListed(ctx: Context, kind: Listed): Promise<Thing[]> {
  if (kind === 'organisationUnits') return unitThings(await openLand(ctx), ctx.today)
  const things = await readThings(ctx)
  const say = nameIn(ctx)
  switch (kind) {
    case 'dataElements':
      return things.measures.flatMap((measure) => elementThings(measure, say))
    case 'dataSets':
      return formThings(things, say)
    case 'indicators':
      return things.measures.map((measure) => ({
        ...named(uidOf('indicator', measure.code), measure.code, say(measure.names)),
        indicatorType: { id: uidOf('indicator-type', String(measure.factor)), factor: measure.factor },
      }))
    case 'categoryCombos':
      return [
        { ...named(defaultCategoryCombo, 'default', 'default'), isDefault: true },
        ...things.dimensions.map(({ code, names }) => named(uidOf('category-combo', code), code, say(names))),
      ]
    case 'categoryOptionCombos':
      return comboThings(things, say)
  }
}

type Names = MeasureThing['names']
const nameIn = (ctx: Context) => (names: Names) => names[ctx.language]

function named(id: string, code: string, name: string): Thing & { id: string } {
  return { id, code, name, shortName: name.slice(0, 50), displayName: name, displayShortName: name.slice(0, 50) }
}

/** Today's units, each with the path of its ids from the country down. */
function unitThings(land: Land, on: PlainDate): Thing[] {
  const levels = ['country', 'province', 'district', 'commune'] as const
  const keys = levels.flatMap((level) => unitsOn(land.ground, level, on))
  const children = new Map<UnitKey, UnitKey[]>()
  for (const key of keys) {
    const [, parent] = lineOn(land.ground, key, on)
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), key])
  }
  return keys.flatMap((key) => {
    const unit = land.ground.units.get(key)
    const version = unit && versionOn(unit, on)
    if (unit === undefined || version === undefined) return []
    const line = lineOn(land.ground, key, on)
    const parent = line[1]
    const own = children.get(key) ?? []
    return [
      {
        ...named(uidOf('unit', key), version.code, version.name),
        ...{
          level: line.length,
          path: `/${line
            .toReversed()
            .map((one) => uidOf('unit', one))
            .join('/')}`,
        },
        parent: parent === undefined ? null : { id: uidOf('unit', parent), ...nameOfUnit(land, parent, on) },
        openingDate: `${unit.versions[0]?.from ?? '1970-01-01'}T00:00:00.000`,
        ...(unit.versions.at(-1)?.to == null ? {} : { closedDate: `${unit.versions.at(-1)?.to ?? ''}T00:00:00.000` }),
        ...{
          leaf: own.length === 0,
          children: own.map((one) => ({ id: uidOf('unit', one), ...nameOfUnit(land, one, on) })),
        },
      },
    ]
  })
}

function nameOfUnit(land: Land, key: UnitKey, on: PlainDate): { code: string; name: string; displayName: string } {
  const unit = land.ground.units.get(key)
  const version = unit && versionOn(unit, on)
  return { code: version?.code ?? '', name: version?.name ?? '', displayName: version?.name ?? '' }
}

function elementThings(measure: MeasureThing, say: (names: Names) => string): Thing[] {
  const dimensions = [...new Set(measure.breakdowns.map(({ dimension }) => dimension))]
  const parts = partsOf(measure)
  return parts.map((part) => {
    const code = elementCode(measure.code, part)
    return {
      ...named(uidOf('element', code), code, part === 'value' ? say(measure.names) : `${say(measure.names)} (${part})`),
      ...{
        valueType: 'NUMBER',
        domainType: 'AGGREGATE',
        aggregationType: measure.aggregation === 'none' ? 'NONE' : 'SUM',
      },
      categoryCombo: {
        id: dimensions[0] === undefined ? defaultCategoryCombo : uidOf('category-combo', dimensions[0]),
      },
      dataSetElements: measure.periods.map((rhythm) => ({
        dataSet: {
          id: uidOf('form', rhythm.calendar === '' ? rhythm.frequency : `${rhythm.calendar}:${rhythm.frequency}`),
        },
      })),
    }
  })
}

function formThings(things: Things, say: (names: Names) => string): Thing[] {
  return formsOf(things).flatMap(({ code, rhythm, measures }) => {
    const periodType = periodTypes[rhythm.frequency]
    if (periodType === null) return []
    return [
      {
        ...named(uidOf('form', code), code, code),
        ...{ periodType, expiryDays: 0, timelyDays: 0, openFuturePeriods: 1, version: 0, sections: [] },
        categoryCombo: { id: defaultCategoryCombo },
        dataSetElements: measures.flatMap((measure) =>
          elementThings(measure, say).map(({ id, code: own, name, valueType, categoryCombo }) => ({
            dataElement: { id, code: own, name, displayName: name, valueType, categoryCombo },
          })),
        ),
      },
    ]
  })
}

function comboThings({ dimensions }: Things, say: (names: Names) => string): Thing[] {
  return [
    {
      ...named(defaultCombo, 'default', 'default'),
      ...{ categoryCombo: { id: defaultCategoryCombo }, categoryOptions: [] },
    },
    ...dimensions.flatMap((dimension) =>
      dimension.values.map((value) => ({
        ...named(
          uidOf('combo', `${dimension.code}=${value.code}`),
          `${dimension.code}=${value.code}`,
          say(value.names),
        ),
        categoryCombo: { id: uidOf('category-combo', dimension.code), name: say(dimension.names) },
        categoryOptions: [
          { id: uidOf('option', `${dimension.code}=${value.code}`), code: value.code, name: say(value.names) },
        ],
      })),
    ),
  ]
}
