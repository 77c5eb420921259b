import { describe, expect, it } from 'vitest'
import { faultsOfPackage } from '../../../../src/documents/writing/check-package.ts'
import type { DocumentBlock, OfficialDocument } from '../../../../src/documents/writing/model.ts'
import { planDocument } from '../../../../src/documents/writing/plan-document.ts'
import { statusReport } from '../../../../src/documents/writing/status-report.ts'
import { urgingLetter } from '../../../../src/documents/writing/urging-letter.ts'
import { written } from './read-written.ts'
import { sampleLetter, samplePlan, sampleReport } from './sample-inputs.ts'
import { writtenDocuments } from './written-documents.ts'

const plan = planDocument(samplePlan, writtenDocuments)

describe('the plan', () => {
  it('prints each duty in its column with the body it asks, one agency a line', () => {
    const rows = plan.annexes[0]?.table?.groups.flatMap((group) => group.rows)
    expect(rows?.[0]).toEqual([
      '1',
      expect.stringContaining('Rà soát'),
      'Sở Tư pháp',
      'Sở Y tế;\nSở Giáo dục và Đào tạo',
      'Quý IV/2026',
      'Báo cáo kết quả rà soát',
    ])
    expect(rows?.[1]?.[3]).toBe('Sở Tài chính;\nSở Nội vụ;\nVăn phòng UBND tỉnh (tham mưu)')
    expect(rows?.[2]?.slice(2, 4)).toEqual(['Đề nghị Tòa án nhân dân tỉnh', ''])
  })

  it('keeps the numbers tasks have in the document they come from', () => {
    const groups = samplePlan.taskGroups.map((group) => ({
      ...group,
      tasks: group.tasks.map((task, index) => ({ ...task, number: `1.${index + 1}` })),
    }))
    const document = planDocument({ ...samplePlan, taskGroups: groups }, writtenDocuments)
    expect(document.annexes[0]?.table?.groups.map((group) => group.rows.map((row) => row[0]))).toEqual([
      ['1.1', '1.2'],
      ['1.1', '1.2'],
    ])
  })
})

describe('a plan that was issued', () => {
  const [group] = samplePlan.taskGroups
  const tasks = group?.tasks.map((task) => ({ ...task, time: null, output: null })) ?? []
  const bare = { ...samplePlan, taskGroups: [{ label: null, title: null, depth: 0, tasks }] }

  it('leaves what is not said empty, and has no column in which nothing stands', () => {
    const table = planDocument(bare, writtenDocuments).annexes[0]?.table
    expect(table?.columns.map((column) => column.heading)).toEqual(['STT', 'Nhiệm vụ', 'Cơ quan chủ trì', 'Cơ quan phối hợp']) // prettier-ignore
    const unled = { ...bare, taskGroups: [{ label: null, title: null, depth: 0, tasks: tasks.map((task) => ({ ...task, duties: task.duties.slice(1) })) }] } // prettier-ignore
    expect(planDocument(unled, writtenDocuments).annexes[0]?.table?.groups[0]?.rows[0]?.[2]).toBe('')
    const draft = planDocument({ ...unled, head: { ...unled.head, draft: true } }, writtenDocuments)
    expect(draft.annexes[0]?.table?.groups[0]?.rows[0]?.[2]).toBe('…')
  })

  it('without tasks for an annex has none, and does not point at it', async () => {
    const document = planDocument({ ...samplePlan, taskGroups: [], tasks: ['1. Trồng cây.'] }, writtenDocuments)
    expect(document.annexes).toEqual([])
    const { lines } = await written(document)
    expect(lines).toContain('1. Trồng cây.')
    expect(lines.join(' ')).not.toContain('Phụ lục')
  })

  it('prints its own headings and sections where they stood', async () => {
    const others = [{ heading: 'Phạm vi, đối tượng', after: 'purpose' as const, paragraphs: ['Toàn tỉnh.'] }]
    const headings = { tasks: 'Nội dung thực hiện' }
    const { lines } = await written(planDocument({ ...samplePlan, headings, others }, writtenDocuments))
    const order = ['I. MỤC ĐÍCH, YÊU CẦU', 'II. PHẠM VI, ĐỐI TƯỢNG', 'III. MỤC TIÊU', 'IV. NỘI DUNG THỰC HIỆN']
    expect(lines.filter((line) => order.includes(line))).toEqual(order)
  })

  it('of a type nobody knows is refused, also by the name of what every object has', () => {
    for (const kindCode of ['XX', 'toString', '__proto__'])
      expect(() => planDocument({ ...samplePlan, kindCode }, writtenDocuments)).toThrow('no document type')
  })
})

