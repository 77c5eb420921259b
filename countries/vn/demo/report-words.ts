import type { DemoWords } from '../../../src/demonstration-sections.ts'

export const lamDong = 'u:2025:68'

/** A commune of the pilot: how many children are in special circumstances, were helped, were abused, drowned. */
export type Place = {
  name: string
  kind: 'phường' | 'xã'
  key: string
  special: number
  abused: number
  drowned: number
}

const place = (name: string, kind: Place['kind'], code: string, counts: [number, number, number]): Place => ({
  ...{ name, kind, key: `u:2025:${code}/ubnd` },
  ...{ special: counts[0], abused: counts[1], drowned: counts[2] },
})

/** Communes that take part, of Lâm Đồng and Cần Thơ; every number is invented. */
export const places: Place[] = [
  place('Phan Thiết', 'phường', '22945', [312, 3, 0]),
  place('Bắc Bình', 'xã', '23005', [268, 2, 1]),
  place('Mũi Né', 'phường', '22918', [194, 1, 1]),
  place('Liên Hương', 'xã', '22969', [221, 2, 0]),
  place('Phước Hội', 'phường', '23231', [176, 0, 0]),
  place('Xuân Hương - Đà Lạt', 'phường', '24781', [143, 1, 0]),
  place('Đức Trọng', 'xã', '24958', [205, 2, 0]),
  place('Ninh Kiều', 'phường', '31135', [287, 4, 0]),
  place('Cái Khế', 'phường', '31120', [231, 2, 1]),
]

type Of = { year: number; part: 'S1' | 'S2'; surplus?: number }

const periodWords = ({ part, year }: Of) => `6 tháng ${part === 'S1' ? 'đầu' : 'cuối'} năm ${year}`

/** A number that differs from place to place and from half-year to half-year, within bounds. */
function turn({ special }: Place, { year, part }: Of, least: number, most: number): number {
  return least + ((special * 7 + year * 3 + (part === 'S1' ? 1 : 5)) % (most - least + 1))
}

/** What a commune reports before the half-year ends, in estimates. `surplus`: so many children too many, to be returned. */
export function below(of: Place, when: Of): DemoWords {
  const { surplus = 0 } = when
  const special = of.special + turn(of, when, 0, 12) - 6
  const helped = Math.round(special * (0.86 + turn(of, when, 0, 10) / 100))
  const body = `UBND ${of.kind} ${of.name}`
  const count = (numerator: number, denominator?: number) => ({
    ...{ numerator, isEstimate: true, explanation: 'Đã đối chiếu với sổ theo dõi tại trạm y tế (minh họa).' },
    ...(denominator === undefined ? {} : { denominator }),
  })
  return {
    paragraphs: {
      'chi-dao': [
        `${body} đã ban hành kế hoạch công tác trẻ em ${periodWords(when)}, phân công từng thành viên Ban bảo vệ trẻ em phụ trách thôn, tổ dân phố (dữ liệu minh họa).`,
        `Đã tổ chức ${turn(of, when, 4, 11)} buổi truyền thông về phòng, chống đuối nước, xâm hại trẻ em với khoảng ${turn(of, when, 300, 900)} lượt trẻ em và cha mẹ tham gia.`,
      ],
      'danh-gia': [
        `Việc rà soát, lập danh sách trẻ em có hoàn cảnh đặc biệt được làm đủ ở các thôn, tổ dân phố; ${helped} trẻ em được hỗ trợ bằng ít nhất một hình thức. Hạn chế: người làm công tác trẻ em kiêm nhiệm nhiều việc, cập nhật biến động còn chậm.`,
      ],
      'phuong-huong': [
        `Cắm biển cảnh báo tại ${turn(of, when, 5, 16)} điểm nước sâu; dạy bơi an toàn cho trẻ em từ 6 đến 15 tuổi; rà soát trẻ em bỏ học trước ngày khai giảng.`,
      ],
    },
    figures: {
      'so-lieu': {
        'hoan-canh': count(special + surplus),
        'duoc-ho-tro': count(helped, special + surplus),
        'xam-hai': count(of.abused),
        ...(of.abused === 0 ? {} : { 'can-thiep': count(of.abused, of.abused) }),
        'duoi-nuoc': count(of.drowned),
      },
    },
    money: {
      'kinh-phi': {
        'duoc-giao:dia-phuong': String(turn(of, when, 120, 260) * 1_000_000),
        'da-chi:dia-phuong': String(turn(of, when, 60, 115) * 1_000_000),
        'da-chi:khac': String(turn(of, when, 10, 45) * 1_000_000),
      },
    },
    obstacles: {
      'vuong-mac': [
        of.kind === 'xã'
          ? {
              ...{ theme: 'nhan-luc', text: 'Xã chỉ có một công chức kiêm nhiệm công tác trẻ em.' },
              proposal: 'Đề nghị bố trí người làm công tác trẻ em chuyên trách ở cấp xã.',
            }
          : {
              ...{ theme: 'du-lieu', text: 'Danh sách trẻ em của các phường cũ chưa được gộp.' },
              proposal: 'Đề nghị hướng dẫn gộp danh sách và rà soát trùng.',
            },
      ],
    },
  }
}

