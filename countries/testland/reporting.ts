import type { CountryReporting } from '#reporting/model'

const yearly = (day = '', month = '') => ({ day: Number(day), month: Number(month) })

/** Sundays are free, and two days of the invented year. */
export const reporting: CountryReporting = {
  presets: [],
  readDays({ due, sentence }) {
    const window = /from (\d+)\/(\d+) to (\d+)\/(\d+)/u.exec(sentence)
    return {
      days: [...(due ?? '').matchAll(/(\d+)\/(\d+)/gu)].map(([, day, month]) => ({
        ...yearly(day, month),
        year: Number(month) > 3 ? 0 : null,
      })),
      window: window && { from: yearly(window[1], window[2]), to: yearly(window[3], window[4]), fromYear: null },
    }
  },
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
