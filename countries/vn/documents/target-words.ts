import type { DocumentGrammar } from '#documents'

/** "1.234,5" and "05" as printed: dots group thousands, a comma marks decimals. */
function number(text: string): number | null {
  const bare = text.replace(/\s/g, '')
  if (/^một$/iu.test(bare)) return 1
  const plain = /^\d{1,3}(?:\.\d{3})+(?:,\d+)?$/.test(bare) ? bare.replace(/\./g, '') : bare
  const value = Number(plain.replace(',', '.'))
  return /^\d/.test(plain) && Number.isFinite(value) ? value : null
}

const noun =
  'mô hình|vùng|trung tâm|sản phẩm|doanh nghiệp|cơ sở y tế|cơ sở|lượt người|lượt|trạm|dự án|bộ dữ liệu|bộ|kịch bản|tập dữ liệu|tập|lớp|xã|phường|trường|người|hộ|lần|tấn|ha|con|cây|km|m2|triệu USD|tỷ USD|nghìn USD|USD|triệu đồng|tỷ đồng|nghìn tỷ đồng|đồng|buổi|cuộc|hội nghị|tin, bài|tin bài|điểm|bậc|ca sinh|trẻ em|trẻ|câu lạc bộ|nhóm|hợp tác xã'

/** How targets are printed: a figure with its unit, the words that compare it, the year it is due. */
export const targetWords: Pick<DocumentGrammar, 'targets'> = {
  targets: {
    label: /^(?:(?:chỉ tiêu|mục tiêu)\s*\d*\s*[:.]\s*)/iu,
    value: new RegExp(
      `(?<number>(?:\\d{1,3}(?:\\.\\d{3})+|\\d+)(?:,\\d+)?|một)(?:\\s*[-–]\\s*(?:\\d+(?:,\\d+)?))?\\s*(?<unit>%(?:/năm)?|(?:${noun})(?:/\\p{L}+)?|/(?:100|1\\.000|10\\.000|100\\.000)\\s+[^,.;]{3,40})(?![\\p{L}])`,
      'giu',
    ),
    comparators: [
      { comparator: '>', pattern: /(?:trên|hơn|vượt|quá|lớn hơn)\s*$/iu },
      { comparator: '<', pattern: /(?:dưới|thấp hơn|nhỏ hơn|ít hơn)\s*$/iu },
      {
        comparator: '>=',
        pattern: /(?:ít nhất|tối thiểu|từ|không dưới|không thấp hơn)(?:\s+(?:đạt|là))?\s*$|ít nhất[^,;]{0,40}đạt\s*$/iu,
      },
      { comparator: '<=', pattern: /(?:tối đa|không quá|không vượt quá|nhiều nhất)\s*$|top\s*$/iu },
      { comparator: '~', pattern: /(?:khoảng|gần|xấp xỉ|ước)\s*$/iu },
    ],
    year: /(?:năm|giai đoạn[^.;]{0,12}[-–])\s*(?<year>20\d\d)/giu,
    compared: /so với (?:cùng kỳ )?(?:năm )?20\d\d/giu,
    ignore: /(?:số|ngày|tuổi|tháng|khoản|điều|điểm|quyết định|nghị quyết|kế hoạch)\s*$/iu,
    leading:
      /^(?:phấn đấu|đảm bảo|bảo đảm|đến năm 20\d\d|vào năm 20\d\d|năm 20\d\d|từ năm 20\d\d trở đi|trong đó|đồng thời|và|có|đạt|[,;:.\s])+/iu,
    trailing:
      /(?:\s*(?:đạt|là|ở mức|còn|xuống|lên|chiếm|có|ít nhất|tối thiểu|trên|dưới|khoảng|tăng|phấn đấu|dự kiến|đến năm 20\d\d|vào năm 20\d\d|[,;:]))+$/iu,
    clause:
      /;\s*|(?<!\d)\.\s+|\.\s+(?=\p{Lu})|(?<=[%\p{L})]),\s+(?=tăng |tốc độ|trong đó|đồng thời|\d+ (?:doanh nghiệp|mô hình|sản phẩm))|\s+và\s+(?=tăng thêm|phát triển ít nhất|có ít nhất)|:\s+(?=\d|[Pp]hấn đấu|[Gg]iá trị)/u,
    present: /^(?:hiện nay|hiện tại|tính đến nay|đến nay|đối với một số|thời gian\s*:)/iu,
    reached:
      /(?:đạt|xuống|lên|còn|chiếm|ở mức|là|có|đạt (?:trên|dưới)|ít nhất|tối thiểu)(?:\s+(?:trên|dưới|ít nhất|tối thiểu|khoảng|từ))*\s*$/iu,
    elsewhere: /(?:phấn đấu|đạt|lên|đảm bảo|bảo đảm|:)\s[^.;]{0,80}?\d+\s*%|^\d+% /iu,
    unitColumn: /^(?:ĐVT|đơn vị(?: tính)?)$/iu,
    resultColumn: /ƯTH|ước (?:thực hiện|tính)|thực hiện|kết quả|hiện trạng/iu,
    number,
  },
}
