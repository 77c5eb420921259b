import type { Writing } from '#plans'
import { nameAbroad, summaries } from './documents/templates/summaries.ts'
import { writtenDocuments } from './documents/templates/written-documents.ts'

const tiers: Record<string, string> = {
  central: 'Bộ, ngành, cơ quan trung ương',
  province: 'Tỉnh, thành phố',
  district: 'Huyện (đến 30/6/2025)',
  commune: 'Xã, phường, đặc khu',
}

/** `2026-05-22` as documents print it in a cell. */
function printedDate(date: string): string {
  const [year, month, day] = date.split('-').map(Number)
  return `${day}/${month}/${year}`
}

const unitWords = /^(Tỉnh|Thành phố|Xã|Phường|Đặc khu|Thị trấn|Huyện|Quận|Thị xã)\s+/u

/** Bodies that print the one above in their letterhead: departments and divisions, never a committee or a ministry. */
const underAnother = new Set(['department', 'division', 'institution'])

const powerWords: [RegExp, 'on-behalf' | 'for-head' | 'by-order' | 'by-authorisation' | 'acting'][] = [
  [/^TM\.?\s*/u, 'on-behalf'],
  [/^KT\.?\s*/u, 'for-head'],
  [/^TL\.?\s*/u, 'by-order'],
  [/^TUQ\.?\s*/u, 'by-authorisation'],
  [/^Q\.?\s*/u, 'acting'],
]

/** How plans leave as documents in Việt Nam (Decree 30/2020/NĐ-CP). */
export const writing: Writing = {
  templates: writtenDocuments,
  summaries,
  nameAbroad,
  tierName: (level) => tiers[level] ?? level,
  printedDate,
  printsSuperior: (kind) => underAnother.has(kind),
  placeOf: (unitName) => (unitName === 'Việt Nam' ? 'Hà Nội' : unitName.replace(unitWords, '')),
  filed: (sign) => `Lưu: VT, ${sign}.`,
  powers: (printed) =>
    printed.flatMap((line) => {
      const found = powerWords.find(([word]) => word.test(line))
      const of = found ? line.replace(found[0], '').trim() : ''
      return found && of !== '' ? [{ power: found[1], of }] : []
    }),
  words: {
    source: 'Hệ thống Măng Non, tổng hợp từ kế hoạch đã ban hành và báo cáo tiến độ đã được chấp nhận',
    statusTitle: (plan) => `Tình hình thực hiện ${plan}`,
    urgingTitle: 'đôn đốc thực hiện nhiệm vụ quá hạn',
    moreTasks: (total, shown) =>
      `Phụ lục liệt kê ${shown.toLocaleString('vi')} trong tổng số ${total.toLocaleString('vi')} nhiệm vụ, theo thứ tự cấp bách nhất trước; danh sách đầy đủ có trên hệ thống.`,
    alsoServes: (plans) =>
      `Lồng ghép, cùng thực hiện với ${plans.map((plan) => (plan.number === null ? `“${plan.title}”` : `Kế hoạch số ${plan.number}`)).join('; ')}`,
    period: (from, to) =>
      from === null ? `đến ngày ${printedDate(to)}` : `từ ngày ${printedDate(from)} đến ngày ${printedDate(to)}`,
    planCited: (plan) =>
      [
        `Kế hoạch`,
        plan.number === null ? '' : `số ${plan.number}`,
        plan.issuedOn === null ? '' : `ngày ${printedDate(plan.issuedOn)}`,
        `về ${plan.title.charAt(0).toLowerCase()}${plan.title.slice(1)}`,
      ]
        .filter((part) => part !== '')
        .join(' '),
  },
}
