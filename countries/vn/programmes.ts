import type { Programme } from '#plans'

/**
 * Programmes and plans a children's task may serve beside its own plan (D4).
 * @source domain notes §1.1, §3.1: decisions of the Prime Minister by number and date; French and English titles are ours
 */
export const programmes: Programme[] = [
  {
    code: '23-2021',
    number: '23/QĐ-TTg',
    issuedOn: '2021-01-07',
    name: {
      vi: 'Chương trình hành động quốc gia vì trẻ em giai đoạn 2021–2030',
      en: 'National Programme of Action for Children 2021–2030',
      fr: "Programme national d'action pour les enfants 2021–2030",
    },
  },
  {
    code: '782-2021',
    number: '782/QĐ-TTg',
    issuedOn: '2021-05-27',
    name: {
      vi: 'Chương trình phòng ngừa, giảm thiểu lao động trẻ em',
      en: 'Programme against child labour',
      fr: 'Programme contre le travail des enfants',
    },
  },
  {
    code: '830-2021',
    number: '830/QĐ-TTg',
    issuedOn: '2021-06-01',
    name: {
      vi: 'Chương trình bảo vệ trẻ em trên môi trường mạng',
      en: 'Programme for the safety of children online',
      fr: 'Programme de protection des enfants en ligne',
    },
  },
  {
    code: '1248-2021',
    number: '1248/QĐ-TTg',
    issuedOn: '2021-07-19',
    name: {
      vi: 'Chương trình phòng, chống tai nạn, thương tích trẻ em',
      en: 'Programme against injuries to children',
      fr: 'Programme de prévention des accidents et traumatismes des enfants',
    },
  },
  {
    code: '1591-2023',
    number: '1591/QĐ-TTg',
    issuedOn: '2023-12-08',
    name: {
      vi: 'Chương trình chăm sóc sức khỏe tâm thần cho trẻ em, trẻ em mồ côi',
      en: 'Programme for mental health and orphaned children',
      fr: 'Programme de santé mentale et pour les enfants orphelins',
    },
  },
  {
    code: '1183-2024',
    number: '1183/QĐ-TTg',
    issuedOn: '2024-10-14',
    name: {
      vi: 'Kế hoạch thực hiện Chỉ thị số 28-CT/TW của Bộ Chính trị',
      en: 'Plan for the Politburo’s Directive 28-CT/TW',
      fr: 'Plan pour la Directive 28-CT/TW du Bureau politique',
    },
  },
  {
    code: '27-2025',
    number: '27/QĐ-TTg',
    issuedOn: '2025-01-03',
    name: {
      vi: 'Kế hoạch thực hiện Khuyến nghị của Ủy ban về quyền trẻ em của Liên hợp quốc',
      en: 'Plan to implement the recommendations of the Committee on the Rights of the Child',
      fr: "Plan de mise en œuvre des recommandations du Comité des droits de l'enfant",
    },
  },
  {
    code: '1172-2025',
    number: '1172/QĐ-TTg',
    issuedOn: '2025-06-17',
    name: {
      vi: 'Kế hoạch thực hiện các khuyến nghị UPR chu kỳ IV',
      en: 'Plan for the recommendations of the UPR, fourth cycle',
      fr: "Plan pour les recommandations de l'EPU, quatrième cycle",
    },
  },
  {
    code: '2270-2025',
    number: '2270/QĐ-TTg',
    issuedOn: '2025-10-14',
    name: {
      vi: 'Chương trình phát triển giáo dục mầm non khu vực đô thị, khu công nghiệp',
      en: 'Programme for preschools in urban and industrial zones',
      fr: 'Programme pour les écoles maternelles des zones urbaines et industrielles',
    },
  },
]