describe('a decision that issues a plan', () => {
  const title = 'Về việc ban hành Kế hoạch trồng cây năm 2026'

  it('decides in articles, and has the plan attached with its own head and no number', async () => {
    const document = planDocument({ ...samplePlan, kindCode: 'QĐ', title }, writtenDocuments)
    const { lines, file } = await written(document)
    expect(faultsOfPackage(file)).toEqual([])
    const order = [
      'QUYẾT ĐỊNH',
      title,
      'ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK',
      'QUYẾT ĐỊNH:',
      'Điều 1. Ban hành kèm theo Quyết định này Kế hoạch trồng cây năm 2026.',
      'Nơi nhận:',
      'KẾ HOẠCH',
      'Trồng cây năm 2026',
      '(Kèm theo Quyết định số 07/QĐ-UBND ngày 05 tháng 02 năm 2026 của Ủy ban nhân dân tỉnh Đắk Lắk)',
      'I. MỤC ĐÍCH, YÊU CẦU',
      'Phụ lục',
    ]
    const places = order.map((line) => lines.indexOf(line))
    expect(places).toEqual([...places].sort((one, other) => one - other))
    expect(places).not.toContain(-1)
    expect(lines.filter((line) => line.startsWith('Số: '))).toHaveLength(1)
  })

  it('keeps the articles it was read with', async () => {
    const articles = ['Điều 1. Ban hành Kế hoạch.', 'a) Kèm theo.', 'Điều 2. Có hiệu lực.']
    const { lines } = await written(planDocument({ ...samplePlan, kindCode: 'QĐ', title, articles }, writtenDocuments))
    expect(lines.filter((line) => /^(Điều|a\) Kèm)/.test(line)).map((line) => line.replace('./.', '.'))).toEqual(
      articles,
    )
  })
})

describe('the report', () => {
  const report = statusReport(sampleReport, writtenDocuments)
  const texts = report.body.flatMap((block) => ('text' in block ? [block.text] : []))

  it('says under every table of figures which period, day and source they have', () => {
    const followers = report.body.flatMap((block, index) => (block.type === 'table' ? [report.body[index + 1]] : []))
    expect(followers).toHaveLength(2)
    for (const block of followers) {
      expect(block).toEqual({
        type: 'note',
        text: expect.stringContaining('Số liệu tính đến ngày 14 tháng 6 năm 2026, nguồn: báo cáo'),
      })
    }
    expect(report.annexes[0]?.blocks[0]?.type).toBe('note')
  })

  it('counts coverage and the five numbers, and requested bodies apart', () => {
    expect(texts).toContain('Đã có 70/116 cơ quan, địa phương ban hành kế hoạch thực hiện, cụ thể như sau:')
    expect(
      texts.some(
        (text) =>
          text.startsWith('Tổng số … nhiệm vụ') && text.includes('quá hạn 03;') && text.includes('đúng hạn 1.216;'),
      ),
    ).toBe(true)
    expect(texts.some((text) => text.includes('có 02 nhiệm vụ đề nghị'))).toBe(true)
  })

  it('goes to its addressees, who are the first recipients', async () => {
    const { lines } = await written(report)
    expect(lines.slice(lines.indexOf('Kính gửi:'), lines.indexOf('Kính gửi:') + 3)).toEqual([
      'Kính gửi:',
      '- Bộ Y tế;',
      '- Ủy ban nhân dân tỉnh.',
    ])
    expect(lines[lines.indexOf('Nơi nhận:') + 1]).toBe('- Như trên;')
    expect((await written({ ...report, addressees: ['Bộ Y tế'] })).lines).toContain('Kính gửi: Bộ Y tế')
  })
})

