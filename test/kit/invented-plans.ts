import type { Sheet, SheetCell } from './sheets.ts'

/** A plan no one ever issued, with what a reader must find in it. */
export interface InventedPlan {
  sheets: Sheet[]
  truth: {
    number: string
    date: string
    issuer: string
    name: string
    tasks: InventedTask[]
  }
}

export interface InventedTask {
  text: string
  where: 'annex' | 'by-agency'
  /** "lead: Sở Y tế" */
  duties: string[]
  time: { kind: string; to: string | null; frequency: string | null } | null
}

/** A small generator of numbers: the same seed gives the same plan. */
function chance(seed: number): { pick: <T>(from: readonly T[]) => T; below: (most: number) => number } {
  let state = (seed * 2654435761) >>> 0
  const next = (): number => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 3266489917) >>> 0
    return (state ^ (state >>> 13)) >>> 0
  }
  const below = (most: number): number => next() % most
  const pick = <T>(from: readonly T[]): T => {
    const found = from[below(from.length)]
    if (found === undefined) throw new Error('nothing to choose from')
    return found
  }
  return { pick, below }
}
type Chance = ReturnType<typeof chance>

const provinces = ['An Bình', 'Sơn Hải', 'Đông Giang', 'Nam Thành', 'Bình Phú', 'Tân Châu']
const bodies = [
  'Sở Y tế',
  'Sở Giáo dục và Đào tạo',
  'Sở Tư pháp',
  'Sở Tài chính',
  'Sở Nội vụ',
  'Sở Văn hóa, Thể thao và Du lịch',
  'Sở Khoa học và Công nghệ',
  'Sở Nông nghiệp và Môi trường',
  'Công an tỉnh',
  'Bảo hiểm xã hội tỉnh',
  'Hội Liên hiệp Phụ nữ tỉnh',
  'Báo và Đài Phát thanh, Truyền hình tỉnh',
  'Tòa án nhân dân tỉnh',
  'Bộ Chỉ huy Quân sự tỉnh',
  'Tỉnh đoàn',
  'Liên đoàn Lao động tỉnh',
  'Ban Quản lý các khu công nghiệp',
  'Văn phòng UBND tỉnh',
  'Trung tâm Kiểm soát bệnh tật tỉnh',
  'Viện kiểm sát nhân dân tỉnh',
  'Hội Nông dân tỉnh',
  'Ngân hàng Chính sách xã hội tỉnh',
  'Thanh tra tỉnh',
  'Sở Dân tộc và Tôn giáo',
  'Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh',
]
const classes = [
  'Các sở, ban, ngành',
  'Ủy ban nhân dân các xã, phường',
  'UBND cấp xã',
  'Các cơ quan, đơn vị liên quan',
  'Các tổ chức chính trị - xã hội',
  'Các sở, ngành liên quan',
]
const verbs = [
  'Tổ chức',
  'Xây dựng',
  'Rà soát',
  'Hoàn thiện',
  'Triển khai',
  'Đẩy mạnh',
  'Nâng cao chất lượng',
  'Kiểm tra, giám sát',
  'Hướng dẫn',
  'Biên soạn tài liệu',
]
const objects = [
  'truyền thông về quyền trẻ em',
  'mạng lưới cộng tác viên bảo vệ trẻ em',
  'dịch vụ tư vấn tâm lý cho học sinh',
  'cơ sở dữ liệu về trẻ em có hoàn cảnh đặc biệt',
  'quy trình phối hợp tiếp nhận tin báo xâm hại trẻ em',
  'lớp tập huấn kỹ năng phòng, chống đuối nước',
  'mô hình trường học an toàn, thân thiện',
  'hệ thống chỉ tiêu theo dõi trẻ em dưới 6 tuổi',
  'khám sức khỏe định kỳ cho trẻ em mầm non',
  'hỗ trợ pháp lý cho trẻ em vi phạm pháp luật',
]
const places = ['', ' trên địa bàn tỉnh', ' tại các xã, phường', ' trong các cơ sở giáo dục', ' ở vùng khó khăn']
const names = ['Nguyễn Văn An', 'Trần Thị Bích', 'Lê Hoàng Minh', 'Phạm Thu Hà', 'Võ Quốc Tuấn']

