import { unzipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { faultsOfPackage } from '../../../../src/documents/writing/check-package.ts'
import type { DocumentTemplates, OfficialLayout } from '../../../../src/documents/writing/layout.ts'
import { planDocument } from '../../../../src/documents/writing/plan-document.ts'
import { statusReport } from '../../../../src/documents/writing/status-report.ts'
import { urgingLetter } from '../../../../src/documents/writing/urging-letter.ts'
import {
  countInWords,
  dateInWords,
  headingNumberer,
  printedBasis,
  referenceTo,
} from '../../../../src/documents/writing/wording.ts'
import { decree30 } from './decree-30.ts'
import { written } from './read-written.ts'
import type { Read } from './read-written.ts'
import { sampleLetter, samplePlan, sampleReport } from './sample-inputs.ts'
import { writtenDocuments } from './written-documents.ts'

const plan = planDocument(samplePlan, writtenDocuments)

function styleOf(styles: string, id: string): string {
  return styles.match(new RegExp(`<w:style [^>]*w:styleId="${id}".*?</w:style>`, 's'))?.[0] ?? ''
}

describe('the file', () => {
  it.each([
    ['plan', plan],
    ['report', statusReport(sampleReport, writtenDocuments)],
    ['letter', urgingLetter(sampleLetter, writtenDocuments)],
  ])(
    'of a %s has every part, relationship and content type, and its elements in the order of the schema',
    async (_, document) => {
      expect(faultsOfPackage((await written(document)).file)).toEqual([])
    },
  )

  it('has the same bytes for the same document, and no time of writing', async () => {
    const [first, second] = [await written(plan), await written(plan)]
    expect(Buffer.compare(first.file, second.file)).toBe(0)
    expect(first.part('docProps/core.xml')).toContain('>2026-02-05T00:00:00Z<')
    expect((await written({ ...plan, date: null })).part('docProps/core.xml')).not.toContain('dcterms:created')
  })
})

describe('the page of Decree 30/2020', () => {
  let read: Read
  let styles: string
  beforeAll(async () => {
    read = await written(plan)
    styles = read.part('word/styles.xml')
  })

  it('is A4 with margins of 20, 20, 30 and 15 mm; the annex lies across and is numbered anew', () => {
    const sections = [...read.xml.matchAll(/<w:sectPr.*?<\/w:sectPr>/gs)].map(([section]) => section)
    expect(sections).toHaveLength(2)
    expect(sections[0]).toMatch(/<w:pgSz (?=.*w:w="11906")(?=.*w:h="16838")(?=.*w:orient="portrait")/)
    expect(sections[1]).toMatch(/<w:pgSz (?=.*w:w="16838")(?=.*w:h="11906")(?=.*w:orient="landscape")/)
    for (const section of sections) {
      expect(section).toMatch(/<w:pgMar (?=.*w:top="1134")(?=.*w:bottom="1134")(?=.*w:left="1701")(?=.*w:right="850")/)
      expect(section).toContain('<w:pgNumType w:start="1"/>')
      expect(section).toContain('<w:titlePg/>')
    }
  })

  it('numbers every page but the first of a part, and says on each that the content is invented', () => {
    const heads = Object.keys(unzipSync(read.file)).filter((name) => /^word\/header\d+\.xml$/.test(name))
    const texts = heads.map((name) => read.part(name))
    expect(texts).toHaveLength(4)
    expect(texts.filter((text) => text.includes('PAGE'))).toHaveLength(2)
    expect(texts.every((text) => text.includes('Dữ liệu minh họa'))).toBe(true)
  })

  it('says nothing of invented content on a real document', async () => {
    const real = await written({ ...plan, invented: false })
    expect(Object.keys(unzipSync(real.file)).some((name) => real.part(name).includes('minh họa</w:t>'))).toBe(false)
  })

  it.each([
    ['nationalName', 26, true, false],
    ['motto', 28, true, false],
    ['agency', 26, true, false],
    ['parentAgency', 26, false, false],
    ['number', 26, false, false],
    ['placeAndDate', 28, false, true],
    ['kind', 28, true, false],
    ['title', 28, true, false],
    ['bases', 28, false, true],
    ['body', 28, false, false],
    ['signature', 28, true, false],
    ['recipientsLabel', 24, true, true],
    ['recipients', 22, false, false],
    ['annexReference', 28, false, true],
  ])('sets the box %s in %i half-points, bold %s, italic %s', (box, size, bold, italic) => {
    const style = styleOf(styles, box)
    expect(style).toContain(`<w:sz w:val="${size}"/>`)
    expect([style.includes('<w:b/>'), style.includes('<w:i/>')]).toEqual([bold, italic])
  })

  it('names Times New Roman, justifies the text, indents its first line and leaves 6 points under it', () => {
    expect(styles).toContain('w:ascii="Times New Roman"')
    expect(styles).toContain('w:hAnsi="Times New Roman"')
    const body = styleOf(styles, 'body')
    expect(body).toContain('<w:jc w:val="both"/>')
    expect(body).toContain('w:firstLine="720"')
    expect(body).toContain('w:after="120"')
  })

  it('prints the head, the text and the foot as the models of the decree do', () => {
    expect(read.lines.filter((line) => line !== '')).toEqual(
      expect.arrayContaining([
        'ỦY BAN NHÂN DÂN',
        'TỈNH ĐẮK LẮK',
        'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
        'Độc lập - Tự do - Hạnh phúc',
        'Số: 07/KH-UBND',
        'Đắk Lắk, ngày 05 tháng 02 năm 2026',
        'KẾ HOẠCH',
        'Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;',
        'Căn cứ Luật Trẻ em ngày 05 tháng 4 năm 2016;',
        'Theo đề nghị của Giám đốc Sở Y tế.',
        'I. MỤC ĐÍCH, YÊU CẦU',
        '1. Mục đích',
        'đ) Phối hợp với các cơ quan truyền thông.',
        'V. TỔ CHỨC THỰC HIỆN',
        'Nơi nhận:',
        '- Bộ Y tế (để báo cáo);',
        '- Lưu: VT, KGVX.',
        'TM. ỦY BAN NHÂN DÂN',
        'KT. CHỦ TỊCH',
        'PHÓ CHỦ TỊCH',
        'Nguyễn Thị Minh Họa',
        'Phụ lục',
        '(Kèm theo Kế hoạch số 07/KH-UBND ngày 05 tháng 02 năm 2026 của Ủy ban nhân dân tỉnh Đắk Lắk)',
      ]),
    )
    expect(read.lines.filter((line) => line.endsWith('xem xét, quyết định./.'))).toHaveLength(1)
  })

  it('shows a draft every part it may have, and an issued plan only those it has', async () => {
    const empty = { ...samplePlan, funding: [], requirements: [] }
    const printed = async (draft: boolean) =>
      (await written(planDocument({ ...empty, head: { ...empty.head, draft } }, writtenDocuments))).lines.join('\n')
    expect(await printed(true)).toMatch(/2\. Yêu cầu\n…/)
    expect(await printed(true)).toContain('KINH PHÍ THỰC HIỆN')
    expect(await printed(false)).not.toMatch(/Yêu cầu\n|KINH PHÍ THỰC HIỆN/)
  })

  it('draws the rule under the motto as long as its line, and those under agency and title a third to a half', () => {
    const rules = [...read.xml.matchAll(/<w:pStyle w:val="rule"\/>.*?<w:ind w:left="(\d+)" w:right="(\d+)"/g)].map(
      ([, side]) => Number(side),
    )
    const [agencyRoom, stateRoom, titleRoom] = [3742, 9354 - 3742, 9354]
    expect(rules).toHaveLength(3)
    const length = (room: number, index: number) => room - 2 * (rules[index] ?? 0)
    expect(length(stateRoom, 1)).toBeCloseTo(3400, -2)
    expect(length(agencyRoom, 0) / 2400).toBeGreaterThan(1 / 3)
    expect(length(agencyRoom, 0) / 2400).toBeLessThan(1 / 2)
    expect(length(titleRoom, 2) / titleRoom).toBeCloseTo(0.4, 2)
  })

  it('repeats the heading of the annex table and cuts no row; groups span the table', () => {
    const table = read.xml.slice(read.xml.lastIndexOf('<w:tbl>'))
    const rows = table.match(/<w:tr>/g) ?? []
    expect(rows).toHaveLength(1 + 2 + 4)
    expect(table.match(/<w:cantSplit\/>/g)).toHaveLength(rows.length)
    expect(table.match(/<w:tblHeader\/>/g)).toHaveLength(1)
    expect(table.match(/<w:gridSpan w:val="5"\/>/g)).toHaveLength(2)
  })

  it('keeps the last sentence with the signature, which is not cut', () => {
    const end = read.xml.indexOf('./.')
    expect(read.xml.slice(read.xml.lastIndexOf('<w:pPr>', end), end)).toMatch(/<w:keepNext\/><w:keepLines\/>/)
    expect(read.xml.slice(end)).toMatch(/<w:tbl>.*?<w:cantSplit\/>/s)
  })
})

describe('what is not known yet', () => {
  it('is a visible blank: number, day, name, output, a section nobody wrote', async () => {
    const draft = planDocument(
      {
        ...samplePlan,
        head: {
          ...samplePlan.head,
          number: null,
          date: '2026',
          draft: true,
          signature: { ...samplePlan.head.signature, name: null },
        },
      },
      writtenDocuments,
    )
    const { lines } = await written(draft)
    expect(lines).toContain(`Số: ${'\u00a0'.repeat(8)}/KH-UBND`)
    expect(lines).toContain('Đắk Lắk, ngày … tháng … năm 2026')
    expect(lines).toContain('DỰ THẢO')
    expect(lines).toContain('(Kèm theo Kế hoạch số …/KH-UBND ngày … tháng … năm 2026 của Ủy ban nhân dân tỉnh Đắk Lắk)')
    expect(lines[lines.indexOf('VI. CHẾ ĐỘ BÁO CÁO') + 1]).toMatch(/^…+$/)
    expect(lines.filter((line) => line === '…')).toHaveLength(2 + 1)
  })

  it('makes every sum it belongs to unknown, and is never zero', async () => {
    const report = statusReport(sampleReport, writtenDocuments)
    const table = report.body.filter((block) => block.type === 'table').at(-1)?.table
    expect(table?.groups[0]?.rows[2]).toEqual(['3', 'Chăm sóc, giáo dục', '…', '2', '…', '4', '1', '0'])
    expect(table?.total).toEqual(['', 'Tổng cộng', '…', '1.216', '…', '22', '3', '6'])
  })
})

describe('wording', () => {
  it.each([
    ['2026-02-05', 'ngày 05 tháng 02 năm 2026'],
    ['2026-01-31', 'ngày 31 tháng 01 năm 2026'],
    ['2026-03-09', 'ngày 09 tháng 3 năm 2026'],
    ['2026-10-12', 'ngày 12 tháng 10 năm 2026'],
    ['2026-04', 'ngày … tháng 4 năm 2026'],
    [null, 'ngày … tháng … năm …'],
  ])('writes the date %s as %s', (date, words) => {
    expect(dateInWords(date, decree30)).toBe(words)
  })

  it.each([
    [0, '0'],
    [9, '09'],
    [10, '10'],
    [1234567, '1.234.567'],
    [null, '…'],
  ])('writes the count %s as %s', (count, words) => {
    expect(countInWords(count, decree30)).toBe(words)
  })

  it('numbers points with the letters of the country, and anew in each clause', () => {
    const next = headingNumberer(decree30)
    next('section')
    expect(next('clause')).toBe('1.')
    expect(Array.from({ length: 8 }, () => next('point')).join(' ')).toBe('a) b) c) d) đ) e) g) h)')
    expect(Array.from({ length: 15 }, () => next('point')).join(' ')).toBe(
      'i) k) l) m) n) o) p) q) r) s) t) u) v) x) y)',
    )
    expect(next('point')).toBe('aa)')
    expect([next('clause'), next('subclause'), next('subclause'), next('point')]).toEqual(['2.', '2.1.', '2.2.', 'a)'])
    expect([next('section'), next('clause')]).toEqual(['II.', '1.'])
  })

  it('numbers articles and chapters through the whole document', () => {
    const next = headingNumberer(decree30)
    expect([next('chapter'), next('article'), next('chapter'), next('article')]).toEqual([
      'Chương I',
      'Điều 1.',
      'Chương II',
      'Điều 2.',
    ])
  })

  it('gives a base its opening word once, and one mark at its end', () => {
    expect(printedBasis('Luật Trẻ em.', false, decree30)).toBe('Căn cứ Luật Trẻ em;')
    expect(printedBasis('CĂN CỨ Luật Trẻ em ;', true, decree30)).toBe('CĂN CỨ Luật Trẻ em.')
  })

  it('cites a letter by its name', () => {
    expect(referenceTo(urgingLetter(sampleLetter, writtenDocuments), decree30)).toBe(
      'Công văn số 123/UBND-KGVX ngày 12 tháng 10 năm 2026 của Ủy ban nhân dân tỉnh Đắk Lắk',
    )
  })
})

it('a layout in other words leaves no word of this country in the document', async () => {
  const english: OfficialLayout = {
    ...decree30,
    locale: 'en',
    letters: ['a', 'b'],
    kinds: { KH: 'Plan' },
    powers: {
      'on-behalf': 'For',
      'for-head': 'For',
      'by-order': 'By order',
      'by-authorisation': 'p.p.',
      acting: 'Acting',
    },
    words: {
      ...Object.fromEntries(Object.keys(decree30.words).map((word) => [word, 'word'])),
      basisOpenings: ['Having regard to'],
    } as unknown as OfficialLayout['words'],
  }
  const templates: DocumentTemplates = { ...writtenDocuments, layout: english }
  const bare = { ...planDocument(samplePlan, templates), letterhead: { parentAgency: null, agency: 'Council', lines: null }, place: 'Town', title: 'Title', bases: ['Law'], preamble: null, body: [], closing: 'End', recipients: ['A'], annexes: [], signature: { powers: [], posts: ['Chair'], name: 'N' } } // prettier-ignore
  const { xml } = await written(bare, english)
  expect(xml).not.toMatch(/[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/iu)
})
