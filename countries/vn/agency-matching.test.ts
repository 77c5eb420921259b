import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { versionOn } from '#territory/model'
import { vocabulary } from '../../src/agencies/canonical.ts'
import { compileClasses, expandClass, matchClass } from '../../src/agencies/classes.ts'
import { splitHeadedList } from '../../src/agencies/lists.ts'
import { buildAgencyIndex, isReference, matchAgencyName } from '../../src/agencies/matching.ts'
import { compileAgencies } from './agencies.ts'
import { agencyClasses } from './agency-classes.ts'
import { agencyWords } from './agency-words.ts'
import { readTerritory } from './territory-file.ts'

const territory = readTerritory()
const data = compileAgencies(territory)
const index = buildAgencyIndex(data.agencies, data.succession, territory, agencyWords)
const units = new Map(territory.units.map((unit) => [unit.key, unit]))
const words = vocabulary(agencyWords)
const classes = compileClasses(agencyClasses)
const shared = join(import.meta.dirname, '../../../shared')

const classOf = (raw: string) => matchClass(raw, classes, words)
const best = (raw: string, unitKey: string | null, on: string, code: string | null = null) =>
  matchAgencyName(raw, { unitKey, on, function: code }, index)[0]

/** Unit of each document's issuer and its date; the texts themselves stay outside the repository. */
const documents: Record<string, [unitKey: string, on: string]> = {
  'source-documents/002_a14cb56ae114c9a0.txt': ['u:2024:60', '2025-04-15'],
  'real-plans/bacninh-144-kh-ubnd-2025-kinhteso.txt': ['u:2025:24', '2025-11-24'],
  'real-plans/cantho-160-kh-ubnd-2025-giamsat-giamngheo.txt': ['u:2025:92', '2025-11-19'],
  'real-plans/dongthap-552-kh-ubnd-2025-congnghe.txt': ['u:2025:82', '2025-11-19'],
  'real-plans/hanoi-308-kh-ubnd-2025-dulieu.txt': ['u:2024:01', '2025-11-17'],
  'real-plans/hanoi-310-kh-ubnd-2025-5g.txt': ['u:2024:01', '2025-11-24'],
  'real-plans/hatinh-624-kh-ubnd-2025-mamnon.txt': ['u:2024:42', '2025-11-19'],
  'real-plans/hcm-174-kh-ubnd-2025-binhdanggioi.txt': ['u:2025:79', '2025-11-18'],
  'real-plans/sonla-2954-qd-ubnd-2025-xuatkhau.txt': ['u:2024:14', '2025-11-20'],
  'real-plans/thanhhoa-235-kh-ubnd-2025-quantrac.txt': ['u:2024:38', '2025-11-18'],
}

const starter =
  '(?:Sở|Ban Quản|Ban Dân|UBND|UBMT|Ủy ban|Uỷ ban|Công an|Các|các|Hội|Liên đoàn|Liên minh|Văn phòng|VP|Đoàn|Tỉnh đoàn|Thành đoàn|Bộ|Tòa|Toà|Viện|Ngân hàng|Báo|Chi cục|Cục|Hiệp hội|Trung tâm|Doanh nghiệp|Thường trực|TTr|TT\\.|Cổng|Đề nghị)'
const boundary = new RegExp(`\\s*(?:;|\\s+và(?=\\s+(?:các |Các |UBND|Sở|Bộ))|,(?=\\s*${starter}))\\s*`)

/** Printed names of bodies in recipients, in cells of tables and in headings by agency: a plain splitter, enough to measure on. */
function phrasesOf(text: string): string[] {
  const plain = text.replace(/\*+/g, '')
  const recipients = /Nơi nhận:\s*\n([\s\S]*?)(?:\n\||\nTM\.|\nKT\.|\n\s*\n\s*\n|$)/.exec(plain)?.[1] ?? ''
  const lines = recipients
    .replace(/\n(?![-+])/g, ' ')
    .split('\n')
    .map((line) => line.replace(/^[-+]\s*/, ''))
  const cells = [...plain.matchAll(new RegExp(`\\|\\s*\\n\\s*(${starter}[^|]{1,200}?)\\s*\\n\\|`, 'g'))].map(
    (match) => match[1] ?? '',
  )
  const headings = [
    ...plain.matchAll(
      new RegExp(
        `(?:^|\\n)\\s*\\d{1,2}\\. ?((?:Đề nghị )?${starter}(?:[^\\n:]|\\n(?!\\n)){1,120}?)\\s*(?::|\\n\\n)`,
        'g',
      ),
    ),
  ].map((match) => match[1] ?? '')
  return [...lines, ...cells, ...headings]
    .map((phrase) => phrase.replace(/\s+/g, ' ').trim())
    .filter((phrase) => !/ (chủ trì|thực hiện|tổ chức|xây dựng|hướng dẫn) /.test(` ${phrase} `))
    .flatMap((phrase) => phrase.split(boundary))
    .map((phrase) => phrase.replace(/[\s.;:,]+$/, ''))
    .filter((phrase) => phrase.length > 3)
}

