import type { ReportWords } from '#reporting'

/** Posts of heads by the kind of their body, as signatures print them. */
const heads = new Map([
  ['ministry', 'BỘ TRƯỞNG'],
  ['people-committee', 'CHỦ TỊCH'],
  ['people-council', 'CHỦ TỊCH'],
  ['department', 'GIÁM ĐỐC'],
  ['division', 'TRƯỞNG PHÒNG'],
  ['court', 'CHÁNH ÁN'],
  ['procuracy', 'VIỆN TRƯỞNG'],
])

/** Bodies that decide together: their head signs on their behalf, and so does a deputy for him (Decree 30/2020/NĐ-CP, art. 13). */
const together = new Map([
  ['people-committee', 'TM. ỦY BAN NHÂN DÂN'],
  ['people-council', 'TM. HỘI ĐỒNG NHÂN DÂN'],
])

/** By order or by authorisation one signs for the head alone, not on behalf of the body. */
const signed: ReportWords['signed'] = (kind, { powers, post }) => {
  const body = together.get(kind)
  const isForBody = body !== undefined && (powers === null || /^KT\.?\s/u.test(powers))
  return {
    powers: [...(isForBody ? [body] : []), ...(powers === null ? [] : [powers])],
    post: post ?? (powers === null ? (heads.get(kind) ?? 'THỦ TRƯỞNG CƠ QUAN') : ''),
  }
}

