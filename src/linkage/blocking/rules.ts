import type { Records } from '../input/records.ts'
import type { KeyPart } from '../model.ts'
import { isOwn } from '../defaults.ts'

/**
 * The rules used where none are configured: each pairs two kinds of evidence, so that a child with one of them wrong is
 * still met by another rule. Only rules whose fields the file has are kept.
 */
export function defaultRules(records: Records): KeyPart[][] {
  const has = (name: string) => records.fields.some((field) => field.name === name)
  const parents = records.fields.flatMap((field) => (field.kind === 'name' && field.of !== 'self' ? [field.name] : []))
  const texts = records.fields.flatMap((field) => (field.kind === 'text' ? [field.name] : []))
  const identifiers = records.fields.flatMap((field) => (field.kind === 'identifier' ? [field.name] : []))
  const key = (field: string, part: KeyPart['part'] = 'whole'): KeyPart => ({ field, part })
  const rules = [
    ...identifiers.map((name) => [key(name)]),
    [key('date'), key('name', 'given')],
    [key('date'), key('place')],
    ...parents.map((parent) => [key('date'), key(parent, 'folded')]),
    ...parents.map((parent) => [key('name', 'any-order'), key(parent, 'folded')]),
    [key('name', 'any-order'), key('place')],
    ...parents.map((parent) => [key(parent, 'folded'), key('place')]),
    [key('name', 'any-order'), key('date', 'year')],
    ...parents.map((parent) => [key(parent, 'folded'), key('name', 'given')]),
    ...(parents.length > 0 ? [] : [[key('date'), key('name', 'family')], [key('name', 'any-order')]]),
    ...(parents.length > 0
      ? []
      : [
          [key('name', 'given'), key('place')],
          [key('name', 'family'), key('place')],
        ]),
    ...texts.flatMap((text) => [
      [key(text), key('name', 'given')],
      [key(text), key('date')],
      ...(parents.length > 0 ? [] : [[key(text), key('name', 'family')]]),
      ...(isOwn(records.fields.find((field) => field.name === text)) ? [[key(text)]] : []),
    ]),
  ]
  return rules.filter((rule) => rule.every((part) => has(part.field)))
}

/** Fields that divide a block too large, in the order tried. */
export function dividersOf(records: Records): KeyPart[] {
  const parents = records.fields.flatMap((field) => (field.kind === 'name' && field.of !== 'self' ? [field.name] : []))
  return [
    { field: 'date', part: 'month' },
    { field: 'name', part: 'given' },
    { field: 'place', part: 'whole' },
    ...parents.map((field): KeyPart => ({ field, part: 'folded' })),
    { field: 'name', part: 'folded' },
    { field: 'date', part: 'whole' },
    { field: 'identifier', part: 'whole' },
    ...records.fields.flatMap((field): KeyPart[] =>
      field.kind === 'text' ? [{ field: field.name, part: 'whole' }] : [],
    ),
  ]
}