describe.skipIf(!existsSync(join(shared, 'real-plans')))(
  'bodies printed in the real documents (needs ../shared)',
  () => {
    it('are found in nearly all cases', () => {
      const tally = { class: 0, matched: 0, proposed: 0, reference: 0, none: 0 }
      const report: string[] = []
      for (const [file, [unitKey, on]] of Object.entries(documents)) {
        const isKnown = (phrase: string) =>
          (best(phrase, unitKey, on)?.score ?? 0) >= 0.9 || classOf(phrase) !== undefined
        const phrases = phrasesOf(readFileSync(join(shared, file), 'utf8')).flatMap((phrase) =>
          splitHeadedList(phrase, words.plural, isKnown),
        )
        for (const phrase of phrases) {
          const found = classOf(phrase)
          const body = best(phrase, unitKey, on)
          const kind =
            found !== undefined
              ? 'class'
              : body !== undefined && body.score >= 0.9
                ? 'matched'
                : isReference(phrase, index)
                  ? 'reference'
                  : body !== undefined
                    ? 'proposed'
                    : 'none'
          tally[kind] += 1
          report.push(
            `${kind.padEnd(9)} ${phrase} → ${found?.agencyClass.code ?? ''}${found?.isOpen ? ' open' : ''}${kind === 'class' ? '' : `${body?.agencyKey ?? ''} ${body?.score.toFixed(2) ?? ''} ${body?.why.join('+') ?? ''}`}`,
          )
        }
      }
      if (process.env['SHOW_MATCHES']) process.stdout.write(`${[...new Set(report)].sort().join('\n')}\n`)
      process.stdout.write(`phrases of real documents: ${JSON.stringify(tally)}\n`)
      const all = Object.values(tally).reduce((sum, count) => sum + count, 0)
      expect(all).toBeGreaterThan(200)
      expect((tally.class + tally.matched + tally.reference) / all).toBeGreaterThan(0.88)
    })
  },
)

