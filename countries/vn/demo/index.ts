import type { Demonstration } from '../../../src/demonstration.ts'
import { emptyProse, type PlanHeader, type TaskTime } from '#plans/model'
import { accounts } from './accounts.ts'
import { besideJoints, besideNodes } from './beside.ts'
import { daysOn } from './days.ts'
import { figures } from './figures.ts'
import { nationalNodes } from './national.ts'
import { recommendations } from './recommendations.ts'
import { reporting } from './reports.ts'

function printed(date: string): string {
  const [year, month, day] = date.split('-').map(Number)
  return `${day}/${month}/${year}`
}

function header(of: Partial<PlanHeader> & Pick<PlanHeader, 'title' | 'place' | 'issuedOn' | 'number'>): PlanHeader {
  return {
    kind: 'KH',
    preamble: null,
    bases: [],
    recipients: ['Như trên;', 'Lưu: VT (minh họa).'],
    prose: { ...emptyProse },
    periodFrom: of.issuedOn ?? null,
    periodTo: of.issuedOn ? daysOn(of.issuedOn, 900) : null,
    signature: { powers: ['KT. CHỦ TỊCH'], post: 'PHÓ CHỦ TỊCH', name: 'Người ký minh họa' },
    ...of,
  }
}

const subject = 'Thực hiện các khuyến nghị về quyền trẻ em (dữ liệu minh họa)'

/** What a province lays its tasks on, by the order of the task in its plan; communes share in every third. */
const provincial = [
  { raw: 'Sở Tư pháp', slug: 'so-tu-phap' },
  { raw: 'Sở Nông nghiệp và Môi trường', slug: 'so-nong-nghiep-va-moi-truong' },
  { raw: 'Sở Nội vụ', slug: 'so-noi-vu' },
  { raw: 'Sở Y tế', slug: 'so-y-te' },
  { raw: 'Công an tỉnh', slug: 'cong-an' },
  { raw: 'Sở Tài chính', slug: 'so-tai-chinh' },
  { raw: 'Sở Giáo dục và Đào tạo', slug: 'so-giao-duc-va-dao-tao' },
]

/** Times of local tasks, laid around today so that some are done, some near, some overdue. */
function localTime(at: number, rank: number, today: string, level: 'province' | 'commune'): TaskTime | null {
  const shift = ((at * 23 + rank * 11) % 120) - (level === 'commune' ? 30 : 25)
  const due = daysOn(today, shift)
  switch (at % 4) {
    case 0:
      return { kind: 'by', text: `trước ngày ${printed(due)}`, from: null, to: due, frequency: null }
    case 1:
      return { kind: 'range', text: `đến ngày ${printed(due)}`, from: daysOn(today, -120), to: due, frequency: null }
    case 2:
      return { kind: 'recurring', text: 'hằng quý', from: daysOn(today, -110), to: null, frequency: 'quarter' }
    default:
      return { kind: 'continuous', text: 'Thường xuyên', from: null, to: null, frequency: null }
  }
}

/** The demonstration of Việt Nam: every text is invented and says so. */
export const demonstration: Demonstration = {
  accounts,
  recommendations,
  figures,
  reporting,
  functionCode: 'children',
  handName: 'Người nhập dữ liệu minh họa',
  returnReason: 'Chưa có minh chứng cho số liệu nêu trong báo cáo (minh họa).',
  narrative: (status, body) =>
    status === 'completed'
      ? `${body} đã hoàn thành nhiệm vụ; kết quả được tổng hợp trong báo cáo quý (dữ liệu minh họa).`
      : `${body} đang triển khai nhiệm vụ theo tiến độ (dữ liệu minh họa).`,
  national: (today) => ({
    issuerKey: 'u:VN/bo-y-te',
    header: header({
      title: `${subject} trên phạm vi toàn quốc`,
      place: 'Hà Nội',
      number: '01/KH-BYT',
      issuedOn: daysOn(today, -210),
      signature: { powers: ['KT. BỘ TRƯỞNG'], post: 'THỨ TRƯỞNG', name: 'Người ký minh họa' },
      bases: ['Căn cứ Luật Trẻ em ngày 05 tháng 4 năm 2016 (dữ liệu minh họa)'],
      prose: {
        ...emptyProse,
        purposes: [
          'Xác định trách nhiệm của từng cơ quan trong thực hiện các khuyến nghị về quyền trẻ em (dữ liệu minh họa).',
        ],
      },
    }),
    nodes: nationalNodes(today, daysOn, printed),
  }),
  beside: (today) => ({
    issuerKey: 'u:VN/bo-y-te',
    header: header({
      title: 'Phòng, chống bạo lực, xâm hại trẻ em (dữ liệu minh họa)',
      place: 'Hà Nội',
      number: '02/KH-BYT',
      issuedOn: daysOn(today, -60),
      signature: { powers: ['KT. BỘ TRƯỞNG'], post: 'THỨ TRƯỞNG', name: 'Người ký minh họa' },
      bases: ['Căn cứ Luật Trẻ em ngày 05 tháng 4 năm 2016 (dữ liệu minh họa)'],
    }),
    nodes: besideNodes({ today, daysOn, printed }),
    joints: besideJoints,
  }),
  local: (body, today) => {
    const issuedOn = daysOn(today, body.level === 'province' ? -170 + (body.rank % 40) : -100 + (body.rank % 30))
    return {
      header: header({
        title: `${subject} trên địa bàn ${body.place.charAt(0).toLowerCase()}${body.place.slice(1)}`,
        place: body.place.replace(/^(Tỉnh|Thành phố|Xã|Phường|Đặc khu)\s+/u, ''),
        issuedOn,
        number: `${String((body.rank % 90) + 10)}/KH-UBND`,
      }),
      node: (parent, at) => ({
        time: localTime(at, body.rank, today, body.level) ?? parent.time,
        duties:
          body.level === 'commune'
            ? [{ kind: 'lead', raw: body.name, agencyKey: body.key }]
            : [
                {
                  kind: 'lead',
                  raw: provincial[at % provincial.length]?.raw ?? '',
                  agencyKey: body.key.replace(/\/ubnd$/, `/${provincial[at % provincial.length]?.slug ?? ''}`),
                },
                {
                  kind: at % 3 === 0 ? 'lead' : 'support',
                  raw: 'Ủy ban nhân dân các xã, phường, đặc khu',
                  classCode: 'commune-committees',
                },
                ...(at === 4
                  ? [
                      {
                        kind: 'requested' as const,
                        raw: 'Tòa án nhân dân tỉnh',
                        agencyKey: body.key.replace(/\/ubnd$/, '/tand'),
                      },
                    ]
                  : []),
              ],
      }),
    }
  },
}
