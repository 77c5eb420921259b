import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isValidOn, type Unit } from '#territory/model'
import type { Agency, AgencyData } from '../model.ts'
import { checkBodyReform } from './check.ts'
import { layBodyReform, withSlugs } from './lay.ts'
import type { BodyChange, BodyTarget, NewBody } from '../model.ts'
import { followSuccession } from '../succession.ts'

const functions = ['children', 'health', 'labour', 'schools', 'roads', 'water']
const root = 'u:TL/krone'

function body(key: string, superior: string | null): Agency {
  const life = { from: null, to: null }
  return {
    key,
    kind: 'ministry',
    level: 'central',
    unitKey: 'u:TL',
    superiors: superior === null ? [] : [{ ...life, key: superior }],
    names: [{ ...life, name: key, shortName: key, abbreviations: [] }],
    ...life,
    isExecutive: true,
    numberingAbbreviation: null,
    offices: [],
  }
}

/** A crown and three bodies under it with two fields of work each. */
const words = ['ein', 'tvo', 'tre']
const start: AgencyData = {
  functions: functions.map((code) => ({ code, names: {} })),
  agencies: [body(root, null), ...words.map((word) => body(`u:TL/${word}`, root))],
  mandates: words.flatMap((word, place) =>
    functions
      .slice(place * 2, place * 2 + 2)
      .map((code) => ({ agencyKey: `u:TL/${word}`, function: code, from: null, to: null })),
  ),
  succession: [],
  seats: [],
}
const units: Unit[] = [
  {
    key: 'u:TL',
    versions: [
      { from: null, to: null, code: 'TL', name: 'T', nameEn: 'T', type: 'realm', parent: null, legalBasis: null },
    ],
  },
]

type Deed = { act: number; a: number; b: number; fresh: boolean; cut: number }
const deed: fc.Arbitrary<Deed> = fc.record({
  act: fc.integer({ min: 0, max: 6 }),
  a: fc.nat(20),
  b: fc.nat(20),
  fresh: fc.boolean(),
  cut: fc.nat(5),
})

function changeOf(data: AgencyData, on: string, of: Deed, name: string): BodyChange | undefined {
  const living = data.agencies.filter((agency) => agency.to === null && agency.key !== root)
  const one = living[of.a % Math.max(1, living.length)]
  const two = living[of.b % Math.max(1, living.length)]
  if (one === undefined || two === undefined) return undefined
  const held = data.mandates
    .filter((each) => each.agencyKey === one.key && isValidOn(each, on))
    .map((each) => each.function)
  const made = (word: string): NewBody => ({
    slug: null,
    kind: 'ministry',
    level: 'central',
    unit: 'u:TL',
    superior: root,
    name: word,
    shortName: word,
    abbreviations: [],
    isExecutive: true,
    numberingAbbreviation: null,
    functions: [],
  })
  const target: BodyTarget = of.fresh ? { body: null, made: made(name) } : { body: two.key, made: null }
  const some = held.slice(0, 1 + (of.cut % Math.max(1, held.length)))
  switch (of.act) {
    case 0:
      return { kind: 'merge', from: of.fresh ? [one.key, two.key] : [one.key], into: target }
    case 1:
      return {
        kind: 'split',
        body: one.key,
        into: [
          { to: { body: null, made: made(`${name} rest`) }, functions: [] },
          { to: target, functions: some },
        ],
      }
    case 2:
      return { kind: 'transfer', body: one.key, functions: some, to: target }
    case 3:
      return { kind: 'abolish', body: one.key, to: two.key }
    case 4:
      return { kind: 'rename', body: one.key, name, shortName: name, abbreviations: null, numberingAbbreviation: null }
    case 5:
      return { kind: 'move', body: one.key, superior: two.key }
    default:
      return { kind: 'create', made: made(name) }
  }
}

const day = (step: number): string =>
  `20${String(21 + Math.floor(step / 12)).padStart(2, '0')}-${String((step % 12) + 1).padStart(2, '0')}-01`

