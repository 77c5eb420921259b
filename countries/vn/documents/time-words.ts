import type { Frequency, ReadTime } from '#documents'

/**
 * Vietnamese time expressions of plans (`domain.md` §10): "Thường xuyên", "Hằng năm", "2026 - 2030", "Quý IV/2025 - Quý
 * II/2026", "trước ngày 16 hàng tháng", "Hoàn thành trong năm 2025", "Khi có phát sinh".
 */

const roman: Record<string, number> = { I: 1, II: 2, III: 3, IV: 4, '1': 1, '2': 2, '3': 3, '4': 4 }
const year = '(20\\d\\d)'
const dash = '\\s*(?:[-–—]|đến(?: hết)?|tới)\\s*'

const rhythms: readonly [RegExp, Frequency][] = [
  [/(?:hằng|hàng|mỗi|từng|theo)\s+ngày/iu, 'day'],
  [/(?:hằng|hàng|mỗi|từng|theo)\s+tuần/iu, 'week'],
  [/(?:hằng|hàng|mỗi|từng|theo)\s+tháng/iu, 'month'],
  [/(?:hằng|hàng|mỗi|từng|theo)\s+qu[ýí]/iu, 'quarter'],
  [/(?<![\d/])0?6 tháng(?! (?:tuổi|đến|đầu|cuối|\d))|sáu tháng|(?:hằng|hàng|mỗi)\s+nửa năm/iu, 'half-year'],
  [/(?:hằng|hàng|mỗi|từng)\s+năm|thường niên|năm một lần|một năm một lần/iu, 'year'],
]

/** The shortest rhythm named, or `null`. */
export function frequencyOf(words: string): Frequency | null {
  return rhythms.find(([pattern]) => pattern.test(words))?.[1] ?? null
}

interface Span {
  from: string
  to: string
}

const two = (value: number): string => String(value).padStart(2, '0')

function lastDay(ofYear: number, month: number): string {
  return `${ofYear}-${two(month)}-${two(new Date(Date.UTC(ofYear, month, 0)).getUTCDate())}`
}

function isDay(ofYear: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(ofYear, month, 0)).getUTCDate()
}

const day = `(?:ngày\\s*)?(\\d{1,2})(?:\\s*[/.-]\\s*|\\s+tháng\\s+)(\\d{1,2})(?:(?:\\s*[/.-]\\s*|\\s+năm\\s+)${year})?`
const dayPattern = new RegExp(day, 'iu')
const monthPattern = new RegExp(`tháng\\s*(\\d{1,2})(?:\\s*[/-]\\s*|\\s+năm\\s+|\\s+)${year}`, 'iu')
const quarterPattern = new RegExp(`qu[ýí]\\s*(IV|I{1,3}|[1-4])(?:\\s*[/-]\\s*|\\s*,?\\s*(?:năm\\s*)?)${year}`, 'iu')
const halfPattern = new RegExp(`(?:6|06|sáu) tháng (đầu|cuối) năm ${year}`, 'iu')
const yearPattern = new RegExp(`(?:năm\\s*)?${year}`, 'iu')

/** One day, month, quarter, half or year as a span of days. */
function spanOf(words: string, defaultYear: number | null): Span | null {
  const dated = dayPattern.exec(words)
  if (dated) {
    const ofYear = dated[3] ? Number(dated[3]) : defaultYear
    const [date, month] = [Number(dated[1]), Number(dated[2])]
    if (ofYear && isDay(ofYear, month, date)) {
      const iso = `${ofYear}-${two(month)}-${two(date)}`
      return { from: iso, to: iso }
    }
  }
  const half = halfPattern.exec(words)
  if (half) {
    const start = half[1]?.toLowerCase() === 'đầu' ? 1 : 7
    return { from: `${half[2]}-${two(start)}-01`, to: lastDay(Number(half[2]), start + 5) }
  }
  const quarter = quarterPattern.exec(words)
  if (quarter) {
    const first = ((roman[(quarter[1] ?? '').toUpperCase()] ?? 1) - 1) * 3 + 1
    return { from: `${quarter[2]}-${two(first)}-01`, to: lastDay(Number(quarter[2]), first + 2) }
  }
  const month = monthPattern.exec(words)
  if (month && isDay(Number(month[2]), Number(month[1]), 1)) {
    return { from: `${month[2]}-${two(Number(month[1]))}-01`, to: lastDay(Number(month[2]), Number(month[1])) }
  }
  const whole = yearPattern.exec(words)
  return whole ? { from: `${whole[1]}-01-01`, to: `${whole[1]}-12-31` } : null
}

