import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { writeDocument } from '#documents'
import type { FormDefinition, QuotedFigure, ReportContent } from '#reporting/model'
import { noSources, rangesOf, sourcesOf } from '../../../src/reporting/consolidation/paper/sources.ts'
import { reportWords } from './report-words.ts'
import { writing } from '../writing.ts'
import {
  figureTables,
  reportDocument,
  type Beside,
  type Frame,
  type Printed,
} from '../../../src/reporting/consolidation/paper/document.ts'

const frame: Frame = { words: reportWords, templates: writing.templates, locale: 'vi' }
const said = (vi: string) => ({ vi, en: vi, fr: vi })
const quoted = (over: Partial<QuotedFigure> = {}): QuotedFigure => ({
  ...{ key: 'a', mode: 'total', status: 'E', numerator: 1, denominator: null, absence: null, comment: '' },
  ...{ explanation: '', measureId: '0190d3a0-0000-7000-8000-000000000001', breakdown: '', period: 'x:2026-S1' },
  ...{ cellId: null, vintage: null, value: 1234.5, made: null },
  ...over,
})
const beside: Beside = { name: 'Số trẻ em', unit: 'trẻ em', before: 1000, plan: 2469 }

/** The row of one figure in the annex. */
const cellsOf = (over: Partial<QuotedFigure> = {}): string[] => {
  const sections = [{ key: 'figures', content: { kind: 'quoted' as const, lines: [quoted(over)] } }]
  return figureTables({ ...printed, content: { sections } }, frame)[0]?.rows[0] ?? []
}

describe('a figure on paper', () => {
  test('an estimate says so, with its share of the plan and of the period before', () => {
    expect(cellsOf()).toEqual([...['1', 'Số trẻ em', 'trẻ em', '1.000', '2.469', '1.234,5 (ước)', '50', '123,45', '']])
  })
  test('no figure is said in words, and is never 0', () => {
    const cells = cellsOf({ value: null, status: null, absence: 'missing' })
    expect([cells[5], cells[6]]).toEqual(['Chưa có số liệu', ''])
    const zero = cellsOf({ value: 0, status: 'A' })
    expect(zero[5]).toBe('0')
  })
  test('a total that is not whole says of how many it is', () => {
    const made = { expected: 5, reported: 3, late: 1, estimated: 0, asOf: '', parts: [] }
    expect(cellsOf({ made })[8]).toBe('3/5 đơn vị có số liệu, 1 đơn vị báo cáo muộn')
  })
})

const head = { heading: said('Số liệu'), guidance: said(''), isRequired: false }
const form: FormDefinition = {
  title: said('Báo cáo'),
  sections: [
    { kind: 'narrative', ...head, key: 'words', heading: said('Tình hình chung'), wordLimit: null },
    {
      ...{ kind: 'figures', ...head, key: 'figures', showsBefore: true, showsPlan: true },
      rows: [
        { key: 'a', measureId: '0190d3a0-0000-7000-8000-000000000001', breakdown: '', label: {}, isRequired: false },
      ],
    },
    { kind: 'obstacles', ...head, key: 'stuck', themes: [{ key: 'money', label: said('Kinh phí') }] },
    { kind: 'attachments', ...head, key: 'files', heading: said('Tệp kèm theo'), most: 3 },
  ],
}
const origin = (at: number) => ({ reportId: `0190d3a0-0000-7000-8000-00000000000${at}`, number: 1, line: 'stuck/o' })
const content: ReportContent = {
  sections: [
    { key: 'words', content: { kind: 'narrative', paragraphs: [{ key: 'p', text: 'Một.\nHai.', origins: [] }] } },
    { key: 'figures', content: { kind: 'quoted', lines: [quoted()] } },
    {
      key: 'stuck',
      content: {
        kind: 'obstacles',
        lines: [
          {
            ...{ key: 'o', theme: 'money', text: 'Thiếu kinh phí.', proposal: 'Bổ sung.' },
            obstacleId: null,
            origins: [origin(1), origin(2)],
          },
        ],
      },
    },
    { key: 'files', content: { kind: 'attachments', fileIds: [] } },
  ],
}
const printed: Printed = {
  ...{ form, content, isNil: false, beside: () => beside, missing: ['UBND xã Thử'], addressees: ['Bộ Thử'] },
  head: {
    ...{
      parentAgency: null,
      agency: 'UBND tỉnh Thử',
      agencyLines: null,
      agencySign: 'UBND',
      place: 'Thử',
      number: null,
    },
    ...{ date: '2026-05-18', recipients: [], signature: { powers: [], posts: ['Chủ tịch'], name: 'Người Thử' } },
    ...{ draft: false, invented: false, urgency: null, addressLine: null },
  },
  ...{ title: 'Báo cáo thử', preamble: 'Thực hiện chế độ báo cáo.', asOf: '18/5/2026', sources: noSources },
  codeSuffix: null,
}

