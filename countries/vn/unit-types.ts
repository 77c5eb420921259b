import type { SpellingRule, UnitType } from '#territory/model'

/**
 * Kinds of unit since 2024, with the words printed before their names. `rural_district`, `urban_district`, `town`,
 * `provincial_city`, `municipal_city` and `township` ended on 1 July 2025.
 */
export const unitTypes: UnitType[] = [
  { type: 'country', level: 'country', rank: 0, names: { vi: 'Nước', en: 'Country', fr: 'Pays' } },
  { type: 'municipality', level: 'province', rank: 1, names: { vi: 'Thành phố', en: 'City', fr: 'Ville' } },
  { type: 'province', level: 'province', rank: 2, names: { vi: 'Tỉnh', en: 'Province', fr: 'Province' } },
  { type: 'municipal_city', level: 'district', rank: 1, names: { vi: 'Thành phố', en: 'City', fr: 'Ville' } },
  { type: 'provincial_city', level: 'district', rank: 1, names: { vi: 'Thành phố', en: 'City', fr: 'Ville' } },
  { type: 'urban_district', level: 'district', rank: 2, names: { vi: 'Quận', en: 'District', fr: 'Arrondissement' } },
  { type: 'town', level: 'district', rank: 3, names: { vi: 'Thị xã', en: 'Town', fr: 'Bourg' } },
  { type: 'rural_district', level: 'district', rank: 4, names: { vi: 'Huyện', en: 'District', fr: 'District' } },
  { type: 'ward', level: 'commune', rank: 1, names: { vi: 'Phường', en: 'Ward', fr: 'Quartier' } },
  { type: 'commune', level: 'commune', rank: 2, names: { vi: 'Xã', en: 'Commune', fr: 'Commune' } },
  { type: 'township', level: 'commune', rank: 3, names: { vi: 'Thị trấn', en: 'Township', fr: 'Bourgade' } },
  {
    type: 'special_zone',
    level: 'commune',
    rank: 4,
    names: { vi: 'Đặc khu', en: 'Special zone', fr: 'Zone spéciale' },
  },
]

/** Folded words and abbreviations written before a unit's name, with the types each may stand for. */
export const unitPrefixes: Record<string, string[]> = {
  tinh: ['province'],
  t: ['province'],
  'thanh pho': ['municipality', 'provincial_city', 'municipal_city'],
  tp: ['municipality', 'provincial_city', 'municipal_city'],
  quan: ['urban_district'],
  q: ['urban_district'],
  huyen: ['rural_district'],
  h: ['rural_district'],
  'thi xa': ['town'],
  tx: ['town'],
  xa: ['commune'],
  x: ['commune'],
  phuong: ['ward'],
  p: ['ward'],
  'thi tran': ['township'],
  tt: ['township'],
  'dac khu': ['special_zone'],
}

/**
 * Spellings exchanged in place names by the official lists themselves (measured on the variants of the reference
 * lists): y/i, s/x, tr/ch, d/r/gi, k/c, n at the end/ng, and the words for a State farm's township.
 */
export const placeSpelling: SpellingRule[] = [
  [' n t ', ' nong truong '],
  [' nt ', ' nong truong '],
  ['ngh', 'ng'],
  ['gh', 'g'],
  ['y', 'i'],
  ['tr', 'ch'],
  ['s', 'x'],
  ['gi', 'd'],
  ['k', 'c'],
]
