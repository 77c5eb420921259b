/** Vowel with a tone mark taken apart: base letter with its own mark, tone. */
const tones = ['\u0300', '\u0301', '\u0309', '\u0303', '\u0323']

/**
 * One syllable in the form all its spellings share: small letters, composed, the tone on the vowel where the old and the
 * new way agree (Hoà, Hòa → hòa; Thuỳ, Thùy → thùy), final y written i where both are in use (Mỹ, Mĩ; Lý, Lí; not Thúy,
 * Tây, Huy). Signs within are left out: H’Mai, H'Mai → hmai.
 */
export function canonicalSyllable(text: string): string {
  const letters = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '')
  if (letters === '' || /^[a-z]+$/.test(letters)) return yToI(letters)
  return yToI(placeTone(letters))
}

const openings = /^(.*?)(o[aàáảãạeèéẻẽẹ]|u[yỳýỷỹỵ]|[oòóỏõọ][ae]|[uùúủũụ]y)$/u

/** Of oa, oe, uy at the end of a syllable the tone may stand on either vowel; here always on the first, but after q. */
function placeTone(text: string): string {
  if (!openings.test(text) || /^qu/u.test(text.normalize('NFD'))) return text
  const bare = text.normalize('NFD')
  const tone = tones.find((mark) => bare.includes(mark))
  if (tone === undefined) return text
  const without = bare.replace(tone, '').normalize('NFC')
  return `${without.slice(0, -1)}${tone}${without.slice(-1)}`.normalize('NFC')
}

/** After one consonant sound alone y and i are the same vowel: Mỹ and Mĩ, Lý and Lí, Kỳ and Kì. */
function yToI(text: string): string {
  if (!/^(h|k|l|m|s|t|v|q|r|n|đ|b)[yỳýỷỹỵ]$/u.test(text)) return text
  return text.normalize('NFD').replace('y', 'i').normalize('NFC')
}

/** Without any mark; đ, which does not decompose, becomes d. */
export function foldMarks(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gu, 'd').replace(/Đ/gu, 'D').normalize('NFC')
}

/** Words of which one stands in every temporary name. */
export const temporaryWords = [
  'trai',
  'gai',
  'be',
  'con',
  'chau',
  'em',
  'chua',
  'khong',
  'so',
  'cu',
  'ti',
  'tam',
  'unknown',
  'baby',
  'na',
]

const phrases = [
  'chua dat ten',
  'chua co ten',
  'chua ro',
  'chua ro ten',
  'chua dat',
  'chua khai sinh',
  'chua co',
  'khong ten',
  'khong co ten',
  'khong ro',
  'khong biet',
  'so sinh',
  'tam',
  'ten tam',
  'unknown',
  'baby',
  'baby boy',
  'baby girl',
  'na',
]

const childWords = new Set([
  'trai',
  'gai',
  'be',
  'con',
  'chau',
  'em',
  'cu',
  'ti',
  'so',
  'sinh',
  'dau',
  'long',
  'thu',
  'hai',
  'mot',
  'ba',
])
const fillers = new Set(['van', 'thi'])

/**
 * Whether folded words are no name but what stands until one is given: "Trai", "Bé gái", "Con bà Lan", "Chưa đặt tên",
 * "Nguyễn Văn Trai". A given name such as Bé or Em with a family and middle name is a name.
 */
export function isTemporaryName(words: readonly string[]): boolean {
  const joined = words.join(' ')
  if (phrases.includes(joined)) return true
  if (
    /^(con|chau|be|em be|be trai|be gai|con trai|con gai)( (trai|gai))? (cua |nha )?(ba|me|ong|chi|anh|co|bo|cha|vo) /.test(
      joined,
    )
  )
    return true
  if (phrases.some((phrase) => phrase.includes(' ') && joined.endsWith(` ${phrase}`))) return true
  const last = words.at(-1) ?? ''
  if (words.every((word) => childWords.has(word)))
    return ['trai', 'gai', 'be', 'chau', 'con', 'em', 'cu', 'ti', 'sinh'].includes(last) || words.length === 1
  const rest = words.slice(1)
  if (last !== 'trai' && last !== 'gai') return false
  return rest.every((word) => childWords.has(word) || fillers.has(word))
}
