import { idOfKey, type Context } from '#platform'
import type { PlainDate } from '#platform/model'
import { versionOn, type UnitKey } from '#territory/model'
import { openLand, type Land } from '../../land.ts'
import type { FigurePart, ForeignValueType } from '../../model.ts'
import { openCodes, readUnitCode, type UnitCodes } from '../../import/unit-codes.ts'
import { readCodes, type CodeRow } from '../codes/store.ts'
import { elementCode, formsOf, partsOf, readThings, type MeasureThing, type Things } from './dictionary.ts'
import { defaultCombo, uidOf } from './uid.ts'

/** By what a caller names things: `uid`, `code`, `name`, or `attribute:` and the id of an attribute. */
export type Scheme = string

/** What an element means; `ordinal` tells it from the others of this book in few digits. */
export type Element = {
  ordinal: number
  measure: MeasureThing
  part: FigurePart
  valueType: ForeignValueType
  /** Meanings with one combination only, by the combination's row. */
  byCombo: ReadonlyMap<string, { measure: MeasureThing; part: FigurePart; breakdown: string }>
}
export type Combo = { rowId: string | null; breakdown: string }
export type Form = { code: string; calendar: string | null; isOwn: boolean }

/** What the acting body's partner calls our things: as it said itself, and by our own codes. */
export type Book = {
  land: Land
  things: Things
  element: (id: string, scheme: Scheme) => Element | undefined
  combo: (id: string, scheme: Scheme) => Combo | undefined
  /** The combination of these options of categories. */
  comboOf: (options: Readonly<Record<string, string>>) => Combo | undefined
  form: (id: string, scheme: Scheme) => Form | undefined
  /** A unit by what it is called; codes are those it bore on a day. */
  unit: (id: string, scheme: Scheme, on: PlainDate) => UnitKey | undefined
  /** What the partner calls things of ours: as the body said, else our own code or the id made of it. */
  names: {
    element: (measure: MeasureThing, part: FigurePart, scheme: Scheme) => string
    combo: (breakdown: string, scheme: Scheme) => string
    unit: (key: UnitKey, scheme: Scheme, on: PlainDate) => string
  }
  /** The measures of a form: of one of ours those of its rhythm, of a partner's all that the body set. */
  measuresOf: (form: Form) => MeasureThing[]
}

/** Opens the book of the acting body for one partner. */
export async function openBook(ctx: Context, system: string): Promise<Book> {
  const rows = await readCodes(ctx, system)
  const things = await readThings(ctx)
  const land = await openLand(ctx)
  const of = (kind: CodeRow['kind']) => index(rows.filter((row) => row.kind === kind && row.comboId === null))
  const combos = of('combo')
  const elements = elementsOf(rows, things)
  const units = of('unit')
  const forms = of('data-set')
  const ownCombos = new Map(ownComboNames(things))
  const ownForms = new Map(
    formsOf(things).flatMap(({ code, rhythm }) => {
      const form: Form = { code, calendar: rhythm.calendar, isOwn: true }
      return ['uid', 'code', 'name'].map(
        (scheme) => [`${scheme}\n${scheme === 'uid' ? uidOf('form', code) : code}`, form] as const,
      )
    }),
  )
  const byOptions = new Map(
    rows.flatMap((row) =>
      row.kind === 'combo' && row.options !== null
        ? [[optionsKey(row.options), { rowId: row.id, breakdown: row.breakdown ?? '' }] as const]
        : [],
    ),
  )
  return {
    ...{ land, things },
    element: (id, scheme) => elements.get(`${scheme}\n${id}`),
    combo(id, scheme) {
      const row = combos.get(`${scheme}\n${id}`)
      return row === undefined ? ownCombos.get(`${scheme}\n${id}`) : { rowId: row.id, breakdown: row.breakdown ?? '' }
    },
    comboOf: (options) => byOptions.get(optionsKey(options)) ?? ownOptions(options, things),
    form(id, scheme) {
      const row = forms.get(`${scheme}\n${id}`)
      if (row === undefined) return ownForms.get(`${scheme}\n${id}`)
      return { code: row.foreignUid ?? row.foreignCode ?? row.foreignName ?? id, calendar: row.calendar, isOwn: false }
    },
    unit: unitFinder(land, units),
    names: namesFor(land, rows),
    measuresOf: (form) =>
      form.isOwn
        ? (formsOf(things).find(({ code }) => code === form.code)?.measures ?? [])
        : things.measures.filter(({ id }) => rows.some(({ measureId }) => measureId === id)),
  }
}

const keyed = (scheme: Scheme, name: string | null): string[] => (name === null ? [] : [`${scheme}\n${name}`])

/** By what a row is found. */
function keysOf(row: CodeRow): string[] {
  return [
    ...keyed('uid', row.foreignUid),
    ...keyed('code', row.foreignCode),
    ...keyed('name', row.foreignName),
    ...Object.entries(row.foreignAttributes).flatMap(([id, value]) => keyed(`attribute:${id}`, value)),
  ]
}

function index(rows: readonly CodeRow[]): Map<string, CodeRow> {
  return new Map(rows.flatMap((row) => keysOf(row).map((key) => [key, row] as const)))
}

