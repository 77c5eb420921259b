import type { Country } from '../../src/country.ts'
import { agencies, agencyClasses, agencyWords, bodiesOf } from './agencies.ts'
import { calendars, indicatorData } from './indicators.ts'
import { reporting } from './reporting.ts'
import { placeWords, reform, territory } from './territory.ts'

/** An invented country with an invented language: for tests, and the proof that nothing in `src` is one country's. */
export const country: Country = {
  code: 'testland',
  names: { vi: 'Đất Thử', en: 'Testland', fr: 'Testlande' },
  timeZone: 'Atlantic/Faroe',
  language: 'en',
  territory: () => Promise.resolve(territory),
  placeWords,
  map: {
    layouts: [
      {
        ...{ from: reform, to: null },
        tiles: [
          { code: '02', label: 'Sól', column: 0, row: 1, islands: null },
          { code: '03', label: 'Nør', column: 1, row: 0, islands: null },
          { code: '03', label: 'Øyar', column: 3, row: 0, islands: 'Fjernøyar' },
        ],
      },
    ],
    insets: [{ name: 'Fjernøyar', code: '03', box: [9, 60, 10, 61] }],
  },
  agencies: (land = territory) => Promise.resolve(bodiesOf(land)),
  agencyClasses,
  agencyWords,
  lead: { agencyKey: agencies.agencies[0]?.key ?? '', unitKey: territory.units[0]?.key ?? '' },
  defaultFunction: agencies.functions[0]?.code ?? '',
  usualKind: 'PL',
  documentGrammar: null,
  grammarModule: null,
  writing: null,
  linkageKnowledge: null,
  programmes: [],
  ownState: {
    code: 'TLD',
    names: ['Testland', 'Testland (Kingdom of)'],
    keepers: { byMechanism: { crc: 'children', cedaw: 'labour' }, otherwise: 'finance' },
  },
  indicators: indicatorData,
  calendars,
  reporting,
  reportWords: null,
  commonPasswords: [],
  demonstration: null,
}
