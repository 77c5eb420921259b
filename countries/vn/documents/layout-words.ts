import type { DocumentGrammar } from '#documents'

type Layout = Pick<
  DocumentGrammar,
  | 'letterhead'
  | 'types'
  | 'symbol'
  | 'preamble'
  | 'markers'
  | 'sections'
  | 'prose'
  | 'annex'
  | 'columns'
  | 'fields'
  | 'completion'
  | 'closing'
  | 'repairs'
>

const title = (words: string): RegExp => new RegExp(`^${words}(?:\\s*:)?$`, 'u')

/** Words by which the parts of a document are told apart: letterhead, headings, columns, signature. */
export const layout: Layout = {
  letterhead: {
    nation: /CỘNG H[ÒO][ÀA] XÃ HỘI CHỦ NGHĨA VIỆT NAM/iu,
    motto: /Độc lập\s*[-–]\s*Tự do\s*[-–]\s*Hạnh phúc/iu,
    number:
      /^Số\s*:?\s*(?<number>[^\s/]*(?:\/\d{4}(?=\/))?)\s*\/?\s*(?<symbol>\p{Lu}[\p{L}\d]*(?:\s?[-–]\s?\p{Lu}[\p{L}\d&]*)*)/u,
    placeDate:
      /(?<place>\p{Lu}[\p{L}.\s-]{1,40}?)\s*,\s*ngày\s*(?<day>\d{0,2})[\s.…]*tháng\s*(?<month>\d{0,2})[\s.…]*năm\s*(?<year>\d{4})/u,
    authority: /^(?:ỦY BAN|UỶ BAN|CHỦ TỊCH|BỘ TRƯỞNG|THỦ TƯỚNG|HỘI ĐỒNG|GIÁM ĐỐC|CHÍNH PHỦ|QUỐC HỘI)/u,
  },
  types: [
    { code: 'KH', title: title('KẾ HOẠCH(?: HÀNH ĐỘNG| LIÊN NGÀNH| PHỐI HỢP)?') },
    { code: 'QĐ', title: title('QUYẾT ĐỊNH') },
    { code: 'CTr', title: title('CHƯƠNG TRÌNH(?: HÀNH ĐỘNG)?') },
    { code: 'CT', title: title('CHỈ THỊ') },
    { code: 'NQ', title: title('NGHỊ QUYẾT') },
    { code: 'TB', title: title('THÔNG BÁO') },
    { code: 'HD', title: title('HƯỚNG DẪN') },
    { code: 'BC', title: title('BÁO CÁO') },
    { code: 'ĐA', title: title('ĐỀ ÁN') },
    { code: 'PA', title: title('PHƯƠNG ÁN') },
    { code: 'TTr', title: title('TỜ TRÌNH') },
    { code: 'QC', title: title('QUY CHẾ') },
    { code: 'CĐ', title: title('CÔNG ĐIỆN') },
  ],
  symbol: /^(?<code>KH|QĐ|CTr|CT|NQ|TB|HD|BC|ĐA|PA|TTr|QC|CĐ)(?=-|$)/u,
  preamble: {
    start: /^(?:Căn cứ|Thực hiện|Triển khai|Theo|Xét|Tiếp theo|Để triển khai|Nhằm)(?=\s)/iu,
    together:
      /\s+và(?: của)?\s+(?=(?:Kế hoạch|Chương trình|Nghị quyết|Quyết định|Công văn|Chỉ thị|Thông báo)\s+(?:số\s+)?\d+\s*\/)/giu,
    proposal: /^(?:Theo|Xét) (?:đề nghị|đề xuất|tờ trình)/iu,
    enacting:
      /(?:^|[;,.]\s*)(?:trên cơ sở[^;]{0,120},\s*)?(?:Chủ tịch )?(?:Ủy ban nhân dân|Uỷ ban nhân dân|Ủy ban nhân|UBND|Bộ \p{Lu}|Sở \p{Lu}|Thủ tướng)(?:(?! về | của )[^;.,]){0,60}?\s(?:ban hành|xây dựng|yêu cầu|triển khai)\s/u,
  },
  markers: [
    {
      kind: 'part',
      pattern:
        /^(?<label>(?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC)\s+(?:thứ\s+\p{L}+|THỨ\s+\p{L}+|[IVXLC]+|\d+))\s*[.:]?\s*(?=\S|$)/u,
    },
    { kind: 'article', pattern: /^Điều\s+(?<label>\d{1,3})\s*[.:]\s*/u },
    { kind: 'part', pattern: /^(?<label>[A-EĐ])\s*\.\s+(?=\p{Lu}{2})/u },
    { kind: 'roman', pattern: /^(?<label>[IVXLC]{1,6})\s*[./)-]\s*(?=\p{L})/u },
    { kind: 'decimal', pattern: /^(?<label>\d{1,2}(?:\.\d{1,2}){0,4})\s*(?:[./)]|-(?=\s*\p{Lu}))\s*(?=\D)/u },
    { kind: 'decimal', pattern: /^(?<label>\d{1,2}(?:\.\d{1,2}){1,4})\s+(?=\p{L})/u },
    { kind: 'letter', pattern: /^(?<label>[a-zđ]\d?)\s*[.)]\s*(?=\S)/u },
    { kind: 'plus', pattern: /^(?<label>[+•○●▪*])\s*(?=\S)/u },
    { kind: 'dash', pattern: /^(?<label>[-–—])\s*(?=[^\d\s]|\s\d)/u },
  ],
  sections: [
    {
      role: 'reporting',
      pattern: /^(?:chế độ (?:thông tin,? )?báo cáo|thông tin,? báo cáo|công tác (?:thông tin,? )?báo cáo)/iu,
    },
    {
      role: 'purpose',
      pattern:
        /^(?:mục đích|yêu cầu|quan điểm|nguyên tắc|phạm vi|đối tượng|sự cần thiết|thực trạng|đánh giá (?:thực trạng|tình hình)|thời gian thực hiện$|thành phần)/iu,
    },
    { role: 'targets', pattern: /^(?:mục tiêu|chỉ tiêu|các chỉ tiêu|định hướng đến)/iu },
    {
      role: 'funding',
      pattern: /^(?:kinh phí|nguồn kinh phí|nguồn lực(?: tài chính| thực hiện|$)|dự toán|nguồn vốn|nguồn ngân sách)/iu,
    },
    {
      role: 'by-agency',
      pattern:
        /^(?:tổ chức (?:thực hiện|triển khai|theo dõi)|phân công|trách nhiệm (?:của|thực hiện|thi hành)|giao nhiệm vụ|công tác theo dõi)/iu,
    },
    {
      role: 'tasks',
      pattern:
        /^(?:(?:các |một số )?nhiệm vụ|(?:các |một số )?giải pháp|nội dung|lộ trình|(?:các )?hoạt động|nhóm|các bước|\d+ nhiệm vụ)/iu,
    },
  ],
  prose: [
    { part: 'purpose', pattern: /^mục đích(?:,| và|\s*[-–/])?\s*yêu cầu/iu },
    { part: 'purposes', pattern: /^(?:\d[.)]\s*)?mục đích/iu },
    { part: 'requirements', pattern: /^(?:\d[.)]\s*)?yêu cầu/iu },
    { part: 'generalObjectives', pattern: /^mục tiêu (?:chung|tổng quát)/iu },
    { part: 'specificObjectives', pattern: /^(?:mục tiêu cụ thể|(?:một số |các )?chỉ tiêu)/iu },
    { part: 'objectives', pattern: /^mục tiêu/iu },
  ],
  annex: {
    heading: /^(?:PHỤ LỤC|Phụ lục|BIỂU|Biểu số|DANH MỤC)(?:\s+(?:số\s+)?[\dIVX]+)?(?:\s*[.:]|$|\s+[A-ZĐ])/u,
    mention:
      /phụ lục\s*(?:(?:số\s*)?[\dIVX]+(?:\s*,\s*[\dIVX]+)*\s*)?(?:\s*(?:kèm|đính kèm|ban hành kèm|của Kế hoạch này|của Kế hoạch))|kèm (?:theo )?phụ lục/giu,
    elsewhere: /^[^.;)]{0,24}(?:Nghị quyết|Quyết định|Thông tư|Nghị định|Công văn)/iu,
    pointer:
      /^\(?(?:nội dung|danh mục|chi tiết)[^.]{0,160}(?:tại|theo|ở|trong)(?: các)? phụ lục[^.]{0,60}\.?\)?\.?$|^\((?:ban hành )?kèm theo [^)]{0,240}\)$/iu,
  },
  columns: [
    { role: 'number', pattern: /^(?:stt|tt|số tt|số thứ tự)$/iu },
    {
      role: 'actors',
      pattern: /chủ trì[,;/ -]*(?:và )?(?:cơ quan |đơn vị )?phối hợp|phân công (?:thực hiện|nhiệm vụ)/iu,
    },
    { role: 'support', pattern: /phối hợp/iu },
    {
      role: 'lead',
      pattern:
        /chủ trì|(?:cơ quan|đơn vị|tổ chức|bộ phận|cá nhân)(?:,? (?:cơ quan|đơn vị|cá nhân|bộ phận))* (?:thực hiện|tham mưu|chịu trách nhiệm|phụ trách|đầu mối)|phụ trách|trách nhiệm/iu,
    },
    { role: 'time', pattern: /thời gian|thời hạn|tiến độ|lộ trình|hoàn thành/iu },
    { role: 'output', pattern: /sản phẩm|kết quả|đầu ra/iu },
    { role: 'funding', pattern: /kinh phí|nguồn vốn|nguồn lực/iu },
    { role: 'note', pattern: /ghi chú/iu },
    { role: 'indicator', pattern: /^(?:tên )?(?:chỉ tiêu|mục tiêu)/iu },
    { role: 'task', pattern: /nhiệm vụ|nội dung|giải pháp|công việc|hoạt động|đề án|chương trình/iu },
  ],
  completion: /hoàn thành|thời hạn|hạn chót/iu,
  fields: [
    {
      role: 'task',
      pattern:
        /^(?:nhiệm vụ|nội dung(?: (?:công việc|hoạt động|thực hiện|nhiệm vụ))?|hoạt động|công việc)\s*:\s*(?<rest>.*)$/isu,
    },
    { role: 'support', pattern: /^(?:(?:cơ quan|đơn vị) )?phối hợp(?: thực hiện)?\s*:\s*(?<rest>.*)$/isu },
    { role: 'actors', pattern: /^(?:cơ quan|đơn vị|tổ chức|phân công)(?: chủ trì)? thực hiện\s*:\s*(?<rest>.*)$/isu },
    { role: 'lead', pattern: /^(?:(?:cơ quan|đơn vị) )?chủ trì(?: thực hiện)?\s*:\s*(?<rest>.*)$/isu },
    {
      role: 'time',
      pattern: /^(?:thời gian|thời hạn|tiến độ)(?: (?:thực hiện|hoàn thành|triển khai))?\s*:\s*(?<rest>.*)$/isu,
    },
    {
      role: 'output',
      pattern: /^(?:sản phẩm|kết quả|sản phẩm đầu ra|kết quả dự kiến|kết quả,? sản phẩm)\s*:\s*(?<rest>.*)$/isu,
    },
    { role: 'funding', pattern: /^(?:kinh phí|nguồn kinh phí|kinh phí thực hiện)\s*:\s*(?<rest>.*)$/isu },
  ],
  closing: {
    recipients: /^Nơi nhận\s*:?/iu,
    capacity: /^(?:TM|KT|TL|TUQ|Q)\.\s*/u,
    post: /(?:PHÓ |QUYỀN )?(?:CHỦ TỊCH|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|GIÁM ĐỐC|CHÁNH VĂN PHÒNG|CHÁNH ÁN|VIỆN TRƯỞNG|TRƯỞNG BAN|TỔNG CỤC TRƯỞNG|CỤC TRƯỞNG|BÍ THƯ|TRƯỞNG PHÒNG|THỦ TRƯỞNG|TỔNG THƯ KÝ|HIỆU TRƯỞNG)(?: THƯỜNG TRỰC)?/u,
    endOfText: /\.\/\.?\s*$/u,
  },
  repairs: [
    { pattern: /ǜ/gu, by: 'ũ' },
    { pattern: /kǶ/gu, by: 'kỳ' },
    { pattern: /Ƕ/gu, by: 'ỳ' },
  ],
}
