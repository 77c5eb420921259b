import { describe, expect, test } from 'vitest'
import { readTerritory } from '../territory-file.ts'
import { placesOf } from './places.ts'

const placeOf = placesOf(readTerritory())

describe('communes across the reform of 1 July 2025', () => {
  test('an old ward and the one it became are one place, named or by code', () => {
    const today = placeOf('phuong ba dinh thanh pho ha noi')
    expect(today).not.toBeNull()
    expect(placeOf('phuong truc bach quan ba dinh thanh pho ha noi')).toBe(today)
    expect(placeOf('truc bach')).toBe(today)
    expect(placeOf('00004')).toBe(today)
  })

  test('a name that several communes bear says nothing alone, and with its district it does', () => {
    expect(placeOf('xa hong son')).toBeNull()
    expect(placeOf('xa hong son huyen ham thuan bac')).not.toBeNull()
  })

  test('what is no commune is none', () => {
    expect(placeOf('khong co o dau')).toBeNull()
  })
})
