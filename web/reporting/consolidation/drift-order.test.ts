import { expect, test } from 'vitest'
import type { FigureDrift } from '#reporting/model'
import { ordered } from './drift-order.ts'

const row = (line: string, drift: number | null): FigureDrift => ({
  ...{
    line,
    name: line,
    unitOfMeasure: '',
    drift,
    share: null,
    sentStatus: 'E',
    sentValue: 1,
    nowStatus: 'A',
    nowValue: 1,
  },
  ...{ changes: 0, changedByName: null, changedByAgencyName: null, changedAt: null },
})

test('figures are ordered by how far they moved, up or down, the unknown last either way', () => {
  const rows = [row('none', null), row('up', 3), row('down', -5), row('still', 0)]
  const lines = (isDescending: boolean) => ordered(rows, { by: 'drift', isDescending }).map(({ line }) => line)
  expect(lines(true)).toEqual(['down', 'up', 'still', 'none'])
  expect(lines(false)).toEqual(['still', 'up', 'down', 'none'])
})
