import { stringifySearch } from '../kit/url.ts'

export const indicatorsTo = '/chi-tieu'
export const entryTo = '/chi-tieu/nhap-so-lieu'
export const waitingTo = '/chi-tieu/duyet'

/** Names of what the pages of indicators are asked for, as they stand in an address. */
export const names = {
  search: 'tim',
  field: 'linh-vuc',
  owner: 'chu-tri',
  aspect: 'loai',
  measure: 'so-do',
  unit: 'dia-ban',
  period: 'ky',
  breakdown: 'phan-to',
  view: 'ranh-gioi',
  show: 'xem',
  level: 'cap',
  basis: 'nguon',
  picture: 'hinh',
} as const

type Asked = Partial<Record<keyof typeof names, string | undefined>>

function search(asked: Asked): string {
  return stringifySearch(
    Object.fromEntries(Object.entries(asked).map(([key, value]) => [names[key as keyof typeof names], value])),
  )
}

export const indicatorTo = (id: string, asked: Asked = {}): string => `/chi-tieu/${id}${search(asked)}`
export const picturesTo = (id: string, asked: Asked = {}): string => `/chi-tieu/${id}/hinh-anh${search(asked)}`
export const entryAt = (asked: Asked): string => entryTo + search(asked)
export const indicatorsAt = (asked: Asked): string => indicatorsTo + search(asked)
