import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isValidOn, type TerritoryData, type Unit } from '#territory/model'
import { checkUnitReform } from './check.ts'
import { layUnitReform } from './lay.ts'
import type { UnitChange } from '../model.ts'
import { fateOf } from '../rules.ts'

const types: TerritoryData['types'] = [
  { type: 'realm', level: 'country', names: {}, rank: 0 },
  { type: 'vard', level: 'province', names: {}, rank: 1 },
  { type: 'osel', level: 'commune', names: {}, rank: 2 },
]

function unit(key: string, code: string, type: string, parent: string | null): Unit {
  return {
    key,
    versions: [{ from: null, to: null, code, name: `${type} ${code}`, nameEn: code, type, parent, legalBasis: null }],
  }
}

/** Three provinces of four communes. */
const start: TerritoryData = {
  country: 'TL',
  recordedFrom: '2020-01-01',
  types,
  units: [
    unit('u:TL', 'TL', 'realm', null),
    ...['01', '02', '03'].flatMap((code) => [
      unit(`u:2020:${code}`, code, 'vard', 'u:TL'),
      ...['1', '2', '3', '4'].map((last) => unit(`u:2020:${code}${last}`, `${code}${last}`, 'osel', `u:2020:${code}`)),
    ]),
  ],
  succession: [],
  aliases: [],
  remarks: [],
}

type Deed = { act: number; a: number; b: number; c: number; reuse: boolean }
const deed: fc.Arbitrary<Deed> = fc.record({
  act: fc.integer({ min: 0, max: 7 }),
  a: fc.nat(30),
  b: fc.nat(30),
  c: fc.nat(30),
  reuse: fc.boolean(),
})

const levelOf = (data: TerritoryData, each: Unit) =>
  data.types.find((type) => type.type === each.versions.at(-1)?.type)?.level
const livingOf = (data: TerritoryData, level: string) =>
  data.units.filter((each) => each.versions.at(-1)?.to === null && levelOf(data, each) === level)

/** One change of the living units as a deed picks them; undefined when there are too few left. */
function changeOf(data: TerritoryData, of: Deed, fresh: string): UnitChange | undefined {
  const communes = livingOf(data, 'commune')
  const provinces = livingOf(data, 'province')
  const pick = (list: Unit[], at: number) => list[at % Math.max(1, list.length)]
  const [one, two, three] = [pick(communes, of.a), pick(communes, of.b), pick(communes, of.c)]
  const [high, low] = [pick(provinces, of.a), pick(provinces, of.b)]
  if (one === undefined || two === undefined || three === undefined || high === undefined || low === undefined)
    return undefined
  const made = (code: string, parent = high.key) => ({ code, name: `osel ${code}`, nameEn: null, type: 'osel', parent })
  const code = of.reuse ? (one.versions.at(-1)?.code ?? fresh) : fresh
  const portion = (each: Unit, extent: 'whole' | 'part') => ({ unit: each.key, extent, share: null, note: null })
  const common = { legalBasis: null }
  switch (of.act) {
    case 0:
      return { kind: 'merge', from: [portion(one, 'whole'), portion(two, 'whole')], into: made(code), ...common }
    case 1:
      return { kind: 'split', unit: one.key, into: [made(code), made(`${fresh}b`)], note: null, ...common }
    case 2:
      return {
        kind: 'rename',
        unit: one.key,
        name: `osel ${fresh}`,
        nameEn: null,
        type: null,
        code: of.reuse ? code : null,
        ...common,
      }
    case 3:
      return { kind: 'move', unit: one.key, parent: low.key, ...common }
    case 4:
      return { kind: 'abolish', unit: one.key, to: [portion(three, 'part'), portion(two, 'part')], ...common }
    case 5:
      return {
        kind: 'merge',
        from: [portion(high, 'whole'), portion(low, 'whole')],
        into: { code: `${fresh}p`, name: `vard ${fresh}`, nameEn: null, type: 'vard', parent: 'u:TL' },
        ...common,
      }
    case 6:
      return { kind: 'abolish', unit: of.reuse ? high.key : one.key, to: [], ...common }
    default:
      return { kind: 'create', made: made(fresh), ...common }
  }
}

function dateAfter(step: number): string {
  return `20${String(21 + Math.floor(step / 12)).padStart(2, '0')}-${String((step % 12) + 1).padStart(2, '0')}-01`
}

/** Lays one reform after another, leaving out those the check refuses. */
function layAll(deeds: readonly (readonly Deed[])[]): { data: TerritoryData; laid: string[]; refused: number } {
  let data = start
  let refused = 0
  const laid: string[] = []
  deeds.forEach((ofReform, step) => {
    const changes = ofReform.flatMap((each, place) => changeOf(data, each, `9${step}${place}`) ?? [])
    const reform = { date: dateAfter(step), legalBasis: 'Lov', changes }
    if (checkUnitReform(data, reform).some((finding) => finding.severity === 'error')) {
      refused++
      return
    }
    data = layUnitReform(data, reform)
    laid.push(reform.date)
  })
  return { data, laid, refused }
}

const reforms = fc.array(fc.array(deed, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 8 })

/** What must hold on any day, said as the faults found. */
function faultsOn(data: TerritoryData, on: string): string[] {
  const living = new Map(
    data.units.flatMap((each) =>
      each.versions.filter((version) => isValidOn(version, on)).map((version) => [each.key, version] as const),
    ),
  )
  const faults = [...living].flatMap(([key, version]) =>
    version.parent !== null && !living.has(version.parent) ? [`${key} has no living parent on ${on}`] : [],
  )
  const codes = Map.groupBy(
    living.values(),
    (version) => `${data.types.find((type) => type.type === version.type)?.level} ${version.code}`,
  )
  for (const [code, list] of codes) if (list.length > 1) faults.push(`${code} means ${list.length} units on ${on}`)
  for (const each of data.units)
    each.versions.forEach((version, place) => {
      const next = each.versions[place + 1]
      if (next !== undefined && version.to !== next.from) faults.push(`${each.key} has a gap at ${version.to}`)
      if (version.from !== null && version.to !== null && version.from >= version.to)
        faults.push(`${each.key} ends before it begins`)
    })
  return faults
}

describe('any sequence of reforms', () => {
  test('keeps the country whole: living parents, one unit a code, no gaps, on every day', () => {
    let laidInAll = 0
    fc.assert(
      fc.property(reforms, (deeds) => {
        const { data, laid } = layAll(deeds)
        laidInAll += laid.length
        for (const on of ['2020-06-01', ...laid, '2039-01-01']) expect(faultsOn(data, on)).toEqual([])
      }),
      { numRuns: 300 },
    )
    expect(laidInAll).toBeGreaterThan(300)
  })

  test('loses nothing: what was before stands as it stood, and every old unit resolves to what became of it', () => {
    fc.assert(
      fc.property(reforms, (deeds) => {
        const { data } = layAll(deeds)
        for (const old of start.units) {
          const now = data.units.find((each) => each.key === old.key)
          expect(now?.versions[0]).toMatchObject({
            code: old.versions[0]?.code,
            name: old.versions[0]?.name,
            from: null,
          })
          const isLiving = (key: string) => data.units.find((each) => each.key === key)?.versions.at(-1)?.to === null
          const edges = data.succession.map((edge) => ({
            fromId: edge.from,
            toId: edge.to,
            kind: edge.kind,
            onDate: edge.date,
          }))
          const fate = fateOf(old.key, edges, '2039-01-01', isLiving)
          if (!isLiving(old.key)) expect(fate.length).toBeGreaterThan(0)
        }
      }),
      { numRuns: 300 },
    )
  })
})
