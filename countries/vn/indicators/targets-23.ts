import type { Comparator, ListedTarget } from '#indicators/model'

type Level = string | null
/** Measure, target 2025, target 2030, and the part they are for. A figure without a sign is as printed. */
type Row = [measure: string, by2025: Level, by2030: Level, breakdown?: string]

/** @source Decision 23/QĐ-TTg; domain notes §3.1. A dash there is null here. */
const rows: Row[] = [
  ['1', '65', '75'],
  ['2', '90', '95'],
  ['3a', '< 9.5', '< 9'],
  ['3b', '12.5', '10'],
  ['3c', '< 18.5', '< 15'],
  ['4a', '< 9', '< 6'],
  ['4b', '< 17', '< 15'],
  ['4c', '< 5', '< 5', 'residence=rural'],
  ['4c', '< 10', '< 10', 'residence=urban'],
  ['5a', '97', '98'],
  ['5b', null, '98'],
  ['6', null, '2'],
  ['7', '100', '100'],
  ['8a', '< 6.5', '< 6'],
  ['8b', '90', '95'],
  ['9', '< 4.5', '< 4'],
  ['10', '4.9', '4.5'],
  ['11a', '550', '500'],
  ['11b', '16', '15'],
  ['12', '100', '100'],
  ['14', '98.5', '100'],
  ['15', '99.1', '99.3'],
  ['16', '99.1', '99.3'],
  ['17a', '97', '99'],
  ['17b', '< 0.12', '< 0.1'],
  ['18a', '88', '93'],
  ['18b', '< 0.14', '< 0.05'],
  ['19', '95', null],
  ['20a', '55', '60'],
  ['20b', '80', '90'],
  ['21', '40', '45'],
  ['22', '30', '35'],
  ['23', '85', '90'],
  ['24', '30', '35'],
]

function targetOf(measure: string, year: number, printed: Level, breakdown = ''): ListedTarget[] {
  if (printed === null) return []
  const [sign, number] = printed.startsWith('< ') ? (['<', printed.slice(2)] as const) : (['=', printed] as const)
  const comparator: Comparator = sign
  const common = { measure: `qd23-${measure}`, unit: 'u:VN', kind: 'level' as const, yearFrom: null }
  return [{ ...common, year, comparator, value: Number(number), breakdown }]
}

/** Falls by 2 to 3 % a year: at least 2. */
const childMarriage: ListedTarget = {
  ...{ measure: 'qd23-13', unit: 'u:VN', kind: 'yearly-change', breakdown: '' },
  ...{ yearFrom: 2025, year: 2030, comparator: '<=', value: -2 },
}

/** The national targets of 2025 and 2030. */
export const targets: ListedTarget[] = [
  ...rows.flatMap(([measure, by2025, by2030, breakdown]) => [
    ...targetOf(measure, 2025, by2025, breakdown),
    ...targetOf(measure, 2030, by2030, breakdown),
  ]),
  childMarriage,
]
