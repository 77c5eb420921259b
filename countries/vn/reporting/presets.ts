import type { DayOfYear, DayRule, RegimeDefinition, RegimePreset, Tier } from '#reporting/model'
import { halfYearForm, shortForm, yearForm } from './forms.ts'

const words = (vi: string, en: string, fr: string) => ({ vi, en, fr })
const on = (date: number, month: number, year = 0): DayOfYear => ({ year, month, day: date })
const days = (of: Record<string, DayOfYear>): DayRule => ({ kind: 'days', days: of })
const nobody = { classes: [], functions: [], agencies: [], except: [] }

const communes = (due: DayRule): Tier => ({
  ...{ code: 'xa', names: words('UBND cấp xã', 'Communes', 'Communes'), to: 'tinh', due },
  who: { ...nobody, classes: ['commune-committees'] },
})
const provinces = (due: DayRule): Tier => ({
  ...{ code: 'tinh', names: words('UBND cấp tỉnh', 'Provinces', 'Provinces'), to: 'owner', due },
  who: { ...nobody, classes: ['provincial-committees'] },
})
const ministries = (due: DayRule): Tier => ({
  ...{ code: 'bo', names: words('Bộ, ngành trung ương', 'Ministries', 'Ministères'), to: 'owner', due },
  who: { ...nobody, classes: ['ministries-agencies'] },
})

const usual = {
  kind: 'periodic',
  sending: 'Gửi trên hệ thống; bản ký số hoặc bản giấy theo Nghị định 30/2020/NĐ-CP khi cơ quan nhận yêu cầu.',
  asksEstimates: false,
  cutOff: { kind: 'after-end', days: 0 },
  ...{
    graceDays: 0,
    lockAfterDays: 60,
    opensDaysBefore: 30,
    onHoliday: 'after',
    remindDays: [14, 3, 0],
    escalateAfterDays: 3,
  },
} satisfies Partial<RegimeDefinition>

/**
 * 25 May and 20 November: results are sent before the cut-offs of the decree, so that estimates are asked; final figures follow.
 * The days of ministries are printed; those of communes and provinces before them are [own].
 * @source 2017 guidance on child labour reports (25/5, 20/11); Decree 09/2019/NĐ-CP, Article 12; domain notes §3.3, §3.5
 */
const halfYear: RegimePreset = {
  code: 'sau-thang',
  names: words(
    'Báo cáo 6 tháng, hạn 25/5 và 20/11',
    'Half-yearly report, due 25 May and 20 November',
    'Rapport semestriel, 25 mai et 20 novembre',
  ),
  definition: {
    ...usual,
    names: words(
      'Báo cáo 6 tháng về thực hiện quyền trẻ em',
      'Half-yearly report on child rights',
      'Rapport semestriel sur les droits de l’enfant',
    ),
    content:
      'Kết quả thực hiện nhiệm vụ được giao về quyền trẻ em, số liệu, khó khăn, vướng mắc và đề xuất, kiến nghị.',
    legalBases: ['Quyết định số 27/QĐ-TTg của Thủ tướng Chính phủ', 'Nghị định số 09/2019/NĐ-CP'],
    window: { kind: 'calendar', calendar: 'vn-report', frequency: 'half-year' },
    asksEstimates: true,
    tiers: [
      communes(days({ S1: on(10, 5), S2: on(5, 11) })),
      provinces(days({ S1: on(18, 5), S2: on(13, 11) })),
      ministries(days({ S1: on(18, 5), S2: on(13, 11) })),
    ],
    rootDue: days({ S1: on(25, 5), S2: on(20, 11) }),
    onHoliday: 'before',
  },
  form: halfYearForm,
}

/** @source Law on Children 102/2016/QH13, Articles 89(2), 90(3); the days are [own], after the cut-off of the year */
const yearly: RegimePreset = {
  code: 'nam-luat-tre-em',
  names: words(
    'Báo cáo năm theo Luật Trẻ em',
    'Yearly report under the Law on Children',
    'Rapport annuel (loi sur l’enfance)',
  ),
  definition: {
    ...usual,
    names: words(
      'Báo cáo năm về thực hiện quyền trẻ em',
      'Yearly report on child rights',
      'Rapport annuel sur les droits de l’enfant',
    ),
    content: 'Kết quả thực hiện quyền trẻ em trong năm thuộc lĩnh vực, địa bàn được giao.',
    legalBases: ['Luật Trẻ em số 102/2016/QH13, Điều 89, Điều 90', 'Nghị định số 09/2019/NĐ-CP'],
    window: { kind: 'calendar', calendar: 'vn-report', frequency: 'year' },
    tiers: [
      communes(days({ '': on(18, 12) })),
      provinces(days({ '': on(24, 12) })),
      ministries(days({ '': on(24, 12) })),
    ],
    rootDue: days({ '': on(15, 1, 1) }),
  },
  form: yearForm,
}

/** @source Circular 28/2019/TT-BLĐTBXH, Article 5: communes 10 July, provinces 20 July, the ministry 31 July */
const monthOfAction: RegimePreset = {
  code: 'thang-hanh-dong',
  names: words('Báo cáo Tháng hành động vì trẻ em', 'Month of Action for Children', 'Mois d’action pour les enfants'),
  definition: {
    ...usual,
    names: words(
      'Báo cáo kết quả Tháng hành động vì trẻ em',
      'Report on the Month of Action for Children',
      'Rapport sur le Mois d’action pour les enfants',
    ),
    kind: 'thematic',
    content: 'Kết quả tổ chức Tháng hành động vì trẻ em.',
    legalBases: ['Thông tư số 28/2019/TT-BLĐTBXH, Điều 5'],
    window: {
      kind: 'own',
      parts: [
        {
          ...{ part: 'T6', from: on(1, 6), to: on(1, 7) },
          names: words('Tháng hành động vì trẻ em', 'Month of Action', 'Mois d’action'),
        },
      ],
    },
    tiers: [communes(days({ T6: on(10, 7) })), provinces(days({ T6: on(20, 7) }))],
    rootDue: days({ T6: on(31, 7) }),
  },
  form: shortForm,
}

/** @source Decree 09/2019/NĐ-CP, Article 12 (quarters end on the 14th of their last month); the due days after it are [own] */
const quarterly: RegimePreset = {
  code: 'quy',
  names: words('Báo cáo quý', 'Quarterly report', 'Rapport trimestriel'),
  definition: {
    ...usual,
    names: words('Báo cáo quý về công tác trẻ em', 'Quarterly report on work for children', 'Rapport trimestriel'),
    content: 'Kết quả công tác trẻ em trong quý, nhiệm vụ quý tiếp theo.',
    legalBases: ['Nghị định số 09/2019/NĐ-CP'],
    window: { kind: 'calendar', calendar: 'vn-report', frequency: 'quarter' },
    tiers: [communes({ kind: 'after-end', days: 3 }), provinces({ kind: 'after-end', days: 9 })],
    rootDue: { kind: 'after-end', days: 16 },
    onHoliday: 'stands',
  },
  form: shortForm,
}

/** Regimes a person may begin from; who issues one decides what it says. */
export const presets: RegimePreset[] = [halfYear, yearly, monthOfAction, quarterly]
