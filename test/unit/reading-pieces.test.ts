import { describe, expect, test } from 'vitest'
import { crawled, dutiesOf, planWith, readText } from '../kit/readings.ts'

describe('lists of bodies in an annex cell', () => {
  test.each([
    ['Sở Y tế; Sở Nội vụ', ['Sở Y tế', 'Sở Nội vụ']],
    ['Sở Y tế, Công an tỉnh', ['Sở Y tế', 'Công an tỉnh']],
    ['Sở Y tế Sở Nội vụ', ['Sở Y tế', 'Sở Nội vụ']],
    ['Sở Văn hóa, Thể thao và Du lịch và Sở Y tế', ['Sở Văn hóa, Thể thao và Du lịch', 'Sở Y tế']],
    ['Các sở, ban, ngành; UBND các xã, phường, đặc khu', ['Các sở, ban, ngành', 'UBND các xã, phường, đặc khu']],
    ['Các sở, ngành, UBND xã, phường, đặc khu', ['Các sở, ngành', 'UBND xã, phường, đặc khu']],
    ['Sở Sở Y tế', ['Sở Sở Y tế']],
    ['Trung tâm Xúc tiến đầu tư, thương mại và du lịch', ['Trung tâm Xúc tiến đầu tư, thương mại và du lịch']],
    ['Đoàn TNCS Hồ Chí Minh tỉnh, Hội Nông dân tỉnh', ['Đoàn TNCS Hồ Chí Minh tỉnh', 'Hội Nông dân tỉnh']],
    ['Sở KH&CN, Sở GD&ĐT', ['Sở KH&CN', 'Sở GD&ĐT']],
    ['Sở Y tế chủ trì hướng dẫn, tổng hợp; các sở, ngành thực hiện theo lĩnh vực', ['Sở Y tế', 'các sở, ngành']],
  ])('%s', (cell, expected) => {
    const table = crawled([
      ['TT', 'Nhiệm vụ', 'Cơ quan chủ trì', 'Thời gian'],
      ['1', 'Rà soát danh sách trẻ em', cell, '2026'],
      ['2', 'Lập danh sách trẻ em', 'Sở Y tế', '2027'],
    ])
    expect(planWith(`PHỤ LỤC\n\n${table}`).tasks[0]?.duties.map((duty) => duty.agency)).toEqual(expected)
  })
})

describe('what an item of an owner owes', () => {
  test.each([
    [
      'Chủ trì, phối hợp với Sở Nội vụ và các cơ quan liên quan rà soát.',
      'lead: Sở Y tế, support: Sở Nội vụ, support: các cơ quan liên quan',
    ],
    ['Phối hợp với Sở Nội vụ rà soát.', 'support: Sở Y tế'],
    ['Trong phạm vi chức năng, nhiệm vụ, chủ động phối hợp với các sở rà soát.', 'support: Sở Y tế'],
    ['Tham mưu Ủy ban nhân dân tỉnh ban hành quy định.', 'advise: Sở Y tế'],
    ['Tổng hợp, báo cáo Ủy ban nhân dân tỉnh.', 'consolidate: Sở Y tế'],
    ['Căn cứ khả năng ngân sách, tham mưu bố trí kinh phí.', 'advise: Sở Y tế'],
    ['Rà soát, lập danh sách trẻ em.', 'lead: Sở Y tế'],
    ['Là cơ quan thường trực, chủ trì tham mưu triển khai Kế hoạch.', 'lead: Sở Y tế'],
  ])('%s', (sentence, expected) => {
    expect(dutiesOf(planWith(`I. TỔ CHỨC THỰC HIỆN\n\n1. Sở Y tế\n\n- ${sentence}`))[0]?.join(', ')).toBe(expected)
  })

  test('a body the words do not know is kept as printed', () => {
    const reading = planWith(
      'I. TỔ CHỨC THỰC HIỆN\n\n1. Đội tình nguyện áo xanh\n\n- Tổ chức lớp học bơi.\n\n- Hỗ trợ trẻ em khó khăn.',
    )
    expect(dutiesOf(reading)).toEqual([['lead: Đội tình nguyện áo xanh'], ['lead: Đội tình nguyện áo xanh']])
  })
})

