import type { Counts } from '../FourNumbers.tsx'
import type { Find, Picked } from '../Picker.tsx'

/** Invented rows to look at the kit with; long names on purpose. */
export interface SampleRow {
  id: string
  agency: string
  deed: string
  dueOn: string | null
  counts: Counts
  children: number | null
}

const agencies = [
  'Sở Y tế tỉnh Lâm Đồng',
  'Ủy ban nhân dân xã Hòa Thắng',
  'Ban Chỉ đạo thực hiện các mục tiêu quốc gia về trẻ em và phòng, chống bạo lực, xâm hại trẻ em của Ủy ban nhân dân thành phố và các phường trực thuộc',
  'Sở Giáo dục và Đào tạo',
  'Tòa án nhân dân khu vực 4',
]
const deeds = [
  'Rà soát, sửa đổi quy trình hỗ trợ, can thiệp trẻ em bị xâm hại và có nguy cơ bị xâm hại',
  'Tổ chức diễn đàn trẻ em cấp tỉnh',
  'Xây dựng cơ sở dữ liệu về trẻ em',
  'Bố trí người làm công tác bảo vệ trẻ em cấp xã',
]

export const sampleRows: readonly SampleRow[] = Array.from({ length: 5000 }, (_, index) => ({
  id: String(index + 1),
  agency: agencies[index % agencies.length] ?? '',
  deed: deeds[index % deeds.length] ?? '',
  dueOn: index % 7 === 6 ? null : new Date(Date.UTC(2026, 4, 12 + ((index * 5) % 90))).toISOString().slice(0, 10),
  counts: {
    done: (index * 3) % 40,
    late: index % 4,
    pending: (index * 7) % 25,
    overdue: index % 6,
    undated: index % 3,
  },
  children: index % 5 === 3 ? null : (index * 1237) % 98_765,
}))

export const findSample: Find = (query) => {
  const wanted = query.toLowerCase()
  const found: Picked[] = agencies.map((name, index) => ({ id: String(index), name, detail: 'Tỉnh Lâm Đồng' }))
  return Promise.resolve(found.filter((item) => item.name.toLowerCase().includes(wanted)))
}

export const nameOfSample = (id: string): Promise<string> => Promise.resolve(agencies[Number(id)] ?? id)
