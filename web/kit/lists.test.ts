import { expect, test } from 'vitest'
import { choicesOf, readFilters, serverFilter, valuesOf, type Filter } from './filter-url.ts'

const filters: Filter[] = [
  { kind: 'text', name: 'tim', key: 'search', label: 'Tìm' },
  {
    kind: 'many',
    name: 'minh-chung',
    key: 'evidence',
    label: 'Minh chứng',
    isFacet: true,
    choices: [{ value: 'with', label: 'Có' }],
    lack: { value: 'without', label: 'Không có' },
  },
  { kind: 'many', name: 'chuong-trinh', key: 'programme', label: 'Chương trình', isOpen: true, choices: [] },
  {
    kind: 'one',
    name: 'cua-toi',
    key: 'mine',
    as: { co: 'true' },
    label: 'Của tôi',
    choices: [{ value: 'co', label: 'x' }],
  },
  { kind: 'one', name: 'mau', label: 'Của trang', choices: [{ value: 'a', label: 'a' }] },
]

test('the server is asked by its own keys and words, and only for what it knows', () => {
  const values = readFilters(filters, {
    tim: 'bạo lực',
    'minh-chung': ['without', 'lost'],
    'chuong-trinh': ['P1', 'P2'],
    'cua-toi': 'co',
    mau: 'a',
  })
  expect(serverFilter(filters, values)).toEqual({
    search: ['bạo lực'],
    evidence: ['without'],
    programme: ['P1', 'P2'],
    mine: ['true'],
  })
})

test('a kept view comes back into the address as it was, without what the page no longer knows', () => {
  const asked = { evidence: ['without'], mine: ['true'], search: ['x'], gone: ['y'] }
  expect(valuesOf(filters, asked)).toEqual({ 'minh-chung': ['without'], 'cua-toi': ['co'], tim: ['x'] })
  expect(serverFilter(filters, valuesOf(filters, asked))).toEqual({
    evidence: ['without'],
    mine: ['true'],
    search: ['x'],
  })
})

test('what is lacking is a choice like the others, the last', () => {
  const facet = filters[1]
  expect(facet?.kind === 'many' && choicesOf(facet).map(({ value }) => value)).toEqual(['with', 'without'])
})
