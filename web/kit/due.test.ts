import { describe, expect, it } from 'vitest'
import { sayer } from './catalogue.ts'
import { dueInWords, dueOf } from './due.ts'
import { formatter } from './format.ts'
import en from './messages/en.json' with { type: 'json' }
import fr from './messages/fr.json' with { type: 'json' }
import vi from './messages/vi.json' with { type: 'json' }

const today = '2026-05-19'
const languages = { vi, en, fr }
function words(language: keyof typeof languages, dueOn: string | null): string {
  const catalogue = languages[language]
  return dueInWords(dueOn, today, sayer(catalogue, language, true), formatter(catalogue['kit.locale']))
}

describe('a due date in words', () => {
  it.each([
    ['2026-05-22', 'còn 3 ngày, thứ Sáu 22/5'],
    ['2026-05-20', 'còn 1 ngày, thứ Tư 20/5'],
    ['2026-05-19', 'hạn hôm nay, thứ Ba 19/5'],
    ['2026-05-10', 'quá hạn 9 ngày, từ 10/5'],
    ['2025-12-31', 'quá hạn 139 ngày, từ 31/12/2025'],
    ['2027-01-31', 'hạn 31/1/2027'],
    [null, 'không có hạn'],
  ])('%s is said as an official says it: %s', (dueOn, said) => {
    expect(words('vi', dueOn)).toBe(said)
  })

  it('minds one and many in English and French', () => {
    expect(words('en', '2026-05-18')).toBe('1 day overdue, since 18/05')
    expect(words('en', '2026-05-22')).toBe('3 days left, Friday 22/05')
    expect(words('fr', '2026-05-18')).toBe('en retard de 1 jour, depuis le 18/05')
    expect(words('fr', '2026-05-22')).toBe('restent 3 jours, vendredi 22/05')
  })
})

describe('how near a due date is', () => {
  it.each([
    ['2026-05-18', 'past'],
    ['2026-05-19', 'today'],
    ['2026-05-26', 'soon'],
    ['2026-05-27', 'later'],
    [null, 'none'],
  ])('%s is %s', (dueOn, near) => {
    expect(dueOf(dueOn, today)).toBe(near)
  })
})
