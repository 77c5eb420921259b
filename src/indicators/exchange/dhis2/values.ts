/** Names of options by their categories, or of the combination itself. */
export type ComboWords = string | Readonly<Record<string, string>> | null

/** One value as it stands in a payload; what it leaves out is that of its group. `index` counts from 0 through the payload. */
export type RawValue = {
  index: number
  element: string
  period: string
  unit: string
  combo: ComboWords
  attribute: ComboWords
  value: string | null
  comment: string | null
  isDeleted: boolean
}

/** What a group of values says for all of them. */
export type Head = {
  dataSet: string | null
  completeDate: string | null
  period: string | null
  unit: string | null
  attribute: ComboWords
  schemes: Readonly<Record<string, string>>
  dryRun: boolean | null
}

/** Values that follow one another in one group. */
export type Batch = { group: number; head: Head; values: RawValue[] }

export const emptyHead: Head = {
  ...{ dataSet: null, completeDate: null, period: null, unit: null, attribute: null, schemes: {}, dryRun: null },
}

/** A word of a payload: null where it is left out or empty. */
export function word(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}

function comboWords(value: unknown): ComboWords {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return word(value)
  return Object.fromEntries(
    Object.entries(value).flatMap(([category, option]) => {
      const said = word(option)
      return said === null ? [] : [[category, said]]
    }),
  )
}

export const schemeNames = [
  ...[
    'idScheme',
    'dataElementIdScheme',
    'orgUnitIdScheme',
    'categoryOptionComboIdScheme',
    'attributeOptionComboIdScheme',
  ],
  ...['dataSetIdScheme', 'categoryIdScheme', 'categoryOptionIdScheme'],
]

/** The schemes a payload names; it goes before what the address says. */
export function schemesOf(fields: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    schemeNames.flatMap((name) => {
      const said = word(fields[name])
      return said === null ? [] : [[name, said]]
    }),
  )
}

export function headOf(fields: Readonly<Record<string, unknown>>): Head {
  return {
    dataSet: word(fields.dataSet),
    completeDate: word(fields.completeDate),
    period: word(fields.period),
    unit: word(fields.orgUnit),
    attribute: comboWords(fields.attributeOptionCombo),
    schemes: schemesOf(fields),
    dryRun: word(fields.dryRun) === null ? null : word(fields.dryRun) === 'true',
  }
}

/** A value from its fields as every format names them. */
export function valueOf(fields: Readonly<Record<string, unknown>>, index: number, head: Head): RawValue {
  return {
    index,
    element: word(fields.dataElement) ?? '',
    period: word(fields.period) ?? head.period ?? '',
    unit: word(fields.orgUnit) ?? head.unit ?? '',
    combo: comboWords(fields.categoryOptionCombo),
    attribute: comboWords(fields.attributeOptionCombo) ?? head.attribute,
    value: word(fields.value),
    comment: word(fields.comment),
    isDeleted: word(fields.deleted) === 'true',
  }
}
