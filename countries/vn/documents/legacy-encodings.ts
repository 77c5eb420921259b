import type { EncodingGrammar, LegacyEncoding } from '#documents'

/** Letters with the tones grave, acute, hook, tilde, dot below, in this order. */
const tones: Readonly<Record<string, string>> = {
  a: 'àáảãạ',
  ă: 'ằắẳẵặ',
  â: 'ầấẩẫậ',
  e: 'èéẻẽẹ',
  ê: 'ềếểễệ',
  i: 'ìíỉĩị',
  o: 'òóỏõọ',
  ô: 'ồốổỗộ',
  ơ: 'ờớởỡợ',
  u: 'ùúủũụ',
  ư: 'ừứửữự',
  y: 'ỳýỷỹỵ',
}

/** TCVN 5712:1993, table 3 ("ABC" fonts): one byte a letter; capitals with tones exist only in fonts of capitals. */
const tcvn3: Readonly<Record<string, string>> = {
  a: '\u00b5\u00b8\u00b6\u00b7\u00b9',
  ă: '\u00bb\u00be\u00bc\u00bd\u00c6',
  â: '\u00c7\u00ca\u00c8\u00c9\u00cb',
  e: '\u00cc\u00d0\u00ce\u00cf\u00d1',
  ê: '\u00d2\u00d5\u00d3\u00d4\u00d6',
  i: '\u00d7\u00dd\u00d8\u00dc\u00de',
  o: '\u00df\u00e3\u00e1\u00e2\u00e4',
  ô: '\u00e5\u00e8\u00e6\u00e7\u00e9',
  ơ: '\u00ea\u00ed\u00eb\u00ec\u00ee',
  u: '\u00ef\u00f3\u00f1\u00f2\u00f4',
  ư: '\u00f5\u00f8\u00f6\u00f7\u00f9',
  y: '\u00fa\u00fd\u00fb\u00fc\u00fe',
}

const tcvn3Plain: readonly (readonly [string, string])[] = [
  ['\u00a8', 'ă'],
  ['\u00a9', 'â'],
  ['\u00aa', 'ê'],
  ['\u00ab', 'ô'],
  ['\u00ac', 'ơ'],
  ['\u00ad', 'ư'],
  ['\u00ae', 'đ'],
  ['\u00a1', 'Ă'],
  ['\u00a2', 'Â'],
  ['\u00a3', 'Ê'],
  ['\u00a4', 'Ô'],
  ['\u00a5', 'Ơ'],
  ['\u00a6', 'Ư'],
  ['\u00a7', 'Đ'],
]

/** VNI for Windows: a letter, and after it a sign for its tone and shape; `i` and the dotted `y` have signs of their own. */
const vniSigns = { plain: 'øùûõï', circumflex: 'àáåãä', breve: 'èéúüë' }

const vniSingle: readonly (readonly [string, string])[] = [
  ['ì', 'ì'],
  ['í', 'í'],
  ['æ', 'ỉ'],
  ['ó', 'ĩ'],
  ['ò', 'ị'],
  ['î', 'ỵ'],
  ['ô', 'ơ'],
  ['ö', 'ư'],
  ['ñ', 'đ'],
]

function tcvn3Pairs(): [string, string][] {
  const toned = Object.entries(tcvn3).flatMap(([base, bytes]) => pairsOf([...bytes], [...(tones[base] ?? '')]))
  return [...toned, ...tcvn3Plain.map(([from, to]): [string, string] => [from, to])]
}

function pairsOf(from: readonly string[], to: readonly string[]): [string, string][] {
  return from.map((code, index) => [code, to[index] ?? code])
}

function vniPairs(): [string, string][] {
  const stems = [
    ...['a', 'e', 'o', 'u', 'y'].map((base) => ({ stem: base, letter: base, signs: vniSigns.plain })),
    ...[
      ['a', 'â'],
      ['e', 'ê'],
      ['o', 'ô'],
    ].map(([stem = '', letter = '']) => ({ stem, letter, signs: vniSigns.circumflex })),
    { stem: 'a', letter: 'ă', signs: vniSigns.breve },
    { stem: 'ô', letter: 'ơ', signs: vniSigns.plain },
    { stem: 'ö', letter: 'ư', signs: vniSigns.plain },
  ]
  const toned = stems.flatMap(({ stem, letter, signs }) =>
    pairsOf(
      [...signs].map((sign) => stem + sign),
      [...(tones[letter] ?? '')],
    ),
  )
  const shaped: [string, string][] = [
    ['aâ', 'â'],
    ['aê', 'ă'],
    ['eâ', 'ê'],
    ['oâ', 'ô'],
  ]
  const small = [...toned, ...shaped, ...vniSingle.map(([from, to]): [string, string] => [from, to])]
  // Capitals are written with small or capital signs.
  const capital = small.flatMap(([from, to]): [string, string][] => {
    const head = from.charAt(0).toUpperCase()
    const tails = new Set([from.slice(1), from.slice(1).toUpperCase()])
    return [...tails].map((tail) => [head + tail, to.toUpperCase()])
  })
  return [...small, ...capital]
}

/** Encodings of texts written before Unicode (Decision 72/2002/QĐ-TTg ended them; archives are full of them). */
const legacy: readonly LegacyEncoding[] = [
  {
    name: 'TCVN3',
    fonts: /^["']?[._]?Vn[A-Z]/u,
    capitalFonts: /^["']?[._]?Vn[^,\s-]*H(?:$|["',\s-])/u,
    pairs: tcvn3Pairs(),
  },
  { name: 'VNI', fonts: /^["']?VNI[-\s]/iu, capitalFonts: null, pairs: vniPairs() },
]

/** Words found in every official text; by their share a text in the right encoding is told from one in a wrong one. */
const frequentWords: readonly string[] =
  'và của các cho trong với được có thực hiện kế hoạch số ngày tháng năm tỉnh ủy ban nhân dân trẻ em công tác tổ chức cơ quan nhiệm vụ đơn vị trên theo từ đến về phối hợp chủ trì sở phường xã chính phủ quyết định báo cáo tăng cường xây dựng triển khai bảo vệ giáo dục y tế người không những này là một đối'.split(
    ' ',
  )

export const encodings: EncodingGrammar = { legacy, frequentWords }
