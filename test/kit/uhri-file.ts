import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import states from '../../src/recommendations/lists/states.json' with { type: 'json' }

/** What a generated file holds, counted by the generator itself: what an import must come to. */
export type UhriTruth = {
  records: number
  bytes: number
  refused: number
  doubled: number
  own: number
  ownByMechanism: Record<string, number>
  byMechanism: Record<string, number>
  /** How many hold this word, which stands in some records only. */
  rareWord: string
  rare: number
}

const openings = [
  'The Committee recommends that the State party',
  'The Committee urges the State party to',
  'While noting the progress made, the Committee is concerned that the State party',
  'Encourages the Government to continue its efforts to',
  'Le Comité recommande à l’État partie de',
  'Ủy ban khuyến nghị Quốc gia thành viên',
]
const acts = [
  'strengthen the protection of children against violence and ensure that services reach remote communities',
  'allocate sufficient human, technical and financial resources to the institutions that care for children',
  'collect data disaggregated by age, sex, disability, geographic location, ethnic origin and socioeconomic background',
  'ensure access to quality inclusive education for all children, in particular children with disabilities',
  'ratify the optional protocol and bring its legislation into line with international standards',
  'prévenir la traite des personnes et garantir la protection des victimes, en particulier des enfants migrants',
  'bảo đảm mọi trẻ em được đăng ký khai sinh và được tiếp cận dịch vụ y tế, giáo dục có chất lượng',
  'investigate all allegations promptly and impartially, prosecute perpetrators and provide effective remedies',
  'raise awareness among professionals, parents and communities, with the participation of children and civil society',
  'adopt a comprehensive national policy with clear objectives, timelines and indicators for its monitoring',
]
const themes = [
  'Right to education',
  'Right to health',
  'Equality & non-discrimination',
  'Children: protection against exploitation',
  'Data collection & research',
  'Violence against women',
  'Rights related to name, identity & nationality',
]
const persons = ['Children', 'Women & girls', 'Persons with disabilities', 'Migrants', 'Youth & juveniles']
const sdgs = [
  '16.2 - Protect children from abuse',
  '4.1 - Free primary education',
  '3 - GOOD HEALTH',
  '5.2 - Violence',
  '10.3 - Equal opportunity',
]
const bodies = [
  '- CRC',
  '- Committee on the Rights of the Child',
  '- CEDAW',
  '- CESCR',
  '- CCPR',
  '- UPR',
  '- SR Education',
  '- CRPD',
]
const codes = ['crc', 'crc', 'cedaw', 'cescr', 'ccpr', 'upr', 'sp', 'crpd']
const symbols = ['CRC/C', 'CRC/C', 'CEDAW/C', 'E/C.12', 'CCPR/C', 'A/HRC', 'A/HRC', 'CRPD/C']

/** A sequence of numbers that looks thrown and is the same every time. */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
}

function uuidOf(kind: number, number: number): string {
  return `${kind.toString(16).padStart(8, '0')}-0000-4000-8000-${number.toString(16).padStart(12, '0')}`
}

/**
 * Writes a file shaped like the index's export, with its quirks in known numbers.
 *
 * @param options `own`: how the own State is called and its three letters; `wordsPerRecord` makes records longer
 */
export async function writeUhriFile(
  file: string,
  options: {
    records: number
    own: { name: string; code: string }
    sentences?: number
    seed?: number
    changeEvery?: number
    doubleEvery?: number
    refuseEvery?: number
  },
): Promise<UhriTruth> {
  const { records, own, sentences = 7, changeEvery, doubleEvery = 9_000, refuseEvery = 7_000 } = options
  const next = dice(options.seed ?? 20_260_101)
  const truth: UhriTruth = {
    records,
    bytes: 0,
    refused: 0,
    doubled: 0,
    own: 0,
    ownByMechanism: {},
    byMechanism: {},
    rareWord: 'ombudsperson',
    rare: 0,
  }
  const out = createWriteStream(file)
  const put = async (text: string) => {
    truth.bytes += Buffer.byteLength(text)
    if (!out.write(text)) await once(out, 'drain')
  }
  const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T
  const others = states.flatMap(([, , name]) => (name === own.name ? [] : [name]))
  let [at, isOwn, above] = [0, false, 0]
  await put('[')
  for (let number = 0; number < records; number += 1) {
    const isDouble = number % doubleEvery === doubleEvery - 1
    if (!isDouble) [at, isOwn, above] = [Math.floor(next() * bodies.length), next() < 0.006, number]
    const state = isOwn ? own : { name: others[Math.floor(next() * 190)], code: 'PER' }
    const document = Math.floor(above / 320) * 16 + at * 2 + (isOwn ? 1 : 0)
    const isRefused = number % refuseEvery === refuseEvery - 1
    const isRare = number % 2_500 === 17
    const year = 2000 + Math.floor((number / records) * 26)
    const lines = Array.from({ length: sentences }, () => pick(acts)).join('; ')
    const changed = changeEvery !== undefined && number % changeEvery === 0 ? ' as soon as possible' : ''
    const text = `${(number % 90) + 1}.${pick(openings)} ${lines}${isRare ? `; establish an ${truth.rareWord}` : ''}${changed}.`
    const record = {
      AnnotationId: isRefused ? '' : uuidOf(1, isDouble ? number - 1 : number),
      AnnotationType: number % 80 === 0 ? '' : next() < 0.7 ? '- Recommendations' : '- Concerns/Observations',
      Body: bodies[at],
      Countries: number % 2_600 === 5 ? [] : [state.name],
      DocumentId: uuidOf(2, document),
      Symbol: `${symbols[at]}/${state.code}/CO/${(document % 9) + 1}`,
      Text: number % 15 === 0 ? `<p>${text.replace(' ', '&nbsp;')}</p>` : text,
      PublicationDate: `${year}-0${(document % 9) + 1}-12T00:00:00`,
      PublicationDateOnUhri: `${year}-12-01T00:00:00`,
      Themes: [...new Set([pick(themes), pick(themes)])],
      AffectedPersons: [...new Set([pick(persons), pick(persons)])],
      Sdgs: [pick(sdgs)],
      Regions: ['Asia'],
      UprCycle: codes[at] === 'upr' ? '3rd cycle' : null,
      UprSession: codes[at] === 'upr' ? ['33'] : [],
      UprPositions: codes[at] === 'upr' ? [next() < 0.8 ? 'Supported' : 'Noted'] : [],
      UprRecommendingCountry: codes[at] === 'upr' ? ['Peru'] : [],
      UprRecommendingRegions: [],
    }
    await put(`${number === 0 ? '' : ','}\n${JSON.stringify(record)}`)
    if (isRefused) truth.refused += 1
    else if (isDouble) truth.doubled += 1
    else {
      const code = codes[at] ?? ''
      truth.byMechanism[code] = (truth.byMechanism[code] ?? 0) + 1
      if (isOwn) {
        truth.own += 1
        truth.ownByMechanism[code] = (truth.ownByMechanism[code] ?? 0) + 1
      }
      if (isRare) truth.rare += 1
    }
  }
  await put('\n]\n')
  out.end()
  await once(out, 'finish')
  return truth
}
