import { stringifySearch } from '../kit/url.ts'

/** Names of what recommendations are filtered by, as they stand in an address. */
export const names = {
  search: 'tim',
  reach: 'pham-vi',
  mechanism: 'co-che',
  cycle: 'chu-ky',
  kind: 'loai',
  position: 'quan-diem',
  weight: 'muc-keu-goi',
  urgent: 'khan-cap',
  cluster: 'nhom-dieu',
  article: 'dieu',
  theme: 'chu-de',
  group: 'nhom-lien-quan',
  sdg: 'muc-tieu',
  own: 'nhom-tu-dat',
  translation: 'ban-dich',
  plain: 'de-hieu',
  outdated: 'ban-dich-cu',
  assessment: 'danh-gia',
  likeness: 'lap-lai',
  task: 'nhiem-vu',
  answer: 'cach-dap-ung',
  implementation: 'thuc-hien',
  taskStanding: 'tinh-trang',
  lead: 'chu-tri',
  node: 'muc',
  plan: 'ke-hoach',
  document: 'van-kien',
  import: 'tep-nap',
  unconfirmed: 'chua-xac-nhan',
  state: 'quoc-gia',
} as const

/** Values of `names.reach`; without one: the newest cycle of each mechanism. */
export const reaches = { own: 'moi-chu-ky', all: 'moi-quoc-gia' } as const

export const recommendationTo = (id: string): string => `/khuyen-nghi/${id}`

/** The list of recommendations, narrowed. */
export function recommendationsTo(
  filter: Partial<Record<keyof typeof names, string | readonly string[]>> = {},
): string {
  const entries = Object.entries(filter).map(([key, value]) => [names[key as keyof typeof names], value])
  return `/khuyen-nghi${stringifySearch(Object.fromEntries(entries))}`
}
