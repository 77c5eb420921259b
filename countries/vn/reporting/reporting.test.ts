import { describe, expect, test } from 'vitest'
import { FormDefinition, judgeRegime, periodsAfter, RegimeDefinition, scheduleOf } from '#reporting/model'
import { agencyClasses } from '../agency-classes.ts'
import { country } from '../index.ts'

const { presets, daysOff } = country.reporting
const almanac = { calendars: country.calendars, daysOff }
const measures = country.indicators.indicators.flatMap((one) => one.measures)
const presetOf = (code: string) => {
  const found = presets.find((one) => one.code === code)
  if (found === undefined) throw new Error(code)
  return found
}

describe('proposed regimes', () => {
  test.each(presets.map(({ code }) => code))('%s can be issued as it is, in three languages', (code) => {
    const { definition, form, names } = presetOf(code)
    expect(
      judgeRegime(RegimeDefinition.parse(definition), almanac, 2026).filter(({ severity }) => severity === 'error'),
    ).toEqual([])
    const known = new Set(agencyClasses.map((one) => one.code))
    for (const { who } of definition.tiers) expect(who.classes.every((one) => known.has(one))).toBe(true)
    for (const text of [names, definition.names, form.title]) expect(Object.keys(text)).toEqual(['vi', 'en', 'fr'])
  })

  test.each(presets.map(({ code }) => code))(
    'the form of %s asks for measures that are there, in the rhythm of its periods',
    (code) => {
      const { definition, form } = presetOf(code)
      const { sections } = form
      const { window } = definition
      const figures = sections.flatMap((section) => (section.kind === 'figures' ? section.rows : []))
      for (const { measureId } of figures) {
        const rhythms = measures.find((one) => one.code === measureId)?.periods
        expect(rhythms).toContainEqual(
          window.kind === 'calendar' ? { calendar: window.calendar, frequency: window.frequency } : null,
        )
      }
      const resolved = sections.map((section) =>
        section.kind === 'figures'
          ? {
              ...section,
              rows: section.rows.map((row) => ({ ...row, measureId: '00000000-0000-4000-8000-000000000000' })),
            }
          : section,
      )
      expect(FormDefinition.parse({ ...presetOf(code).form, sections: resolved }).sections).toHaveLength(
        sections.length,
      )
    },
  )

  test.each([
    ['sau-thang', '2026', ['2026-05-08 2026-05-18 2026-05-25', '2026-11-05 2026-11-13 2026-11-20']],
    ['thang-hanh-dong', '2026', ['2026-07-10 2026-07-20 2026-07-31']],
  ])('%s is due in %s as printed, before a day off', (code, year, expected) => {
    const { definition } = presetOf(code)
    const found = periodsAfter(definition.window, {
      ...{ day: `${year}-01-01`, count: expected.length, calendars: country.calendars },
    }).map((period) => {
      const due = scheduleOf(definition, period, daysOff)?.due
      return [due?.xa?.on, due?.tinh?.on, due?.root?.on].join(' ')
    })
    expect(found).toEqual(expected)
  })
})
