import type { DemoObstacle, DemoReporting, DemoRound, DemoStep } from '../../../src/demonstration-reports.ts'
import { presets } from '../reporting/presets.ts'
import { daysOn } from './days.ts'
import { above, below, lamDong, places, type Place } from './report-words.ts'

const halfYear = presets.find(({ code }) => code === 'sau-thang')
const ministry = 'u:VN/bo-y-te'
const education = 'u:VN/bo-giao-duc-va-dao-tao'
const canTho = 'u:2025:92/ubnd'
const province = `${lamDong}/ubnd`
const health = `${lamDong}/so-y-te`
const court = `${lamDong}/tand`

/** One half-year of the reporting calendar: 15 December to 14 June, 15 June to 14 December. */
type Half = { year: number; part: 'S1' | 'S2'; from: string; due: Record<'xa' | 'so' | 'tinh' | 'root', string> }

function half(year: number, part: 'S1' | 'S2'): Half {
  const day = (words: string) => `${year}-${words}`
  return part === 'S1'
    ? {
        ...{ year, part, from: `${year - 1}-12-15` },
        due: { xa: day('05-10'), so: day('05-12'), tinh: day('05-18'), root: day('05-25') },
      }
    : {
        ...{ year, part, from: day('06-15') },
        due: { xa: day('11-05'), so: day('11-07'), tinh: day('11-13'), root: day('11-20') },
      }
}

/** The half-year that runs on a day, and the one before. */
function halves(today: string): { running: Half; past: Half } {
  const [year, day] = [Number(today.slice(0, 4)), today.slice(5)]
  if (day >= '12-15') return { running: half(year + 1, 'S1'), past: half(year, 'S2') }
  if (day >= '06-15') return { running: half(year, 'S2'), past: half(year, 'S1') }
  return { running: half(year, 'S1'), past: half(year - 1, 'S2') }
}

/** A regime, a round that is finished and locked, one that runs, and what stands in the way; days laid relative to the day it is loaded. */
export function reporting(today: string): DemoReporting {
  if (halfYear === undefined) throw new Error('the country proposes no half-yearly regime')
  const { running, past } = halves(today)
  return {
    ...{ ownerKey: ministry, code: 'BC-6T-MH', issuedOn: daysOn(past.from, 3) },
    definition: { ...halfYear.definition, ...scope, opensDaysBefore: null, tiers: tiersOf() },
    form: halfYear.form,
    rounds: [pastRound(past), runningRound(running, today)],
    obstacles: obstaclesOf(today),
  }
}

const scope = {
  names: {
    vi: 'Báo cáo 6 tháng về thực hiện quyền trẻ em (thí điểm, minh họa)',
    en: 'Half-yearly report on child rights (pilot, for demonstration)',
    fr: 'Rapport semestriel sur les droits de l’enfant (pilote, démonstration)',
  },
}

/** Who takes part: communes and two bodies of one province, another province, a ministry. A court is requested, not ordered. */
function tiersOf(): DemoReporting['definition']['tiers'] {
  const who = (agencies: string[]) => ({ classes: [], functions: [], agencies, except: [] })
  const due = (first: [number, number], second: [number, number]) => ({
    kind: 'days' as const,
    days: {
      S1: { year: 0, month: first[1], day: first[0] },
      S2: { year: 0, month: second[1], day: second[0] },
    },
  })
  return [
    {
      ...{ code: 'xa', names: { vi: 'UBND cấp xã', en: 'Communes', fr: 'Communes' }, to: 'tinh' },
      ...{ who: who(places.map(({ key }) => key)), due: due([10, 5], [5, 11]) },
    },
    {
      ...{ code: 'so', names: { vi: 'Cơ quan cấp tỉnh', en: 'Bodies of provinces', fr: 'Organes des provinces' } },
      ...{ to: 'tinh', who: who([health, court]), due: due([12, 5], [7, 11]) },
    },
    {
      ...{ code: 'tinh', names: { vi: 'UBND cấp tỉnh', en: 'Provinces', fr: 'Provinces' }, to: 'owner' },
      ...{ who: who([province, canTho]), due: due([18, 5], [13, 11]) },
    },
    {
      ...{ code: 'bo', names: { vi: 'Bộ, ngành trung ương', en: 'Ministries', fr: 'Ministères' }, to: 'owner' },
      ...{ who: who([education]), due: due([18, 5], [13, 11]) },
    },
  ]
}

const periodOf = ({ year, part }: Half) => `vn-report:${year}-${part}`
const wrong = 'Số trẻ em có hoàn cảnh đặc biệt chưa khớp danh sách quản lý tại trạm y tế; đề nghị rà soát, ghi lại.'
const thin = 'Chưa nêu nguyên nhân của hạn chế và trách nhiệm của từng bộ phận; đề nghị bổ sung.'

