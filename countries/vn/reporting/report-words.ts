import type { ReportWords } from '#reporting'

/** Words of periodic reports as papers, in the layout of Decree 30/2020/NĐ-CP; columns as guidance letters ask them. */
export const reportWords: ReportWords = {
  kindCode: 'BC',
  title: (report, period) => `${report} ${period}`,
  period: (from, to) => `(từ ngày ${from} đến ngày ${to})`,
  figuresPointer: 'Số liệu chi tiết tại Phụ lục kèm theo Báo cáo này.',
  figuresAnnex: 'Số liệu thực hiện các chỉ tiêu',
  moneyAnnex: 'Kinh phí thực hiện (đồng)',
  columns: {
    number: { heading: 'STT', width: 12, align: 'center' },
    name: { heading: 'Chỉ tiêu', width: 70, align: 'left' },
    unit: { heading: 'Đơn vị tính', width: 24, align: 'center' },
    before: { heading: 'Thực hiện kỳ trước', width: 26, align: 'right' },
    plan: { heading: 'Kế hoạch', width: 24, align: 'right' },
    done: { heading: 'Thực hiện (ước)', width: 30, align: 'right' },
    ofPlan: { heading: '% so với kế hoạch', width: 20, align: 'right' },
    ofBefore: { heading: '% so với kỳ trước', width: 20, align: 'right' },
    note: { heading: 'Ghi chú', width: 31, align: 'left' },
  },
  moneyColumns: {
    number: { heading: 'STT', width: 12, align: 'center' },
    row: { heading: 'Nội dung', width: 90, align: 'left' },
    source: { width: 40, align: 'right' },
    total: { heading: 'Tổng số', width: 40, align: 'right' },
  },
  moneyTotal: 'Tổng cộng',
  absences: {
    missing: 'Chưa có số liệu',
    'not-applicable': 'Không áp dụng',
    'not-yet-known': 'Chưa xác định được',
  },
  estimated: (figure) => `${figure} (ước)`,
  coverage: (reported, expected, late) =>
    `${reported}/${expected} đơn vị có số liệu${late > 0 ? `, ${late} đơn vị báo cáo muộn` : ''}`,
  raisedBy: (bodies) => `(${bodies} cơ quan, địa phương nêu)`,
  proposal: (words) => `Đề xuất, kiến nghị: ${words}`,
  attachments: (files) => `Kèm theo Báo cáo này ${files} tệp tài liệu.`,
  nil: 'Trong kỳ báo cáo không phát sinh nội dung phải báo cáo.',
  nothing: 'Không phát sinh nội dung phải báo cáo.',
  source: (asOf) => `Số liệu theo báo cáo đã ký gửi ngày ${asOf}; số liệu gửi sau ngày này không làm thay đổi văn bản.`,
  missing: (bodies) => `Chưa có báo cáo của: ${bodies.join('; ')}.`,
  head: 'THỦ TRƯỞNG CƠ QUAN',
  filed: (sign) => `Lưu: VT, ${sign}`,
}
