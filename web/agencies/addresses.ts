/** Address of a body's page. */
export function agencyTo(id: string): string {
  return `/co-quan/${id}`
}

export const reformsTo = '/sap-xep'
export const reformTo = (id: string): string => `/sap-xep/${id}`