/** A count and the share that is out of it are corrected together. */
const counted = ['so-lieu/hoan-canh', 'so-lieu/duoc-ho-tro'].map((line) => ({ line, reason: wrong }))

/** Finished: most in time (a due day at a week end is the Friday before), one late, one with nothing to report, one returned and corrected, one that sent nothing. */
function pastRound(of: Half): DemoRound {
  const { due } = of
  const usual = (place: Place, on: string): DemoStep[] => [
    { act: 'write', on: daysOn(on, -4), words: below(place, of) },
    { act: 'send', on },
    { act: 'accept', on: daysOn(on, 1) },
  ]
  const courses: Partial<Record<string, (place: Place) => DemoStep[]>> = {
    'Mũi Né': (place) => usual(place, daysOn(due.xa, 4)),
    'Liên Hương': (place) => [
      { act: 'write', on: daysOn(due.xa, -3), words: below(place, { ...of, surplus: 40 }) },
      { act: 'send', on: daysOn(due.xa, -2) },
      ...returned(due.xa, daysOn(due.xa, 3)),
      { act: 'write', on: daysOn(due.xa, 1), words: { figures: below(place, of).figures ?? {} } },
      { act: 'send', on: daysOn(due.xa, 2) },
      { act: 'accept', on: daysOn(due.xa, 3) },
    ],
    'Phước Hội': () => [
      { act: 'write', on: daysOn(due.xa, -3), words: {} },
      { act: 'send', on: daysOn(due.xa, -2), isNil: true },
      { act: 'accept', on: daysOn(due.xa, 1) },
    ],
    'Đức Trọng': () => [],
  }
  const reports = places.map((place, at) => ({
    agencyKey: place.key,
    steps: courses[place.name]?.(place) ?? usual(place, daysOn(due.xa, -2 - (at % 4))),
  }))
  return {
    ...{ period: periodOf(of), openedOn: daysOn(of.from, 10), lockedOn: daysOn(due.root, 12) },
    reports: [
      ...reports,
      { agencyKey: health, steps: office(above.health, of, daysOn(due.so, -2)) },
      { agencyKey: court, steps: office(above.court, of, daysOn(due.so, -2)) },
      { agencyKey: province, steps: consolidated(above.province, of, daysOn(due.tinh, -2)) },
      { agencyKey: canTho, steps: consolidated(above.canTho, of, daysOn(due.tinh, 3)) },
      { agencyKey: education, steps: office(above.education, of, due.tinh) },
      {
        agencyKey: ministry,
        steps: [
          { act: 'draw', on: daysOn(due.root, -2) },
          { act: 'write', on: daysOn(due.root, -1), words: above.ministry(of) },
          { act: 'send', on: due.root },
          { act: 'approve', on: daysOn(due.root, 1) },
        ],
      },
    ],
  }
}

const returned = (on: string, dueOn: string): DemoStep[] => [
  { act: 'return', on: daysOn(on, -1), dueOn, lines: counted },
]

function office(words: (of: Half) => ReturnType<typeof below>, of: Half, on: string): DemoStep[] {
  return [
    { act: 'write', on: daysOn(on, -3), words: words(of) },
    { act: 'send', on: daysOn(on, -1) },
    { act: 'accept', on },
  ]
}

function consolidated(words: (of: Half) => ReturnType<typeof below>, of: Half, on: string): DemoStep[] {
  return [
    { act: 'draw', on: daysOn(on, -1) },
    { act: 'write', on: daysOn(on, -1), words: words(of) },
    { act: 'send', on },
    { act: 'accept', on: daysOn(on, 2) },
  ]
}

