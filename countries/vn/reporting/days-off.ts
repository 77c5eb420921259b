import type { DaysOff } from '#reporting/model'

const words = (vi: string, en: string, fr: string) => ({ vi, en, fr })

const newYear = words('Tết Dương lịch', 'New Year', 'Nouvel An')
const tet = words('Tết Nguyên đán', 'Lunar New Year', 'Nouvel An lunaire')
const kings = words('Giỗ Tổ Hùng Vương', 'Hung Kings’ Commemoration Day', 'Fête des rois Hùng')
const victory = words('Ngày Chiến thắng', 'Victory Day', 'Jour de la Victoire')
const labour = words('Ngày Quốc tế Lao động', 'Labour Day', 'Fête du Travail')
const national = words('Quốc khánh', 'National Day', 'Fête nationale')
const swapped = words('Nghỉ hoán đổi', 'Day off in exchange', 'Jour chômé en échange')
const madeUp = words('Làm bù', 'Day made up', 'Jour travaillé en échange')

const days = (from: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => {
    const day = new Date(`${from}T00:00:00Z`)
    day.setUTCDate(day.getUTCDate() + at)
    return day.toISOString().slice(0, 10)
  })
const off = (names: DaysOff['holidays'][number]['names'], ...on: string[]) => on.map((one) => ({ on: one, names }))

/** Days of the solar year that the law itself names; the others are announced for each year. */
const fixed = Array.from({ length: 4 }, (_, at) => 2027 + at).flatMap((year) => [
  ...off(newYear, `${year}-01-01`),
  ...off(victory, `${year}-04-30`),
  ...off(labour, `${year}-05-01`),
  ...off(national, `${year}-09-02`),
])

/**
 * Days off of civil servants. Which days are free is the law's; on which days Tết and National Day were taken, and what was exchanged
 * and made up, is [own] from the yearly announcements, to be checked against them. From 2027 on only the days the law names are known.
 * @source Labour Code 45/2019/QH14, Article 112
 */
export const daysOff: DaysOff = {
  weekend: [0, 6],
  ...{ knownFrom: '2025-01-01', knownTo: '2026-12-31' },
  holidays: [
    ...off(newYear, '2025-01-01'),
    ...off(tet, ...days('2025-01-27', 5)),
    ...off(kings, '2025-04-07'),
    ...off(victory, '2025-04-30'),
    ...off(labour, '2025-05-01'),
    ...off(swapped, '2025-05-02'),
    ...off(national, '2025-09-01', '2025-09-02'),
    ...off(newYear, '2026-01-01'),
    ...off(swapped, '2026-01-02'),
    ...off(tet, ...days('2026-02-16', 5)),
    ...off(kings, '2026-04-26', '2026-04-27'),
    ...off(victory, '2026-04-30'),
    ...off(labour, '2026-05-01'),
    ...off(swapped, '2026-08-31'),
    ...off(national, '2026-09-01', '2026-09-02'),
    ...fixed,
  ],
  madeUp: off(madeUp, '2025-04-26', '2026-01-10', '2026-08-22'),
}