describe('a printed name', () => {
  const binhThuan = 'u:2024:60'
  const lamDong = 'u:2025:68'
  it.each([
    ['Sở Y tế', binhThuan, '2025-04-15', 'u:2024:60/so-y-te'],
    ['Sở Y tế', lamDong, '2026-11-22', 'u:2025:68/so-y-te'],
    ['Sở Y tế tỉnh Đắk Lắk', lamDong, '2026-11-22', 'u:2025:66/so-y-te'],
    ['Sở Sở Y tế', lamDong, '2026-11-22', 'u:2025:68/so-y-te'],
    ['Sở KH&CN', lamDong, '2026-11-22', 'u:2025:68/so-khoa-hoc-va-cong-nghe'],
    ['Sở VH,TT&DL', lamDong, '2026-11-22', 'u:2025:68/so-van-hoa-the-thao-va-du-lich'],
    ['Sở LĐ-TB&XH', binhThuan, '2025-01-15', 'u:2024:60/so-lao-dong-thuong-binh-va-xa-hoi'],
    ['Bộ Lao động - Thương binh và Xã hội', null, '2025-01-03', 'u:VN/bo-lao-dong-thuong-binh-va-xa-hoi'],
    ['Đề nghị Toà án nhân dân tỉnh', lamDong, '2026-11-22', 'u:2025:68/tand'],
    ['VKSND tỉnh', lamDong, '2026-11-22', 'u:2025:68/vksnd'],
    ['TAND tối cao', null, '2026-11-22', 'u:VN/toa-an-nhan-dan-toi-cao'],
    ['Uỷ ban MTTQ Việt Nam tỉnh', lamDong, '2026-11-22', 'u:2025:68/mttq'],
    ['Tỉnh Đoàn', lamDong, '2026-11-22', 'u:2025:68/doan-thanh-nien'],
    ['Thành đoàn', 'u:2025:79', '2026-11-22', 'u:2025:79/doan-thanh-nien'],
    ['Thành Đoàn', 'u:2025:75', '2026-11-22', 'u:2025:75/doan-thanh-nien'],
    ['UBND TP. Hà Nội', null, '2026-11-22', 'u:2024:01/ubnd'],
    ['UBND tỉnh', 'u:2025:22918', '2026-11-22', 'u:2025:68/ubnd'],
    ['Bộ Nôi vụ', null, '2026-11-22', 'u:VN/bo-noi-vu'],
    ['Sở Giáo dục và Đào tao', lamDong, '2026-11-22', 'u:2025:68/so-giao-duc-va-dao-tao'],
    ['Sở Khoc học và Công nghệ', lamDong, '2026-11-22', 'u:2025:68/so-khoa-hoc-va-cong-nghe'],
    ['Hội Bảo vệ quyền trẻ em Việt Nam', null, '2026-11-22', 'u:VN/hoi-bao-ve-quyen-tre-em-viet-nam'],
  ])('%s, read by %s on %s, is %s', (raw, unitKey, on, expected) => {
    const found = best(raw, unitKey, on)
    expect(found?.agencyKey).toBe(expected)
    expect(found?.score).toBeGreaterThan(0.75)
  })

  it('of a ministry that ended proposes who took the function over, and keeps the old body in sight', () => {
    const read = (code: string | null) =>
      matchAgencyName('Bộ LĐTBXH', { unitKey: null, on: '2026-11-22', function: code }, index).map(
        (each) => each.agencyKey,
      )
    expect(read('children')[0]).toBe('u:VN/bo-y-te')
    expect(read('labour')[0]).toBe('u:VN/bo-noi-vu')
    expect(read('children')).toContain('u:VN/bo-lao-dong-thuong-binh-va-xa-hoi')
    expect(read(null)).toEqual(
      expect.arrayContaining(['u:VN/bo-y-te', 'u:VN/bo-noi-vu', 'u:VN/bo-giao-duc-va-dao-tao']),
    )
  })

  it('of a department that ended before its province merged leads to the new province', () => {
    const found = best('Sở Lao động - Thương binh và Xã hội', lamDong, '2026-11-22', 'children')
    expect(found).toMatchObject({ agencyKey: 'u:2025:68/so-y-te', why: expect.arrayContaining(['successor']) })
  })

  it('inside brackets is proposed second', () => {
    const found = matchAgencyName(
      'Bộ Y tế (Cục Bà mẹ và Trẻ em)',
      { unitKey: null, on: '2026-11-22', function: null },
      index,
    )
    expect(found.slice(0, 2).map((each) => each.agencyKey)).toEqual(['u:VN/bo-y-te', 'u:VN/cuc-ba-me-va-tre-em'])
  })

  it('of a commune is read in the issuer’s territory first', () => {
    const all = data.agencies.filter((agency) =>
      agency.names.some((name) => name.name === 'Ủy ban nhân dân xã Tân Lập' && name.from === '2025-07-01'),
    )
    expect(all.length).toBeGreaterThan(1)
    for (const agency of all) {
      const province = territory.units.find((unit) => unit.key === agency.unitKey)?.versions.at(-1)?.parent ?? null
      expect(best('UBND xã Tân Lập', province, '2026-01-01')?.agencyKey).toBe(agency.key)
    }
    expect(best('UBND xã Tân Lập', 'u:2024:46', '2026-01-01')?.score).toBeLessThan(0.75)
  })

  it('that names no State body finds none', () => {
    for (const raw of ['Tổng Công ty điện lực', 'Ông Nguyễn Văn A', 'Lưu: VT', '']) {
      expect(matchAgencyName(raw, { unitKey: lamDong, on: '2026-11-22', function: null }, index)).toEqual([])
    }
    expect(isReference('Lưu: VT, KGVX', index)).toBe(true)
    expect(isReference('Sở Y tế', index)).toBe(false)
  })
})