describe('a report on paper', () => {
  const document = reportDocument(printed, frame)
  const texts = document.body.map((block) => ('text' in block ? block.text : ''))

  test('has its sections in the order of the form, and none for files where there are none', () => {
    const headings = document.body.flatMap((block) =>
      block.type === 'heading' ? [`${block.level} ${block.title}`] : [],
    )
    expect(headings).toEqual(['section Tình hình chung', 'section Số liệu', 'section Số liệu', 'clause Kinh phí'])
  })
  test('says who raised an obstacle, and who has not reported', () => {
    expect(texts).toContain('Thiếu kinh phí. (2 cơ quan, địa phương nêu) Đề xuất, kiến nghị: Bổ sung.')
    expect(texts).toContain('Chưa có báo cáo được chấp nhận của: UBND xã Thử.')
    expect(texts.slice(1, 3)).toEqual(['Một.', 'Hai.'])
  })
  test('has its figures in an annex on pages that lie across', () => {
    expect(document.annexes.map(({ title, landscape }) => [title, landscape])).toEqual([
      ['Số liệu thực hiện các chỉ tiêu', true],
    ])
    expect(figureTables(printed, frame)[0]?.rows).toHaveLength(1)
  })
  test('names each task before what is said of it', () => {
    const tasks: Printed = {
      ...printed,
      form: { ...form, sections: [{ kind: 'tasks', ...head, key: 'tasks' }] },
      content: {
        sections: [
          {
            key: 'tasks',
            content: {
              kind: 'tasks',
              lines: ['3.3. Kiểm tra tại địa phương.', undefined].map((title, at) => ({
                ...{ key: `t${at}`, nodeId: origin(1).reportId, standing: 'on-time', text: 'Đã xong.', origins: [] },
                ...(title === undefined ? {} : { title }),
              })),
            },
          },
        ],
      },
    }
    const items = reportDocument(tasks, frame).body.flatMap((block) => (block.type === 'item' ? [block.text] : []))
    expect(items).toEqual(['3.3. Kiểm tra tại địa phương: Đã xong.', 'Đã xong.'])
  })
  test('leaves out no task: those of which nothing is said stand in the annex with how they stand', () => {
    const lines = [
      { title: '1.1. Kiểm tra', standing: 'done-on-time', text: 'Đã xong.' },
      { title: '1.2. Tập huấn', standing: 'overdue', text: ' ' },
      { title: '1.3. Hướng dẫn', standing: 'pending-in-time', text: '' },
    ].map((line, at) => ({ ...line, key: `t${at}`, nodeId: origin(1).reportId, origins: [] }))
    const withTasks = (some: typeof lines) =>
      reportDocument(
        {
          ...printed,
          form: { ...form, sections: [{ kind: 'tasks', ...head, key: 'tasks' }] },
          content: { sections: [{ key: 'tasks', content: { kind: 'tasks', lines: some } }] },
        },
        frame,
      )
    const told = withTasks(lines)
    expect(told.annexes.map(({ title }) => title)).toEqual(['Tình hình thực hiện từng nhiệm vụ'])
    expect(told.annexes[0]?.table?.groups.flatMap(({ rows }) => rows)).toEqual([
      ['1', '1.1. Kiểm tra', 'Hoàn thành đúng hạn', 'Đã nêu trong Báo cáo'],
      ['2', '1.2. Tập huấn', 'Quá hạn', 'Chưa có nội dung báo cáo'],
      ['3', '1.3. Hướng dẫn', 'Đang thực hiện, trong hạn', 'Chưa có nội dung báo cáo'],
    ])
    const pointers = (document: typeof told) =>
      document.body.flatMap((block) => (block.type === 'paragraph' ? [block.text] : []))
    expect(pointers(told)).toEqual([
      'Tình trạng của 3 nhiệm vụ tại Phụ lục kèm theo Báo cáo này, trong đó 1 nhiệm vụ quá hạn, 2 nhiệm vụ chưa có nội dung báo cáo.',
    ])
    expect(pointers(withTasks(lines.slice(0, 1)))).toEqual([
      'Tình trạng của 1 nhiệm vụ tại Phụ lục kèm theo Báo cáo này.',
    ])
    expect(pointers(withTasks([]))).toEqual([reportWords.nothing])
  })
  test('sums no money where none was said', () => {
    const sources = ['budget', 'aid'].map((key) => ({ key, label: said(key) }))
    const rows = ['care', 'school'].map((key) => ({ key, label: said(key) }))
    const money: Printed = {
      ...printed,
      form: { ...form, sections: [{ kind: 'money', ...head, key: 'money', rows, sources }] },
      content: {
        sections: [
          {
            key: 'money',
            content: { kind: 'money', lines: [{ key: 'care', source: 'aid', amount: '0', absence: null }] },
          },
        ],
      },
    }
    const table = reportDocument(money, frame).annexes[0]?.table
    expect(table?.groups[0]?.rows).toEqual([
      ['1', 'care', '', '0', '0 (chưa đủ nguồn)'],
      ['2', 'school', '', '', 'Chưa có số liệu'],
    ])
    // What was allotted and what was spent of it are not one sum.
    expect(table?.total).toBeNull()
  })
  test('of nothing to report says so, without annexes', () => {
    const nil = reportDocument({ ...printed, isNil: true, content: { sections: [] }, missing: [] }, frame)
    expect([nil.body.length, nil.annexes]).toEqual([2, []])
  })
})

