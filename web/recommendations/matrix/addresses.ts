export const matrixTo = '/khuyen-nghi/bang-gui-lhq'

/** How the matrix is set, in its address beside the filters. */
export const settingNames = {
  language: 'ngon-ngu',
  groupBy: 'xep-theo',
  translations: 'kem-ban-dich',
  limit: 'gioi-han',
} as const
export const withTranslations = 'co'
