export const reportsTo = '/bao-cao'
export const receivedTo = '/bao-cao/tiep-nhan'
export const delegationsTo = '/bao-cao/giao-ky-thay'
export const reportTo = (id: string, section?: string): string =>
  section === undefined ? `/bao-cao/${id}` : `/bao-cao/${id}?${sectionName}=${section}`

/** Which section is open, and which submission, as they stand in an address. */
export const sectionName = 'phan'
export const numberName = 'lan'
/** What a list shows. */
export const showName = 'xem'
