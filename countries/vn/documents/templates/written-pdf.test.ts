import { extractText, getDocumentProxy, getMeta } from 'unpdf'
import { describe, expect, it } from 'vitest'
import type { OfficialDocument } from '../../../../src/documents/writing/model.ts'
import { minutesDocument } from '../../../../src/documents/writing/minutes.ts'
import { planDocument } from '../../../../src/documents/writing/plan-document.ts'
import { statusReport } from '../../../../src/documents/writing/status-report.ts'
import { summaryPages } from '../../../../src/documents/writing/summary-pages.ts'
import { urgingLetter } from '../../../../src/documents/writing/urging-letter.ts'
import { setPages } from '../../../../src/documents/writing/set-pages.ts'
import { pdfFile } from '../../../../src/documents/writing/write-pdf.ts'
import { sampleLetter, sampleMinutes, samplePlan, sampleReport } from './sample-inputs.ts'
import { written } from './read-written.ts'
import { nameAbroad, summaries } from './summaries.ts'
import { writtenDocuments } from './written-documents.ts'

const { layout } = writtenDocuments
const tasks = samplePlan.taskGroups.flatMap((group) => group.tasks)
const many = Array.from({ length: 10 }, () => tasks).flat()
const longPlan = planDocument(
  { ...samplePlan, taskGroups: [{ label: null, title: 'Nhóm', depth: 0, tasks: many }] },
  writtenDocuments,
)
const decision = planDocument(
  { ...samplePlan, kindCode: 'QĐ', title: 'Về việc ban hành Kế hoạch trồng cây năm 2026' },
  writtenDocuments,
)
const letter = urgingLetter(
  { ...sampleLetter, head: { ...sampleLetter.head, urgency: 'pressing', addressLine: 'Số 1 đường Minh Họa' } },
  writtenDocuments,
)

const writePdf = (document: OfficialDocument) => pdfFile(setPages(document, layout), layout)

/** Text of each page in the order of the file, in which the page number comes last. */
async function pagesOf(document: OfficialDocument): Promise<string[]> {
  const { text } = await extractText(await getDocumentProxy(await writePdf(document)), { mergePages: false })
  return text
}

const wordsOf = (text: string) => text.split(/\s+/u).filter((word) => word !== '').sort() // prettier-ignore