describe('a list under one shared word', () => {
  const isKnown = (phrase: string) =>
    (best(phrase, 'u:2025:92', '2025-11-19')?.score ?? 0) >= 0.9 || classOf(phrase) !== undefined
  it.each([
    ['Sở: NN&MT, TC, VH,TT&DL, YT', ['Sở NN&MT', 'Sở TC', 'Sở VH,TT&DL', 'Sở YT']],
    ['Các sở: Văn hóa, Thể thao và Du lịch, Tài chính', ['sở Văn hóa, Thể thao và Du lịch', 'sở Tài chính']],
    ['Sở Y tế', ['Sở Y tế']],
    ['Lưu: VT, TH', ['Lưu: VT, TH']],
  ])('%s is taken apart', (raw, expected) => {
    expect(splitHeadedList(raw, words.plural, isKnown)).toEqual(expected)
  })
})

describe('a phrase for many bodies', () => {
  it.each([
    ['các sở, ban, ngành', 'departments', false],
    ['các sở, ngành', 'departments', false],
    ['Các sở, ban, ngành, đoàn thể cấp tỉnh', 'departments-front-unions', false],
    ['các bộ, ngành', 'ministries', false],
    ['Các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ', 'ministries-agencies', false],
    ['các bộ, ngành, địa phương', 'ministries-localities', false],
    ['UBND các tỉnh, thành phố trực thuộc trung ương', 'provincial-committees', false],
    ['UBND các tỉnh, thành phố', 'provincial-committees', false],
    ['Ủy ban nhân dân các huyện, thị xã, thành phố', 'district-committees', false],
    ['UBND cấp huyện', 'district-committees', false],
    ['UBND các xã, phường, đặc khu', 'commune-committees', false],
    ['UBND cấp xã', 'commune-committees', false],
    ['UBND các phường', 'ward-committees', false],
    ['UBND các xã, phường', 'commune-committees', false],
    ['các địa phương', 'localities', false],
    ['các cơ quan, đơn vị liên quan', 'bodies-concerned', true],
    ['các sở, ngành liên quan', 'departments', true],
    ['các tổ chức chính trị - xã hội', 'unions', false],
    ['tổ chức thành viên của Mặt trận', 'unions', false],
    ['Uỷ ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức thành viên', 'front-members', false],
    ['các doanh nghiệp', 'not-state-bodies', true],
  ])('%s is the class %s', (raw, code, isOpen) => {
    expect(classOf(raw)).toMatchObject({ agencyClass: { code }, isOpen })
  })

  it.each([
    'UBND tỉnh',
    'UBND xã',
    'Sở Y tế',
    'Bộ Y tế',
    'UBND huyện Bắc Bình',
    'UBND thành phố',
    'Hội Nông dân tỉnh',
    'Viện trưởng',
  ])('is not %s', (raw) => {
    expect(classOf(raw)).toBeUndefined()
  })

  const expand = (code: string, unitKey: string, on: string) => {
    const agencyClass = agencyClasses.find((each) => each.code === code)
    if (agencyClass === undefined) throw new Error(`no class ${code}`)
    const typeOf = (key: string, day: string) => {
      const unit = units.get(key)
      return unit && versionOn(unit, day)?.type
    }
    const isWithin = (inner: string, outer: string, day: string) =>
      inner === outer || index.lineOf(inner, day).includes(outer)
    return expandClass(
      agencyClass,
      { unitKey, level: unitKey === 'u:VN' ? 'central' : 'province', on, isWithin, typeOf },
      data.agencies,
    )
  }

  it('means the bodies in being on the day', () => {
    expect(expand('district-committees', 'u:2024:60', '2025-04-15').agencies).toHaveLength(10)
    expect(expand('provincial-committees', 'u:VN', '2025-01-03').agencies).toHaveLength(63)
    expect(expand('provincial-committees', 'u:VN', '2026-11-22').agencies).toHaveLength(34)
    expect(expand('commune-committees', 'u:2025:68', '2026-11-22').agencies).toHaveLength(124)
    expect(expand('ward-committees', 'u:2025:75', '2026-04-29').agencies).toHaveLength(
      expand('ward-committees', 'u:2025:75', '2026-04-30').agencies.length - 10,
    )
    expect(expand('ministries', 'u:VN', '2026-11-22').agencies).toHaveLength(17)
    expect(expand('bodies-concerned', 'u:2025:68', '2026-11-22').agencies).toEqual([])
  })

  it('that no longer exist names those that stand in and says so', () => {
    const after = expand('district-committees', 'u:2025:68', '2026-11-22')
    expect(after.isAbolished).toBe(true)
    expect(after.agencies).toHaveLength(124)
    expect(after.agencies.every((agency) => agency.level === 'commune')).toBe(true)
  })
})
