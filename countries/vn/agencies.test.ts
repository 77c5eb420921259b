import { describe, expect, it } from 'vitest'
import { AgencyData, nameOn } from '#agencies/model'
import type { Agency } from '#agencies/model'
import { isValidOn } from '#territory/model'
import { followSuccession } from '../../src/agencies/succession.ts'
import { compileAgencies } from './agencies.ts'
import { readTerritory } from './territory-file.ts'

const territory = readTerritory()
const data = compileAgencies(territory)
const today = '2026-11-22'
const agencies = new Map(data.agencies.map((agency) => [agency.key, agency]))
const index = { agencies, edgesFrom: Map.groupBy(data.succession, (edge) => edge.fromKey) }
const inBeing = (on: string): Agency[] => data.agencies.filter((agency) => isValidOn(agency, on))
const count = (list: Agency[], slug: string, level: Agency['level']): number =>
  list.filter((agency) => agency.level === level && agency.key.endsWith(`/${slug}`)).length
const follow = (key: string, code: string | null, since = '2025-01-03') =>
  followSuccession(index, key, { function: code, since, on: today })

describe('the bodies of Việt Nam', () => {
  it('have the shape the agencies module asks for, and one key each', () => {
    expect(AgencyData.safeParse(data).error).toBeUndefined()
    expect(agencies.size).toBe(data.agencies.length)
  })

  it('are complete sets for 63 provinces, 696 districts and 10,035 communes until the reform', () => {
    const then = inBeing('2025-06-30')
    for (const slug of [
      'ubnd',
      'hdnd',
      'so-y-te',
      'so-noi-vu',
      'cong-an',
      'tand',
      'vksnd',
      'mttq',
      'doan-thanh-nien',
      'ban-chi-dao-tre-em',
    ]) {
      expect(count(then, slug, 'province')).toBe(63)
    }
    expect(count(then, 'so-lao-dong-thuong-binh-va-xa-hoi', 'province')).toBe(0)
    expect(count(inBeing('2025-02-28'), 'so-lao-dong-thuong-binh-va-xa-hoi', 'province')).toBe(63)
    expect(count(then, 'ubnd', 'district')).toBe(696)
    expect(count(then, 'phong-lao-dong-thuong-binh-va-xa-hoi', 'district')).toBe(696)
    expect(count(then, 'ubnd', 'commune')).toBe(10035)
  })

  it('are about 4,000 today: the centre, 34 provinces and 3,321 commune committees', () => {
    const now = inBeing(today)
    expect(count(now, 'ubnd', 'province')).toBe(34)
    expect(count(now, 'ubnd', 'commune')).toBe(3321)
    expect(now.filter((agency) => agency.level === 'district')).toEqual([])
    expect(now.filter((agency) => agency.kind === 'ministry')).toHaveLength(17)
    process.stdout.write(
      `bodies: ${data.agencies.length}, in being ${now.length}; mandates ${data.mandates.length}; successions ${data.succession.length}\n`,
    )
    expect(now.length).toBeGreaterThan(4000)
    expect(now.length).toBeLessThan(4600)
  })

  it('never answer for one function twice in one province on one day', () => {
    const twice: string[] = []
    const unitOf = (key: string) => agencies.get(key)?.unitKey ?? ''
    const provincial = data.mandates.filter((mandate) => agencies.get(mandate.agencyKey)?.level === 'province')
    for (const list of Map.groupBy(
      provincial,
      (mandate) => `${unitOf(mandate.agencyKey)} ${mandate.function}`,
    ).values()) {
      for (const on of ['2025-02-28', '2025-03-01', '2025-06-30', '2025-07-01', today]) {
        if (list.filter((mandate) => isValidOn(mandate, on)).length > 1)
          twice.push(`${list[0]?.agencyKey} ${list[0]?.function} ${on}`)
      }
    }
    expect(twice).toEqual([])
  })

  it('answer to bodies that exist as long as they do, and use functions that are defined', () => {
    const codes = new Set(data.functions.map((each) => each.code))
    const faults: string[] = []
    for (const agency of data.agencies) {
      for (const superior of agency.superiors) {
        const above = agencies.get(superior.key)
        if (above === undefined || !isValidOn(above, superior.from ?? '0001-01-01'))
          faults.push(`${agency.key} under ${superior.key}`)
      }
    }
    for (const mandate of data.mandates)
      if (!codes.has(mandate.function) || !agencies.has(mandate.agencyKey)) faults.push(mandate.agencyKey)
    for (const seat of data.seats)
      if (!agencies.has(seat.agencyKey) || !agencies.has(seat.bodyKey)) faults.push(seat.post)
    expect(faults).toEqual([])
  })

  it('bear the name of their unit, which changes with it', () => {
    const youth = agencies.get('u:2025:75/doan-thanh-nien')
    expect(youth?.names.map((name) => name.name)).toEqual(['Tỉnh đoàn Đồng Nai', 'Thành đoàn Đồng Nai'])
    const committee = agencies.get('u:2024:24235/ubnd')
    expect(committee && nameOn(committee, '2025-06-30').name).toBe('Ủy ban nhân dân xã Krông Na')
    expect(committee && nameOn(committee, today).name).toBe('Ủy ban nhân dân xã Buôn Đôn')
    expect(committee?.superiors.map((superior) => superior.key)).toEqual(['u:2024:647/ubnd', 'u:2025:66/ubnd'])
  })

  it('of the courts, procuracies, Front, unions and councils are requested, never ordered', () => {
    const kinds = new Set(['court', 'procuracy', 'front', 'union', 'people-council', 'party-committee'])
    expect(data.agencies.filter((agency) => kinds.has(agency.kind) && agency.isExecutive)).toEqual([])
    expect(
      data.agencies.filter((agency) => agency.kind === 'people-committee').every((agency) => agency.isExecutive),
    ).toBe(true)
  })

  it('of a commune today keep their offices with dates', () => {
    const offices = agencies.get('u:2025:23005/ubnd')?.offices ?? []
    expect(offices.map((office) => office.name)).toContain('Phòng Văn hóa – Xã hội')
    expect(offices.find((office) => office.name === 'Trạm Y tế xã')?.from).toBe('2026-01-01')
    expect(agencies.get('u:2024:22972/ubnd')?.offices ?? []).toEqual([])
  })
})

