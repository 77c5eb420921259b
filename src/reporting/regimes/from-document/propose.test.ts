import { describe, expect, test } from 'vitest'
import type { PrintedDuty } from './model.ts'
import { proposeRegime } from './propose.ts'

const nobody = { agencyId: null, classCode: null, name: null }
const aDuty = (duty: Partial<PrintedDuty> = {}): PrintedDuty => ({
  ...{ who: 'Departments', whoMeans: { ...nobody, classCode: 'departments' }, isOwn: false },
  ...{ to: 'the Council', toMeans: nobody, isToOwn: true, due: 'before 25/5', frequency: 'half-year' },
  ...{ read: { days: [{ day: 25, month: 5, year: 0 }], window: null }, raw: 'Departments report before 25/5.' },
  source: { line: 9, page: null, table: null, row: null },
  ...duty,
})
const november = { due: '20/11', read: { days: [{ day: 20, month: 11, year: 0 as const }], window: null } }
const of = (...duties: PrintedDuty[]) => proposeRegime(duties, { base: 'Plan 7' })

describe('a regime proposed from printed words', () => {
  test('has both due days of a half-yearly report, who owes it, and the document as legal base', () => {
    const { definition, unplaced } = of(aDuty(), aDuty(november))
    expect(definition.tiers).toMatchObject([
      {
        ...{ code: 'cap-1', to: 'owner', who: { classes: ['departments'], agencies: [] } },
        due: { days: { S1: { year: 0, month: 5, day: 25 }, S2: { year: 0, month: 11, day: 20 } } },
      },
    ])
    expect(definition.window).toEqual({ kind: 'calendar', calendar: '', frequency: 'half-year' })
    expect([definition.legalBases, unplaced]).toEqual([['Plan 7'], []])
  })

  test('leaves empty what was not read, and says so', () => {
    const { definition, missing } = of(
      aDuty({ who: null, whoMeans: nobody, isToOwn: false, to: null, due: null, frequency: null, read: nothing }),
    )
    expect(definition).toMatchObject({ names: {}, content: '', sending: '', window: { kind: 'own', parts: [] } })
    expect(definition.tiers[0]).toMatchObject({ names: {}, to: '', due: { days: {} } })
    expect(missing).toEqual(['name', 'content', 'sending', 'cut-off', 'window', 'who', 'to', 'due', 'root-due'])
  })

  test('takes a printed window over, its last day included', () => {
    const window = { from: { day: 15, month: 12 }, to: { day: 14, month: 6 }, fromYear: -1 as const }
    const { definition } = of(aDuty({ read: { ...aDuty().read, window } }))
    expect(definition.window).toEqual({
      kind: 'own',
      parts: [
        {
          ...{ part: 'A1', names: {}, from: { day: 15, month: 12, year: -1 } },
          to: { day: 15, month: 6, year: 0 },
        },
      ],
    })
    expect(definition.tiers[0]?.due).toEqual({ kind: 'days', days: { A1: { year: 0, month: 5, day: 25 } } })
  })

  test('takes no window over of which nobody said the year, and no due day for it', () => {
    const window = { from: { day: 15, month: 12 }, to: { day: 14, month: 6 }, fromYear: null }
    const { definition, missing, unplaced } = of(aDuty({ read: { ...aDuty().read, window } }))
    expect(definition).toMatchObject({ window: { kind: 'own', parts: [] }, tiers: [{ due: { days: {} } }] })
    expect(missing).toContain('window')
    expect(unplaced).toEqual(['before 25/5'])
  })

  test('gives no period to a day whose year nobody has said, nor to a second day of the same period', () => {
    const open = { due: '15/1', read: { days: [{ day: 15, month: 1, year: null }], window: null } }
    expect(of(aDuty(open))).toMatchObject({ unplaced: ['15/1'], definition: { tiers: [{ due: { days: {} } }] } })
    const twin = { due: '1/6', read: { days: [{ day: 1, month: 6, year: 0 as const }], window: null } }
    expect(of(aDuty(), aDuty(twin)).unplaced).toEqual(['1/6'])
  })

  test('makes of the own duty of its owner the last due day, and of a body in between the tier above', () => {
    const below = aDuty({ who: 'Schools', whoMeans: nobody, to: 'Departments', isToOwn: false })
    const linked = { ...below, toMeans: aDuty().whoMeans }
    const { definition } = of(aDuty(november), linked, aDuty({ ...november, isOwn: true }))
    expect(definition.tiers.map(({ code, to }) => [code, to])).toEqual([
      ['cap-1', 'owner'],
      ['cap-2', 'cap-1'],
    ])
    expect(definition.rootDue).toEqual({ kind: 'days', days: { S2: { year: 0, month: 11, day: 20 } } })
  })
})

const nothing = { days: [], window: null }