describe('a PDF', () => {
  it('and a Word file have marks after the words they are set for, raised', async () => {
    const document = planDocument(samplePlan, writtenDocuments)
    const body: OfficialDocument['body'] = [
      { type: 'paragraph', text: 'Đã trồng cây.', mark: '[7]' },
      { type: 'paragraph', text: 'Hết.' },
    ]
    const marked = { ...document, body }
    expect((await pagesOf(marked)).join(' ').replace(/\s+/gu, ' ')).toMatch(/Đã trồng cây\. ?\[7\]/u)
    const { lines } = await written(marked)
    expect(lines).toContain('Đã trồng cây.\u2060[7]')
  })

  it.each([
    ['plan', planDocument(samplePlan, writtenDocuments)],
    ['decision', decision],
    ['report', statusReport(sampleReport, writtenDocuments)],
    ['letter', letter],
    ['meeting', minutesDocument(sampleMinutes, writtenDocuments)],
  ])('of a %s says every word the Word file says, in NFC', async (_, document) => {
    const text = (await pagesOf({ ...document, invented: false })).join('\n')
    const { lines } = await written({ ...document, invented: false })
    expect(text).toBe(text.normalize('NFC'))
    const inPdf = new Set(wordsOf(text))
    expect(wordsOf(lines.join(' ').replaceAll('|', ' ')).filter((word) => !inPdf.has(word))).toEqual([])
  })

  it('reads in the order in which it was written, sentence by sentence', async () => {
    const text = (await pagesOf(longPlan)).join('\n').replace(/\s+/gu, ' ')
    const order = [
      'ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK',
      'Số: 07/KH-UBND',
      'Đắk Lắk, ngày 05 tháng 02 năm 2026',
      'KẾ HOẠCH',
      'I. MỤC ĐÍCH, YÊU CẦU',
      'Trên 90% trẻ em có hoàn cảnh đặc biệt được trợ giúp, chăm sóc.',
      'Nơi nhận:',
      'Nguyễn Thị Minh Họa',
      'DANH MỤC NHIỆM VỤ VÀ PHÂN CÔNG THỰC HIỆN',
    ]
    const places = order.map((words) => text.indexOf(words))
    expect(places).not.toContain(-1)
    expect(places).toEqual([...places].sort((one, other) => one - other))
  })

  it('numbers pages from the second of text and annex, and repeats the heading of the table', async () => {
    const pages = await pagesOf({ ...longPlan, invented: false })
    const annex = pages.findIndex((page) => page.includes('Phụ lục\n'))
    const expected = pages.map((_, index) => (index < annex ? index + 1 : index - annex + 1))
    const numbers = pages.map((page) => Number(/\n(\d+)\s*$/u.exec(page)?.[1] ?? 1))
    expect(annex).toBeGreaterThan(0)
    expect(pages.length).toBeGreaterThan(annex + 2)
    expect(numbers).toEqual(expected)
    expect(pages.slice(annex).every((page) => page.includes('Cơ quan chủ trì'))).toBe(true)
  })

  it('says on every page that its content is invented, and its stamp and address where they belong', async () => {
    const pages = await pagesOf(letter)
    expect(pages.every((page) => page.includes('Dữ liệu minh họa'))).toBe(true)
    expect(pages[0]).toContain('THƯỢNG KHẨN')
    expect(pages[0]).toContain('Số 1 đường Minh Họa')
  })

  it('says its title, author and language, and has the same bytes for the same document', async () => {
    const bytes = await writePdf(longPlan)
    expect(Buffer.from(await writePdf(longPlan)).equals(bytes)).toBe(true)
    const raw = Buffer.from(bytes).toString('latin1')
    expect(raw).toContain('/Lang (vi-VN)')
    expect(raw).toContain('/DisplayDocTitle true')
    const { info } = await getMeta(await getDocumentProxy(bytes))
    expect(info).toMatchObject({ Title: samplePlan.title, Author: samplePlan.head.agency, Language: 'vi-VN' })
  })

  it('keeps a cell whole that is longer than a page', async () => {
    const [task] = tasks
    if (task === undefined) throw new Error('the sample has no task')
    const text = Array.from({ length: 900 }, (_, index) => `chữ${index}`).join(' ')
    const document = planDocument(
      { ...samplePlan, taskGroups: [{ label: null, title: null, depth: 0, tasks: [{ ...task, text }] }] },
      writtenDocuments,
    )
    const found = new Set(wordsOf((await pagesOf(document)).join('\n')))
    expect(text.split(' ').filter((word) => !found.has(word))).toEqual([])
  })

  it('of minutes has two signatures, the secretary on the left, and no place and date in its head', async () => {
    const text = (await pagesOf(minutesDocument(sampleMinutes, writtenDocuments))).join('\n')
    expect(text.indexOf('THƯ KÝ')).toBeLessThan(text.indexOf('CHỦ TỌA'))
    expect(text.indexOf('CHỦ TỌA')).toBeLessThan(text.indexOf('Nơi nhận:'))
    expect(text.replace(/\s+/gu, ' ')).toContain('Cuộc họp kết thúc vào 11 giờ 30, ngày 12 tháng 10 năm 2026./.')
    expect(text).not.toContain('Đắk Lắk, ngày')
  })

  it('of a summary is in its own language, and says which text is official', async () => {
    const facts = { officialTitle: 'Kế hoạch', number: '07/KH-UBND', tasks: '4' }
    const input = { title: "Plan pour les droits de l'enfant", agency: nameAbroad('Bộ Y tế', 'fr') ?? '', facts, texts: ['Le plan fixe quatre tâches.'], invented: true } // prettier-ignore
    const bytes = await pdfFile(summaryPages(input, summaries.fr, layout), layout)
    expect(Buffer.from(bytes).toString('latin1')).toContain('/Lang (fr-FR)')
    const { text } = await extractText(await getDocumentProxy(bytes), { mergePages: true })
    for (const words of ['SANTÉ', 'RÉSUMÉ DE PLAN', 'Numéro : 07/KH-UBND', 'quatre tâches', 'fait foi.'])
      expect(text.replace(/\s+/gu, ' ')).toContain(words)
  })
})

describe('the name of a body abroad', () => {
  it.each([
    ['Bộ Y tế', 'en', 'Ministry of Health'],
    ['Ủy ban nhân dân tỉnh Lâm Đồng', 'fr', 'Comité populaire de la province de Lâm Đồng'],
    ['Sở Y tế', 'en', null],
    ['Bộ Y tế', 'de', null],
  ])('%s in %s is %s', (name, language, known) => {
    expect(nameAbroad(name, language)).toBe(known)
  })
})
