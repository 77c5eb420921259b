import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { TerritoryData, foldLoose, foldName, similarity, splitPrefix, versionOn } from '#territory/model'
import type { Unit, UnitVersion } from '#territory/model'
import { readTerritory } from './territory-file.ts'
import { placeSpelling, unitPrefixes } from './unit-types.ts'

const data = readTerritory()
const units = new Map(data.units.map((unit) => [unit.key, unit]))
const levels = new Map(data.types.map((type) => [type.type, type.level]))
const lists = join(import.meta.dirname, '../../../shared/reference/admin-units')

/** How many units of each type and level there are on a date. */
function countsOn(on: string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const unit of data.units) {
    const type = versionOn(unit, on)?.type
    if (type === undefined) continue
    const level = `level ${levels.get(type)}`
    counts[type] = (counts[type] ?? 0) + 1
    counts[level] = (counts[level] ?? 0) + 1
  }
  return counts
}

function unit(key: string): Unit {
  const found = units.get(key)
  if (found === undefined) throw new Error(`no unit ${key}`)
  return found
}

const names = (versions: UnitVersion[]): string[] => versions.map((version) => version.name)
const becameOf = (key: string) => data.succession.filter((edge) => edge.from === key)

describe('the units of Việt Nam', () => {
  it('have the shape the territory module asks for', () => {
    expect(TerritoryData.safeParse(data).error).toBeUndefined()
  })

  it('are 63 provinces, 696 districts and 10,035 communes until 30 June 2025', () => {
    expect(countsOn('2025-06-30')).toEqual({
      country: 1,
      'level country': 1,
      'level province': 63,
      'level district': 696,
      'level commune': 10035,
      province: 57,
      municipality: 6,
      rural_district: 508,
      town: 52,
      urban_district: 49,
      provincial_city: 85,
      municipal_city: 2,
      commune: 7692,
      ward: 1726,
      township: 617,
    })
  })

  it('are 34 provinces and 3,321 communes, and no district, from 1 July 2025', () => {
    expect(countsOn('2025-07-01')).toEqual({
      country: 1,
      'level country': 1,
      'level province': 34,
      'level commune': 3321,
      province: 28,
      municipality: 6,
      commune: 2621,
      ward: 687,
      special_zone: 13,
    })
  })

  it('have a seventh city and ten more wards from 30 April 2026', () => {
    expect(countsOn('2026-04-29')).toEqual(countsOn('2025-07-01'))
    expect(countsOn('2026-04-30')).toEqual({
      country: 1,
      'level country': 1,
      'level province': 34,
      'level commune': 3321,
      province: 27,
      municipality: 7,
      commune: 2611,
      ward: 697,
      special_zone: 13,
    })
  })

  it('have versions in order without gaps, and a parent in being one level or more above on every day', () => {
    const rank = ['country', 'province', 'district', 'commune']
    const faults: string[] = []
    for (const { key, versions } of data.units) {
      versions.forEach((version, place) => {
        const next = versions[place + 1]
        if (next !== undefined && version.to !== next.from) faults.push(`${key} has a gap`)
        if (version.parent === null) return
        const on = version.from ?? data.recordedFrom
        const parent = units.get(version.parent)
        const above = parent === undefined ? undefined : versionOn(parent, on)
        const isAbove =
          above !== undefined &&
          rank.indexOf(levels.get(above.type) ?? '') < rank.indexOf(levels.get(version.type) ?? '')
        const end = parent?.versions.at(-1)?.to ?? null
        if (!isAbove || (end !== null && (version.to === null || version.to > end)))
          faults.push(`${key} under ${version.parent}`)
      })
    }
    expect(faults).toEqual([])
  })

  it('have one code each on any day', () => {
    for (const on of ['2025-06-30', '2025-07-01', '2026-11-22']) {
      const codes = data.units.map((each) => versionOn(each, on)?.code).filter((code) => code !== undefined)
      expect(new Set(codes).size).toBe(codes.length)
    }
  })
})

