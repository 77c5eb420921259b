import { describe, expect, test } from 'vitest'
import { Reading } from '#documents/model'
import { dutiesOf, fixtureText, readText } from '../kit/readings.ts'
import { rewrapped, typeset, utf16 } from '../kit/wrappings.ts'
import { documentGrammar } from '../../countries/vn/documents/index.ts'
import { readDocument } from '#documents'

const names = [
  'ke-hoach-mau.txt',
  'quyet-dinh-mau.txt',
  'ke-hoach-xa-mau.txt',
  'ke-hoach-bo-mau.txt',
  'ke-hoach-hanh-dong-mau.txt',
]

describe('an invented plan of a province', () => {
  const reading = readText(fixtureText('ke-hoach-mau.txt'))

  test('gives its header as printed, the number with its zero', () => {
    expect(reading).toMatchObject({
      kind: 'KH',
      number: '05/KH-UBND',
      issuer: 'ỦY BAN NHÂN DÂN TỈNH AN BÌNH',
      place: 'An Bình',
      date: '2026-02-03',
      title: 'BẢO VỆ TRẺ EM TRÊN MÔI TRƯỜNG MẠNG TRÊN ĐỊA BÀN TỈNH AN BÌNH GIAI ĐOẠN 2026 - 2030',
      signature: { capacity: 'TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH', post: 'PHÓ CHỦ TỊCH', name: 'Trần Thị Mẫu' },
    })
    expect(reading.basis).toHaveLength(2)
    expect(reading.recipients).toEqual([
      'Bộ Y tế',
      'Thường trực Tỉnh ủy',
      'Các sở, ban, ngành tỉnh',
      'UBND các xã, phường',
      'Lưu: VT, KGVX',
    ])
  })

  test('gives one task per annex row, without group rows, repeated headings and column numbers', () => {
    const annex = reading.tasks.filter((task) => task.source.where === 'annex')
    expect(
      annex.map(({ path, output, funding, time }) => [path, output, funding, time?.kind, time?.to, time?.frequency]),
    ).toEqual([
      ['I.1', 'Cẩm nang', 'Ngân sách tỉnh', 'by', '2026-09-30', null],
      ['I.2', 'Diễn đàn', null, 'recurring', null, 'year'],
      ['II.3', 'Đường dây', 'Ngân sách tỉnh', 'range', '2028-12-31', null],
      ['II.4', 'Báo cáo', null, 'continuous', null, null],
      ['II.5', null, null, 'on-event', null, null],
    ])
    expect(annex[1]?.duties.map(({ kind, agency }) => `${kind}: ${agency}`)).toEqual([
      'lead: Sở Y tế',
      'lead: Tỉnh đoàn',
      'support: Các sở, ban, ngành',
      'support: UBND các xã, phường',
    ])
  })

  test('gives the tasks of owners with the kind of their first verb', () => {
    const owned = reading.tasks.filter((task) => task.source.where === 'by-agency')
    expect(owned.map(({ path, duties }) => `${path} ${duties[0]?.kind} ${duties[0]?.agency}`)).toEqual([
      'V.1.a lead Sở Y tế',
      'V.1.b advise Sở Y tế',
      'V.1.c consolidate Sở Y tế',
      'V.2 lead Sở Văn hóa, Thể thao và Du lịch',
      'V.3 lead Công an tỉnh',
      'V.3 lead Công an tỉnh',
      'V.4 requested Tòa án nhân dân tỉnh',
      'V.5 requested Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh',
      'V.6 support Ủy ban nhân dân các xã, phường',
      'V.6 consolidate Ủy ban nhân dân các xã, phường',
    ])
  })

  test('gives targets with comparator and year, and reports with their rhythm', () => {
    expect(reading.targets.map(({ comparator, value, unit, year }) => [comparator, value, unit, year])).toEqual([
      ['>', 95, '%', 2030],
      ['>=', 80, '%', 2030],
      ['=', 100, '%', 2030],
      ['<', 5, '%', 2028],
    ])
    expect(reading.reporting.map(({ who, to, due, frequency }) => [who, to, due, frequency])).toEqual([
      ['Sở Y tế', 'Ủy ban nhân dân tỉnh', 'trước ngày 15/12 hằng năm', 'year'],
      ['Ủy ban nhân dân các xã, phường', 'Sở Y tế', 'trước ngày 20 của tháng cuối quý', 'quarter'],
    ])
  })

  test('proposes no task from a table of figures, and says so', () => {
    expect(reading.warnings).toMatchObject([
      { code: 'table-not-tasks', params: { table: 4 } },
      { code: 'duty-missing' },
    ])
    expect(reading.tasks.some((task) => task.source.table === 4)).toBe(false)
  })

  test('keeps the place of every task', () => {
    const lines = fixtureText('ke-hoach-mau.txt').split('\n')
    for (const task of reading.tasks.filter((one) => one.source.where !== 'annex')) {
      const start = lines
        .slice((task.source.line ?? 1) - 1, (task.source.line ?? 1) + 3)
        .join(' ')
        .replace(/\*/g, '')
      expect(start).toContain(task.text.split(' ').slice(0, 3).join(' '))
    }
  })
})