describe('a report on paper with its sources', () => {
  const measureId = '0190d3a0-0000-7000-8000-000000000001'
  const below = [1, 2, 3].map((at) => ({
    ...{ reportId: origin(at).reportId, number: 1, agencyName: `UBND xã ${at}`, sentOn: '2026-05-09' },
    ...{ acceptedOn: '2026-05-12', isLate: at === 2, isNil: false },
  }))
  const kept = {
    ...{ signedBy: 'Người Thử', missing: ['UBND xã Thử'], below },
    measures: { [measureId]: { names: said('Số trẻ em'), unitOfMeasure: said('trẻ em'), aggregation: 'sum' as const } },
    figures: { 'figures/a': { without: [2], estimated: [0] } },
  }
  const made = { expected: 4, reported: 2, late: 1, estimated: 1, asOf: '', parts: [] }
  const paragraphs = [
    { key: 'p', text: 'Một.\nHai.', origins: [origin(1)] },
    { key: 'q', text: 'Của tỉnh.', origins: [] },
    { key: 'r', text: 'Ba.', origins: [origin(1)] },
    { key: 's', text: 'Bốn.', origins: [origin(1), origin(2), origin(3)] },
  ]
  const sections: ReportContent['sections'] = [
    { key: 'words', content: { kind: 'narrative', paragraphs } },
    { key: 'figures', content: { kind: 'quoted', lines: [quoted({ made })] } },
    ...content.sections.slice(2),
  ]
  const ofPaper = () =>
    sourcesOf({ kept, words: reportWords.sources, period: 'từ 15/12/2025 đến 14/6/2026', printedDate: (day) => day })
  const document = reportDocument({ ...printed, content: { sections }, sources: ofPaper() }, frame)
  const annex = document.annexes.at(-1)
  const rows = annex?.blocks.flatMap((block) => (block.type === 'table' ? block.table.groups[0]?.rows : [])) ?? []

  test('marks what came from below once a paragraph, the same source with the same mark, and own words not at all', () => {
    const marks = document.body.flatMap((block) =>
      block.type === 'paragraph' && block.text !== reportWords.figuresPointer ? [[block.text, block.mark]] : [],
    )
    expect(marks).toEqual([
      ['Một.', undefined],
      ['Hai.', '[1]'],
      ['Của tỉnh.', undefined],
      ['Ba.', '[1]'],
      ['Bốn.', '[2]'],
    ])
    expect(document.body.find((block) => block.type === 'item')).toMatchObject({ mark: '[3]' })
    expect(document.annexes[0]?.table?.groups[0]?.rows[0]?.[1]).toBe('Số trẻ em [4]')
  })

  test('says of each mark which reports it is of, how whole it is, its period, unit and rule', () => {
    expect(rows?.map((row) => row?.[0])).toEqual(['[1]', '[2]', '[3]', '[4]'])
    expect(rows[0]?.slice(1, 4)).toEqual([
      ...['Tình hình chung', 'UBND xã 1 (lần 1, chấp nhận ngày 2026-05-12)', 'Tổng hợp từ 1 báo cáo'],
    ])
    expect(rows[1]?.slice(2, 4)).toEqual([
      ...['3 báo cáo, số thứ tự 1–3 mục II', 'Tổng hợp từ 3 báo cáo, 1 báo cáo gửi muộn'],
    ])
    expect(rows[3]?.slice(1)).toEqual([
      ...['Số trẻ em', 'UBND xã 1 (lần 1, chấp nhận ngày 2026-05-12); UBND xã 2 (lần 1, chấp nhận ngày 2026-05-12)'],
      [
        ...['2/4 đơn vị có số liệu, 2 đơn vị chưa có, 1 đơn vị báo cáo muộn, 1 đơn vị là số ước'],
        ...['báo cáo không có số liệu này: số 3 mục II', 'báo cáo ghi số ước: số 1 mục II'],
      ].join('; '),
      'từ 15/12/2025 đến 14/6/2026; trẻ em; cộng số liệu của các đơn vị',
    ])
  })

  test('is a file in which each mark is a link to its line of the annex, in Word and in PDF', async () => {
    const sorted = (found: Iterable<RegExpMatchArray>) => [...found].map(([, name]) => name).toSorted()
    const docx = await writeDocument(document, writing.templates.layout, 'docx')
    const xml = strFromU8(unzipSync(docx)['word/document.xml'] ?? new Uint8Array())
    const places = sorted(xml.matchAll(/<w:bookmarkStart [^>]*w:name="([^"]+)"/g))
    expect(places).toHaveLength(4)
    expect(new Set(sorted(xml.matchAll(/<w:bookmarkStart [^>]*w:id="([^"]+)"/g))).size).toBe(4)
    const links = sorted(xml.matchAll(/<w:hyperlink [^>]*w:anchor="([^"]+)"/g))
    // Two paragraphs of one source have the same mark.
    expect(links).toEqual([places[0], ...places])
    const pdf = Buffer.from(await writeDocument(document, writing.templates.layout, 'pdf')).toString('latin1')
    const goals = sorted(pdf.matchAll(/\/S \/GoTo\s+\/D \(([^)]+)\)/g))
    expect([...new Set(goals)]).toEqual(places)
    for (const place of places) expect(pdf).toMatch(new RegExp(`\\(${String(place)}\\) \\[`))
    expect(Buffer.from(await writeDocument(document, writing.templates.layout, 'docx')).equals(docx)).toBe(true)
  })

  test('lists the reports it was put together from, and who is missing', () => {
    expect(annex?.table?.groups.flatMap((group) => group.rows)).toEqual([
      ['1', 'UBND xã 1', '1', '2026-05-09', '2026-05-12', ''],
      ['2', 'UBND xã 2', '1', '2026-05-09', '2026-05-12', 'Gửi muộn'],
      ['3', 'UBND xã 3', '1', '2026-05-09', '2026-05-12', ''],
      ['', 'UBND xã Thử', '', '', '', 'Chưa có báo cáo được chấp nhận'],
    ])
    expect(rangesOf([4, 0, 1, 2])).toEqual([
      { from: 1, to: 3 },
      { from: 5, to: 5 },
    ])
  })

  test('without them has neither marks nor the annex', () => {
    const plain = reportDocument({ ...printed, content: { sections } }, frame)
    expect(JSON.stringify(plain)).not.toContain('[1]')
    expect(plain.annexes).toHaveLength(1)
  })
})