const splitRange = new RegExp(
  `^(.*?(?:\\d|[IVX]))${dash}((?:hết\\s+)?(?:ngày|tháng|qu[ýí]|năm|\\d|IV|I{1,3}).*)$`,
  'iu',
)
const bareStart = /^(?:từ\s+|giai đoạn\s+|trong\s+)?(?:năm\s*)?(?:giai đoạn\s*)?/iu
const completion = /hoàn thành|trước|chậm nhất|muộn nhất|xong|không quá/iu
const until = /^(?:đến|tới)\s+(?:hết\s+|cuối\s+)?(?:năm|ngày|tháng|qu[ýí])/iu
const onEvent = /khi (?:có|phát sinh|cần|được)|theo yêu cầu|phát sinh|đột xuất/iu
const continuous = /thường xuyên|liên tục|trong suốt|suốt (?:quá trình|thời gian|giai đoạn)/iu

function time(kind: ReadTime['kind'], text: string, rest: Partial<ReadTime> = {}): ReadTime {
  return { kind, text, from: null, to: null, frequency: null, ...rest }
}

/** A whole expression, as in a table cell or after "Thời gian thực hiện:". */
export function readTime(words: string, governs: 'performance' | 'completion' | null): ReadTime | null {
  const text = words.trim()
  if (text === '' || text.length > 400) return null
  const bare = text.replace(/[.;,\s]+$/u, '')
  const isCompletion = completion.test(bare) || governs === 'completion' || until.test(bare)
  const span = rangeOf(bare)
  const frequency = frequencyOf(bare)
  if (frequency) return time('recurring', text, { frequency })
  if (span) {
    if (isCompletion && !span.isRange) return time('by', text, { to: span.to })
    return time('range', text, { from: span.from, to: span.to })
  }
  if (continuous.test(bare)) return time('continuous', text)
  if (/định kỳ/iu.test(bare)) return time('recurring', text)
  if (onEvent.test(bare)) return time('on-event', text)
  return null
}

/** "Quý II, III/2026", "tháng 3, 4 và 5/2026", "năm 2026, 2027": from the first of the list to its last. */
const listed =
  /(?<unit>qu[ýí]|tháng)\s+(?<first>I{1,3}|IV|\d{1,2})(?:\s*(?:,|và|;)\s*(?:(?:qu[ýí]|tháng)\s+)?(?:I{1,3}|IV|\d{1,2}))*?\s*(?:,|và|;)\s*(?:(?:qu[ýí]|tháng)\s+)?(?<last>IV|I{1,3}|\d{1,2})(?=\s*[/-]|\s+năm)/iu
const listedYears = /(?<first>20\d\d)(?:\s*,\s*20\d\d)*?\s*(?:,|và)\s*(?:năm\s+)?(?<last>20\d\d)(?!\s*[-–])/iu

function asRange(text: string): string {
  return text.replace(listed, '$<unit> $<first> - $<last>').replace(listedYears, '$<first> - $<last>')
}

function rangeOf(printed: string, defaultYear: number | null = null): (Span & { isRange: boolean }) | null {
  const text = asRange(printed)
  const split = splitRange.exec(text.replace(bareStart, ''))
  if (split) {
    // "Tháng 3 - 10/2026", "Quý I - III/2026": the unit is said once.
    const unit = /^(?:tháng|qu[ýí])(?=\s)/iu.exec((split[1] ?? '').trim())?.[0]
    const ending = split[2] ?? ''
    const last = spanOf(
      unit && /^(?:\d{1,2}|I{1,3}|IV)\s*[/-]/u.test(ending) ? `${unit} ${ending}` : ending,
      defaultYear,
    )
    const lastYear = last ? last.to.slice(0, 4) : ''
    const start = /20\d\d/.test(split[1] ?? '') ? (split[1] ?? '') : `${split[1]}/${lastYear}`
    const first = spanOf(start, last ? Number(lastYear) : null)
    if (first && last && first.from <= last.to) return { from: first.from, to: last.to, isRange: true }
  }
  const one = spanOf(text, null)
  return one ? { ...one, isRange: false } : null
}

