import { stringifySearch } from '../kit/url.ts'

/** Names of what lists are filtered by, as they stand in an address. */
export const names = {
  search: 'tim',
  agency: 'co-quan',
  role: 'vai-tro',
  state: 'trang-thai',
  waiting: 'cho-xac-nhan',
  record: 'ban-ghi',
  person: 'nguoi',
  module: 'loai',
  from: 'tu-ngay',
  to: 'den-ngay',
  import: 'bang',
} as const

export const peopleTo = '/quan-tri/nguoi-dung'
export const inviteTo = '/quan-tri/nguoi-dung/moi'
export const importTo = '/quan-tri/nguoi-dung/bang'
export const personTo = (id: string): string => `/quan-tri/nguoi-dung/${id}`
/** The audit of one record, of whatever module. */
export const auditTo = (recordId: string): string => `/quan-tri/nhat-ky${stringifySearch({ [names.record]: recordId })}`
