/**
 * All bodies of Việt Nam over time: those at the centre from `agencies-central.json`, those of every province,
 * district and commune by the patterns of `agencies-local.json` laid on the units of `territory.json`.
 */
import type { Agency, AgencyData, AgencyLevel, AgencyName, AgencyOffice, Mandate } from '#agencies/model'
import { isValidOn } from '#territory/model'
import type { TerritoryData, Unit, UnitVersion } from '#territory/model'
import { readCentralBodies, readFunctions, readLocalBodies } from './agency-files.ts'
import type { BodyRow, Interval } from './agency-files.ts'
import { deriveSuccession } from './agency-succession.ts'
import { readTerritory } from './territory-file.ts'

const root = 'u:VN'
/** The day after which a province that goes on follows the second of two lists of provinces. */
const reform = '2025-07-01'
const central = readCentralBodies()
const local = readLocalBodies()

const agencyKey = (unitKey: string, slug: string): string => `${unitKey}/${slug}`

/** What two intervals share; undefined when nothing. */
function overlap(left: Interval, right: Interval): Interval | undefined {
  const from = left.from === null ? right.from : right.from === null || left.from > right.from ? left.from : right.from
  const to = left.to === null ? right.to : right.to === null || left.to < right.to ? left.to : right.to
  return from !== null && to !== null && from >= to ? undefined : { from, to }
}

function lifeOf(unit: Unit): Interval {
  return { from: unit.versions[0]?.from ?? null, to: unit.versions.at(-1)?.to ?? null }
}

/** Mandates of a body, cut to its life. */
function mandatesOf(key: string, row: BodyRow, life: Interval): Mandate[] {
  return Object.entries(row.functions).flatMap(([code, interval]) => {
    const held = overlap(interval, life)
    return held === undefined ? [] : [{ agencyKey: key, function: code, ...held }]
  })
}

function centralAgency(row: BodyRow): Agency {
  return {
    key: agencyKey(root, row.slug),
    kind: row.kind,
    level: 'central',
    unitKey: root,
    superiors: superiorsOf(row, row.life, (slug) => agencyKey(root, slug)),
    names: [{ ...row.life, name: row.name, shortName: row.shortName, abbreviations: row.abbreviations }],
    ...row.life,
    isExecutive: row.executive,
    numberingAbbreviation: row.numbering,
    offices: [],
  }
}

function superiorsOf(row: BodyRow, life: Interval, keyOf: (slug: string) => string): Agency['superiors'] {
  return row.superiors.flatMap(([slug, from, to]) => {
    const held = overlap({ from, to }, life)
    return held === undefined ? [] : [{ ...held, key: keyOf(slug) }]
  })
}

/** A unit's words in running text: `tỉnh Lâm Đồng`, `tỉnh`, `Lâm Đồng`. */
function wordsOf(version: UnitVersion, typeNames: Map<string, string>): { unit: string; tier: string; bare: string } {
  const word = typeNames.get(version.type) ?? ''
  const tier = word.toLowerCase()
  const bare = version.name.slice(word.length).trim()
  return { unit: `${tier} ${bare}`, tier, bare }
}

function fill(pattern: string, words: Record<string, string>): string {
  return pattern.replace(/\{(\w+)\}/g, (_, name: string) => words[name] ?? '')
}

function namesOf(row: BodyRow, unit: Unit, life: Interval, typeNames: Map<string, string>): AgencyName[] {
  const names: AgencyName[] = []
  for (const version of unit.versions) {
    const held = overlap(version, life)
    if (held === undefined) continue
    const words = wordsOf(version, typeNames)
    const pattern = version.type === 'municipality' && row.city !== undefined ? row.city : row
    const name = fill(pattern.name, words)
    const last = names.at(-1)
    if (last?.name === name) last.to = held.to
    else names.push({ ...held, name, shortName: fill(pattern.shortName, words), abbreviations: row.abbreviations })
  }
  return names
}

/**
 * Whether a unit has a body for which its pattern names provinces. A unit made after the lists has it when one of those it
 * was made from has.
 */
function isPresent(row: BodyRow, unit: Unit, madeFrom: MadeFrom): boolean {
  if (row.only === undefined && row.except === undefined) return true
  const [, year = '', code = ''] = unit.key.split(':')
  const { to } = lifeOf(unit)
  const goesOn = year === '2024' && (to === null || to > reform)
  const endsBefore = row.life.to !== null && row.life.to <= reform
  const list = goesOn && !endsBefore ? '2025' : year
  if (row.only?.[list] === undefined && row.except?.[list] === undefined)
    return (madeFrom.get(unit.key) ?? []).some((before) => isPresent(row, before, madeFrom))
  return (row.only?.[list]?.includes(code) ?? true) && !(row.except?.[list]?.includes(code) ?? false)
}

type MadeFrom = ReadonlyMap<string, readonly Unit[]>

function predecessors(territory: TerritoryData): MadeFrom {
  const units = new Map(territory.units.map((unit) => [unit.key, unit]))
  const edges = Map.groupBy(territory.succession, (edge) => edge.to)
  const before = (key: string) => (edges.get(key) ?? []).flatMap((edge) => units.get(edge.from) ?? [])
  return new Map([...edges.keys()].map((key) => [key, before(key)]))
}