describe('an invented decision with an attached plan', () => {
  const reading = readText(fixtureText('quyet-dinh-mau.txt'))

  test('has a blank number and day, each null with a warning', () => {
    expect(reading).toMatchObject({
      kind: 'QĐ',
      number: null,
      date: null,
      place: 'Hà Nội',
      issuer: 'THỦ TƯỚNG CHÍNH PHỦ',
    })
    expect(reading.warnings.map(({ code }) => code)).toEqual(expect.arrayContaining(['number-blank', 'date-blank']))
    expect(reading.signature).toEqual({ capacity: 'KT. THỦ TƯỚNG', post: 'PHÓ THỦ TƯỚNG', name: 'Lê Văn Mẫu' })
    expect(reading.basis).toHaveLength(3)
  })

  test('reads an annex whose heading has two levels', () => {
    const annex = reading.tasks.filter((task) => task.source.where === 'annex')
    expect(annex.map((task) => task.path)).toEqual(['A.1', 'A.2', 'B.3'])
    expect(annex[0]?.duties.map(({ kind, agency }) => `${kind}: ${agency}`)).toEqual([
      'lead: Bộ Y tế',
      'support: Bộ Xây dựng',
      'support: Bộ Nông nghiệp và Môi trường',
      'support: các bộ, ngành liên quan',
    ])
    expect(annex.map((task) => task.time?.to)).toEqual(['2026-12-31', '2027-06-30', null])
  })
})

describe('an invented plan of a commune, set without wrapping', () => {
  const reading = readText(fixtureText('ke-hoach-xa-mau.txt'))

  test('gives each body its work, those it requests as requested', () => {
    expect(reading.number).toBe('0129/KH-UBND')
    expect(dutiesOf(reading).slice(2)).toEqual([
      ['advise: Phòng Văn hóa - Xã hội'],
      ['lead: Phòng Văn hóa - Xã hội', 'support: Trạm Y tế xã', 'support: các trường học'],
      ['consolidate: Phòng Văn hóa - Xã hội'],
      ['lead: Trạm Y tế xã'],
      ['support: Công an xã'],
      ['lead: Các trường học trên địa bàn'],
      ['requested: Đoàn Thanh niên'],
      ['requested: Hội Liên hiệp Phụ nữ'],
      ['support: Trưởng các thôn, tổ dân phố'],
    ])
  })

  test('gives two reports for two dates', () => {
    expect(reading.reporting.map(({ due, frequency }) => [due, frequency])).toEqual([
      ['trước ngày 20/5', 'half-year'],
      ['15/11', 'half-year'],
    ])
  })
})

describe('an invented plan of a ministry', () => {
  test('takes a task in each sub-row of a recommendation', () => {
    const annex = readText(fixtureText('ke-hoach-bo-mau.txt')).tasks.filter((task) => task.source.where === 'annex')
    expect(annex.map((task) => [task.text, task.duties[0]?.agency, task.time?.from, task.time?.to])).toEqual([
      ['Rà soát chính sách về không phân biệt đối xử', 'Cục Bà mẹ và Trẻ em', '2026-01-01', '2027-12-31'],
      ['Tổ chức tập huấn cho cán bộ cơ sở', 'Cục Bà mẹ và Trẻ em', '2026-10-01', '2026-12-31'],
      ['Xây dựng quy trình tiếp nhận trẻ em bị bạo lực', 'Cục Quản lý Khám, chữa bệnh', null, '2027-06-30'],
    ])
  })
})

