import { Workbook } from '@cj-tech-master/excelts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aPlanWorld, type PlanWorld } from '../kit/plan-world.ts'

const drafter = 'crown administrator'
const north = 'u:2030:03'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
  world.clock.now = new Date('2032-09-01T03:00:00Z')
})
afterAll(() => world.close())

async function drafted(): Promise<string> {
  const draft = { title: 'Liste', legalBasis: 'Lov 1/2033', date: '2034-01-01', unitChanges: [], bodyChanges: [] }
  return String((await world.done(drafter, 'POST', '/reforms', draft)).id)
}

describe('a list of changes', () => {
  const rows = [
    ['Mã cũ', 'Tên cũ', 'Hình thức', 'Mã mới', 'Tên mới', 'Toàn bộ hay một phần'],
    ['01103', 'Tørg Hávn-Miðe', 'Sáp nhập', '01300', 'Tørg Størst', 'Toàn bộ'],
    ['01101', 'Ösel Łunda', 'Sáp nhập', '01300', '', 'Toàn bộ'],
    ['01101', 'Ösel Feil', 'Sáp nhập', '01300', '', 'Toàn bộ'],
    ['77777', '', 'Đổi tên', '', 'Ösel X', ''],
    ['02101', '', 'Nói xấu', '', '', ''],
  ]
  const read = async (id: string, bytes: Buffer) =>
    (await world.done(drafter, 'POST', `/reforms/${id}/unit-list?date=2034-01-01`, bytes)) as {
      rows: number
      changes: object[]
      faults: { row: number; code: string }[]
    }

  test.each(['csv', 'xlsx'])(
    'is read from a .%s row by row; faulty rows are told, the others become changes',
    async (kind) => {
      const id = await drafted()
      const book = new Workbook()
      const sheet = book.addWorksheet('Đơn vị')
      for (const row of rows) sheet.addRow(row)
      const bytes =
        kind === 'csv'
          ? Buffer.from(`\ufeff${rows.map((row) => row.join(';')).join('\r\n')}`)
          : Buffer.from(await book.xlsx.writeBuffer())
      const answer = await read(id, bytes)
      expect(answer.rows).toBe(5)
      expect(answer.faults.map(({ row, code }) => [row, code])).toEqual([
        [4, 'territory.row-name-differs'],
        [5, 'territory.row-no-such-code'],
        [6, 'territory.row-no-such-kind'],
      ])
      expect(answer.changes).toMatchObject([
        {
          kind: 'merge',
          from: [
            { unit: 'u:2030:01103', extent: 'whole' },
            { unit: 'u:2030:01101', extent: 'whole' },
          ],
          into: { code: '01300', name: 'Tørg Størst', type: 'torg', parent: north },
        },
      ])
    },
  )

  test('that is no list is refused clearly', async () => {
    const id = await drafted()
    for (const bytes of [Buffer.from('PK\u0003\u0004 not an archive'), Buffer.from([0, 1, 2, 3, 255])]) {
      const { status, body } = await world.ask(drafter, 'POST', `/reforms/${id}/unit-list?date=2034-01-01`, bytes)
      expect([status, body.code]).toEqual([422, 'agencies.reform-file-unreadable'])
    }
    expect(await read(id, Buffer.from('a,b\n1,2\n'))).toMatchObject({
      changes: [],
      faults: [{ row: 1, code: 'agencies.reform-heads-missing' }],
    })
  })
})