describe('what became of a unit', () => {
  it('is told for every unit that ended, and only between units that ended and units that stand', () => {
    const ended = data.units.filter((each) => each.versions.at(-1)?.to !== null)
    expect(ended).toHaveLength(63 - 11 + 696 + 10035 - 132)
    const sources = new Set(data.succession.map((edge) => edge.from))
    expect(ended.filter((each) => !sources.has(each.key))).toEqual([])
    for (const edge of data.succession) {
      expect(unit(edge.from).versions.at(-1)?.to).toBe(edge.date)
      expect(versionOn(unit(edge.to), edge.date)).toBeDefined()
    }
  })

  it('keeps a commune that only changed its name or type as one unit', () => {
    expect(names(unit('u:2024:24235').versions)).toEqual(['Xã Krông Na', 'Xã Buôn Đôn'])
    expect(unit('u:2024:31105').versions.map((version) => version.type)).toEqual(['commune', 'special_zone'])
    expect(becameOf('u:2024:24235')).toEqual([])
  })

  it('tells a code that passed to other ground apart: 15 was Yên Bái and is Lào Cai', () => {
    expect(names(unit('u:2024:15').versions)).toEqual(['Tỉnh Yên Bái'])
    expect(names(unit('u:2025:15').versions)).toEqual(['Tỉnh Lào Cai'])
    expect(becameOf('u:2024:15')).toMatchObject([{ to: 'u:2025:15', kind: 'whole', date: '2025-07-01' }])
    expect(becameOf('u:2024:60')).toMatchObject([{ to: 'u:2025:68', kind: 'whole' }])
    expect(names(unit('u:2024:01').versions)).toEqual(['Thành phố Hà Nội'])
  })

  it('follows a district to the communes its communes went into', () => {
    const district = data.units.find((each) => each.versions[0]?.name === 'Huyện Bắc Bình')
    const targets = becameOf(district?.key ?? '').map((edge) => unit(edge.to))
    expect(targets.length).toBeGreaterThan(3)
    expect(new Set(targets.map((each) => each.versions.at(-1)?.parent))).toEqual(new Set(['u:2025:68']))
    const island = becameOf('u:2024:755')
    expect(island).toMatchObject([{ kind: 'renamed', share: 'retyped', to: 'u:2025:26732' }])
  })

  it('keeps the city Đồng Nai one unit through the change of 2026', () => {
    expect(unit('u:2025:75').versions).toMatchObject([
      { name: 'Tỉnh Đồng Nai', nameEn: 'Dong Nai Province', to: '2026-04-30' },
      { name: 'Thành phố Đồng Nai', nameEn: 'Dong Nai City', type: 'municipality', legalBasis: '30/2026/QH16' },
    ])
  })
})

describe('the other spellings of names', () => {
  const prefixes = Object.keys(unitPrefixes)
  const sameKind = new Set(['tone_mark_placement', 'letter_case', 'apostrophe'])
  const aliases = data.aliases.filter((alias) => alias.field === 'name')
  const own = (key: string, on: string | null) => versionOn(unit(key), on ?? data.recordedFrom)?.name ?? ''

  it('are the same key when only tone place, case or apostrophe differ', () => {
    const differing = aliases.filter(
      (a) => sameKind.has(a.difference) && foldName(a.value) !== foldName(own(a.unit, a.from)),
    )
    expect(differing).toEqual([])
    expect(aliases.filter((a) => sameKind.has(a.difference)).length).toBeGreaterThan(400)
  })

  it('are in most cases the same loose key when letters differ', () => {
    const spelled = aliases.filter((a) => a.difference === 'spelling')
    const bare = (name: string) => foldLoose(splitPrefix(name, prefixes).rest, placeSpelling)
    const folded = spelled.filter((a) => foldName(a.value) === foldName(own(a.unit, a.from)))
    const loose = spelled.filter((a) => bare(a.value) === bare(own(a.unit, a.from)))
    const near = spelled.filter((a) => similarity(bare(a.value), bare(own(a.unit, a.from))) >= 0.7)
    const figures = `${spelled.length}, same folded ${folded.length}, same loose ${loose.length}, similar by 0.7 ${near.length}`
    process.stdout.write(`spelling variants: ${figures}\n`)
    expect(loose.length / spelled.length).toBeGreaterThan(0.8)
    expect(near.length / spelled.length).toBeGreaterThan(0.95)
  })

  it('keep the second code of Ba Chẽ', () => {
    expect(data.aliases.filter((alias) => alias.field === 'code')).toMatchObject([
      { unit: 'u:2025:06970', value: '06978' },
    ])
  })
})

describe.skipIf(!existsSync(lists))('the compiled units (needs ../shared)', () => {
  it('are what the script makes of the lists today, byte for byte', () => {
    const folder = mkdtempSync(join(tmpdir(), 'territory-'))
    const again = join(folder, 'territory.json')
    execFileSync(process.execPath, [join(import.meta.dirname, 'compile-territory.ts'), lists, again])
    const isSame = readFileSync(again, 'utf8') === readFileSync(join(import.meta.dirname, 'territory.json'), 'utf8')
    rmSync(folder, { recursive: true })
    expect(isSame).toBe(true)
  })
})