/** Running: something to do for everyone who signs in. No day of it is to come. */
function runningRound(of: Half, today: string): DemoRound {
  const { due } = of
  const past = (day: string) => (day < today ? day : today)
  const accepted = (place: Place, on: string): DemoStep[] => [
    { act: 'write', on: past(daysOn(on, -4)), words: below(place, of) },
    { act: 'send', on: past(on) },
    { act: 'accept', on: past(daysOn(on, 2)) },
  ]
  const courses: Partial<Record<string, (place: Place) => DemoStep[]>> = {
    // Written, and waiting for the head's signature; given more time.
    'Phan Thiết': (place) => [
      { act: 'write', on: past(daysOn(due.xa, -2)), words: below(place, of) },
      {
        ...{ act: 'extend', on: past(daysOn(due.xa, -1)) },
        dueOn: daysOn(today > due.xa ? today : due.xa, 5),
        reason: 'Phường tập trung khắc phục hậu quả mưa lũ theo đề nghị của UBND phường (minh họa).',
      },
    ],
    'Bắc Bình': (place) => [
      { act: 'write', on: past(daysOn(due.xa, -3)), words: below(place, { ...of, surplus: 60 }) },
      { act: 'send', on: past(daysOn(due.xa, -1)) },
      {
        ...{ act: 'return', on: today, dueOn: daysOn(today, 5) },
        lines: [...counted, { line: 'danh-gia/p1', reason: thin }],
      },
    ],
    'Mũi Né': (place) => [
      { act: 'write', on: past(daysOn(due.xa, -2)), words: below(place, of) },
      { act: 'send', on: past(daysOn(due.xa, 3)) },
    ],
    'Phước Hội': () => [
      { act: 'write', on: past(daysOn(due.xa, -1)), words: {} },
      { act: 'send', on: past(due.xa), isNil: true },
      { act: 'accept', on: past(daysOn(due.xa, 1)) },
    ],
    'Đức Trọng': () => [],
    'Ninh Kiều': (place) => accepted(place, daysOn(due.xa, -2)),
  }
  return {
    ...{ period: periodOf(of), openedOn: past(daysOn(of.from, 10)), lockedOn: null },
    reports: [
      ...places.map((place) => ({
        agencyKey: place.key,
        steps: courses[place.name]?.(place) ?? accepted(place, due.xa),
      })),
      { agencyKey: health, steps: [{ act: 'write', on: past(due.so), words: above.health(of) }] },
      {
        agencyKey: province,
        steps: [
          { act: 'draw', on: past(daysOn(due.tinh, -3)) },
          {
            act: 'write',
            on: past(daysOn(due.tinh, -2)),
            words: { paragraphs: above.province(of).paragraphs ?? {} },
          },
        ],
      },
      {
        agencyKey: canTho,
        steps: [
          { act: 'draw', on: past(daysOn(due.tinh, -1)) },
          { act: 'write', on: past(daysOn(due.tinh, -1)), words: above.canTho(of) },
          { act: 'send', on: past(due.tinh) },
        ],
      },
      {
        agencyKey: education,
        steps: office(above.education, of, due.tinh).map((step) => ({ ...step, on: past(step.on) })),
      },
      { agencyKey: ministry, steps: [{ act: 'draw', on: past(daysOn(due.tinh, 2)) }] },
    ],
  }
}

/** What stands in the way: closed, answered, and waiting for a department, the province and the ministry. */
function obstaclesOf(today: string): DemoObstacle[] {
  const key = (name: string) => places.find((place) => place.name === name)?.key ?? ''
  return [
    {
      ...{ agencyKey: key('Phan Thiết'), theme: 'staff', on: daysOn(today, -60) },
      words:
        'Sau khi sắp xếp đơn vị hành chính, phường chỉ còn 01 công chức kiêm nhiệm công tác trẻ em cho địa bàn của ba phường cũ (minh họa).',
      proposal: 'Đề nghị bố trí thêm 01 người hoạt động không chuyên trách phụ trách công tác trẻ em.',
      answer: {
        on: daysOn(today, -51),
        words:
          'Đã thống nhất bổ sung 01 chỉ tiêu từ quý tới; trước mắt phường phân công công chức văn hóa - xã hội hỗ trợ (minh họa).',
      },
      closing: { on: daysOn(today, -47), words: 'Phường đã được bổ sung người phụ trách.' },
    },
    {
      ...{ agencyKey: key('Bắc Bình'), theme: 'guidance', on: daysOn(today, -16) },
      words:
        'Chưa rõ cách thống kê trẻ em có nguy cơ rơi vào hoàn cảnh đặc biệt khi gia đình chuyển đến từ tỉnh khác (minh họa).',
      proposal: 'Đề nghị hướng dẫn thời điểm và nơi ghi nhận để không trùng, không sót.',
      answer: {
        on: daysOn(today, -9),
        words:
          'Ghi nhận tại nơi trẻ em đang thường trú từ 30 ngày trở lên; xã nơi đi kết thúc theo dõi khi nhận được thông báo (minh họa).',
      },
    },
    {
      ...{ agencyKey: key('Phan Thiết'), theme: 'data', on: daysOn(today, -6) },
      words: 'Danh sách trẻ em của các phường cũ chưa được gộp, còn trùng khi lập báo cáo (minh họa).',
      proposal: 'Đề nghị hướng dẫn gộp danh sách và rà soát trùng.',
    },
    {
      ...{ agencyKey: key('Bắc Bình'), theme: 'coordination', on: daysOn(today, -4) },
      words: 'Việc chuyển thông tin trẻ em cần hỗ trợ khẩn cấp giữa xã và công an xã chưa có quy chế chung (minh họa).',
      proposal: 'Đề nghị UBND tỉnh ban hành quy chế phối hợp mẫu.',
    },
    {
      ...{ agencyKey: province, theme: 'law', on: daysOn(today, -8) },
      words: 'Chưa có quy định về chế độ bồi dưỡng cho cộng tác viên bảo vệ trẻ em ở thôn, tổ dân phố (minh họa).',
      proposal: 'Đề nghị Bộ Y tế hướng dẫn mức chi và nguồn kinh phí.',
    },
  ]
}