const times: { text: string; time: NonNullable<InventedTask['time']> }[] = [
  { text: 'Trước ngày 15/6/2026', time: { kind: 'by', to: '2026-06-15', frequency: null } },
  { text: 'Trước ngày 30 tháng 9 năm 2026', time: { kind: 'by', to: '2026-09-30', frequency: null } },
  { text: 'Quý III/2026', time: { kind: 'range', to: '2026-09-30', frequency: null } },
  { text: 'Quý I năm 2027', time: { kind: 'range', to: '2027-03-31', frequency: null } },
  { text: 'Tháng 12/2026', time: { kind: 'range', to: '2026-12-31', frequency: null } },
  { text: 'Năm 2027', time: { kind: 'range', to: '2027-12-31', frequency: null } },
  { text: '2026 - 2030', time: { kind: 'range', to: '2030-12-31', frequency: null } },
  { text: 'Giai đoạn 2026-2028', time: { kind: 'range', to: '2028-12-31', frequency: null } },
  { text: 'Hằng năm', time: { kind: 'recurring', to: null, frequency: 'year' } },
  { text: 'Hàng quý', time: { kind: 'recurring', to: null, frequency: 'quarter' } },
  { text: 'Quý II, III/2026', time: { kind: 'range', to: '2026-09-30', frequency: null } },
  { text: 'Xong trước ngày 01/7/2026', time: { kind: 'by', to: '2026-07-01', frequency: null } },
  { text: 'Hoàn thành trong năm 2026', time: { kind: 'by', to: '2026-12-31', frequency: null } },
  { text: 'Từ tháng 3 đến tháng 5/2026', time: { kind: 'range', to: '2026-05-31', frequency: null } },
  { text: '6 tháng, hằng năm', time: { kind: 'recurring', to: null, frequency: 'half-year' } },
  { text: 'Đến năm 2028', time: { kind: 'by', to: '2028-12-31', frequency: null } },
  { text: 'Thường xuyên', time: { kind: 'ongoing', to: null, frequency: null } },
]

/** Wordings of one column's heading. */
const headings = {
  number: ['TT', 'STT', 'Số TT'],
  task: ['Nội dung nhiệm vụ', 'Nhiệm vụ', 'NỘI DUNG CÔNG VIỆC', 'Nhiệm vụ, giải pháp', 'Tên hoạt động'],
  lead: ['Cơ quan chủ trì', 'Đơn vị chủ trì', 'CHỦ TRÌ', 'Đơn vị thực hiện', 'Cơ quan chủ trì thực hiện'],
  support: ['Cơ quan phối hợp', 'Đơn vị phối hợp', 'PHỐI HỢP', 'Phối hợp thực hiện'],
  time: ['Thời gian thực hiện', 'THỜI GIAN', 'Thời gian', 'Tiến độ'],
  output: ['Sản phẩm', 'Kết quả, sản phẩm', 'Sản phẩm dự kiến'],
  note: ['Ghi chú'],
  actors: ['Phân công thực hiện', 'Cơ quan chủ trì, phối hợp', 'Đơn vị chủ trì/phối hợp'],
} as const
type Column = keyof typeof headings

const orders: readonly (readonly Column[])[] = [
  ['number', 'task', 'lead', 'support', 'time'],
  ['number', 'task', 'lead', 'support', 'time', 'output'],
  ['number', 'task', 'time', 'lead', 'support'],
  ['number', 'task', 'output', 'lead', 'support', 'time'],
  ['number', 'task', 'lead', 'support', 'time', 'note'],
  ['number', 'task', 'actors', 'time', 'output'],
]

/** Ways of numbering sections, the agencies in them, and their items. */
const numberings = [
  { section: (at: number) => `${roman(at)}. `, body: (at: number) => `${at}. `, item: () => '- ' },
  {
    section: (at: number) => `${roman(at)}. `,
    body: (at: number) => `${at}. `,
    item: (at: number) => `${letter(at)}) `,
  },
  { section: (at: number) => `${roman(at)}/ `, body: (at: number) => `${at}. `, item: () => '- ' },
  { section: (at: number) => `${roman(at)}. `, body: (at: number, up: number) => `${up}.${at}. `, item: () => '- ' },
]

function roman(at: number): string {
  return ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII'][at - 1] ?? String(at)
}

function letter(at: number): string {
  return String.fromCharCode(96 + at)
}

