/** Address of a body's page. */
export function agencyTo(id: string): string {
  return `/co-quan/${id}`
}

export const reformsTo = '/sap-xep'
export const reformTo = (id: string): string => `/sap-xep/${id}`
/** Address of how a body heads, numbers and signs its documents. */
export function letterheadTo(id: string): string {
  return `/co-quan/${id}/the-thuc`
}
