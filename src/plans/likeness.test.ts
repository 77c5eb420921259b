import { describe, expect, test } from 'vitest'
import { likelyPairs, sharedWords, type Likened } from './likeness.ts'

let count = 0
const task = (planId: string, text: string, over: Partial<Likened> = {}): Likened => ({
  nodeId: `n${count++}`,
  planId,
  text,
  output: null,
  timeKey: null,
  parentIds: [],
  ...over,
})

const others = [
  'Xây dựng cơ sở dữ liệu về trẻ em và kết nối với cơ sở dữ liệu dân cư',
  'Kiểm tra bể bơi, hồ ao và đặt biển báo nguy hiểm phòng chống đuối nước',
  'Bố trí kinh phí cho trẻ em khuyết tật đến trường',
  'Tập huấn cộng tác viên thôn, bản về phòng ngừa bạo lực gia đình',
].map((text) => task('C', text))

describe('likely duplicates', () => {
  test('are tasks of different plans that say nearly the same, whatever their marks and case', () => {
    const one = task('A', 'Tổ chức khám sức khỏe định kỳ cho trẻ em dưới 6 tuổi tại trạm y tế')
    const other = task('B', 'TO CHUC kham suc khoe dinh ky cho tre em duoi 6 tuoi tai tram y te xa')
    const pairs = likelyPairs([...others, one, other])
    expect(pairs).toHaveLength(1)
    expect(pairs[0]).toMatchObject({ one: 4, other: 5, kinship: null })
    expect(pairs[0]?.likeness).toBeGreaterThan(0.8)
  })

  test('are never of one plan', () => {
    const text = 'Tổ chức khám sức khỏe định kỳ cho trẻ em'
    expect(likelyPairs([...others, task('A', text), task('A', text)])).toEqual([])
  })

  test('of kin need less: one that carries out the other needs no like words, two that carry out the same few', () => {
    const above = task('A', 'Phòng chống đuối nước cho trẻ em trên toàn quốc', { nodeId: 'above' })
    const own = task('B', 'Dạy bơi, phòng chống tai nạn tại các xã ven sông', { parentIds: ['above'] })
    const beside = task('D', 'Rào chắn hố công trình, phòng chống tai nạn', { parentIds: ['above'] })
    const kin = likelyPairs([...others, above, own, beside]).map((pair) => [pair.one, pair.other, pair.kinship])
    expect(kin).toEqual(
      expect.arrayContaining([
        [4, 5, 'derived'],
        [5, 6, 'same-parent'],
      ]),
    )
    expect(likelyPairs([...others, above, { ...own, parentIds: [] }])).toEqual([])
  })

  test('with the same time and the same output come first', () => {
    const text = (of: string) => `Truyền thông về quyền trẻ em trên loa truyền thanh ${of}`
    const tasks = [
      ...others,
      task('A', text('xã'), { timeKey: 'by 2031-06-30 ', output: 'Báo cáo' }),
      task('B', text('xã phường')),
      task('D', text('xã phường'), { timeKey: 'by 2031-06-30 ', output: 'BÁO CÁO' }),
    ]
    const [first] = likelyPairs(tasks)
    expect(first).toMatchObject({ one: 4, other: 6, hasSameTime: true, hasSameOutput: true })
  })

  test('are found among two thousand tasks in less than two seconds of the processor', () => {
    const words = Array.from({ length: 900 }, (_none, at) => `từ${at}`)
    const say = (seed: number) =>
      Array.from({ length: 30 }, (_none, at) => words[(seed * 31 + at * at * 7 + at) % words.length]).join(' ')
    const tasks = Array.from({ length: 2000 }, (_none, at) =>
      task(`p${at % 40}`, `Tổ chức, tăng cường ${say(at % 1990)}`),
    )
    const begun = process.cpuUsage()
    const pairs = likelyPairs(tasks)
    expect(process.cpuUsage(begun).user / 1000).toBeLessThan(2000)
    expect(pairs.some((pair) => pair.one === 0 && pair.other === 1990)).toBe(true)
  })
})

describe('the words two tasks share', () => {
  test('are runs of two words and more, longest first, as the first one writes them', () => {
    expect(
      sharedWords(
        'Tổ chức Khám sức khỏe định kỳ, cấp thuốc cho trẻ em vùng cao',
        'kham suc khoe dinh ky va tu van cho tre em',
        3,
      ),
    ).toEqual(['Khám sức khỏe định kỳ', 'cho trẻ em'])
  })
  test('no more than asked', () => {
    expect(sharedWords('a b c d e f', 'a b x c d y e f', 2)).toEqual(['a b', 'c d'])
  })
})