const by = new RegExp(
  `(?:hoàn thành\\s+)?(?:trước|chậm nhất(?: là)?(?: vào)?|muộn nhất(?: là)?)\\s+(?:ngày\\s+|tháng\\s+)?(\\d{1,2}(?:\\s*[/.-]\\s*\\d{1,2}|\\s+tháng\\s+\\d{1,2})(?:(?:\\s*[/.-]\\s*|\\s+năm\\s+)20\\d\\d)?)`,
  'iu',
)
const monthly = /(?:trước|vào)\s+ngày\s+(\d{1,2})\s+(?:hằng|hàng)\s+tháng/iu
const finish = new RegExp(`hoàn thành (?:trong|trước|vào) (?:(?:năm|qu[ýí]|tháng)[^.;,]{0,24}${year})`, 'iu')
const explicitRange = new RegExp(
  `từ ngày\\s+${day}${dash}(?:hết )?ngày\\s+\\d{1,2}\\s*[/-]\\s*\\d{1,2}(?:\\s*[/-]\\s*${year})?`,
  'iu',
)
const adverbial =
  /^(?:thường xuyên|(?:định kỳ )?(?:(?:hằng|hàng) (?:năm|quý|quí|tháng|tuần)|0?6 tháng)|định kỳ)(?=[\s,])/iu
const yearly = /(?:định kỳ )?(?:(?:hằng|hàng) (?:năm|quý|quí|tháng|tuần)|(?<![\d/])0?6 tháng một lần|mỗi năm)/iu
/** "Dự toán kinh phí hàng năm" names a thing; "lập dự toán hàng năm" is yearly work. */
const thing = /(?:dự toán|kế hoạch)[^,;.]*$/u
const making = /(?:lập|bố trí|xây dựng)[^,;.]*$/iu

/** The date or rhythm that governs a sentence of prose, or `null` when what stands there only qualifies an object. */
export function findTime(sentence: string, defaultYear: number | null): ReadTime | null {
  const monthlyMatch = monthly.exec(sentence)
  if (monthlyMatch) return time('recurring', monthlyMatch[0], { frequency: 'month' })
  const rhythmic = /trước (?:ngày )?[^.;,]{1,24}(?:hằng|hàng) (?:năm|quý|tháng)/iu.exec(sentence)
  if (rhythmic) return time('recurring', rhythmic[0], { frequency: frequencyOf(rhythmic[0]) })
  return findDates(sentence, defaultYear) ?? findRhythm(sentence)
}

function findDates(sentence: string, defaultYear: number | null): ReadTime | null {
  const range = explicitRange.exec(sentence)
  if (range) {
    const read = rangeOf(range[0], defaultYear)
    if (read) return time('range', range[0], { from: read.from, to: read.to })
  }
  const dated = by.exec(sentence)
  const span = dated ? spanOf(dated[1] ?? '', null) : null
  if (dated && span) return time('by', dated[0], { to: span.to })
  const finished = finish.exec(sentence)
  const end = finished ? spanOf(finished[0], null) : null
  return finished && end ? time('by', finished[0], { to: end.to }) : null
}

function findRhythm(sentence: string): ReadTime | null {
  const opening = adverbial.exec(sentence)
  if (opening) {
    return /thường xuyên/iu.test(opening[0])
      ? time('continuous', opening[0])
      : time('recurring', opening[0], { frequency: frequencyOf(opening[0]) })
  }
  const steady = /thường xuyên,? (?:định kỳ|liên tục)/iu.exec(sentence)
  if (steady) return time('continuous', steady[0])
  const inner = yearly.exec(sentence)
  if (!inner) return null
  const before = sentence.slice(0, inner.index)
  if (thing.test(before) && !making.test(before)) return null
  return time('recurring', inner[0], { frequency: frequencyOf(inner[0]) })
}