/** Words of periodic reports as papers, in the layout of Decree 30/2020/NĐ-CP; columns as guidance letters ask them. */
export const reportWords: ReportWords = {
  kindCode: 'BC',
  title: (report, period) => `${report} ${period}`,
  period: (from, to) => `(từ ngày ${from} đến ngày ${to})`,
  figuresPointer: 'Số liệu chi tiết tại Phụ lục kèm theo Báo cáo này.',
  figuresAnnex: 'Số liệu thực hiện các chỉ tiêu',
  moneyAnnex: 'Kinh phí thực hiện (đồng)',
  columns: {
    number: { heading: 'STT', width: 14, align: 'center' },
    name: { heading: 'Chỉ tiêu', width: 70, align: 'left' },
    unit: { heading: 'Đơn vị tính', width: 24, align: 'center' },
    before: { heading: 'Thực hiện kỳ trước', width: 26, align: 'right' },
    plan: { heading: 'Kế hoạch', width: 24, align: 'right' },
    done: { heading: 'Thực hiện (ước)', width: 30, align: 'right' },
    ofPlan: { heading: '% so với kế hoạch', width: 20, align: 'right' },
    ofBefore: { heading: '% so với kỳ trước', width: 20, align: 'right' },
    note: { heading: 'Ghi chú', width: 29, align: 'left' },
  },
  moneyColumns: {
    number: { heading: 'STT', width: 14, align: 'center' },
    row: { heading: 'Nội dung', width: 90, align: 'left' },
    source: { width: 40, align: 'right' },
    total: { heading: 'Tổng số', width: 40, align: 'right' },
  },
  absences: {
    missing: 'Chưa có số liệu',
    'not-applicable': 'Không áp dụng',
    'not-yet-known': 'Chưa xác định được',
  },
  partSum: (sum) => `${sum} (chưa đủ nguồn)`,
  estimated: (figure) => `${figure} (ước)`,
  coverage: (reported, expected, late) =>
    `${reported}/${expected} đơn vị có số liệu${late > 0 ? `, ${late} đơn vị báo cáo muộn` : ''}`,
  raisedBy: (bodies) => `(${bodies} cơ quan, địa phương nêu)`,
  proposal: (words) => `Đề xuất, kiến nghị: ${words}`,
  attachments: (files) => `Kèm theo Báo cáo này ${files} tệp tài liệu.`,
  nil: 'Trong kỳ báo cáo không phát sinh nội dung phải báo cáo.',
  nothing: 'Không phát sinh nội dung phải báo cáo.',
  source: (asOf) => `Số liệu theo báo cáo đã ký gửi ngày ${asOf}; số liệu gửi sau ngày này không làm thay đổi văn bản.`,
  missing: (bodies) => `Chưa có báo cáo được chấp nhận của: ${bodies.join('; ')}.`,
  tasks: {
    annex: 'Tình hình thực hiện từng nhiệm vụ',
    columns: {
      number: { heading: 'STT', width: 14, align: 'center' },
      task: { heading: 'Nhiệm vụ', width: 141, align: 'left' },
      standing: { heading: 'Tình trạng', width: 52, align: 'center' },
      said: { heading: 'Nội dung báo cáo', width: 50, align: 'center' },
    },
    standings: {
      'done-on-time': 'Hoàn thành đúng hạn',
      'done-late': 'Hoàn thành chậm',
      'pending-in-time': 'Đang thực hiện, trong hạn',
      overdue: 'Quá hạn',
      'no-due-date': 'Không ấn định thời hạn',
      'requested-done': 'Đề nghị thực hiện, đã hoàn thành',
      'requested-open': 'Đề nghị thực hiện, chưa hoàn thành',
    },
    unknown: 'Chưa rõ',
    unnamed: 'Nhiệm vụ chưa ghi tên',
    said: 'Đã nêu trong Báo cáo',
    unsaid: 'Chưa có nội dung báo cáo',
    pointer: ({ total, overdue, unsaid }) =>
      [
        `Tình trạng của ${total} nhiệm vụ tại Phụ lục kèm theo Báo cáo này`,
        ...(overdue + unsaid === 0
          ? []
          : [
              `trong đó ${[
                ...(overdue > 0 ? [`${overdue} nhiệm vụ quá hạn`] : []),
                ...(unsaid > 0 ? [`${unsaid} nhiệm vụ chưa có nội dung báo cáo`] : []),
              ].join(', ')}`,
            ]),
      ].join(', ') + '.',
  },
  sources: {
    mark: (number) => `[${number}]`,
    annex: 'Nguồn số liệu và nội dung',
    intro:
      'Số trong ngoặc vuông đặt sau từng nội dung, số liệu của Báo cáo dẫn đến dòng cùng số dưới đây. Nội dung không có số là của cơ quan ban hành Báo cáo. Tên cơ quan, số liệu và ngày ghi theo thời điểm ký gửi Báo cáo.',
    marksTitle: 'Nguồn của từng nội dung, số liệu',
    listTitle: (reports, missing) =>
      `Báo cáo được tổng hợp (${reports} báo cáo${missing > 0 ? `; ${missing} cơ quan, địa phương chưa có báo cáo được chấp nhận` : ''})`,
    markColumns: {
      mark: { heading: 'Số', width: 14, align: 'center' },
      what: { heading: 'Nội dung, số liệu', width: 53, align: 'left' },
      source: { heading: 'Báo cáo nguồn', width: 66, align: 'left' },
      standing: { heading: 'Tình hình tổng hợp', width: 70, align: 'left' },
      how: { heading: 'Kỳ; đơn vị tính; cách tổng hợp', width: 54, align: 'left' },
    },
    listColumns: {
      number: { heading: 'STT', width: 12, align: 'center' },
      body: { heading: 'Cơ quan, địa phương', width: 105, align: 'left' },
      version: { heading: 'Lần gửi', width: 22, align: 'center' },
      sentOn: { heading: 'Ngày gửi', width: 34, align: 'center' },
      acceptedOn: { heading: 'Ngày chấp nhận', width: 34, align: 'center' },
      note: { heading: 'Ghi chú', width: 50, align: 'left' },
    },
    report: (body, version, acceptedOn) => `${body} (lần ${version}, chấp nhận ngày ${acceptedOn})`,
    listed: (reports, numbers) => `${reports} báo cáo, số thứ tự ${numbers} mục II`,
    numbers: (ranges) => ranges.map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`)).join(', '),
    fromFigures: 'Số liệu đã được chấp nhận trên Hệ thống',
    reports: (count, late) => `Tổng hợp từ ${count} báo cáo${late > 0 ? `, ${late} báo cáo gửi muộn` : ''}`,
    figures: ({ expected, reported, late, estimated }) =>
      [
        `${reported}/${expected} đơn vị có số liệu`,
        ...(expected > reported ? [`${expected - reported} đơn vị chưa có`] : []),
        ...(late > 0 ? [`${late} đơn vị báo cáo muộn`] : []),
        ...(estimated > 0 ? [`${estimated} đơn vị là số ước`] : []),
      ].join(', '),
    without: (numbers) => `báo cáo không có số liệu này: số ${numbers} mục II`,
    estimatedIn: (numbers) => `báo cáo ghi số ước: số ${numbers} mục II`,
    rules: {
      sum: 'cộng số liệu của các đơn vị',
      ratio: 'cộng tử số, cộng mẫu số rồi tính lại',
      weighted: 'bình quân theo quyền số',
      last: 'cộng số liệu mới nhất của các đơn vị',
      none: 'không cộng từ dưới lên',
    },
    period: (from, to) => `kỳ ${from}–${to}`,
    taken: 'lấy hoặc biên tập từ báo cáo nguồn',
    late: 'Gửi muộn',
    nil: 'Không phát sinh nội dung phải báo cáo',
    missing: 'Chưa có báo cáo được chấp nhận',
  },
  urging: {
    title: (report) => `đôn đốc gửi ${report.charAt(0).toLowerCase()}${report.slice(1)}`,
    listed: 'Các cơ quan, địa phương có tên tại Phụ lục kèm theo',
    source: 'Hệ thống Măng Non',
    late: (days) => `${days} ngày`,
    cited: (report) => `chế độ ${report.charAt(0).toLowerCase()}${report.slice(1)}`,
    letter: {
      findingInText:
        'Thực hiện {plan}, qua theo dõi, tính đến {date} (nguồn: {source}), còn {count} cơ quan, địa phương chưa gửi báo cáo, trong đó {overdue} cơ quan, địa phương đã quá hạn, cụ thể như sau:',
      findingInAnnex:
        'Thực hiện {plan}, qua theo dõi, tính đến {date} (nguồn: {source}), còn {count} cơ quan, địa phương chưa gửi báo cáo, trong đó {overdue} cơ quan, địa phương đã quá hạn (danh sách tại Phụ lục kèm theo).',
      rowsInText: 8,
      annexTitle: 'Danh sách cơ quan, địa phương chưa gửi báo cáo',
      columns: {
        number: { heading: 'TT', width: 12, align: 'center' },
        task: { heading: 'Cơ quan, địa phương', width: 48, align: 'left' },
        lead: { heading: 'Nơi nhận báo cáo', width: 37, align: 'left' },
        due: { heading: 'Hạn gửi', width: 26, align: 'center' },
        standing: { heading: 'Tình hình', width: 22, align: 'center' },
        note: { heading: 'Số ngày quá hạn', width: 20, align: 'center' },
      },
      standings: {
        doneOnTime: 'Đã gửi',
        doneLate: 'Gửi muộn',
        pendingInTime: 'Chưa đến hạn',
        overdue: 'Quá hạn',
        noDueDate: 'Không ấn định',
        requested: 'Đề nghị',
      },
      request:
        '{agency} đề nghị các cơ quan, địa phương có tên nêu trên khẩn trương hoàn thành, ký và gửi báo cáo theo quy định; trường hợp có khó khăn, vướng mắc, nêu rõ nguyên nhân và thời gian gửi.',
      reply: 'Báo cáo đề nghị gửi về {replyTo} chậm nhất {date} để kịp thời tổng hợp.',
      closing: '{agency} đề nghị các cơ quan, địa phương quan tâm, thực hiện.',
    },
  },
  signed,
  filed: (sign) => `Lưu: VT, ${sign}`,
}
