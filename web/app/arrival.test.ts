import { describe, expect, it } from 'vitest'
import type { Page } from '../kit/page.ts'
import { railFor } from './registry.ts'
import { insideOnly } from './return-address.ts'

describe('the address after signing in', () => {
  it.each([
    ['/ke-hoach?trang=2', '/ke-hoach?trang=2'],
    ['//ac-y.example', '/'],
    ['/\\ac-y.example', '/'],
    ['https://ac-y.example', '/'],
    [undefined, '/'],
  ])('%s leads to %s', (asked, led) => {
    expect(insideOnly(asked)).toBe(led)
  })
})

describe('the rail', () => {
  const load = () => Promise.reject(new Error('not shown'))
  const pages: readonly Page[] = [
    { path: '/dia-ban', title: 'a', section: 'agencies', rail: 2, load },
    { path: '/co-quan', title: 'a', section: 'agencies', rail: 1, load },
    { path: '/co-quan/$id', title: 'a', section: 'agencies', load },
    { path: '/nhat-ky', title: 'a', section: 'administration', rail: 1, allow: ['audit.read'], load },
    { path: '/viec-cua-toi', title: 'a', section: 'work', rail: 1, load },
  ]

  it('follows the mission and shows only what is open to one', () => {
    expect(railFor(pages, []).map((entry) => entry.to)).toEqual(['/viec-cua-toi', '/co-quan'])
    expect(railFor(pages, ['audit.read']).map((entry) => entry.to)).toEqual(['/viec-cua-toi', '/co-quan', '/nhat-ky'])
  })

  it('lists the pages of a section in their order, without those of single things', () => {
    expect(railFor(pages, [])[1]?.pages.map((page) => page.path)).toEqual(['/co-quan', '/dia-ban'])
  })
})
