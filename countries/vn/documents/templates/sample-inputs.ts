import type {
  MinutesInput,
  PlanInput,
  ReportedTask,
  StatusReportInput,
  UrgingLetterInput,
} from '../../../../src/documents/writing/model.ts'

/** Invented content for the tests of the writer; nothing here is from a real document. */
export const samplePlan: PlanInput = {
  kindCode: 'KH',
  articles: [],
  attachedTitle: null,
  tasks: [],
  textGroups: [],
  headings: {},
  others: [],
  head: {
    parentAgency: null,
    agency: 'Ủy ban nhân dân tỉnh Đắk Lắk',
    agencyLines: null,
    agencySign: 'UBND',
    place: 'Đắk Lắk',
    number: '7',
    date: '2026-02-05',
    recipients: [
      'Bộ Y tế (để báo cáo)',
      'Chủ tịch, các Phó Chủ tịch UBND tỉnh',
      'Các sở, ban, ngành',
      'UBND các xã, phường',
      'Lưu: VT, KGVX',
    ],
    signature: {
      powers: [
        { power: 'on-behalf', of: 'Ủy ban nhân dân' },
        { power: 'for-head', of: 'Chủ tịch' },
      ],
      posts: ['Phó Chủ tịch'],
      name: 'Nguyễn Thị Minh Họa',
    },
    draft: false,
    invented: true,
    urgency: null,
    addressLine: null,
  },
  title:
    'Triển khai thực hiện khuyến nghị của Ủy ban về quyền trẻ em của Liên hợp quốc trên địa bàn tỉnh Đắk Lắk giai đoạn 2026 - 2030',
  bases: [
    'Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025',
    'Căn cứ Luật Trẻ em ngày 05 tháng 4 năm 2016;',
    'Theo đề nghị của Giám đốc Sở Y tế',
  ],
  preamble: 'Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:',
  purposes: [
    'Xác định rõ trách nhiệm của từng cơ quan, địa phương; tăng cường phối hợp nhằm thực hiện quyền trẻ em đồng bộ, hiệu quả, bảo đảm lợi ích tốt nhất của trẻ em.',
  ],
  requirements: [
    'Nhiệm vụ được giao phải phù hợp chức năng, có thời hạn và sản phẩm cụ thể; việc thực hiện được kiểm tra, đánh giá định kỳ.',
  ],
  generalObjectives: ['Nâng cao chất lượng bảo đảm thực hiện quyền trẻ em trên địa bàn tỉnh.'],
  specificObjectives: [
    '100% xã, phường bố trí người làm công tác bảo vệ trẻ em;',
    'Trên 90% trẻ em có hoàn cảnh đặc biệt được trợ giúp, chăm sóc.',
  ],
  taskGroups: [
    {
      label: null,
      title: 'Hoàn thiện chính sách, pháp luật',
      depth: 0,
      tasks: [
        {
          number: null,
          text: 'Rà soát văn bản của tỉnh liên quan đến trẻ em, đề xuất sửa đổi, bổ sung cho phù hợp với Công ước về quyền trẻ em',
          duties: [
            { kind: 'lead', agency: 'Sở Tư pháp' },
            { kind: 'support', agency: 'Sở Y tế' },
            { kind: 'support', agency: 'Sở Giáo dục và Đào tạo' },
          ],
          time: 'Quý IV/2026',
          output: 'Báo cáo kết quả rà soát',
          funding: null,
        },
        {
          number: null,
          text: 'Tham mưu chính sách hỗ trợ người làm công tác bảo vệ trẻ em cấp xã',
          duties: [
            { kind: 'lead', agency: 'Sở Y tế' },
            { kind: 'support', agency: 'Sở Tài chính' },
            { kind: 'support', agency: 'Sở Nội vụ' },
            { kind: 'advise', agency: 'Văn phòng UBND tỉnh' },
          ],
          time: 'Trước ngày 30 tháng 9 năm 2026',
          output: null,
          funding: null,
        },
      ],
    },
    {
      label: null,
      title: 'Bảo vệ trẻ em và tư pháp thân thiện',
      depth: 0,
      tasks: [
        {
          number: null,
          text: 'Nâng cao năng lực cho thẩm phán về tố tụng thân thiện với trẻ em',
          duties: [{ kind: 'requested', agency: 'Tòa án nhân dân tỉnh' }],
          time: 'Hằng năm',
          output: 'Lớp tập huấn',
          funding: null,
        },
        {
          number: null,
          text: 'Phòng ngừa, phát hiện và hỗ trợ kịp thời trẻ em bị xâm hại',
          duties: [
            { kind: 'lead', agency: 'UBND các xã, phường' },
            { kind: 'support', agency: 'Công an tỉnh' },
          ],
          time: 'Thường xuyên',
          output: null,
          funding: null,
        },
      ],
    },
  ],
  funding: [
    'Từ dự toán chi ngân sách nhà nước hằng năm theo phân cấp; nguồn tài trợ, viện trợ và các nguồn hợp pháp khác.',
  ],
  organisation: [],
  owners: [
    {
      kind: 'lead',
      agency: 'Sở Y tế',
      duties: [
        'Chủ trì, hướng dẫn, đôn đốc việc thực hiện Kế hoạch;',
        'Tổng hợp kết quả, báo cáo Ủy ban nhân dân tỉnh;',
        'Tổ chức kiểm tra tại cơ sở;',
        'Tham mưu sơ kết, tổng kết;',
        'Phối hợp với các cơ quan truyền thông.',
      ],
    },
    { kind: 'lead', agency: 'Sở Tài chính', duties: ['Tham mưu bố trí kinh phí thực hiện theo quy định.'] },
  ],
  reporting: [],
  closing: [
    'Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các cơ quan, địa phương phản ánh về Sở Y tế để tổng hợp, báo cáo Ủy ban nhân dân tỉnh xem xét, quyết định.',
  ],
}

