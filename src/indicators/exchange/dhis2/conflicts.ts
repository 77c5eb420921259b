import type { RawValue } from './values.ts'

/** Which generation's words and statuses a caller reads. */
export type Generation = '2.42' | '2.43'

/** What is wrong with one value or its group, before it is put in the words of a generation. */
export type Wrong =
  | 'data-set'
  | 'element'
  | 'period'
  | 'unit'
  | 'combo'
  | 'attribute'
  | 'not-ones-unit'
  | 'no-value'
  | 'not-a-number'
  | 'not-accepted'
  | 'comment'
  | 'combo-required'
  | 'attribute-required'
  | 'period-type'
  | 'combo-of-measure'
  | 'unit-of-measure'
  | 'too-early'
  | 'locked'
  | 'twice'

type Saying = {
  old: string
  next: string
  property: string | null
  objects: readonly (keyof typeof wordOf)[]
  text: string
}

const wordOf = {
  dataSet: (value: RawValue | null, more: string) => (value === null ? more : ''),
  dataElement: (value: RawValue | null) => value?.element ?? '',
  period: (value: RawValue | null) => value?.period ?? '',
  orgUnit: (value: RawValue | null, more: string) => value?.unit ?? more,
  categoryOptionCombo: (value: RawValue | null) => shown(value?.combo ?? ''),
  attributeOptionCombo: (value: RawValue | null, more: string) =>
    shown(value === null ? more : (value.attribute ?? '')),
  value: (value: RawValue | null) => value?.value ?? '',
  reason: (_value: RawValue | null, more: string) => more,
}

const shown = (words: RawValue['combo']) =>
  typeof words === 'string'
    ? words
    : Object.entries(words ?? {})
        .map(([category, option]) => `${category}:${option}`)
        .join(',')

/** @source interop-formats 3.1; texts of the codes users meet most as DHIS2 has them */
const sayings: Record<Wrong, Saying> = {
  'data-set': say('E7600', 'E8005', 'dataSet', ['dataSet'], 'Data set not found or not accessible: `{0}`'),
  element: say('E7610', 'E8020', 'dataElement', ['dataElement'], 'Data element not found or not accessible: `{0}`'),
  period: say('E7611', 'E8021', 'period', ['period'], 'Period not valid: `{0}`'),
  unit: say('E7612', 'E8022', 'orgUnit', ['orgUnit'], 'Organisation unit not found or not accessible: `{0}`'),
  combo: say(
    'E7613',
    'E8024',
    'categoryOptionCombo',
    ['categoryOptionCombo'],
    'Category option combo not found or not accessible for writing data: `{0}`',
  ),
  attribute: say(
    'E7615',
    'E8023',
    'attributeOptionCombo',
    ['attributeOptionCombo'],
    'Attribute option combo not found or not accessible for writing data: `{0}`',
  ),
  'not-ones-unit': say(
    'E7617',
    'E8011',
    'orgUnit',
    ['orgUnit'],
    'Organisation unit: `{0}` not in hierarchy of current user',
  ),
  'no-value': say(
    'E7618',
    'E8121',
    'value',
    ['dataElement'],
    'Data value or comment not specified for data element: `{0}`',
  ),
  'not-a-number': say(
    'E7619',
    'E8122',
    'value',
    ['dataElement', 'value'],
    "Value must match data element's `{0}` type constraints: `{1}`",
  ),
  'not-accepted': say(
    'E7619',
    'E8122',
    'value',
    ['dataElement', 'reason'],
    "Value must match data element's `{0}` type constraints: {1}",
  ),
  comment: say('E7620', 'E8125', 'comment', ['dataElement'], 'Invalid comment for data element: `{0}`'),
  'combo-required': say(
    'E7630',
    'E8024',
    'categoryOptionCombo',
    [],
    'Category option combo is required but is not specified',
  ),
  'attribute-required': say(
    'E7631',
    'E8023',
    'attributeOptionCombo',
    [],
    'Attribute option combo is required but is not specified',
  ),
  'period-type': say(
    'E7632',
    'E8021',
    null,
    ['period', 'dataElement'],
    'Period type of period: `{0}` not valid for data element: `{1}`',
  ),
  'combo-of-measure': say(
    'E7634',
    'E8024',
    'categoryOptionCombo',
    ['categoryOptionCombo', 'dataElement'],
    'Category option combo: `{0}` must be part of category combo of data element: `{1}`',
  ),
  'unit-of-measure': say(
    'E7636',
    'E8022',
    'orgUnit',
    ['orgUnit', 'dataElement'],
    'Data element: `{1}` must be assigned through data sets to organisation unit: `{0}`',
  ),
  'too-early': say(
    'E7641',
    'E8030',
    'period',
    ['period', 'dataElement'],
    'Period: `{0}` is after latest open future period for data element: `{1}`',
  ),
  locked: say(
    'E7642',
    'E8033',
    null,
    ['orgUnit', 'period', 'attributeOptionCombo', 'dataElement'],
    'Data already approved for data set: `{3}` period: `{1}` org unit: `{0}` attribute option combo: `{2}`',
  ),
  twice: say(
    'E8128',
    'E8128',
    null,
    ['dataElement', 'period', 'orgUnit'],
    'Several values address the same cell: `{0}` `{1}` `{2}`',
  ),
}

