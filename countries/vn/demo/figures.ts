import { answeringOn, openGround, restateOn, unitsOn, type Ground } from '#indicators'
import type { FigureStatus } from '#indicators/model'
import type { DemoFigure } from '../../../src/demonstration-figures.ts'
import { readTerritory } from '../territory-file.ts'

/** Years of which there are figures: two before the reform of 1 July 2025, one after, and what is known of the present one. */
const years = [2023, 2024, 2025, 2026]
/** The last day before the reform, and a day after all its changes. */
const eve = '2025-06-30'
const after = '2026-06-01'

/** Provinces of today whose communes gave figures. */
const provinces = ['u:2025:68', 'u:2024:46', 'u:2025:92']
/** Where communes still have figures to enter, and a province has some to accept. */
const busy = 'u:2025:68'

/** An invented number from 0 to 1, the same for the same words on every machine. */
function chance(...words: (string | number)[]): number {
  let hash = 2166136261
  for (const letter of words.join('|')) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16777619)
  hash = Math.imul(hash ^ (hash >>> 15), 2246822507)
  return ((hash ^ (hash >>> 13)) >>> 0) / 4294967296
}

/** A count of the children of a commune: numerator of denominator. `size`: its children under 16. */
type Count = (of: { unit: string; year: number; size: number }) => { numerator: number; denominator: number | null }

/** A share that rises or falls by so much a year, with what sets communes apart. */
function shareOf(of: { part: number; in2023: number; perYear: number; apart: number }, code: string): Count {
  return ({ unit, year, size }) => {
    const denominator = Math.max(1, Math.round(size * of.part))
    const share = of.in2023 + of.perYear * (year - 2023) + (chance(code, unit) - 0.5) * of.apart
    return { denominator, numerator: Math.round(denominator * Math.min(1, Math.max(0, share))) }
  }
}

const counted: Record<string, Count> = {
  'qd23-1': ({ unit, year }) => ({
    denominator: 1,
    numerator: chance('standard', unit) < 0.55 + 0.04 * (year - 2023) ? 1 : 0,
  }),
  'qd23-5a': shareOf({ part: 0.055, in2023: 0.945, perYear: 0.009, apart: 0.07 }, 'vaccinated'),
  'qd23-8a': shareOf({ part: 1, in2023: 0.074, perYear: -0.003, apart: 0.05 }, 'circumstances'),
  'qd23-13': ({ unit, year }) => ({
    denominator: null,
    numerator: Math.floor(chance('marriage', unit, year) ** 3 * 5),
  }),
  'qd23-14': shareOf({ part: 0.28, in2023: 0.962, perYear: 0.008, apart: 0.05 }, 'registered'),
}

/** Surveys, which stand for their unit alone: value of 2023, change a year, how far provinces lie apart. */
const surveyed: Record<
  string,
  { in2023: number; perYear: number; apart: number; breakdowns?: Record<string, number> }
> = {
  'qd23-3a': { in2023: 10.1, perYear: -0.3, apart: 5 },
  'qd23-3b': { in2023: 13.6, perYear: -0.5, apart: 7 },
  'qd23-3c': { in2023: 20.2, perYear: -0.7, apart: 9 },
  'qd23-4a': { in2023: 10.2, perYear: -0.5, apart: 6 },
  'qd23-4b': { in2023: 19, perYear: -0.7, apart: 11 },
  'qd23-4c': {
    ...{ in2023: 8.6, perYear: 0.3, apart: 4 },
    breakdowns: { 'residence=urban': 1.3, 'residence=rural': 0.7 },
  },
}

const note = 'Số liệu minh họa, không phải số liệu thật.'

/** What is the same of every figure that was accepted in good time. */
function figure(of: { measure: string; unitKey: string; agencyKey: string; year: number }): DemoFigure {
  const { year, ...place } = of
  return {
    ...{ ...place, period: String(year), breakdown: '', status: 'A', absence: null, comment: note },
    ...{ numerator: null, denominator: null, enteredOn: `${year + 1}-01-26`, outcome: 'accepted', reason: null },
  }
}

/** The figures of the demonstration known by a day: all invented, each says so. */
export function figures(today: string): DemoFigure[] {
  const territory = readTerritory()
  const ground = openGround({ ...territory, levels: new Map(territory.types.map(({ type, level }) => [type, level])) })
  const communes = communesOf(ground)
  const all = years.flatMap((year) => [
    ...[...(year < 2025 ? communes.before : communes.since)].flatMap(([unit, of]) => ofCommune(unit, { ...of, year })),
    ...(year > 2025 ? [] : ofSurveys(ground, year)),
  ])
  return all.filter(({ enteredOn }) => enteredOn <= today)
}

type Commune = { size: number; province: string }