/** Makes one plan. Its words, order of columns, headings, numbering, lists and dates vary with the seed. */
export function inventedPlan(seed: number): InventedPlan {
  const by = chance(seed)
  const place = by.pick(provinces)
  const [day, month] = [1 + by.below(28), 1 + by.below(12)]
  const number = `${10 + by.below(900)}/KH-UBND`
  const name = by.pick(names)
  const two = (value: number): string => String(value).padStart(2, '0')
  const style = by.pick(numberings)
  const seen = new Set<string>()
  const sheets: Sheet[] = [
    {
      kind: 'beside',
      left: ['ỦY BAN NHÂN DÂN', `TỈNH ${place.toUpperCase()}`, `Số: ${number}`],
      right: [
        'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
        'Độc lập - Tự do - Hạnh phúc',
        `${place}, ngày ${two(day)} tháng ${month < 3 || by.below(2) === 0 ? two(month) : month} năm 2026`,
      ],
    },
    { kind: 'heading', text: 'KẾ HOẠCH' },
    { kind: 'heading', text: `Thực hiện công tác bảo vệ, chăm sóc trẻ em tỉnh ${place} giai đoạn 2026 - 2030` },
    paragraph('Căn cứ Luật Trẻ em ngày 05 tháng 4 năm 2016;'),
    paragraph(`Ủy ban nhân dân tỉnh ${place} ban hành Kế hoạch với các nội dung như sau:`),
    paragraph(`${style.section(1)}MỤC ĐÍCH, YÊU CẦU`),
    paragraph('1. Mục đích: Bảo đảm thực hiện đầy đủ các quyền của trẻ em theo quy định của pháp luật.'),
    paragraph('2. Yêu cầu: Việc thực hiện phải đồng bộ, thiết thực, tiết kiệm và có sự phối hợp chặt chẽ.'),
    paragraph(`${style.section(2)}TỔ CHỨC THỰC HIỆN`),
  ]
  const tasks = [...byAgency(by, sheets, style, seen)]
  sheets.push(
    paragraph(
      `Trên đây là Kế hoạch thực hiện công tác bảo vệ, chăm sóc trẻ em trên địa bàn tỉnh, đề nghị các cơ quan nghiêm túc triển khai./.`,
    ),
    {
      kind: 'beside',
      left: [
        'Nơi nhận:',
        '- Bộ Y tế;',
        '- Thường trực Tỉnh ủy, HĐND tỉnh;',
        '- Các sở, ban, ngành tỉnh;',
        '- Lưu: VT, VX.',
      ],
      right: ['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH', name],
    },
    { kind: 'heading', text: 'PHỤ LỤC' },
    { kind: 'heading', text: 'PHÂN CÔNG NHIỆM VỤ THỰC HIỆN KẾ HOẠCH' },
  )
  const annex = annexOf(by, seen)
  sheets.push(annex.sheet)
  return {
    sheets,
    truth: {
      number,
      date: `2026-${two(month)}-${two(day)}`,
      issuer: `ỦY BAN NHÂN DÂN TỈNH ${place.toUpperCase()}`,
      name,
      tasks: [...tasks, ...annex.tasks],
    },
  }
}

function paragraph(text: string): Sheet {
  return { kind: 'paragraph', text, note: null }
}

/** Words of a task no other task of the plan has. */
function taskText(by: Chance, seen: Set<string>): string {
  for (;;) {
    const text = `${by.pick(verbs)} ${by.pick(objects)}${by.pick(places)}`
    if (!seen.has(text)) {
      seen.add(text)
      return text
    }
  }
}

function byAgency(by: Chance, sheets: Sheet[], style: (typeof numberings)[number], seen: Set<string>): InventedTask[] {
  const owners = [...new Set(Array.from({ length: 4 + by.below(4) }, () => by.pick(bodies)))]
  return owners.flatMap((owner, index) => {
    const mark = by.pick(['', ':'])
    sheets.push(paragraph(`${style.body(index + 1, 2)}${owner}${mark}`))
    return Array.from({ length: 1 + by.below(3) }, (_none, at): InventedTask => {
      const text = taskText(by, seen)
      const lower = text.charAt(0).toLowerCase() + text.slice(1)
      const partner = by.pick(bodies.filter((body) => body !== owner))
      const form = by.below(3)
      const timed = by.below(3) === 0
      const words =
        form === 0
          ? text
          : form === 1
            ? `Chủ trì, phối hợp với ${partner} ${lower}`
            : `Phối hợp với ${partner} ${lower}`
      sheets.push(paragraph(`${style.item(at + 1)}${words}${timed ? ', hoàn thành trước ngày 30/11/2026' : ''}.`))
      const kind = form === 2 ? 'support' : 'lead'
      return {
        text,
        where: 'by-agency',
        duties: [`${kind}: ${owner}`, ...(form === 1 ? [`support: ${partner}`] : [])],
        time: timed ? { kind: 'by', to: '2026-11-30', frequency: null } : null,
      }
    })
  })
}

function cell(...lines: string[]): SheetCell {
  return { lines: lines.filter((line) => line !== ''), columns: 1, rows: 1 }
}

