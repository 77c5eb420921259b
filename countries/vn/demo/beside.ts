import type { DemoJoint, DemoNode } from '../../../src/demonstration.ts'
import type { TaskTime } from '#plans/model'

const health = 'u:VN/bo-y-te'
const lamDong = 'u:2025:68/ubnd'

type Clock = { today: string; daysOn: (date: string, days: number) => string; printed: (date: string) => string }

function until({ today, daysOn, printed }: Clock, days: number): TaskTime {
  const on = daysOn(today, days)
  return { kind: 'by', text: `trước ngày ${printed(on)}`, from: null, to: on, frequency: null }
}

/**
 * An invented plan against violence and abuse, in force beside the national one. Two of its tasks are the same work as
 * tasks there; the third is like one, and whether it is the same is for its reader to say.
 */
export function besideNodes(clock: Clock): DemoNode[] {
  const task = (
    path: string,
    of: Pick<DemoNode, 'text' | 'output' | 'time' | 'programmes'> & { alsoLed?: DemoNode['duties'] },
  ): DemoNode => {
    const { alsoLed = [], ...said } = of
    const duties = [{ kind: 'lead' as const, raw: 'Bộ Y tế', agencyKey: health }, ...alsoLed]
    return { key: `b${path}`, parentKey: null, kind: 'task', path, duties, ...said }
  }
  return [
    task('1', {
      text: 'Rà soát mạng lưới cơ sở cung cấp dịch vụ bảo vệ trẻ em, hỗ trợ trẻ em bị bạo lực, xâm hại; làm điểm tại tỉnh Lâm Đồng (nhiệm vụ minh họa).',
      output: 'Danh mục cơ sở',
      time: until(clock, 45),
      programmes: ['830-2021'],
      alsoLed: [{ kind: 'lead', raw: 'Ủy ban nhân dân tỉnh Lâm Đồng', agencyKey: lamDong }],
    }),
    task('2', {
      text: 'Kiểm tra việc thực hiện quyền trẻ em, phòng ngừa xâm hại trẻ em tại địa phương (nhiệm vụ minh họa).',
      output: 'Kết luận kiểm tra',
      time: {
        kind: 'recurring',
        text: '6 tháng một lần',
        from: clock.daysOn(clock.today, -60),
        to: null,
        frequency: 'half-year',
      },
      programmes: ['830-2021'],
    }),
    task('3', {
      text: 'Xây dựng hướng dẫn phối hợp liên ngành về bảo vệ trẻ em bị bạo lực, xâm hại (nhiệm vụ minh họa).',
      output: 'Văn bản hướng dẫn',
      time: until(clock, 90),
      programmes: ['830-2021'],
    }),
  ]
}

/** The same work in both plans, for each body that leads on it. */
export const besideJoints: DemoJoint[] = [
  {
    agencyKey: health,
    key: 'b1',
    nationalKey: 'g3t1',
    reason: 'Một đợt rà soát, một danh mục cơ sở dùng cho cả hai kế hoạch (dữ liệu minh họa).',
  },
  {
    agencyKey: lamDong,
    key: 'b1',
    nationalKey: 'g3t1',
    reason: 'Tỉnh rà soát một lần cho cả hai kế hoạch (dữ liệu minh họa).',
  },
  {
    agencyKey: health,
    key: 'b2',
    nationalKey: 'g3t3',
    reason: 'Các đoàn kiểm tra làm chung, kết luận ghi đủ nội dung của hai kế hoạch (dữ liệu minh họa).',
  },
]
