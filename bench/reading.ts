import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { openSource, readDocument } from '#documents'
import { documentGrammar } from '../countries/vn/documents/index.ts'
import { inventedPlan } from '../test/kit/invented-plans.ts'
import { pdfOf } from '../test/kit/typeset-pdf.ts'
import { measure } from './timing.ts'

/** How long the reader takes: each real plan where they are at hand, and one long text of a hundred pages. */
const folder = path.join(import.meta.dirname, '..', '..', 'shared', 'real-plans')
const plans = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.txt')) : []
if (plans.length === 0) console.log('the real plans are not at hand: only the invented one is measured')
for (const name of plans) {
  const bytes = readFileSync(path.join(folder, name))
  await measure(`${name} (${Math.round(bytes.byteLength / 1024)} kB)`, () => readDocument(bytes, name, documentGrammar))
}
const task = (at: number) =>
  `${at}. Sở Y tế: Chủ trì, phối hợp với Công an tỉnh và các sở, ngành liên quan tổ chức thực hiện nội dung số ${at}, hoàn thành trước ngày 15/6/2026.\n\n`
const pages = `KẾ HOẠCH\n\nThử tốc độ\n\nI. NHIỆM VỤ\n\nV. TỔ CHỨC THỰC HIỆN\n\n${Array.from({ length: 1500 }, (_none, at) => task(at + 1)).join('')}`
await measure(
  `an invented text of about 100 pages (${Math.round(pages.length / 1024)} kB)`,
  () => readDocument(new TextEncoder().encode(pages), 'pages.txt', documentGrammar),
  5,
)

const sheets = Array.from({ length: 34 }, (_none, at) => inventedPlan(at + 1).sheets).flat()
const pdf = await pdfOf(sheets)
await measure(
  `an invented PDF of about 100 pages (${Math.round(pdf.byteLength / 1024)} kB), opened in its thread and read`,
  async () => readDocument(await openSource(pdf, 'pages.pdf', documentGrammar.encodings), 'pages.pdf', documentGrammar),
  5,
)
