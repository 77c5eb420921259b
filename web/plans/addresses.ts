import { stringifySearch } from '../kit/url.ts'
import type { Counts } from '../kit/FourNumbers.tsx'
import type { Standing } from '#plans/model'

/** Names of what lists are filtered by, as they stand in an address. */
export const names = {
  search: 'tim',
  state: 'trang-thai',
  level: 'cap',
  issuer: 'co-quan-ban-hanh',
  agency: 'co-quan',
  mine: 'cua-toi',
  parent: 'trien-khai-tu',
  plan: 'ke-hoach',
  node: 'muc',
  group: 'nhom',
  version: 'van-ban',
  standing: 'tinh-trang',
  progress: 'cap-nhat',
  dueBy: 'han-den',
  dueFrom: 'han-tu',
  status: 'tu-danh-gia',
  agencyKind: 'loai-co-quan',
  planLevel: 'cap-ke-hoach',
  programme: 'chuong-trinh',
  aboveLevel: 'tu-cap',
  aboveStanding: 'viec-cap-tren',
  dueDate: 'thoi-han',
  evidence: 'minh-chung',
  below: 'cap-duoi',
  urging: 'don-doc',
  lead: 'con-hoat-dong',
  issuerKind: 'loai-ban-hanh',
  progressed: 'da-cap-nhat',
  number: 'so-hieu',
  periodTo: 'ket-thuc',
  under: 'truc-thuoc',
  view: 'xem',
  grouping: 'xep-theo',
  columns: 'cot-theo',
  draft: 'ban',
  label: 'nhan',
  answering: 'dap-ung-khuyen-nghi',
  mechanism: 'co-che',
  cluster: 'nhom-dieu',
  recommendation: 'khuyen-nghi',
} as const

/** Value of `names.draft` that asks for the version being written. */
export const draftValue = 'du-thao'

export const planTo = (id: string): string => `/ke-hoach/${id}`
export const planDraftTo = (id: string): string => `/ke-hoach/${id}?${names.draft}=${draftValue}`
/** An issued document of a plan that another has changed since. */
export const versionTo = (id: string, versionId: string): string => `/ke-hoach/${id}?${names.version}=${versionId}`
export const editorTo = (id: string, nodeId?: string): string =>
  `/ke-hoach/${id}/soan${stringifySearch({ [names.node]: nodeId })}`
export const derivationTo = (id: string): string => `/ke-hoach/${id}/trien-khai`
export const coverageTo = (id: string, filters: { level?: string; state?: string; under?: string } = {}): string =>
  `/ke-hoach/${id}/do-phu${stringifySearch({ [names.level]: filters.level, [names.state]: filters.state, [names.under]: filters.under })}`
export const plansTo = (filters: { parent?: string; search?: string; mine?: boolean; state?: string } = {}): string =>
  `/ke-hoach${stringifySearch({ [names.parent]: filters.parent, [names.search]: filters.search, [names.mine]: filters.mine ? 'co' : undefined, [names.state]: filters.state })}`
/** A task as it stands in its plan. */
export const nodeTo = (planId: string, nodeId: string): string => `/ke-hoach/${planId}#${nodeAnchor(nodeId)}`
export const nodeAnchor = (nodeId: string): string => `muc-${nodeId}`
/** Tasks that look like the same work. */
export const duplicatesTo = (): string => '/nhiem-vu/long-ghep'
export const workTo = (id: string): string => `/nhiem-vu/${id}`
export const urgingsTo = (id?: string): string => (id ? `/don-doc#${id}` : '/don-doc')

export interface TasksFilter {
  plan?: string
  node?: string
  group?: string
  agency?: string
  standing?: Standing
  progress?: string
  search?: string
  dueBy?: string
  /** Codes: work that serves any of them. */
  programme?: readonly string[] | undefined
  /** A recommendation the work's task answers. */
  recommendation?: string
}

/** The list of pieces of work behind a number. */
export function tasksTo(filter: TasksFilter): string {
  const entries = Object.entries(filter).map(([key, value]) => [names[key as keyof TasksFilter], value])
  return `/nhiem-vu${stringifySearch(Object.fromEntries(entries))}`
}

/** The standing each of the four numbers, and the undated, counts. */
export const standingOfCount: Record<keyof Counts, Standing> = {
  done: 'done-on-time',
  late: 'done-late',
  pending: 'pending-in-time',
  overdue: 'overdue',
  undated: 'no-due-date',
}