const lateTask: ReportedTask = {
  number: null,
  text: 'Rà soát văn bản của tỉnh liên quan đến trẻ em',
  leads: ['Sở Tư pháp'],
  due: '30/9/2026',
  standing: 'overdue',
  note: null,
}

const source = {
  period: 'từ ngày 15 tháng 12 năm 2025 đến ngày 14 tháng 6 năm 2026',
  asOf: '2026-06-14',
  source: 'báo cáo của các cơ quan chủ trì trên hệ thống Măng Non',
}

export const sampleReport: StatusReportInput = {
  head: {
    ...samplePlan.head,
    parentAgency: 'Ủy ban nhân dân tỉnh Đắk Lắk',
    agency: 'Sở Y tế',
    agencySign: 'SYT',
    number: null,
    date: '2026-06',
    draft: true,
    recipients: ['Các phòng thuộc Sở', 'Lưu: VT, BVTE'],
    signature: { powers: [{ power: 'for-head', of: 'Giám đốc' }], posts: ['Phó Giám đốc'], name: null },
  },
  title: 'Tình hình thực hiện Kế hoạch triển khai khuyến nghị của Ủy ban về quyền trẻ em 6 tháng đầu năm 2026',
  addressees: ['Bộ Y tế', 'Ủy ban nhân dân tỉnh'],
  bases: [],
  preamble: 'Thực hiện chế độ báo cáo định kỳ, Sở Y tế báo cáo tình hình thực hiện Kế hoạch như sau:',
  direction: ['Sở Y tế đã tham mưu Ủy ban nhân dân tỉnh ban hành Kế hoạch và tổ chức hội nghị triển khai.'],
  coverage: {
    figures: [
      { tier: 'Sở, ban, ngành', issued: 9, drafting: 3, nothing: 2 },
      { tier: 'Ủy ban nhân dân xã, phường', issued: 61, drafting: 20, nothing: 21 },
    ],
    source,
  },
  results: {
    groups: [
      {
        title: 'Hoàn thiện chính sách, pháp luật',
        doneOnTime: 4,
        doneLate: 1,
        pendingInTime: 6,
        overdue: 2,
        noDueDate: 1,
        requested: 0,
      },
      {
        title: 'Bảo vệ trẻ em',
        doneOnTime: 1210,
        doneLate: 3,
        pendingInTime: 12,
        overdue: 0,
        noDueDate: 5,
        requested: 2,
      },
      {
        title: 'Chăm sóc, giáo dục',
        doneOnTime: 2,
        doneLate: null,
        pendingInTime: 4,
        overdue: 1,
        noDueDate: 0,
        requested: 0,
      },
    ],
    source,
    narrative: [],
  },
  taskGroups: [
    {
      label: null,
      title: 'Hoàn thiện chính sách, pháp luật',
      tasks: [
        lateTask,
        {
          ...lateTask,
          text: 'Xây dựng chính sách hỗ trợ cấp xã',
          standing: 'doneLate',
          note: 'Nghị quyết đã được thông qua',
        },
      ],
    },
    {
      label: null,
      title: 'Bảo vệ trẻ em',
      tasks: [
        {
          ...lateTask,
          text: 'Hỗ trợ kịp thời trẻ em bị xâm hại',
          leads: ['UBND các xã, phường', 'Công an tỉnh'],
          due: 'Thường xuyên',
          standing: 'noDueDate',
        },
      ],
    },
  ],
  shortcomings: ['Một số địa phương chậm ban hành kế hoạch;', 'Số liệu báo cáo chưa đầy đủ.'],
  causes: [],
  proposals: [
    'Đề nghị Ủy ban nhân dân tỉnh chỉ đạo các địa phương chưa ban hành kế hoạch hoàn thành trong tháng 7 năm 2026.',
  ],
  closing: 'Trên đây là báo cáo tình hình thực hiện Kế hoạch, Sở Y tế trân trọng báo cáo.',
}

