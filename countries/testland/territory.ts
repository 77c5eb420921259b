import type { PlaceWords, Succession, TerritoryData, Unit, UnitType, UnitVersion } from '#territory/model'

/** The reform that abolished districts and made two provinces of three, and the smaller one after it. */
export const reform = '2030-01-01'
const secondReform = '2032-07-01'
const act = 'Lov 7/2029'

const types: UnitType[] = [
  { type: 'rik', level: 'country', rank: 0, names: { vi: 'Nước', en: 'Realm', fr: 'Royaume' } },
  { type: 'vard', level: 'province', rank: 1, names: { vi: 'Tỉnh', en: 'Vård', fr: 'Vård' } },
  { type: 'kraj', level: 'district', rank: 1, names: { vi: 'Huyện', en: 'Kråj', fr: 'Kråj' } },
  { type: 'torg', level: 'commune', rank: 1, names: { vi: 'Phường', en: 'Market town', fr: 'Bourg' } },
  { type: 'osel', level: 'commune', rank: 2, names: { vi: 'Xã', en: 'Parish', fr: 'Paroisse' } },
]

type Life = { from?: string; to?: string; legalBasis?: string }

function version(
  code: string,
  name: string,
  nameEn: string,
  type: string,
  parent: string | null,
  life: Life = {},
): UnitVersion {
  return {
    from: life.from ?? null,
    to: life.to ?? null,
    code,
    name,
    nameEn,
    type,
    parent,
    legalBasis: life.legalBasis ?? null,
  }
}

const until = { to: reform }
const since = { from: reform, legalBasis: act }
const u20 = (code: string): string => `u:2020:${code}`
const u30 = (code: string): string => `u:2030:${code}`

const provinces: Unit[] = [
  { key: 'u:TL', versions: [version('TL', 'Testłand', 'Testland', 'rik', null)] },
  { key: u20('01'), versions: [version('01', 'Vård Nørda', 'Norda', 'vard', 'u:TL', until)] },
  { key: u20('02'), versions: [version('02', 'Vård Sóla', 'Sola', 'vard', 'u:TL')] },
  { key: u20('03'), versions: [version('03', 'Vård Ëstra', 'Estra', 'vard', 'u:TL', until)] },
  { key: u30('03'), versions: [version('03', 'Vård Nørdëst', 'Nordest', 'vard', 'u:TL', since)] },
]

const districts: Unit[] = [
  { key: u20('011'), versions: [version('011', 'Kråj Łunda', 'Lunda', 'kraj', u20('01'), until)] },
  { key: u20('012'), versions: [version('012', 'Kråj Miðe', 'Mide', 'kraj', u20('01'), until)] },
  { key: u20('021'), versions: [version('021', 'Kråj Vík', 'Vik', 'kraj', u20('02'), until)] },
  { key: u20('031'), versions: [version('031', 'Kråj Føss', 'Foss', 'kraj', u20('03'), until)] },
]

