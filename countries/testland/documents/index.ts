import type { DocumentGrammar, Frequency, ReadTime } from '#documents'

/** How Testland's officials write plans: plain English, enough to prove that the reader knows no country. */

const never = /(?!)/u
const fields = 'Health|Finance|Justice|Education and Care'
const verb = '(?:review|train|report|lead|support|prepare|check|publish|advise)s?'

function frequencyOf(words: string): Frequency | null {
  return /every year|yearly/i.test(words) ? 'year' : /every month|monthly/i.test(words) ? 'month' : null
}

function readTime(words: string): ReadTime | null {
  const frequency = frequencyOf(words)
  const base = { text: words, from: null, to: null, frequency: null }
  if (frequency) return { ...base, kind: 'recurring', frequency }
  const year = /\b(\d{4})\b/.exec(words)?.[1]
  return year ? { ...base, kind: 'range', from: `${year}-01-01`, to: `${year}-12-31` } : null
}

export const documentGrammar: DocumentGrammar = {
  language: 'en',
  encodings: { legacy: [], frequentWords: [] },
  letterhead: {
    nation: /REPUBLIC OF TESTLAND/u,
    motto: /Fair and Square/u,
    number: /^No\.?\s*:?\s*(?<number>\d*)\/?(?<symbol>PL\b[A-Z-]*)/u,
    placeDate: /(?<place>[A-Z][a-z]+), (?<day>\d{0,2})\/(?<month>\d{0,2})\/(?<year>\d{4})/u,
    authority: /^(?:CABINET|COUNCIL)/u,
  },
  types: [{ code: 'PL', title: /^PLAN$/u }],
  symbol: /^(?<code>PL)/u,
  preamble: { start: /^(?:Under|Pursuant to) /u, together: never, proposal: never, enacting: /the Council adopts /u },
  markers: [
    { kind: 'roman', pattern: /^(?<label>[IVX]+)\.\s+/u },
    { kind: 'decimal', pattern: /^(?<label>\d+(?:\.\d+)*)\.\s+/u },
    { kind: 'letter', pattern: /^(?<label>[a-z])\)\s+/u },
    { kind: 'dash', pattern: /^(?<label>-)\s+/u },
  ],
  sections: [
    { role: 'purpose', pattern: /^purpose/iu },
    { role: 'targets', pattern: /^targets/iu },
    { role: 'funding', pattern: /^money/iu },
    { role: 'by-agency', pattern: /^who does what/iu },
    { role: 'reporting', pattern: /^reports/iu },
    { role: 'tasks', pattern: /^tasks/iu },
  ],
  prose: [{ part: 'purposes', pattern: /^purpose/iu }],
  annex: { heading: /^ANNEX/u, mention: /the annex to this plan/giu, elsewhere: never, pointer: never },
  columns: [
    { role: 'number', pattern: /^no$/iu },
    { role: 'lead', pattern: /lead/iu },
    { role: 'support', pattern: /with/iu },
    { role: 'time', pattern: /when/iu },
    { role: 'task', pattern: /task/iu },
  ],
  completion: /finish/iu,
  fields: [{ role: 'task', pattern: /^task:\s*(?<rest>.*)$/isu }],
  agencies: {
    classAt: /[Aa]ll departments/uy,
    knownAt: new RegExp(`Department of (?:${fields})`, 'uy'),
    headAt: /Council of /uy,
    qualifierAt: /(?!)/uy,
    separatorAt: /\s*[;,]\s*(?:and )?|\s+and\s+/uy,
    stopAt: new RegExp(verb, 'uy'),
    isClass: /^all /iu,
    intro: never,
  },
  duties: {
    request: /^Please,?\s+/u,
    subordinate: never,
    adverb: never,
    kinds: [
      { kind: 'lead', at: /^leads?\b/iu },
      { kind: 'support', at: /^supports?\b/iu },
      { kind: 'advise', at: /^advises?\b/iu },
    ],
    partners: /\bwith\s+/iu,
    leadAnywhere: /\bleads?\b/iu,
    supportAnywhere: /\bsupports?\b/iu,
  },
  sentences: {
    verb: new RegExp(`^${verb}\\b`, 'iu'),
    stem: /:$/u,
    order: never,
    orders: never,
    closing: /^done at/iu,
    statement: never,
    inventory: never,
  },
  readTime,
  findTime: (sentence) => (frequencyOf(sentence) ? readTime(sentence) : null),
  targets: {
    label: never,
    value: /(?<number>\d+)\s*(?<unit>%)/giu,
    comparators: [{ comparator: '>=', pattern: /at least\s*$/iu }],
    year: /by (?<year>\d{4})/giu,
    compared: /(?!)/gu,
    ignore: never,
    trailing: /(?:at least|[,\s])+$/iu,
    leading: /^by \d{4},?\s*/iu,
    clause: /;\s*/u,
    present: never,
    reached: /(?:reach|at least)\s*$/iu,
    elsewhere: never,
    unitColumn: /^unit$/iu,
    resultColumn: /result/iu,
    number: (text) => (/^\d+$/.test(text.trim()) ? Number(text) : null),
  },
  reporting: {
    report: /report/iu,
    addressee: [/reports? to the (?<to>(?:Department|Council)[^.;]*)/u],
    substance: /report/iu,
    onward: never,
    rhythm: /(?<due>before \d{1,2}\/\d{1,2}) (?<rhythm>every (?:year|month))/giu,
    also: never,
    ordered: never,
    frequency: frequencyOf,
    once: /(?!)/gu,
    occasional: never,
  },
  closing: { recipients: /^Sent to:/u, capacity: /^For\.\s*/u, post: /CHAIR/u, endOfText: /\.$/u },
  repairs: [],
}
