import type { DocumentTemplates, TaskColumns } from '../../../../src/documents/writing/layout.ts'
import type { TaskStanding } from '../../../../src/documents/writing/model.ts'
import { decree30 } from './decree-30.ts'

const STANDINGS: Record<TaskStanding, string> = {
  doneOnTime: 'Hoàn thành đúng hạn',
  doneLate: 'Hoàn thành chậm',
  pendingInTime: 'Đang thực hiện, trong hạn',
  overdue: 'Quá hạn',
  noDueDate: 'Không ấn định thời hạn',
  requested: 'Đề nghị thực hiện, theo dõi riêng',
}

/** Widths are millimetres of a page that lies across; room for four digits in the first. */
const TASK_COLUMNS: TaskColumns = {
  number: { heading: 'STT', width: 14, align: 'center' },
  task: { heading: 'Nhiệm vụ', width: 86, align: 'left' },
  lead: { heading: 'Cơ quan chủ trì', width: 48, align: 'left' },
  due: { heading: 'Thời hạn', width: 32, align: 'center' },
  standing: { heading: 'Tình trạng', width: 34, align: 'center' },
  note: { heading: 'Kết quả, ghi chú', width: 38, align: 'left' },
}

/** Words of the documents the product issues, in the layout of Decree 30/2020/NĐ-CP. */
export const writtenDocuments: DocumentTemplates = {
  layout: decree30,
  plan: {
    kindCode: 'KH',
    decision: {
      kindCode: 'QĐ',
      enacting: 'QUYẾT ĐỊNH:',
      articles: [
        'Ban hành kèm theo Quyết định này {plan}.',
        'Quyết định này có hiệu lực kể từ ngày ký.',
        'Thủ trưởng các cơ quan, đơn vị được giao nhiệm vụ tại Kế hoạch và các tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này.',
      ],
      reference: '(Kèm theo {document})',
      titleOpening: /^(?:về việc\s+)?(?:ban hành|phê duyệt)\s+(?:kế hoạch\s+)?/iu,
    },
    sections: {
      purpose: 'Mục đích, yêu cầu',
      purposes: 'Mục đích',
      requirements: 'Yêu cầu',
      objectives: 'Mục tiêu',
      generalObjectives: 'Mục tiêu chung',
      specificObjectives: 'Mục tiêu cụ thể',
      tasks: 'Nhiệm vụ, giải pháp',
      funding: 'Kinh phí thực hiện',
      organisation: 'Tổ chức thực hiện',
      reporting: 'Chế độ báo cáo',
    },
    supportOpening: /^(?:tham gia )?phối hợp/iu,
    continuedGroup: '{title} (tiếp theo)',
    annexPointer:
      'Nội dung nhiệm vụ, cơ quan chủ trì, cơ quan phối hợp, thời gian thực hiện và sản phẩm được nêu tại Phụ lục kèm theo Kế hoạch này.',
    annexTitle: 'Danh mục nhiệm vụ và phân công thực hiện',
    columns: {
      number: { heading: 'STT', width: 14, align: 'center' },
      task: { heading: 'Nhiệm vụ', width: 84, align: 'left' },
      lead: { heading: 'Cơ quan chủ trì', width: 44, align: 'left' },
      support: { heading: 'Cơ quan phối hợp', width: 48, align: 'left' },
      time: { heading: 'Thời gian', width: 28, align: 'center' },
      output: { heading: 'Sản phẩm', width: 34, align: 'left' },
      funding: { heading: 'Kinh phí', width: 30, align: 'left' },
    },
    duties: {
      lead: { column: 'lead', text: '{agency}' },
      requested: { column: 'lead', text: 'Đề nghị {agency}' },
      support: { column: 'support', text: '{agency}' },
      advise: { column: 'support', text: '{agency} (tham mưu)' },
      consolidate: { column: 'support', text: '{agency} (tổng hợp)' },
    },
  },
  statusReport: {
    kindCode: 'BC',
    sections: {
      direction: 'Tình hình chỉ đạo, triển khai',
      results: 'Kết quả thực hiện nhiệm vụ',
      shortcomings: 'Tồn tại, hạn chế và nguyên nhân',
      shortcomingsAlone: 'Tồn tại, hạn chế',
      causes: 'Nguyên nhân',
      proposals: 'Đề xuất, kiến nghị',
    },
    coverageSentence: 'Đã có {issued}/{total} cơ quan, địa phương ban hành kế hoạch thực hiện, cụ thể như sau:',
    coverageColumns: {
      number: { heading: 'STT', width: 12, align: 'center' },
      tier: { heading: 'Khối cơ quan, địa phương', width: 63, align: 'left' },
      total: { heading: 'Tổng số', width: 20, align: 'center' },
      issued: { heading: 'Đã ban hành', width: 23, align: 'center' },
      drafting: { heading: 'Đang dự thảo', width: 23, align: 'center' },
      nothing: { heading: 'Chưa triển khai', width: 24, align: 'center' },
    },
    resultsSentence:
      'Tổng số {total} nhiệm vụ (tính theo từng cơ quan chủ trì), trong đó: hoàn thành đúng hạn {doneOnTime}; hoàn thành chậm {doneLate}; đang thực hiện, trong hạn {pendingInTime}; quá hạn {overdue}; không ấn định thời hạn {noDueDate}.',
    requestedSentence:
      'Ngoài ra, có {requested} nhiệm vụ đề nghị các cơ quan, tổ chức thực hiện, được theo dõi riêng và không tính quá hạn.',
    resultColumns: {
      number: { heading: 'STT', width: 12, align: 'center' },
      group: { heading: 'Nhóm nhiệm vụ', width: 46, align: 'left' },
      total: { heading: 'Tổng số', width: 16, align: 'center' },
      doneOnTime: { heading: 'Hoàn thành đúng hạn', width: 19, align: 'center' },
      doneLate: { heading: 'Hoàn thành chậm', width: 19, align: 'center' },
      pendingInTime: { heading: 'Trong hạn', width: 16, align: 'center' },
      overdue: { heading: 'Quá hạn', width: 16, align: 'center' },
      noDueDate: { heading: 'Không ấn định thời hạn', width: 21, align: 'center' },
    },
    totalRow: 'Tổng cộng',
    source: 'Kỳ báo cáo: {period}. Số liệu tính đến {date}, nguồn: {source}.',
    annexPointer: 'Tình hình thực hiện từng nhiệm vụ được nêu tại Phụ lục kèm theo Báo cáo này.',
    annexTitle: 'Tình hình thực hiện từng nhiệm vụ',
    taskColumns: TASK_COLUMNS,
    standings: STANDINGS,
  },
  urgingLetter: {
    findingInText:
      'Thực hiện {plan}, qua theo dõi, tổng hợp tính đến {date} (nguồn: {source}), còn {count} nhiệm vụ cần đôn đốc, trong đó {overdue} nhiệm vụ đã quá hạn, cụ thể như sau:',
    findingInAnnex:
      'Thực hiện {plan}, qua theo dõi, tổng hợp tính đến {date} (nguồn: {source}), còn {count} nhiệm vụ cần đôn đốc, trong đó {overdue} nhiệm vụ đã quá hạn (danh mục tại Phụ lục kèm theo).',
    rowsInText: 8,
    annexTitle: 'Danh mục nhiệm vụ cần đôn đốc',
    columns: {
      number: { ...TASK_COLUMNS.number, width: 12 },
      task: { ...TASK_COLUMNS.task, width: 50 },
      lead: { ...TASK_COLUMNS.lead, width: 32 },
      due: { ...TASK_COLUMNS.due, width: 25 },
      standing: { ...TASK_COLUMNS.standing, width: 23 },
      note: { ...TASK_COLUMNS.note, width: 23 },
    },
    standings: STANDINGS,
    request:
      '{agency} đề nghị các cơ quan, địa phương khẩn trương tổ chức thực hiện các nhiệm vụ nêu trên, bảo đảm tiến độ, chất lượng; nêu rõ nguyên nhân chậm và khó khăn, vướng mắc (nếu có).',
    reply: 'Kết quả thực hiện đề nghị báo cáo bằng văn bản về {replyTo} trước {date} để tổng hợp.',
    closing: '{agency} đề nghị các cơ quan, địa phương quan tâm, chỉ đạo thực hiện.',
  },
  minutes: {
    kindCode: 'BB',
    started: 'Thời gian bắt đầu: {value}',
    place: 'Địa điểm: {value}',
    attendees: 'Thành phần tham dự:',
    chair: 'Chủ trì (chủ tọa): {value}',
    secretary: 'Thư ký (người ghi biên bản): {value}',
    contents: 'Nội dung:',
    conclusions: 'Kết luận:',
    ended: 'Cuộc họp kết thúc vào {value}',
    chairPost: 'Chủ tọa',
    secretaryPost: 'Thư ký',
  },
}