function say(old: string, next: string, property: string | null, objects: Saying['objects'], text: string): Saying {
  return { old, next, property, objects, text }
}

/** One kind of refusal as callers read it: every value it struck is listed by its place. */
export type Conflict = {
  object: string | null
  objects: Record<string, string>
  value: string
  errorCode: string
  property: string | null
  indexes: number[]
}

/** As many kinds of refusal as are told; further ones are counted only. */
const mostTold = 1000

export type Conflicts = {
  /** `value` null: of the whole group; `more` names what of it. */
  add: (wrong: Wrong, value: RawValue | null, more?: string) => void
  list: () => Conflict[]
  rejected: () => number[]
  count: () => number
}

/** Gathers refusals; alike ones are one entry with all their places. */
export function openConflicts(generation: Generation): Conflicts {
  const found = new Map<string, Conflict>()
  const rejected = new Set<number>()
  let count = 0
  return {
    add(wrong, value, more = '') {
      count++
      if (value !== null) rejected.add(value.index)
      const { old, next, property, objects, text } = sayings[wrong]
      const words = objects.map((name) => wordOf[name](value, more))
      const told = text.replace(/\{(\d)\}/g, (_all, at: string) => words[Number(at)] ?? '')
      const key = `${wrong}\n${told}`
      const conflict = found.get(key)
      if (conflict !== undefined) {
        if (value !== null) conflict.indexes.push(value.index)
        return
      }
      if (found.size >= mostTold) return
      const isOld = generation === '2.42'
      const named = Object.fromEntries(
        objects.flatMap((name, at) => (name === 'reason' || name === 'value' ? [] : [[name, words[at] ?? '']])),
      )
      found.set(key, {
        object: isOld ? (words[0] ?? null) : null,
        objects: isOld ? named : { args: words.join('-') },
        value: told,
        errorCode: isOld ? old : next,
        property: isOld ? property : null,
        indexes: value === null ? [] : [value.index],
      })
    },
    list: () => [...found.values()],
    rejected: () => [...rejected].toSorted((one, other) => one - other),
    count: () => count,
  }
}

/** What is wrong, by why a figure was refused. */
export const wrongOf: Readonly<Record<string, Wrong>> = {
  'indicators.not-ones-unit': 'not-ones-unit',
  'indicators.other-body-answers': 'not-ones-unit',
  'indicators.unknown-measure': 'element',
  'indicators.unknown-unit': 'unit',
  'indicators.unknown-period': 'period',
  'indicators.unknown-breakdown': 'combo-of-measure',
  'indicators.period-not-of-measure': 'period-type',
  'indicators.period-is-locked': 'locked',
  'indicators.unit-does-not-answer': 'unit-of-measure',
  'indicators.period-to-come': 'too-early',
  'indicators.twice': 'twice',
}
