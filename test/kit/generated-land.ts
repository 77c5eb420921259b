import fc from 'fast-check'
import type { Succession, Unit, UnitKey } from '#territory/model'

/**
 * A land made of atoms that never change: on each of its days every atom lies in one commune, every commune in one province.
 * Units, versions and steps of succession are read off; what a figure truly comes to is the sum of its atoms.
 */
export type GeneratedLand = {
  days: string[]
  units: Unit[]
  succession: Succession[]
  /** Atoms of a unit on a day of `days`. */
  atomsOf: (unit: UnitKey, day: number) => number[]
  /** The worth of each atom, a whole number. */
  worth: number[]
  levels: Map<string, 'country' | 'province' | 'commune'>
}

export const levels = new Map([
  ['land', 'country'],
  ['shire', 'province'],
  ['parish', 'commune'],
] as const)

/** What becomes of the communes on a day: which atoms form which commune, and which commune lies in which province. */
type Cut = { communeOfAtom: number[]; provinceOfCommune: number[] }

const atoms = 14
const cut: fc.Arbitrary<Cut> = fc.record({
  communeOfAtom: fc.array(fc.nat({ max: 5 }), { minLength: atoms, maxLength: atoms }),
  provinceOfCommune: fc.array(fc.nat({ max: 2 }), { minLength: 6, maxLength: 6 }),
})

/** A land with reforms. @param of.weighted the records give the share of every part, by worth */
export function aGeneratedLand(of: { weighted: boolean; reforms?: number }): fc.Arbitrary<GeneratedLand> {
  const reforms = of.reforms ?? 3
  return fc
    .record({
      cuts: fc.array(cut, { minLength: 2, maxLength: reforms + 1 }),
      worth: fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: atoms, maxLength: atoms }),
    })
    .map(({ cuts, worth }) => layLand(cuts, worth, of.weighted))
}

type Life = { key: string; type: string; atoms: number[]; parent: string | null; from: number; to: number | null }

function groupsOf(cut: Cut, day: number): Omit<Life, 'from' | 'to' | 'key'>[] {
  const communes = Map.groupBy(cut.communeOfAtom.keys(), (atom) => cut.communeOfAtom[atom] ?? 0)
  const provinces = Map.groupBy([...communes.keys()], (commune) => cut.provinceOfCommune[commune] ?? 0)
  const atomsIn = (list: number[]) => list.flatMap((commune) => communes.get(commune) ?? []).sort((a, b) => a - b)
  return [...provinces].flatMap(([province, list]) => {
    const parent = `u:${day}:s${province}`
    return [
      { type: 'shire', atoms: atomsIn(list), parent: 'u:land' },
      ...list.map((commune) => ({ type: 'parish', atoms: communes.get(commune) ?? [], parent })),
    ]
  })
}

function layLand(cuts: Cut[], worth: number[], weighted: boolean): GeneratedLand {
  const days = cuts.map((_, at) => `20${20 + at}-01-01`)
  const lives: Life[] = []
  const succession: Succession[] = []
  let alive: Life[] = []
  for (const [at, one] of cuts.entries()) {
    const next = groupsOf(one, at).map((group): Life => {
      const ground = group.atoms.join(',')
      const same = alive.find((each) => each.type === group.type && each.atoms.join(',') === ground)
      // Ground that stayed together goes on as the same unit, in whatever province it now lies.
      return { ...group, key: same?.key ?? `u:${at}:${group.type}${group.atoms[0] ?? 'x'}`, from: at, to: null }
    })
    for (const shire of next.filter(({ type }) => type === 'shire'))
      for (const parish of next)
        if (parish.type === 'parish' && shire.atoms.includes(parish.atoms[0] ?? -1)) parish.parent = shire.key
    for (const before of alive) {
      before.to = at
      if (next.some(({ key }) => key === before.key)) continue
      for (const after of next.filter(({ type }) => type === before.type)) {
        const shared = before.atoms.filter((atom) => after.atoms.includes(atom))
        if (shared.length > 0) succession.push(stepOf(before, after, { shared, worth, date: days[at] ?? '', weighted }))
      }
    }
    lives.push(...next)
    alive = next
  }
  const versions = Map.groupBy(lives, ({ key }) => key)
  const units: Unit[] = [...versions].map(([key, list]) => ({
    key,
    versions: list.map((life) => ({
      ...{ code: key, name: key, nameEn: key, type: life.type, parent: life.parent, legalBasis: null },
      from: life.from === 0 ? null : (days[life.from] ?? null),
      to: life.to === null ? null : (days[life.to] ?? null),
    })),
  }))
  const land: Unit = { key: 'u:land', versions: [{ ...whole, from: null, to: null }] }
  return {
    days,
    units: [land, ...units],
    succession,
    worth,
    levels,
    atomsOf(unit, day) {
      if (unit === 'u:land') return worth.map((_, atom) => atom)
      const life = lives.find(({ key, from, to }) => key === unit && from <= day && (to === null || day < to))
      return life?.atoms ?? []
    },
  }
}

const whole = { code: 'L', name: 'land', nameEn: 'land', type: 'land', parent: null, legalBasis: null }

function stepOf(
  before: Life,
  after: Life,
  of: { shared: number[]; worth: number[]; date: string; weighted: boolean },
): Succession {
  const sum = (list: number[]) => list.reduce((total, atom) => total + (of.worth[atom] ?? 0), 0)
  const isWhole = of.shared.length === before.atoms.length
  const kind = isWhole ? 'whole' : 'part'
  const weight = isWhole ? 1 : of.weighted ? sum(of.shared) / sum(before.atoms) : null
  return { from: before.key, to: after.key, kind, share: kind, date: of.date, weight, note: null }
}
