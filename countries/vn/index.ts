import type { Country } from '../../src/country.ts'
import { agencyClasses } from './agency-classes.ts'
import { agencyWords } from './agency-words.ts'
import { readTerritory } from './territory-file.ts'
import { documentGrammar } from './documents/index.ts'
import { map } from './map.ts'
import { linkageKnowledge } from './linkage/index.ts'
import { calendars, indicatorData } from './indicators/index.ts'
import { programmes } from './programmes.ts'
import { keepers } from './recommendations.ts'
import { reporting } from './reporting/index.ts'
import { reportWords } from './reporting/report-words.ts'
import { placeSpelling, unitPrefixes } from './unit-types.ts'
import { writing } from './writing.ts'

/** Việt Nam. Its bodies are worked out from its units when asked for. */
export const country: Country = {
  code: 'vn',
  names: { vi: 'Việt Nam', en: 'Viet Nam', fr: 'Viet Nam' },
  timeZone: 'Asia/Ho_Chi_Minh',
  language: 'vi',
  territory: () => Promise.resolve(readTerritory()),
  placeWords: { prefixes: unitPrefixes, spelling: placeSpelling },
  map,
  agencies: async (territory) => (await import('./agencies.ts')).compileAgencies(territory),
  agencyClasses,
  agencyWords,
  lead: { agencyKey: 'u:VN/bo-y-te', unitKey: 'u:VN' },
  defaultFunction: 'children',
  usualKind: 'KH',
  documentGrammar,
  grammarModule: new URL('./documents/index.ts', import.meta.url).href,
  writing,
  linkageKnowledge,
  programmes,
  ownState: {
    code: 'VNM',
    names: ['Viet Nam', 'Vietnam', 'Việt Nam'],
    keepers,
  },
  indicators: indicatorData,
  calendars,
  reporting,
  reportWords,
  commonPasswords: ['matkhau123456', 'vietnam123456', 'anhyeuem12345', 'hanoi12345678'],
  demonstration: async () => (await import('./demo/index.ts')).demonstration,
}
