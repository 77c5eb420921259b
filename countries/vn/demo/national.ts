import type { DemoNode } from '../../../src/demonstration.ts'
import type { TaskTime } from '#plans/model'

type Row = {
  text: string
  lead: { raw: string; key: string }
  support?: { raw: string; key: string }[]
  output: string
  due: number | 'quarter' | 'half-year' | 'continuous'
  programmes?: string[]
}

const health = { raw: 'Bộ Y tế', key: 'u:VN/bo-y-te' }
const justice = { raw: 'Bộ Tư pháp', key: 'u:VN/bo-tu-phap' }
const education = { raw: 'Bộ Giáo dục và Đào tạo', key: 'u:VN/bo-giao-duc-va-dao-tao' }
const culture = { raw: 'Bộ Văn hóa, Thể thao và Du lịch', key: 'u:VN/bo-van-hoa-the-thao-va-du-lich' }
const police = { raw: 'Bộ Công an', key: 'u:VN/bo-cong-an' }
const finance = { raw: 'Bộ Tài chính', key: 'u:VN/bo-tai-chinh' }
const home = { raw: 'Bộ Nội vụ', key: 'u:VN/bo-noi-vu' }
const foreign = { raw: 'Bộ Ngoại giao', key: 'u:VN/bo-ngoai-giao' }

const groups: { title: string; rows: Row[] }[] = [
  {
    title: 'Hoàn thiện pháp luật, chính sách',
    rows: [
      {
        text: 'Rà soát văn bản pháp luật về trẻ em và đề xuất sửa đổi, bổ sung (nhiệm vụ minh họa).',
        lead: justice,
        support: [health],
        output: 'Báo cáo rà soát',
        due: -40,
        programmes: ['27-2025'],
      },
      {
        text: 'Xây dựng hướng dẫn phối hợp liên ngành về bảo vệ trẻ em (nhiệm vụ minh họa).',
        lead: health,
        support: [police, education],
        output: 'Văn bản hướng dẫn',
        due: 75,
        programmes: ['27-2025', '23-2021'],
      },
    ],
  },
  {
    title: 'Truyền thông, nâng cao năng lực',
    rows: [
      {
        text: 'Tổ chức chiến dịch truyền thông về quyền trẻ em tại cơ sở (nhiệm vụ minh họa).',
        lead: culture,
        support: [health],
        output: 'Báo cáo chiến dịch',
        due: 'half-year',
        programmes: ['27-2025', '830-2021'],
      },
      {
        text: 'Tập huấn cho người làm công tác bảo vệ trẻ em cấp xã (nhiệm vụ minh họa).',
        lead: home,
        support: [health],
        output: 'Số người được tập huấn',
        due: 'quarter',
        programmes: ['27-2025'],
      },
    ],
  },
  {
    title: 'Dịch vụ, cơ sở dữ liệu và kiểm tra',
    rows: [
      {
        text: 'Rà soát mạng lưới cơ sở cung cấp dịch vụ bảo vệ trẻ em (nhiệm vụ minh họa).',
        lead: health,
        output: 'Danh mục cơ sở',
        due: 20,
        programmes: ['23-2021'],
      },
      {
        text: 'Kết nối cơ sở dữ liệu về trẻ em với cơ sở dữ liệu quốc gia về dân cư (nhiệm vụ minh họa).',
        lead: police,
        support: [health],
        output: 'Biên bản kết nối',
        due: -10,
        programmes: ['27-2025'],
      },
      {
        text: 'Kiểm tra việc thực hiện quyền trẻ em tại địa phương (nhiệm vụ minh họa).',
        lead: health,
        support: [justice],
        output: 'Kết luận kiểm tra',
        due: 'half-year',
      },
    ],
  },
  {
    title: 'Nguồn lực và hợp tác quốc tế',
    rows: [
      {
        text: 'Hướng dẫn lập dự toán kinh phí thực hiện quyền trẻ em (nhiệm vụ minh họa).',
        lead: finance,
        output: 'Văn bản hướng dẫn',
        due: 120,
      },
      {
        text: 'Tăng cường hợp tác quốc tế về quyền trẻ em (nhiệm vụ minh họa).',
        lead: foreign,
        support: [health],
        output: 'Báo cáo hằng năm',
        due: 'continuous',
      },
    ],
  },
]

function timeOf(
  due: Row['due'],
  today: string,
  daysOn: (date: string, days: number) => string,
  printed: (date: string) => string,
): TaskTime {
  if (due === 'continuous') return { kind: 'continuous', text: 'Thường xuyên', from: null, to: null, frequency: null }
  if (due === 'quarter')
    return { kind: 'recurring', text: 'hằng quý', from: daysOn(today, -200), to: null, frequency: 'quarter' }
  if (due === 'half-year')
    return { kind: 'recurring', text: '6 tháng một lần', from: daysOn(today, -200), to: null, frequency: 'half-year' }
  const on = daysOn(today, due)
  return { kind: 'by', text: `trước ngày ${printed(on)}`, from: null, to: on, frequency: null }
}

/** The invented national plan: every ministry that leads a task, every province that carries it out with them. */
export function nationalNodes(
  today: string,
  daysOn: (date: string, days: number) => string,
  printed: (date: string) => string,
): DemoNode[] {
  return groups.flatMap((group, at) => {
    const groupKey = `g${at + 1}`
    return [
      {
        key: groupKey,
        parentKey: null,
        kind: 'group' as const,
        path: `${at + 1}`,
        text: group.title,
        output: null,
        time: null,
        duties: [],
        programmes: [],
      },
      ...group.rows.map((row, which): DemoNode => ({
        key: `${groupKey}t${which + 1}`,
        parentKey: groupKey,
        kind: 'task',
        path: `${at + 1}.${which + 1}`,
        text: row.text,
        output: row.output,
        time: timeOf(row.due, today, daysOn, printed),
        programmes: row.programmes ?? [],
        duties: [
          { kind: 'lead', raw: row.lead.raw, agencyKey: row.lead.key },
          ...(row.support ?? []).map((body) => ({ kind: 'support' as const, raw: body.raw, agencyKey: body.key })),
          {
            kind: which % 2 === 0 ? ('lead' as const) : ('support' as const),
            raw: 'Ủy ban nhân dân các tỉnh, thành phố',
            classCode: 'provincial-committees',
          },
        ],
      })),
    ]
  })
}