function elementsOf(rows: readonly CodeRow[], { measures }: Things): Map<string, Element> {
  const byId = new Map(measures.map((measure) => [measure.id, measure]))
  const found = new Map<string, Element>()
  let ordinal = 0
  for (const measure of measures)
    for (const part of partsOf(measure)) {
      const code = elementCode(measure.code, part)
      const element: Element = { ordinal: ordinal++, measure, part, valueType: 'number', byCombo: new Map() }
      for (const key of [`uid\n${uidOf('element', code)}`, `code\n${code}`, `name\n${code}`]) found.set(key, element)
    }
  const said = rows.filter(({ kind }) => kind === 'element')
  for (const [, alike] of Map.groupBy(said, (row) => keysOf(row).join('\n\n'))) {
    const whole = alike.find(({ comboId }) => comboId === null)
    const [base] = whole === undefined ? alike : [whole]
    const measure = byId.get(base?.measureId ?? '')
    if (base === undefined || measure === undefined) continue
    const byCombo = new Map(
      alike.flatMap((row) => {
        const meant = byId.get(row.measureId ?? '')
        return row.comboId === null || meant === undefined
          ? []
          : [[row.comboId, { measure: meant, part: row.part ?? 'value', breakdown: row.breakdown ?? '' }] as const]
      }),
    )
    const element: Element = {
      ...{ ordinal: ordinal++, measure, part: base.part ?? 'value', valueType: base.valueType ?? 'number', byCombo },
    }
    for (const key of keysOf(base)) found.set(key, element)
  }
  return found
}

function ownComboNames({ dimensions }: Things): [string, Combo][] {
  const whole: Combo = { rowId: null, breakdown: '' }
  const parts = dimensions.flatMap(({ code, values }) => values.map((value) => `${code}=${value.code}`))
  return [
    [`uid\n${defaultCombo}`, whole],
    ['code\ndefault', whole],
    ['name\ndefault', whole],
    ...parts.flatMap((breakdown): [string, Combo][] => {
      const combo = { rowId: null, breakdown }
      return [
        [`uid\n${uidOf('combo', breakdown)}`, combo],
        [`code\n${breakdown}`, combo],
        [`name\n${breakdown}`, combo],
      ]
    }),
  ]
}

function optionsKey(options: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(options).toSorted(([one], [other]) => (one < other ? -1 : 1)))
}

/** Our own dimensions as categories. */
function ownOptions(options: Readonly<Record<string, string>>, { dimensions }: Things): Combo | undefined {
  const given = Object.entries(options)
  const parts = dimensions.flatMap(({ code, values }) =>
    given.flatMap(([category, option]) => {
      const value = values.find((one) => option === one.code)
      return category === code && value !== undefined ? [`${code}=${value.code}`] : []
    }),
  )
  return parts.length === given.length ? { rowId: null, breakdown: parts.join(';') } : undefined
}

function namesFor(land: Land, rows: readonly CodeRow[]): Book['names'] {
  const byMeaning = new Map<string, CodeRow>()
  for (const row of rows.toReversed()) {
    if (row.kind === 'element' && row.comboId === null)
      byMeaning.set(`element ${row.measureId ?? ''} ${row.part ?? ''}`, row)
    if (row.kind === 'combo') byMeaning.set(`combo ${row.breakdown ?? ''}`, row)
    if (row.kind === 'unit') byMeaning.set(`unit ${row.unitId ?? ''}`, row)
  }
  const said = (meaning: string, scheme: Scheme): string | undefined => {
    const row = byMeaning.get(meaning)
    if (row === undefined) return undefined
    const name = { uid: row.foreignUid, code: row.foreignCode, name: row.foreignName }[scheme]
    return name ?? row.foreignAttributes[scheme.replace('attribute:', '')]
  }
  return {
    element(measure, part, scheme) {
      const code = elementCode(measure.code, part)
      return said(`element ${measure.id} ${part}`, scheme) ?? (scheme === 'uid' ? uidOf('element', code) : code)
    },
    combo(breakdown, scheme) {
      const own =
        breakdown === ''
          ? scheme === 'uid'
            ? defaultCombo
            : 'default'
          : scheme === 'uid'
            ? uidOf('combo', breakdown)
            : breakdown
      return said(`combo ${breakdown}`, scheme) ?? own
    },
    unit(key, scheme, on) {
      const known = said(`unit ${idOfKey(key)}`, scheme)
      if (known !== undefined) return known
      const unit = scheme === 'uid' ? undefined : land.ground.units.get(key)
      const version = unit && (versionOn(unit, on) ?? unit.versions.at(-1))
      return version === undefined ? uidOf('unit', key) : scheme === 'name' ? version.name : version.code
    },
  }
}

function unitFinder(land: Land, said: ReadonlyMap<string, CodeRow>): Book['unit'] {
  let codes: UnitCodes | undefined
  const byUid = new Map<string, UnitKey>()
  const found = new Map<string, UnitKey | undefined>()
  const find = (id: string, scheme: Scheme, on: PlainDate): UnitKey | undefined => {
    const row = said.get(`${scheme}\n${id}`)
    if (row?.unitId != null) return land.keyOf.get(row.unitId)
    if (scheme === 'uid') {
      if (byUid.size === 0) for (const key of land.ground.units.keys()) byUid.set(uidOf('unit', key), key)
      return byUid.get(id)
    }
    if (scheme !== 'code') return undefined
    codes ??= openCodes(land.ground, land.typeNames)
    const read = readUnitCode(codes, { code: id, said: '', on, period: '' })
    return 'unit' in read ? read.unit : undefined
  }
  return (id, scheme, on) => {
    const key = `${scheme}\n${id}\n${on}`
    if (found.has(key)) return found.get(key)
    const unit = find(id, scheme, on)
    if (unit !== undefined && found.size < 200_000) found.set(key, unit)
    return unit
  }
}