describe('the letter', () => {
  it('has no type name, and its subject stands under the number', async () => {
    const { lines } = await written(urgingLetter(sampleLetter, writtenDocuments))
    const number = lines.indexOf('Số: 123/UBND-KGVX')
    expect(lines[number + 1]).toBe('V/v đôn đốc thực hiện Kế hoạch triển khai khuyến nghị của Ủy ban về quyền trẻ em')
    expect(lines).toContain(
      'Kết quả thực hiện đề nghị báo cáo bằng văn bản về Sở Y tế trước ngày 25 tháng 10 năm 2026 để tổng hợp.',
    )
  })

  it('has the address of its agency at the foot of the first page, a blank in a draft that has none', async () => {
    const addressLine = 'Số 1 đường Minh Họa, phường Minh Họa'
    const issued = { ...sampleLetter, head: { ...sampleLetter.head, draft: false } }
    const footOf = async (letter: typeof sampleLetter) => {
      const { file, part } = await written(urgingLetter(letter, writtenDocuments))
      expect(faultsOfPackage(file)).toEqual([])
      return part('word/footer1.xml')
    }
    expect(await footOf({ ...issued, head: { ...issued.head, addressLine } })).toContain(addressLine)
    expect(await footOf({ ...issued, head: { ...issued.head, draft: true } })).toContain('Địa chỉ: …')
    expect(await footOf(issued)).toBe('')
  })

  it('counts what is overdue, and moves a long list to an annex', () => {
    const tasks = Array.from({ length: 9 }, (_, index) => ({
      ...sampleLetter.tasks[0],
      text: `Nhiệm vụ ${index}`,
      number: null,
      leads: [],
      due: null,
      note: null,
      standing: index < 3 ? ('overdue' as const) : null,
    }))
    const long = urgingLetter({ ...sampleLetter, tasks }, writtenDocuments)
    expect(long.annexes).toHaveLength(1)
    expect(long.body.some((block) => block.type === 'table')).toBe(false)
    expect(long.body[0]).toEqual({
      type: 'paragraph',
      text: expect.stringContaining('còn 09 nhiệm vụ cần đôn đốc, trong đó 03 nhiệm vụ đã quá hạn'),
    })
  })
})

describe('hostile text', () => {
  const hostile = '<script>alert(1)</script> & "x" ]]> {date} \u0000\u0008\u202E\uFFFF \ud800'
  const body: DocumentBlock[] = [{ type: 'paragraph', text: hostile }]

  it('stays text in every field, and the file stays whole', async () => {
    const document: OfficialDocument = {
      ...plan,
      letterhead: { parentAgency: hostile, agency: hostile, lines: null },
      title: hostile,
      place: hostile,
      codeSuffix: hostile,
      recipients: [hostile],
      addressees: [hostile, hostile],
      bases: [hostile],
      preamble: hostile,
      body,
      closing: hostile,
      signature: { powers: [{ power: 'acting', of: hostile }], posts: [hostile], name: hostile },
    }
    const read = await written(document)
    expect(faultsOfPackage(read.file)).toEqual([])
    expect(read.xml).not.toMatch(/<script/i)
    expect(read.xml).toContain('&lt;script&gt;')
    expect(read.xml).toContain('{date}')
  })

  it('a name of 140 letters, typed with its accents apart, is put together and whole', async () => {
    const agency = 'Ủy ban nhân dân tỉnh Bà Rịa '.repeat(5).trim()
    const read = await written(
      planDocument({ ...samplePlan, head: { ...samplePlan.head, agency: agency.normalize('NFD') } }, writtenDocuments),
    )
    expect(agency.length).toBeGreaterThan(135)
    expect(faultsOfPackage(read.file)).toEqual([])
    expect(read.lines).toContain(agency.normalize('NFC').toLocaleUpperCase('vi-VN').replace('ỦY BAN NHÂN DÂN ', ''))
    expect(read.xml).toBe(read.xml.normalize('NFC'))
  })

  it('a plan of 5,000 tasks is written whole', { timeout: 60_000 }, async () => {
    const [group] = samplePlan.taskGroups
    const [task] = group?.tasks ?? []
    if (task === undefined) throw new Error('the sample has no task')
    const tasks = Array.from({ length: 5000 }, () => task)
    const read = await written(
      planDocument({ ...samplePlan, taskGroups: [{ label: null, title: null, depth: 0, tasks }] }, writtenDocuments),
    )
    expect(read.xml.match(/<w:tblHeader\/>/g)).toHaveLength(1)
    expect(read.lines.filter((line) => line === 'Sở Tư pháp')).toHaveLength(5000)
    expect(read.lines).toContain('5000')
  })
})