const communes: Unit[] = [
  { key: u20('01101'), versions: [version('01101', 'Ösel Łunda', 'Lunda', 'osel', u20('011'), until)] },
  { key: u20('01102'), versions: [version('01102', 'Ösel Brøk', 'Brok', 'osel', u20('011'), until)] },
  { key: u20('01103'), versions: [version('01103', 'Tørg Hávn', 'Havn', 'torg', u20('011'), until)] },
  { key: u20('01201'), versions: [version('01201', 'Ösel Miðe', 'Mide', 'osel', u20('012'), until)] },
  { key: u20('01202'), versions: [version('01202', 'Ösel Skøg', 'Skog', 'osel', u20('012'), until)] },
  { key: u20('01203'), versions: [version('01203', 'Ösel Ås', 'As', 'osel', u20('012'), until)] },
  {
    key: u20('02101'),
    versions: [
      version('02101', 'Tørg Sóla', 'Sola', 'torg', u20('021'), until),
      version('02101', 'Tørg Sólheim', 'Solheim', 'torg', u20('02'), since),
    ],
  },
  { key: u20('02102'), versions: [version('02102', 'Ösel Vík', 'Vik', 'osel', u20('021'), until)] },
  { key: u20('02103'), versions: [version('02103', 'Ösel Đal', 'Dal', 'osel', u20('021'), until)] },
  { key: u20('03101'), versions: [version('03101', 'Ösel Ëstra', 'Estra', 'osel', u20('031'), until)] },
  { key: u20('03102'), versions: [version('03102', 'Ösel Nes', 'Nes', 'osel', u20('031'), until)] },
  {
    key: u20('03103'),
    versions: [
      version('03103', 'Ösel Føss', 'Foss', 'osel', u20('031'), until),
      version('03103', 'Ösel Føss', 'Foss', 'osel', u30('03'), since),
    ],
  },
  { key: u30('01101'), versions: [version('01101', 'Ösel Łunda', 'Lunda', 'osel', u30('03'), since)] },
  { key: u30('01103'), versions: [version('01103', 'Tørg Hávn-Miðe', 'Havn-Mide', 'torg', u30('03'), since)] },
  {
    key: u30('01203'),
    versions: [version('01203', 'Ösel Åskøg', 'Askog', 'osel', u30('03'), { ...since, to: secondReform })],
  },
  {
    key: u30('02102'),
    versions: [version('02102', 'Ösel Vík-Đal', 'Vik-Dal', 'osel', u20('02'), { ...since, to: secondReform })],
  },
  { key: u30('03101'), versions: [version('03101', 'Tørg Ëstra', 'Estra', 'torg', u30('03'), since)] },
  {
    key: 'u:2032:02102',
    versions: [
      version('02102', 'Tørg Víkdal', 'Vikdal', 'torg', u20('02'), { from: secondReform, legalBasis: 'Lov 3/2032' }),
    ],
  },
]

function becomes(from: string, to: string, share: 'whole' | 'part' = 'whole', note: string | null = null): Succession {
  return { from: u20(from), to: u30(to), kind: share, share, date: reform, weight: null, note }
}

const succession: Succession[] = [
  becomes('01', '03'),
  becomes('03', '03'),
  becomes('011', '01101', 'part'),
  becomes('011', '01103', 'part'),
  becomes('012', '01103', 'part'),
  becomes('012', '01203', 'part'),
  { ...becomes('021', '02102', 'part') },
  { ...becomes('021', '02102', 'part'), to: u20('02101') },
  becomes('031', '03101', 'part'),
  { ...becomes('031', '03101', 'part'), to: u20('03103') },
  becomes('01101', '01101'),
  becomes('01102', '01101'),
  becomes('01103', '01103'),
  becomes('01201', '01103'),
  becomes('01202', '01103', 'part', 'Vestre halvdel'),
  becomes('01202', '01203', 'part', 'Østre halvdel'),
  becomes('01203', '01203'),
  becomes('02102', '02102'),
  becomes('02103', '02102'),
  becomes('03101', '03101'),
  becomes('03102', '03101'),
  { from: u30('01203'), to: u30('01103'), kind: 'whole', share: 'whole', date: secondReform, weight: null, note: null },
  {
    from: u30('02102'),
    to: 'u:2032:02102',
    kind: 'renamed',
    share: 'renamed',
    date: secondReform,
    weight: null,
    note: null,
  },
]

/** The invented country's units: 3 provinces, 4 districts and 12 communes before the reform, 2 and 7 after it. */
export const territory: TerritoryData = {
  country: 'TL',
  recordedFrom: '2020-01-01',
  types,
  units: [...provinces, ...districts, ...communes],
  succession,
  aliases: [
    {
      unit: u20('01103'),
      field: 'name',
      value: 'Tørg Hafn',
      difference: 'spelling',
      from: null,
      to: null,
      source: 'Kart 1998',
    },
    {
      unit: u30('01103'),
      field: 'code',
      value: '01199',
      difference: 'print',
      from: reform,
      to: null,
      source: 'Trykt vedlegg',
    },
  ],
  remarks: [{ unit: u20('01202'), date: reform, text: 'Delt langs elva' }],
}

export const placeWords: PlaceWords = {
  prefixes: { vard: ['vard'], v: ['vard'], kraj: ['kraj'], kr: ['kraj'], osel: ['osel'], torg: ['torg'], t: ['torg'] },
  spelling: [
    ['v', 'f'],
    ['y', 'i'],
  ],
}