export const sampleLetter: UrgingLetterInput = {
  head: {
    ...samplePlan.head,
    agencySign: 'UBND-KGVX',
    number: '123',
    date: '2026-10-12',
    recipients: ['Chủ tịch UBND tỉnh (để báo cáo)', 'Lưu: VT, KGVX'],
  },
  title: 'đôn đốc thực hiện Kế hoạch triển khai khuyến nghị của Ủy ban về quyền trẻ em',
  addressees: ['Sở Tư pháp', 'Sở Y tế', 'Ủy ban nhân dân các xã, phường'],
  plan: 'Kế hoạch số 07/KH-UBND ngày 05 tháng 02 năm 2026 của Ủy ban nhân dân tỉnh Đắk Lắk',
  tasks: [
    lateTask,
    {
      ...lateTask,
      text: 'Xây dựng chính sách hỗ trợ người làm công tác bảo vệ trẻ em cấp xã',
      leads: ['Sở Y tế'],
      due: null,
    },
  ],
  source: { ...source, asOf: '2026-10-10' },
  replyTo: 'Sở Y tế',
  replyBy: '2026-10-25',
  requests: [],
}

export const sampleMinutes: MinutesInput = {
  head: { ...samplePlan.head, number: '3', recipients: ['Các thành phần dự họp', 'Lưu: VT, hồ sơ'] },
  title: 'Họp đánh giá tiến độ thực hiện Kế hoạch',
  startedAt: '08 giờ 00, ngày 12 tháng 10 năm 2026',
  endedAt: '11 giờ 30, ngày 12 tháng 10 năm 2026',
  place: 'Phòng họp số 1, trụ sở Ủy ban nhân dân tỉnh',
  attendees: ['Bà Nguyễn Thị Minh Họa, Phó Chủ tịch Ủy ban nhân dân tỉnh', 'Đại diện Sở Y tế, Sở Tư pháp'],
  chair: { name: 'Nguyễn Thị Minh Họa', post: 'Phó Chủ tịch Ủy ban nhân dân tỉnh' },
  secretary: 'Trần Văn Minh Họa',
  contents: ['Sở Y tế báo cáo tình hình thực hiện; các đại biểu thảo luận.'],
  conclusions: ['Sở Tư pháp hoàn thành rà soát trong tháng 10.', 'Sở Y tế đôn đốc các xã, phường.'],
}