const words = (paragraphs: Record<string, string[]>): DemoWords => ({ paragraphs })

/** What bodies above write themselves, before what they draw from below. */
export const above = {
  health: (of: Of) =>
    words({
      'chi-dao': [
        `Sở Y tế đã tham mưu UBND tỉnh chỉ đạo công tác trẻ em ${periodWords(of)}, hướng dẫn các xã, phường lập hồ sơ trẻ em cần bảo vệ khẩn cấp (dữ liệu minh họa).`,
      ],
      'danh-gia': [
        'Các xã, phường đã có đầu mối tiếp nhận thông tin về trẻ em; thời gian xử lý ban đầu được rút ngắn.',
      ],
      'phuong-huong': ['Tập huấn quản lý trường hợp cho cán bộ cấp xã; kiểm tra tại mười xã, phường.'],
    }),
  court: (of: Of) =>
    words({
      'chi-dao': [
        `Tòa án nhân dân tỉnh cung cấp thông tin theo đề nghị: ${periodWords(of)} các vụ án có người dưới 18 tuổi được xét xử tại phòng xử án thân thiện (dữ liệu minh họa).`,
      ],
      'danh-gia': ['Việc phối hợp với cơ quan công tác xã hội trong báo cáo điều tra xã hội được thực hiện đầy đủ.'],
      'phuong-huong': ['Tiếp tục bố trí thẩm phán có hiểu biết về tâm lý trẻ em.'],
    }),
  education: (of: Of) =>
    words({
      'chi-dao': [
        `Bộ Giáo dục và Đào tạo đã chỉ đạo các sở thực hiện quy tắc ứng xử, phòng, chống bạo lực học đường ${periodWords(of)} (dữ liệu minh họa).`,
      ],
      'danh-gia': ['Công tác tư vấn tâm lý học đường đã có ở hầu hết trường trung học; cấp tiểu học còn thiếu người.'],
      'phuong-huong': ['Ban hành tài liệu tập huấn phòng, chống xâm hại trẻ em cho giáo viên chủ nhiệm.'],
    }),
  province: (of: Of) =>
    words({
      'chi-dao': [
        `UBND tỉnh Lâm Đồng đã ban hành kế hoạch và 03 văn bản chỉ đạo công tác trẻ em ${periodWords(of)}; kiểm tra tại 12 xã, phường (dữ liệu minh họa).`,
      ],
      'danh-gia': ['Công tác bảo vệ trẻ em sau sắp xếp đơn vị hành chính cơ bản được giữ thông suốt.'],
      'phuong-huong': ['Hoàn thành gộp danh sách trẻ em của các đơn vị hành chính cũ trước kỳ báo cáo sau.'],
    }),
  canTho: (of: Of) =>
    words({
      'chi-dao': [
        `UBND thành phố Cần Thơ đã giao chỉ tiêu về trẻ em ${periodWords(of)} cho từng phường, xã và công khai kết quả hằng tháng (dữ liệu minh họa).`,
      ],
      'danh-gia': [
        'Các phường thí điểm đã báo cáo đúng yêu cầu; số liệu về đuối nước được đối chiếu với ngành công an.',
      ],
      'phuong-huong': ['Mở rộng lớp dạy bơi an toàn trong hè tại các trường tiểu học.'],
    }),
  ministry: (of: Of) =>
    words({
      'chi-dao': [
        `Bộ Y tế đã chỉ đạo thí điểm chế độ báo cáo về quyền trẻ em ${periodWords(of)} tại hai địa phương và một bộ; hướng dẫn cách thống kê sau sắp xếp đơn vị hành chính (dữ liệu minh họa).`,
      ],
      'danh-gia': [
        'Các cơ quan tham gia thí điểm đã gửi báo cáo, trong đó một số xã, phường gửi muộn hoặc phải sửa số liệu; một xã chưa gửi.',
      ],
      'phuong-huong': ['Tổng kết thí điểm, hoàn thiện biểu mẫu và ban hành hướng dẫn thống kê thống nhất.'],
    }),
}
