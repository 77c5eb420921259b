import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readFilters, readOrder, readPage, writeFilters, writeOrder, type Filter } from './filter-url.ts'
import { parseSearch, stringifySearch } from './url.ts'

const choices = [
  { value: 'qua-han', label: 'Quá hạn' },
  { value: 'con-han', label: 'Còn hạn' },
]
const filters: readonly Filter[] = [
  { kind: 'text', name: 'tim', label: 'Tìm' },
  { kind: 'one', name: 'cap', label: 'Cấp', choices },
  { kind: 'many', name: 'trang-thai', label: 'Trạng thái', choices },
  { kind: 'date', name: 'den', label: 'Đến ngày' },
  {
    kind: 'picked',
    name: 'co-quan',
    label: 'Cơ quan',
    find: () => Promise.resolve([]),
    nameOf: (id) => Promise.resolve(id),
  },
]

describe('the filters in an address', () => {
  it('come back as they were set', () => {
    const value = fc.string({ minLength: 1 }).filter((text) => text.trim() !== '')
    const values = fc.record(
      {
        tim: fc.tuple(value),
        cap: fc.tuple(fc.constantFrom('qua-han', 'con-han')),
        'trang-thai': fc.uniqueArray(fc.constantFrom('qua-han', 'con-han'), { minLength: 1 }),
        den: fc.tuple(fc.constantFrom('2026-05-22', '2026-12-31')),
        'co-quan': fc.uniqueArray(value, { minLength: 1, maxLength: 4 }),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(values, (set) => {
        const address = stringifySearch(writeFilters(filters, set))
        expect(readFilters(filters, parseSearch(address))).toEqual({ ...set })
      }),
    )
  })

  it('pass over what the page does not know', () => {
    expect(readFilters(filters, parseSearch('?cap=bo&den=hom-nay&la=1&trang-thai=qua-han&trang-thai=x'))).toEqual({
      'trang-thai': ['qua-han'],
    })
  })

  it('send one back to the first page, and leave no empty names', () => {
    expect(writeFilters(filters, { tim: ['a'], cap: [] })).toMatchObject({
      tim: ['a'],
      cap: undefined,
      trang: undefined,
    })
    expect(stringifySearch(writeFilters(filters, {}))).toBe('')
  })
})

describe('an address', () => {
  it('keeps codes as text', () => {
    expect(parseSearch('?ma=01&ma=1')).toEqual({ ma: ['01', '1'] })
    expect(parseSearch('?a=true')).toEqual({ a: 'true' })
  })

  it('names the order and the page, and nothing it cannot give', () => {
    expect(readOrder('-han', ['han'])).toEqual({ by: 'han', isDescending: true })
    expect(writeOrder({ by: 'han', isDescending: true })).toBe('-han')
    expect(readOrder('luong', ['han'])).toBeUndefined()
    expect([readPage('3'), readPage('0'), readPage('x'), readPage(undefined)]).toEqual([3, 1, 1, 1])
  })
})