/** The communes of the chosen provinces before and since the reform, with their children under 16: of new ones, what they were made of. */
function communesOf(ground: Ground): { before: Map<string, Commune>; since: Map<string, Commune> } {
  const to = restateOn(ground, after)
  const answering = new Set(answeringOn(ground, 'commune', after))
  const before = new Map<string, Commune>()
  const since = new Map<string, Commune>()
  for (const old of answeringOn(ground, 'commune', eve)) {
    const portions = to.portionsOf(old, eve)
    const province = provinces.find((each) => portions.has(each))
    if (province === undefined) continue
    const size = Math.round(700 + 2600 * chance('children', old))
    before.set(old, { size, province })
    for (const [unit, share] of portions)
      if (answering.has(unit))
        since.set(unit, { province, size: (since.get(unit)?.size ?? 0) + Math.round(size * (share ?? 0.5)) })
  }
  return { before, since }
}

/** What one commune said in a year: most of it in time and accepted, some late, estimated, waiting, given back, absent, or nothing. */
function ofCommune(unit: string, { year, size, province }: Commune & { year: number }): DemoFigure[] {
  const isNew = year >= 2025
  const isOpen = isNew && province === busy
  return Object.entries(counted).flatMap(([measure, count]): DemoFigure[] => {
    const lot = chance(measure, unit, year, 'lot')
    const base = figure({ measure, unitKey: unit, agencyKey: `${unit}/ubnd`, year })
    if (year === 2026 && (!isOpen || lot < 0.45 || !measure.startsWith('qd23-8'))) return []
    if (lot < (isOpen ? 0.07 : 0.03)) return []
    if (lot < (isOpen ? 0.09 : 0.035))
      return [{ ...base, status: null, absence: measure === 'qd23-13' ? 'not-applicable' : 'not-yet-known' }]
    const said = { ...base, ...count({ unit, year, size: size * (1 + 0.008 * (year - 2024)) }) }
    return [{ ...said, ...turnOf({ lot, year, isOpen }) }, ...bySex(said, isOpen)]
  })
}

/** How a figure came: its status, its day, and what became of it. */
function turnOf({ lot, year, isOpen }: { lot: number; year: number; isOpen: boolean }): Partial<DemoFigure> {
  if (year === 2026)
    return { status: lot < 0.7 ? 'E' : 'P', enteredOn: '2026-07-06', outcome: lot < 0.8 ? 'accepted' : null }
  if (isOpen && year === 2025 && lot > 0.93) return { enteredOn: '2026-03-12', outcome: null }
  if (isOpen && year === 2025 && lot > 0.92)
    return { outcome: 'returned', reason: 'Chênh lệch lớn so với kỳ trước, đề nghị rà soát lại (minh họa).' }
  if (lot > 0.86) return { enteredOn: `${year + 1}-03-04` }
  if (lot > 0.82) return { status: 'E' }
  return {}
}

/** Boys and girls of a count, which come to the whole. */
function bySex(whole: DemoFigure, isOpen: boolean): DemoFigure[] {
  const { numerator, denominator, measure, unitKey } = whole
  if (!isOpen || measure !== 'qd23-14' || numerator === null || denominator === null) return []
  const share = 0.5 + 0.03 * chance('boys', unitKey)
  const boys = { numerator: Math.round(numerator * share), denominator: Math.round(denominator * share) }
  return [
    { ...whole, ...boys, breakdown: 'sex=male' },
    {
      ...{ ...whole, breakdown: 'sex=female' },
      ...{ numerator: numerator - boys.numerator, denominator: denominator - boys.denominator },
    },
  ]
}

/** What surveys say of the country and of the provinces of the year; some provinces had none. */
function ofSurveys(ground: Ground, year: number): DemoFigure[] {
  const provincesThen = unitsOn(ground, 'province', `${year}-12-31`)
  return Object.entries(surveyed).flatMap(([measure, { in2023, perYear, apart, breakdowns = { '': 1 } }]) =>
    ['u:VN', ...provincesThen.filter((unit) => chance(measure, unit, 'survey') < 0.8)].flatMap((unit) =>
      Object.entries(breakdowns).map(([breakdown, factor]): DemoFigure => {
        const own = unit === 'u:VN' ? 0 : (chance(measure, unit) - 0.5) * apart
        const value = Math.max(0.5, (in2023 + perYear * (year - 2023) + own) * factor)
        const agencyKey = unit === 'u:VN' ? `${unit}/bo-y-te` : `${unit}/ubnd`
        const status: FigureStatus = year === 2025 && unit === 'u:VN' ? 'P' : 'A'
        return {
          ...figure({ measure, unitKey: unit, agencyKey, year }),
          breakdown,
          status,
          numerator: Number(value.toFixed(1)),
        }
      }),
    ),
  )
}
