export const termsTo = '/chi-tieu/danh-muc'
export const termFileTo = (id: string): string => `${termsTo}/${id}`

/** Where files of the dictionary are kept on the server. */
export const termsAt = '/indicators/imports'
