import type { FormDefinition, RegimeDefinition } from '#reporting/model'

export const period = '2025'
const words = (vi: string) => ({ vi, en: vi, fr: vi })
const day = { kind: 'days' as const, days: { '': { year: 1, month: 1, day: 10 } } }

/** A yearly regime under which every commune reports straight to the owner. */
export const regime: RegimeDefinition = {
  names: words('Báo cáo năm về trẻ em'),
  ...{ kind: 'periodic', content: 'Kết quả công tác trẻ em', legalBases: ['Luật Trẻ em'], sending: 'Trên hệ thống' },
  window: { kind: 'calendar', calendar: '', frequency: 'year' },
  cutOff: { kind: 'after-end', days: 0 },
  asksEstimates: false,
  tiers: [
    {
      ...{ code: 'commune', names: words('Cấp xã'), to: 'owner', due: day },
      who: { classes: ['commune-committees'], functions: [], agencies: [], except: [] },
    },
  ],
  rootDue: { kind: 'days', days: { '': { year: 1, month: 1, day: 20 } } },
  ...{
    graceDays: 0,
    lockAfterDays: null,
    opensDaysBefore: null,
    onHoliday: 'stands',
    remindDays: [],
    escalateAfterDays: 3,
  },
}

/** Two sections written by two people, and figures. */
export function formOf(measures: readonly { id: string; breakdown?: string }[]): FormDefinition {
  const head = (key: string, heading: string) => ({ key, heading: words(heading), guidance: {}, isRequired: true })
  return {
    title: words('Báo cáo năm'),
    sections: [
      { kind: 'narrative', ...head('situation', 'Tình hình'), wordLimit: null },
      { kind: 'narrative', ...head('results', 'Kết quả'), wordLimit: null },
      {
        ...{ kind: 'figures', ...head('figures', 'Số liệu'), showsBefore: false, showsPlan: false },
        rows: measures.map(({ id, breakdown = '' }, at) => ({
          ...{ key: `row-${at + 1}`, measureId: id, breakdown, label: {}, isRequired: true },
        })),
      },
    ],
  }
}
