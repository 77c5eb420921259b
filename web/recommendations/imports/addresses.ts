export const importsTo = '/khuyen-nghi/nhap'
export const importTo = (id: string): string => `${importsTo}/${id}`
export const registryTo = '/khuyen-nghi'

/** Places of a page of one import. */
export const anchors = { problems: 'van-de', differences: 'khac-biet' } as const
