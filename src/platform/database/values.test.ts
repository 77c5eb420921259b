import { describe, expect, test } from 'vitest'
import { changeUrl, databaseOf, socketUrl } from './connect.ts'
import { checkPlatform, glibcVersion, UnsupportedPlatform } from './embedded/binaries.ts'
import { instant } from './values.ts'

test.each([
  ['2026-11-22 01:02:03+00', '2026-11-22T01:02:03.000Z'],
  ['2026-11-22 01:02:03.5+00', '2026-11-22T01:02:03.500Z'],
  ['2026-11-22 01:02:03.123999+00', '2026-11-22T01:02:03.123Z'],
  ['infinity', 'infinity'],
])('the instant %s reads %s', (text, iso) => {
  expect(instant(text)).toBe(iso)
})

describe('addresses of databases', () => {
  test('change one part and keep the rest', () => {
    const url = 'postgresql://owner:se%40cret@db.example.org:5433/mangnon?sslmode=verify-full'
    expect(changeUrl(url, { user: 'ứng dụng', password: 'a/b' })).toBe(
      'postgresql://%E1%BB%A9ng%20d%E1%BB%A5ng:a%2Fb@db.example.org:5433/mangnon?sslmode=verify-full',
    )
    expect(changeUrl(url, { database: 'other' })).toBe(
      'postgresql://owner:se%40cret@db.example.org:5433/other?sslmode=verify-full',
    )
    expect(databaseOf(url)).toBe('mangnon')
  })

  test('a socket in a folder with spaces and accents is escaped', () => {
    const url = socketUrl({ directory: '/tmp/măng non/run', user: 'a', password: 'b', database: 'c' })
    expect(url).toBe('postgresql://a:b@/c?host=%2Ftmp%2Fm%C4%83ng%20non%2Frun')
    expect(databaseOf(url)).toBe('c')
  })
})

describe('where the embedded database runs', () => {
  test.each([
    ['linux', 'x64'],
    ['linux', 'arm64'],
  ])('%s on %s with glibc', (platform, arch) => {
    expect(() => checkPlatform(platform, arch, '2.36')).not.toThrow()
  })

  test.each([
    ['darwin', 'arm64', undefined],
    ['win32', 'x64', undefined],
    ['linux', 'ppc64', '2.36'],
    ['linux', 'x64', undefined],
  ])('%s on %s (glibc %s) gets a sentence that says what to do', (platform, arch, glibc) => {
    const check = () => checkPlatform(platform, arch, glibc)
    expect(check).toThrow(UnsupportedPlatform)
    expect(check).toThrow(/DATABASE_URL[^]*DATABASE_URL/)
  })

  test('this machine tells its C library', () => {
    expect(glibcVersion() === undefined || /^\d+\.\d+/.test(glibcVersion() ?? '')).toBe(true)
  })
})
