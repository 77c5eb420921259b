export const filesTo = '/chi-tieu/tep'
export const fileTo = (id: string): string => `${filesTo}/${id}`

/** Names of what the pages of files are asked for, as they stand in an address. */
export const names = { show: 'xem' } as const