describe('warnings', () => {
  const codes = (body: string): string[] => planWith(body).warnings.map(({ code }) => code)

  test('an annex referred to but absent', () => {
    expect(codes('I. NHIỆM VỤ\n\nTriển khai các nhiệm vụ tại Phụ lục kèm theo.')).toContain('annex-absent')
    expect(codes('I. NHIỆM VỤ\n\nTriển khai danh mục tại Phụ lục II kèm theo Nghị quyết số 9/NQ-CP.')).not.toContain(
      'annex-absent',
    )
  })

  test('a Roman number printed twice', () => {
    expect(
      codes('V. NHIỆM VỤ\n\n1. Rà soát danh sách trẻ em.\n\nV. CHẾ ĐỘ BÁO CÁO\n\nCác sở báo cáo hằng năm.'),
    ).toContain('numbering-repeated')
  })

  test('a body that reports before those who report to it', () => {
    const body =
      'V. CHẾ ĐỘ BÁO CÁO\n\n1. Các sở, ban, ngành báo cáo kết quả 6 tháng (trước ngày 16/6) gửi Sở Y tế.\n\n2. Sở Y tế tổng hợp báo cáo Ủy ban nhân dân tỉnh kết quả 6 tháng (trước ngày 18/5).'
    expect(planWith(body).warnings.find(({ code }) => code === 'reporting-before-reporters')?.params).toMatchObject({
      who: 'Sở Y tế',
      due: 'trước ngày 18/5',
      theirs: 'trước ngày 16/6',
    })
  })

  test('letters a font broke are put right and counted', () => {
    const reading = planWith('I. TỔ CHỨC THỰC HIỆN\n\n1. Sở Y tế\n\n- Định kǶ rà soát đội ngǜ cộng tác viên.')
    expect(reading.tasks[0]?.text).toBe('Định kỳ rà soát đội ngũ cộng tác viên.')
    expect(reading.warnings[0]).toMatchObject({ code: 'text-repaired', params: { count: 2 } })
  })

  test('a text about a document has null header fields, its tasks, and a warning in words', () => {
    const reading = readText(
      'Bảo vệ trẻ em\nKế hoạch gồm các nhiệm vụ:\n1- Rà soát chính sách về trẻ em.\n2- Đẩy mạnh truyền thông về quyền trẻ em.\n3- Nâng cao năng lực cán bộ làm công tác trẻ em.',
    )
    expect(reading).toMatchObject({ kind: null, number: null, issuer: null, place: null, date: null, title: null })
    expect(reading.tasks.map(({ path }) => path)).toEqual(['1', '2', '3'])
    expect(reading.warnings[0]).toMatchObject({ code: 'no-letterhead' })
    expect(reading.warnings[0]?.message).toContain('không phải bản văn bản gốc')
  })
})

