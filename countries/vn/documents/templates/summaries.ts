import type { SummaryWords } from '../../../../src/documents/writing/layout.ts'

/** Words of summaries of plans for readers abroad. */
export const summaries: Record<'en' | 'fr', SummaryWords> = {
  en: {
    locale: 'en-GB',
    nationalName: 'SOCIALIST REPUBLIC OF VIET NAM',
    motto: 'Independence - Freedom - Happiness',
    kind: 'SUMMARY OF A PLAN',
    text: 'Summary',
    facts: {
      officialTitle: 'Title in Vietnamese:',
      number: 'Number:',
      issuedOn: 'Issued on:',
      period: 'Period:',
      tasks: 'Tasks:',
      leads: 'Bodies that lead tasks:',
    },
    notOfficial: 'This summary is for information. Only the Vietnamese text of the plan is official.',
  },
  fr: {
    locale: 'fr-FR',
    nationalName: 'RÉPUBLIQUE SOCIALISTE DU VIET NAM',
    motto: 'Indépendance - Liberté - Bonheur',
    kind: 'RÉSUMÉ DE PLAN',
    text: 'Résumé',
    facts: {
      officialTitle: 'Titre en vietnamien :',
      number: 'Numéro :',
      issuedOn: 'Date d’émission :',
      period: 'Période :',
      tasks: 'Tâches :',
      leads: 'Organismes chargés de tâches :',
    },
    notOfficial: 'Ce résumé est donné à titre d’information. Seul le texte vietnamien du plan fait foi.',
  },
}

/**
 * Names of central bodies in other languages.
 * @source English: the ministries' own pages; French: the usual translation
 */
const central: Record<string, { en: string; fr: string }> = {
  'Chính phủ': { en: 'Government', fr: 'Gouvernement' },
  'Bộ Y tế': { en: 'Ministry of Health', fr: 'Ministère de la Santé' },
  'Bộ Giáo dục và Đào tạo': {
    en: 'Ministry of Education and Training',
    fr: "Ministère de l'Éducation et de la Formation",
  },
  'Bộ Tư pháp': { en: 'Ministry of Justice', fr: 'Ministère de la Justice' },
  'Bộ Công an': { en: 'Ministry of Public Security', fr: 'Ministère de la Sécurité publique' },
  'Bộ Quốc phòng': { en: 'Ministry of National Defence', fr: 'Ministère de la Défense nationale' },
  'Bộ Ngoại giao': { en: 'Ministry of Foreign Affairs', fr: 'Ministère des Affaires étrangères' },
  'Bộ Nội vụ': { en: 'Ministry of Home Affairs', fr: "Ministère de l'Intérieur" },
  'Bộ Tài chính': { en: 'Ministry of Finance', fr: 'Ministère des Finances' },
}

/** Committees by the word for their unit. */
const committees: [RegExp, { en: string; fr: string }][] = [
  [/^Ủy ban nhân dân tỉnh (.+)$/u, { en: "People's Committee of {name} Province", fr: 'Comité populaire de la province de {name}' }],
  [/^Ủy ban nhân dân thành phố (.+)$/u, { en: "People's Committee of {name} City", fr: 'Comité populaire de la ville de {name}' }],
  [/^Ủy ban nhân dân xã (.+)$/u, { en: "People's Committee of {name} Commune", fr: 'Comité populaire de la commune de {name}' }],
  [/^Ủy ban nhân dân phường (.+)$/u, { en: "People's Committee of {name} Ward", fr: 'Comité populaire du quartier de {name}' }],
] // prettier-ignore

/** The name of a body in another language; null where none is known. */
export function nameAbroad(name: string, language: string): string | null {
  if (language !== 'en' && language !== 'fr') return null
  const known = Object.hasOwn(central, name) ? central[name] : undefined
  if (known !== undefined) return known[language]
  for (const [pattern, words] of committees) {
    const unit = pattern.exec(name)?.[1]
    if (unit !== undefined) return words[language].replace('{name}', () => unit)
  }
  return null
}
