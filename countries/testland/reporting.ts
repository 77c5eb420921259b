import type { CountryReporting } from '#reporting/model'

/** Sundays are free, and two days of the invented year. */
export const reporting: CountryReporting = {
  presets: [],
  daysOff: {
    weekend: [0],
    ...{ knownFrom: '2029-01-01', knownTo: '2033-12-31' },
    holidays: [
      { on: '2031-05-17', names: { vi: 'Ngày hội', en: 'Feast', fr: 'Fête' } },
      { on: '2031-05-26', names: { vi: 'Ngày biển', en: 'Day of the sea', fr: 'Jour de la mer' } },
    ],
    madeUp: [{ on: '2031-06-01', names: { vi: 'Làm bù', en: 'Made up', fr: 'Récupération' } }],
  },
  obstacles: {
    answerDays: 5,
    themes: [
      {
        key: 'people',
        names: { vi: 'Nhân lực', en: 'People', fr: 'Personnel' },
        level: 'province',
        function: 'health',
      },
      { key: 'money', names: { vi: 'Kinh phí', en: 'Money', fr: 'Moyens' }, level: 'central', function: 'finance' },
      { key: 'other', names: { vi: 'Khác', en: 'Other', fr: 'Autre' }, level: 'commune', function: null },
    ],
  },
}