describe('an annex', () => {
  const heading = ['TT', 'Nhiệm vụ', 'Chủ trì', 'Phối hợp', 'Thời gian']
  const tasks = (rows: readonly (readonly string[])[]): string[] =>
    planWith(`PHỤ LỤC\n\n${crawled([heading, ...rows])}`).tasks.map((task) =>
      `${task.path} ${task.text} [${task.duties.map(({ agency }) => agency).join('; ')}] ${task.time?.text ?? ''}`.trim(),
    )

  test('whose row goes on in the next gives one task', () => {
    expect(
      tasks([
        ['1', 'Rà soát danh sách trẻ em', 'Sở Y tế', 'Sở Nội vụ', '2026'],
        ['', 'có hoàn cảnh đặc biệt trên địa bàn', '', '', ''],
        ['2', 'Tập huấn cộng tác viên', 'Sở Y tế', 'Sở Nội vụ', '2027'],
      ]),
    ).toEqual([
      '1 Rà soát danh sách trẻ em có hoàn cảnh đặc biệt trên địa bàn [Sở Y tế; Sở Nội vụ] 2026',
      '2 Tập huấn cộng tác viên [Sở Y tế; Sở Nội vụ] 2027',
    ])
  })

  test('keeps group numbers over tasks, also in numbering by points', () => {
    expect(
      tasks([
        ['I', 'NHÓM MỘT', '', '', ''],
        ['1', 'Rà soát danh sách trẻ em', 'Sở Y tế', 'Sở Nội vụ', '2026'],
        ['II', 'NHÓM HAI', '', '', ''],
        ['2.1', 'Tập huấn cộng tác viên', 'Sở Y tế', 'Sở Nội vụ', '2027'],
      ]).map((task) => task.split(' ')[0]),
    ).toEqual(['I.1', '2.1'])
  })

  test('reads labels within one cell of owners', () => {
    const table = crawled([
      ['TT', 'Nội dung', 'Đơn vị thực hiện', 'Thời gian'],
      ['1', 'Rà soát danh sách trẻ em', 'Chủ trì: Sở Y tế; Phối hợp: Sở Nội vụ, Công an tỉnh', '2026'],
      ['2', 'Tập huấn cộng tác viên', 'Sở Y tế chủ trì, phối hợp với Sở Nội vụ', '2026'],
    ])
    expect(dutiesOf(planWith(`PHỤ LỤC\n\n${table}`))).toEqual([
      ['lead: Sở Y tế', 'support: Sở Nội vụ', 'support: Công an tỉnh'],
      ['lead: Sở Y tế', 'support: Sở Nội vụ'],
    ])
  })

  test('cut at a page goes on without heading', () => {
    const first = crawled([heading, ['1', 'Rà soát danh sách trẻ em', 'Sở Y tế', 'Sở Nội vụ', '2026']])
    const second = crawled([
      ['2', 'Tập huấn cộng tác viên', 'Sở Y tế', 'Sở Nội vụ', '2027'],
      ['3', 'Tổng kết', 'Sở Y tế', 'Sở Nội vụ', '2030'],
    ])
    expect(planWith(`PHỤ LỤC\n\n${first}\n\n${second}`).tasks.map((task) => task.path)).toEqual(['1', '2', '3'])
  })
})

describe('a text of the largest size', () => {
  test('is read in bounded steps', () => {
    const item =
      '- Chủ trì, phối hợp với Sở Nội vụ, Công an tỉnh và các cơ quan liên quan rà soát danh sách trẻ em trước ngày 30/6/2026.\n\n'
    const reading = planWith(`I. TỔ CHỨC THỰC HIỆN\n\n1. Sở Y tế\n\n${item.repeat(2000)}`)
    expect(reading.tasks.length).toBeGreaterThan(0)
  })
})

describe('what a person must look at in an annex and a signature', () => {
  test('a time that cannot be read is named with its words', () => {
    const table = crawled([
      ['TT', 'Nhiệm vụ', 'Chủ trì', 'Thời gian'],
      ['1', 'Rà soát danh sách trẻ em', 'Sở Y tế', 'Theo lộ trình chung'],
      ['2', 'Tập huấn cộng tác viên', 'Sở Y tế', '2027'],
    ])
    const { tasks, warnings } = planWith(`PHỤ LỤC\n\n${table}`)
    expect(tasks[0]?.time).toBeNull()
    expect(warnings.find(({ code }) => code === 'time-unread')?.params).toEqual({ printed: 'Theo lộ trình chung' })
  })

  test('a document nobody signs says so', () => {
    expect(planWith('I. NHIỆM VỤ\n\n1. Rà soát danh sách trẻ em.').warnings.map(({ code }) => code)).toContain(
      'signature-missing',
    )
  })
})
