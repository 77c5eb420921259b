import { names as common } from '../addresses.ts'

/** Names of what the page of targets is asked for, as they stand in an address. */
export const names = {
  unit: common.unit,
  field: common.field,
  year: 'nam',
  whose: 'cua',
  state: 'tinh-trang',
} as const
