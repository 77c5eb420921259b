export const importsTo = '/khuyen-nghi/nhap'
export const importTo = (id: string): string => `${importsTo}/${id}`
export const registryTo = '/khuyen-nghi'
export const oneTo = (id: string): string => `${registryTo}/${id}`

/** Places of a page of one import. */
export const anchors = { problems: 'van-de', differences: 'khac-biet' } as const