function officesOf(unit: Unit, life: Interval, typeNames: Map<string, string>): AgencyOffice[] {
  const version = unit.versions.at(-1)
  if (version === undefined) return []
  const words = wordsOf(version, typeNames)
  return local.communeOffices.flatMap((office) => {
    const held = overlap(office.life, life)
    const isHere = office.types === null || office.types.includes(version.type)
    return held === undefined || !isHere
      ? []
      : [{ name: fill(office.name, words), ...held, functions: office.functions }]
  })
}

/** The committee above: that of the unit above, which changes when the unit changes hands. */
function committeesAbove(unit: Unit): Agency['superiors'] {
  return unit.versions.flatMap(({ parent, from, to }) =>
    parent === null ? [] : [{ from, to, key: agencyKey(parent, 'ubnd') }],
  )
}

function localAgency(
  row: BodyRow,
  unit: Unit,
  level: AgencyLevel,
  known: { typeNames: Map<string, string>; madeFrom: MadeFrom },
): Agency | undefined {
  const { typeNames } = known
  const life = overlap(row.life, lifeOf(unit))
  if (life === undefined || !isPresent(row, unit, known.madeFrom)) return undefined
  const here = level === 'province' ? local.province : level === 'district' ? local.district : local.commune
  const keyOf = (slug: string) => agencyKey(here.some((other) => other.slug === slug) ? unit.key : root, slug)
  const isCommittee = row.kind === 'people-committee'
  return {
    key: agencyKey(unit.key, row.slug),
    kind: row.kind,
    level,
    unitKey: unit.key,
    superiors: isCommittee && level !== 'province' ? committeesAbove(unit) : superiorsOf(row, life, keyOf),
    names: namesOf(row, unit, life, typeNames),
    ...life,
    isExecutive: row.executive,
    numberingAbbreviation: row.numbering,
    offices: isCommittee && level === 'commune' ? officesOf(unit, life, typeNames) : [],
  }
}

/** Gives functions without a body of their own to the body that answers for them instead, in each stretch of time. */
function fallbackMandates(unit: Unit, held: Mandate[], agencies: Agency[]): Mandate[] {
  const breaks = [...new Set(held.flatMap((mandate) => [mandate.from, mandate.to]))]
    .filter((date) => date !== null)
    .sort()
  const life = lifeOf(unit)
  const stretches = [null, ...breaks].map((from, place) => overlap({ from, to: breaks[place] ?? null }, life))
  return Object.entries(local.fallbacks).flatMap(([code, slug]) => {
    const key = agencyKey(unit.key, slug)
    if (!agencies.some((agency) => agency.key === key)) return []
    return stretches.flatMap((stretch) => {
      if (stretch === undefined) return []
      const day = stretch.from ?? '0001-01-01'
      const isHeld = held.some((mandate) => mandate.function === code && isValidOn(mandate, day))
      return isHeld ? [] : [{ agencyKey: key, function: code, ...stretch }]
    })
  })
}

/** Joins mandates of one body for one function that follow on each other. */
function joined(mandates: Mandate[]): Mandate[] {
  const result = new Map<string, Mandate>()
  const order = (mandate: Mandate) => mandate.from ?? ''
  for (const mandate of mandates.toSorted((a, b) => (order(a) < order(b) ? -1 : 1))) {
    const id = `${mandate.agencyKey} ${mandate.function}`
    const last = result.get(id)
    if (last !== undefined && last.to === mandate.from && last.to !== null) last.to = mandate.to
    else result.set(last === undefined ? id : `${id} ${mandate.from}`, { ...mandate })
  }
  return [...result.values()]
}

/**
 * Every body of the country with its mandates and successions.
 *
 * @param territory the units as `readTerritory` gives them
 * @returns about 20,000 bodies, of which about 4,500 are in being after July 2025
 */
export function compileAgencies(territory: TerritoryData = readTerritory()): AgencyData {
  const typeNames = new Map(territory.types.map((type) => [type.type, type.names['vi'] ?? '']))
  const levels = new Map(territory.types.map((type) => [type.type, type.level]))
  const madeFrom = predecessors(territory)
  const agencies = central.agencies.map(centralAgency)
  const mandates = central.agencies.flatMap((row) => mandatesOf(agencyKey(root, row.slug), row, row.life))
  for (const unit of territory.units) {
    const level = levels.get(unit.versions[0]?.type ?? '')
    if (level === undefined || level === 'country') continue
    const here: Agency[] = []
    const held: Mandate[] = []
    for (const row of local[level]) {
      const agency = localAgency(row, unit, level, { typeNames, madeFrom })
      if (agency === undefined) continue
      here.push(agency)
      held.push(...mandatesOf(agency.key, row, agency))
    }
    if (level === 'province') held.push(...fallbackMandates(unit, held, here))
    agencies.push(...here)
    mandates.push(...joined(held))
  }
  const explicit = central.successions.map(({ succeeded, by, date }) => ({
    fromKey: agencyKey(root, succeeded),
    toKey: agencyKey(root, by),
    function: null,
    date,
    share: 'whole' as const,
  }))
  const seats = central.seats.map(({ body, agency, life, ...seat }) => ({
    ...seat,
    ...life,
    bodyKey: agencyKey(root, body),
    agencyKey: agencyKey(root, agency),
  }))
  const succession = [...explicit, ...deriveSuccession({ agencies, mandates, explicit, territory })]
  return { functions: readFunctions(), agencies, mandates, succession, seats }
}