describe.each(names)('%s', (name) => {
  const text = fixtureText(name)
  const plain = essence(readText(text))

  test('obeys the published shape', () => {
    expect(() => Reading.parse(readText(text))).not.toThrow()
  })

  test.each([60, 80, Infinity])('wrapped at %s columns reads the same', (width) => {
    if (isUnwrapped(name))
      return expect(essence(readText(text.replace(/(?<=[^\n|])\n(?=[^\n|])/g, '\n\n')))).toEqual(plain)
    return expect(essence(readText(rewrapped(text, width)))).toEqual(plain)
  })

  test('in other encodings and line ends reads the same', () => {
    expect(essence(readText(`\uFEFF${text.replace(/\n/g, '\r\n')}`))).toEqual(plain)
    expect(essence(readText(text.normalize('NFD')))).toEqual(plain)
    expect(essence(readDocument(utf16(text), 'a.txt', documentGrammar))).toEqual(plain)
  })

  test('as a Word file reads the same', async () => {
    expect(essence(readDocument(await typeset(text), 'a.docx', documentGrammar))).toEqual(plain)
  })
})

/** Texts whose lines are paragraphs cannot be wrapped without blank lines; those are put between instead. */
function isUnwrapped(name: string): boolean {
  return ['ke-hoach-xa-mau.txt', 'ke-hoach-hanh-dong-mau.txt'].includes(name)
}

/** All but places: those depend on the file. */
function essence(reading: Reading): unknown {
  const { tasks, targets, reporting, warnings, ...rest } = reading
  return {
    ...rest,
    tasks: tasks.map(({ source, ...task }) => ({ ...task, where: source.where })),
    targets: targets.map(({ source: _source, ...target }) => target),
    reporting: reporting.map(({ source: _source, ...report }) => report),
    warnings: warnings.map(({ code }) => code),
  }
}

describe('an invented plan set side by side without tables, its tasks with labelled owners', () => {
  const reading = readText(fixtureText('ke-hoach-hanh-dong-mau.txt'))

  test('gives header and signature', () => {
    expect(reading).toMatchObject({
      kind: 'KH',
      number: '77/KH-UBND',
      issuer: 'ỦY BAN NHÂN DÂN TỈNH AN BÌNH',
      place: 'An Bình',
      date: '2026-04-09',
      signature: { capacity: null, post: 'CHỦ TỊCH', name: 'Phạm Văn Mẫu' },
    })
    expect(reading.basis[0]).toBe('Căn cứ Luật Trẻ em số 102/2016/QH13 ngày 05/4/2016')
  })

  test('reads labels under a heading, in one paragraph, and in a sentence', () => {
    const prose = reading.tasks.filter((task) => task.source.where === 'prose')
    expect(
      prose.map(({ path, duties, time, output }) => [
        path,
        duties.map((duty) => duty.agency).join('; '),
        time?.kind,
        output,
      ]),
    ).toEqual([
      ['II.1', 'Sở Y tế; Sở Nội vụ; Công an tỉnh', 'by', 'Quy chế.'],
      ['II.2.a', 'Sở Y tế; các sở, ban, ngành', 'recurring', null],
      ['II.2.b', 'Sở Văn hóa, Thể thao và Du lịch; Sở Y tế', 'range', null],
      ['II.3', 'Sở Tài chính; Sở Y tế', 'recurring', null],
    ])
  })

  test('gives an item under a class of bodies to the one body it names', () => {
    const owned = reading.tasks
      .filter((task) => task.source.where === 'by-agency')
      .map((task) => `${task.path} ${task.duties[0]?.kind} ${task.duties[0]?.agency}`)
    expect(owned).toEqual([
      'III.1.1.a lead Sở Y tế',
      'III.1.1.b consolidate Sở Y tế',
      'III.1.2 support Sở Nội vụ',
      'III.1.3 lead Sở Tư pháp',
      'III.2 requested Ban Tuyên giáo và Dân vận Tỉnh ủy',
      'III.3 requested Đoàn Thanh niên Cộng sản Hồ Chí Minh tỉnh',
      'III.4 lead UBND các xã, phường',
      'III.5 lead Báo An Bình',
    ])
  })
})
