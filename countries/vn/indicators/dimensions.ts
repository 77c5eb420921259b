import type { Dimension } from '#indicators/model'

/** By what Việt Nam's figures on children are broken down. */
export const dimensions: Dimension[] = [
  {
    code: 'sex',
    names: { vi: 'Giới tính', en: 'Sex', fr: 'Sexe' },
    values: [
      { code: 'male', names: { vi: 'Nam', en: 'Male', fr: 'Masculin' } },
      { code: 'female', names: { vi: 'Nữ', en: 'Female', fr: 'Féminin' } },
    ],
  },
  {
    code: 'residence',
    names: { vi: 'Thành thị, nông thôn', en: 'Urban and rural', fr: 'Urbain et rural' },
    values: [
      { code: 'urban', names: { vi: 'Thành thị', en: 'Urban', fr: 'Urbain' } },
      { code: 'rural', names: { vi: 'Nông thôn', en: 'Rural', fr: 'Rural' } },
    ],
  },
  {
    code: 'ethnicity',
    names: { vi: 'Dân tộc', en: 'Ethnicity', fr: 'Ethnie' },
    values: [
      { code: 'kinh', names: { vi: 'Kinh', en: 'Kinh', fr: 'Kinh' } },
      { code: 'minority', names: { vi: 'Dân tộc thiểu số', en: 'Ethnic minorities', fr: 'Minorités ethniques' } },
    ],
  },
]