function annexOf(by: Chance, seen: Set<string>): { sheet: Sheet; tasks: InventedTask[] } {
  const order = by.pick(orders)
  const rows = headingOf(by, order)
  const heads = rows.length
  const tasks: InventedTask[] = []
  const groups = by.below(2) === 0 ? 0 : 2 + by.below(2)
  const join = by.pick(['; ', ', ', '\n'])
  const isRestarting = by.below(2) === 0
  const titles = ['Công tác truyền thông', 'Nâng cao năng lực', 'Phòng ngừa, can thiệp', 'Bảo đảm nguồn lực']
  let number = 0
  for (let group = 0; group < Math.max(1, groups); group += 1) {
    if (groups > 0) {
      const title = { ...cell(titles[group] ?? ''), columns: order.length - 1 }
      rows.push([cell(roman(group + 1)), title, ...order.slice(2).map(() => null)])
    }
    if (isRestarting) number = 0
    for (let at = 0; at < 3 + by.below(6); at += 1) {
      number += 1
      const { words, task } = rowOf(by, { number, join }, seen)
      rows.push(order.map((column) => words[column]))
      tasks.push(task)
    }
  }
  return { sheet: { kind: 'table', width: order.length, heads, rows }, tasks }
}

/** One heading row; or two, the bodies under one heading; sometimes with the columns counted below. */
function headingOf(by: Chance, order: readonly Column[]): (SheetCell | null)[][] {
  const names = order.map((column) => cell(by.pick(headings[column])))
  const at = order.indexOf('lead')
  const isTwofold = at > 0 && order[at + 1] === 'support' && by.below(3) === 0
  const rows: (SheetCell | null)[][] = isTwofold
    ? [
        names.map((name, column) =>
          column === at
            ? { ...cell('Cơ quan thực hiện'), columns: 2 }
            : column === at + 1
              ? null
              : { ...name, rows: 2 },
        ),
        names.map((_name, column) => (column === at ? cell('Chủ trì') : column === at + 1 ? cell('Phối hợp') : null)),
      ]
    : [names]
  return by.below(4) === 0 ? [...rows, order.map((_column, column) => cell(`(${column + 1})`))] : rows
}

function rowOf(
  by: Chance,
  { number, join }: { number: number; join: string },
  seen: Set<string>,
): { words: Record<Column, SheetCell>; task: InventedTask } {
  const text = taskText(by, seen)
  const lead = by.pick(bodies)
  const partners = [...new Set([by.pick(bodies), ...(by.below(2) === 0 ? [by.pick(classes)] : [])])].filter(
    (body) => body !== lead,
  )
  const { text: printed, time } = by.pick(times)
  const actors = [`Chủ trì: ${lead}`, ...(partners.length > 0 ? [`Phối hợp: ${partners.join('; ')}`] : [])]
  const words: Record<Column, SheetCell> = {
    number: cell(`${number}${by.pick(['', '.'])}`),
    task: cell(`${text}${by.pick(['', '.'])}`),
    lead: cell(lead),
    support: join === '\n' ? cell(...partners) : cell(partners.join(join)),
    actors: cell(...actors),
    time: cell(printed),
    output: cell(by.pick(['Kế hoạch', 'Báo cáo', 'Văn bản hướng dẫn'])),
    note: cell(''),
  }
  const duties = [`lead: ${lead}`, ...partners.map((one) => `support: ${one}`)]
  return { words, task: { text, where: 'annex', duties, time } }
}

/** The plan as a crawl would keep it: words wrapped, each cell followed by a bar. */
export function crawledText(plan: InventedPlan, width: number): string {
  return plan.sheets
    .map((sheet) => {
      switch (sheet.kind) {
        case 'beside':
          return besideText(sheet.left, sheet.right)
        case 'table':
          return `|\n${sheet.rows
            .map((row) => row.flatMap((cell) => (cell === null ? [] : [...cell.lines, '|'])).join('\n'))
            .join('\n|\n')}\n|`
        case 'heading':
        case 'paragraph':
          return wrapped(sheet.text, width)
      }
    })
    .join('\n\n')
}

/** A letterhead is two rows of two cells; a signature is one. */
function besideText(left: readonly string[], right: readonly string[]): string {
  const isHead = left.at(-1)?.startsWith('Số:') === true
  if (!isHead) return ['|', ...left, '|', ...right, '|', '|'].join('\n')
  const [number = '', date = ''] = [left.at(-1), right.at(-1)]
  return ['|', ...left.slice(0, -1), '|', ...right.slice(0, -1), '|', '|', number, '|', date, '|'].join('\n')
}

function wrapped(text: string, width: number): string {
  const lines: string[] = ['']
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? ''
    if (last !== '' && last.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
  }
  return lines.join('\n')
}
