export const changeSetsTo = '/sua-hang-loat'
export const changeSetTo = (id: string): string => `/sua-hang-loat/${id}`
export const manyTo = (planId: string): string => `/ke-hoach/${planId}/sua-nhieu`
export const draftSheetTo = (planId: string): string => `/ke-hoach/${planId}/bang`
export const progressSheetTo = '/nhiem-vu/bang'
