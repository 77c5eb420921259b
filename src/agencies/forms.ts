/**
 * All the forms under which a body may be printed: its full name, and its short names and abbreviations alone, with
 * the word for its tier, and with its unit. Canonical text → who bears it, when, and how far the form reaches.
 */
import { versionOn } from '#territory/model'
import type { Succession, Unit } from '#territory/model'
import { canonical, withoutEnd, withoutStart } from './canonical.ts'
import type { Vocabulary } from './canonical.ts'
import type { Agency, AgencyName } from './model.ts'

export interface Form {
  agencyKey: string
  unitKey: string
  from: string | null
  to: string | null
  kind: 'full-name' | 'short-name' | 'relative'
  /** `nation`: means one body anywhere; `unit`: carries its unit's name; `own-line`: only in the unit's own documents. */
  reach: 'nation' | 'unit' | 'own-line'
}

export interface FormIndex {
  byForm: ReadonlyMap<string, readonly Form[]>
  /** A unit with those above it on a day, lowest first, the country left out, and the units these were made from. */
  lineOf: (unitKey: string, on: string) => string[]
  /** Whether a unit lay in another in any version, or in one the other was made from. */
  isUnder: (unitKey: string, above: string) => boolean
  /** Forms of the centre and of the issuer's line and territory. */
  formsNear: (unitKey: string | null, on: string) => [string, Form[]][]
}

interface Territory {
  units: readonly Unit[]
  succession: readonly Succession[]
}

export function buildForms(agencies: readonly Agency[], territory: Territory, words: Vocabulary): FormIndex {
  const units = new Map(territory.units.map((unit) => [unit.key, unit]))
  const byForm = new Map<string, Form[]>()
  const textsOf = new Map<string, Set<string>>()
  for (const agency of agencies) {
    const texts = textsOf.get(agency.unitKey) ?? new Set()
    textsOf.set(agency.unitKey, texts)
    for (const name of agency.names) {
      for (const [text, form] of formsOf(agency, name, units, words)) {
        const list = byForm.get(text)
        if (list === undefined) byForm.set(text, [form])
        else list.push(form)
        texts.add(text)
      }
    }
  }
  return {
    byForm,
    ...kinship(units, territory.succession),
    formsNear: nearby(units, territory.succession, textsOf, byForm),
  }
}

function formsOf(
  agency: Agency,
  name: AgencyName,
  units: ReadonlyMap<string, Unit>,
  words: Vocabulary,
): Map<string, Form> {
  const form = (kind: Form['kind'], reach: Form['reach']): Form => ({
    agencyKey: agency.key,
    unitKey: agency.unitKey,
    from: name.from,
    to: name.to,
    kind,
    reach,
  })
  const forms = new Map<string, Form>()
  const add = (text: string, kind: Form['kind'], reach: Form['reach']): void => {
    if (text !== '' && !forms.has(text)) forms.set(text, form(kind, reach))
  }
  const full = canonical(name.name, words)
  const shorter = [name.shortName, ...name.abbreviations].map((each) => canonical(each, words))
  add(full, 'full-name', agency.level === 'central' ? 'nation' : 'unit')
  if (agency.level === 'central') {
    for (const text of shorter) add(text, 'short-name', 'nation')
    return forms
  }
  const unit = units.get(agency.unitKey)
  const version = unit && (versionOn(unit, name.from ?? '0001-01-01') ?? unit.versions[0])
  const unitText = canonical(version?.name ?? '', words)
  const bare = withoutStart(unitText, words.tiers)
  const tier = unitText.slice(0, Math.max(0, unitText.length - bare.length)).trim()
  const own = withoutEnd(
    full,
    [unitText, bare].filter((each) => each !== ''),
  )
  for (const text of [own, ...shorter]) {
    const stem = withoutEnd(text, words.tiers)
    add(`${stem} ${unitText}`, 'short-name', 'unit')
    add(`${stem} ${bare}`, 'short-name', 'unit')
    add(`${stem} ${tier}`, 'relative', 'own-line')
    add(stem, 'relative', 'own-line')
  }
  return forms
}

/** Units and those they were made from, upward and in time. */
function kinship(
  units: ReadonlyMap<string, Unit>,
  succession: readonly Succession[],
): Pick<FormIndex, 'lineOf' | 'isUnder'> {
  const madeFrom = Map.groupBy(succession, (edge) => edge.to)
  const became = Map.groupBy(succession, (edge) => edge.from)
  const before = (key: string): string[] => (madeFrom.get(key) ?? []).map((edge) => edge.from)
  const parentsOf = (key: string): string[] =>
    (units.get(key)?.versions ?? []).flatMap((v) => (v.parent === null ? [] : [v.parent]))
  const isTop = (key: string): boolean => parentsOf(key).length === 0
  const lineOf = (unitKey: string, on: string): string[] => {
    const line: string[] = []
    for (let key: string | null = unitKey; key !== null && !isTop(key);) {
      line.push(key)
      const unit = units.get(key)
      const version = unit && (versionOn(unit, on) ?? unit.versions.at(-1))
      key = version?.parent ?? null
    }
    const [own] = line
    const top = line.at(-1)
    const formers = own === undefined || top === undefined ? [] : [...new Set([...before(own), ...before(top)])]
    // The unit at the top stays last: it bounds the issuer's territory.
    return top === undefined ? [] : [...new Set([...line.slice(0, -1), ...formers.filter((key) => key !== top), top])]
  }
  const isUnder = (unitKey: string, above: string): boolean => {
    const roots = new Set([above, ...before(above), ...(became.get(above) ?? []).map((edge) => edge.to)])
    const visit = (key: string): boolean =>
      roots.has(key) || parentsOf(key).some((parent) => parent !== key && visit(parent))
    return visit(unitKey)
  }
  return { lineOf, isUnder }
}

/** Forms by neighbourhood, worked out once for each top unit. */
function nearby(
  units: ReadonlyMap<string, Unit>,
  succession: readonly Succession[],
  textsOf: ReadonlyMap<string, ReadonlySet<string>>,
  byForm: ReadonlyMap<string, Form[]>,
): FormIndex['formsNear'] {
  const { lineOf, isUnder } = kinship(units, succession)
  const ofTop = new Map<string, [string, Form[]][]>()
  const central = [...units.values()]
    .filter((unit) => unit.versions.every((version) => version.parent === null))
    .map((unit) => unit.key)
  return (unitKey, on) => {
    const top = unitKey === null ? '' : (lineOf(unitKey, on).at(-1) ?? '')
    const known = ofTop.get(top)
    if (known !== undefined) return known
    const keys = [
      ...central,
      ...(top === '' ? [] : [...units.keys()].filter((key) => !central.includes(key) && isUnder(key, top))),
    ]
    const texts = new Set(keys.flatMap((key) => [...(textsOf.get(key) ?? [])]))
    const forms = [...texts].map((text): [string, Form[]] => [text, byForm.get(text) ?? []])
    ofTop.set(top, forms)
    return forms
  }
}