/** Follows each piece of work by hand, without the records of succession: `body function` → who holds it. */
function handOn(
  holders: Map<string, string>,
  changes: readonly BodyChange[],
  made: (target: BodyTarget) => string,
): void {
  const from = new Map(holders)
  for (const change of changes)
    for (const [work, holder] of from) {
      const code = work.split(' ')[1] ?? ''
      if (change.kind === 'merge' && change.from.includes(holder)) holders.set(work, made(change.into))
      if (change.kind === 'abolish' && change.body === holder && change.to !== null) holders.set(work, change.to)
      if (change.kind === 'transfer' && change.body === holder && change.functions.includes(code))
        holders.set(work, made(change.to))
      if (change.kind === 'split' && change.body === holder) {
        const [rest] = change.into
        const heir = change.into.find((each) => each.functions.includes(code)) ?? rest
        if (heir !== undefined) holders.set(work, made(heir.to))
      }
    }
}

function layAll(deeds: readonly (readonly Deed[])[]) {
  let data = start
  const holders = new Map(
    words.flatMap((word) => functions.map((code) => [`u:TL/${word} ${code}`, `u:TL/${word}`] as const)),
  )
  const days: string[] = []
  deeds.forEach((ofReform, step) => {
    const date = day(step)
    const drafted = ofReform.flatMap((each, place) => changeOf(data, date, each, `ny${step}x${place}`) ?? [])
    const known = new Set(data.agencies.map((agency) => agency.key))
    const changes = withSlugs(drafted, date, (key) => known.has(key))
    const reform = { date, changes }
    const unitKeyOf = (pointer: string) => pointer
    const findings = checkBodyReform({ before: data, unitsLaid: data, units, reform, unitKeyOf })
    if (findings.some((finding) => finding.severity === 'error')) return
    data = layBodyReform(data, reform, unitKeyOf)
    handOn(holders, changes, (target) => target.body ?? `u:TL/${target.made?.slug}`)
    days.push(date)
  })
  return { data, holders, days }
}

const reforms = fc.array(fc.array(deed, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 10 })

describe('any sequence of reforms of bodies', () => {
  test('leaves every duty with exactly the successor of its function', () => {
    let moved = 0
    fc.assert(
      fc.property(reforms, (deeds) => {
        const { data, holders } = layAll(deeds)
        const index = {
          agencies: new Map(data.agencies.map((agency) => [agency.key, agency])),
          edgesFrom: Map.groupBy(data.succession, (edge) => edge.fromKey),
        }
        for (const [work, holder] of holders) {
          const [key = '', code = ''] = work.split(' ')
          if (holder !== key) moved++
          expect([
            work,
            followSuccession(index, key, { function: code, since: '2020-01-01', on: '2040-01-01' }).keys,
          ]).toEqual([work, [holder]])
        }
      }),
      { numRuns: 500 },
    )
    expect(moved).toBeGreaterThan(2_000)
  })

  test('keeps on every day one holder of each field of work, a living superior for each body, and all that was', () => {
    fc.assert(
      fc.property(reforms, (deeds) => {
        const { data, days } = layAll(deeds)
        for (const on of ['2020-06-01', ...days, '2040-01-01']) {
          const living = new Set(data.agencies.filter((agency) => isValidOn(agency, on)).map((agency) => agency.key))
          const mandates = data.mandates.filter((mandate) => isValidOn(mandate, on))
          expect(mandates.map((mandate) => mandate.function).sort()).toEqual([...functions].sort())
          expect(mandates.filter((mandate) => !living.has(mandate.agencyKey))).toEqual([])
          for (const agency of data.agencies.filter((each) => living.has(each.key) && each.key !== root)) {
            const above = agency.superiors.filter((each) => isValidOn(each, on))
            expect([agency.key, above.length, above.every((each) => living.has(each.key))]).toEqual([
              agency.key,
              1,
              true,
            ])
            expect(agency.names.filter((name) => isValidOn(name, on))).toHaveLength(1)
          }
        }
        for (const agency of start.agencies) {
          const now = data.agencies.find((each) => each.key === agency.key)
          expect(now?.names[0]?.name).toBe(agency.names[0]?.name)
        }
      }),
      { numRuns: 300 },
    )
  })
})