describe('who took over', () => {
  it('of the Labour ministry is told for each function, on 1 March 2025', () => {
    const edges = data.succession.filter((edge) => edge.fromKey === 'u:VN/bo-lao-dong-thuong-binh-va-xa-hoi')
    expect(new Set(edges.map((edge) => edge.date))).toEqual(new Set(['2025-03-01']))
    expect(Object.fromEntries(edges.map((edge) => [edge.function, edge.toKey.slice(5)]))).toEqual({
      'child-rights-coordination': 'bo-y-te',
      children: 'bo-y-te',
      'social-protection': 'bo-y-te',
      labour: 'bo-noi-vu',
      'meritorious-persons': 'bo-noi-vu',
      'gender-equality': 'bo-noi-vu',
      'poverty-reduction': 'bo-nong-nghiep-va-moi-truong',
      'vocational-education': 'bo-giao-duc-va-dao-tao',
      'drug-rehabilitation': 'bo-cong-an',
    })
    expect(follow('u:VN/bo-lao-dong-thuong-binh-va-xa-hoi', 'children')).toEqual({
      keys: ['u:VN/bo-y-te'],
      isChoice: false,
    })
    expect(follow('u:VN/bo-lao-dong-thuong-binh-va-xa-hoi', null).isChoice).toBe(true)
  })

  it('of a ministry that merged whole is one body', () => {
    expect(follow('u:VN/bo-giao-thong-van-tai', null).keys).toEqual(['u:VN/bo-xay-dung'])
    expect(follow('u:VN/bo-thong-tin-va-truyen-thong', 'press-publishing').keys).toEqual([
      'u:VN/bo-van-hoa-the-thao-va-du-lich',
    ])
    expect(follow('u:VN/cuc-tre-em', 'children').keys).toEqual(['u:VN/cuc-ba-me-va-tre-em'])
  })

  it('in Bình Thuận goes from Labour to Health and on into Lâm Đồng', () => {
    expect(follow('u:2024:60/so-lao-dong-thuong-binh-va-xa-hoi', 'children').keys).toEqual(['u:2025:68/so-y-te'])
    expect(follow('u:2024:60/so-y-te', null, '2025-04-15').keys).toEqual(['u:2025:68/so-y-te'])
    expect(follow('u:2024:60/ubnd', null, '2025-04-15').keys).toEqual(['u:2025:68/ubnd'])
    const steps = data.succession.filter(
      (edge) => edge.fromKey === 'u:2024:60/so-lao-dong-thuong-binh-va-xa-hoi' && edge.function === 'children',
    )
    expect(steps).toMatchObject([{ toKey: 'u:2024:60/so-y-te', date: '2025-03-01' }])
  })

  it('of a district’s committee and divisions are the committees of its communes', () => {
    const district = data.agencies.find((agency) => agency.names[0]?.name === 'Ủy ban nhân dân huyện Bắc Bình')
    const labour = `${district?.unitKey}/phong-lao-dong-thuong-binh-va-xa-hoi`
    const followers = follow(district?.key ?? '', null)
    expect(followers.isChoice).toBe(true)
    expect(followers.keys).toContain('u:2025:23005/ubnd')
    expect(follow(labour, 'children').keys).toEqual(followers.keys)
    expect(followers.keys.every((key) => agencies.get(key)?.superiors.at(-1)?.key === 'u:2025:68/ubnd')).toBe(true)
  })

  it('is told for every body that ended', () => {
    const lost = data.agencies.filter(
      (agency) => agency.to !== null && follow(agency.key, null, '2024-12-31').keys.length === 0,
    )
    expect(lost.map((agency) => agency.key)).toEqual([])
  })

  it('follows a function that left a body which goes on', () => {
    expect(follow('u:2024:01/so-noi-vu', 'religion').keys).toEqual(['u:2024:01/so-dan-toc-va-ton-giao'])
    expect(follow('u:2024:01/so-noi-vu', 'home-affairs').keys).toEqual(['u:2024:01/so-noi-vu'])
    expect(follow('u:2024:01/so-noi-vu', null).keys).toEqual(['u:2024:01/so-noi-vu'])
  })
})
