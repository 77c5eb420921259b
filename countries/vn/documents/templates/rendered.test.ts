import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { planDocument } from '../../../../src/documents/writing/plan-document.ts'
import { writeDocx } from '../../../../src/documents/writing/write-docx.ts'
import { hasOffice } from '../../../../test/kit/typeset-pdf.ts'
import { samplePlan } from './sample-inputs.ts'
import { writtenDocuments } from './written-documents.ts'

function isInPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))
}

const canRender = hasOffice && isInPath('pdftotext')

describe.skipIf(!canRender)(
  'pages as LibreOffice sets them (needs LibreOffice, pdftotext and a letter as wide as Times New Roman)',
  () => {
    let folder: string
    let pages: string[]

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'written-'))
      const [group] = samplePlan.taskGroups
      const tasks = Array.from({ length: 12 }, () => group?.tasks ?? []).flat()
      const document = planDocument(
        { ...samplePlan, taskGroups: [{ label: null, title: 'Nhóm', depth: 0, tasks }] },
        writtenDocuments,
      )
      writeFileSync(join(folder, 'plan.docx'), await writeDocx(document, writtenDocuments.layout))
      const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`
      execFileSync(
        'soffice',
        [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, join(folder, 'plan.docx')],
        { timeout: 90_000, stdio: 'ignore' },
      )
      pages = execFileSync('pdftotext', ['-layout', join(folder, 'plan.pdf'), '-'], { encoding: 'utf8' })
        .normalize('NFC')
        .split('\f')
        .slice(0, -1)
    }, 120_000)
    afterAll(() => rmSync(folder, { recursive: true, force: true }))

    it('sets agency and State name side by side, number and date under them', () => {
      const [first = ''] = pages
      expect(first).toMatch(/ỦY BAN NHÂN DÂN +CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n/)
      expect(first).toMatch(/TỈNH ĐẮK LẮK +Độc lập - Tự do - Hạnh phúc\n/)
      expect(first).toMatch(/Số: 07\/KH-UBND +Đắk Lắk, ngày 05 tháng 02 năm 2026\n/)
    })

    it('prints no number on the first page of the text and of the annex, and counts each from 1', () => {
      const annex = pages.findIndex((page) => page.includes('Phụ lục\n'))
      expect(annex).toBeGreaterThan(1)
      expect(pages.length).toBeGreaterThan(annex + 1)
      const numbers = pages.map((page) => (page.trimStart().split('\n')[0] ?? '').match(/^\s*(\d+)\s/)?.[1] ?? null)
      expect(numbers).toEqual(
        pages.map((_, index) =>
          index === 0 || index === annex ? null : String(index < annex ? index + 1 : index - annex + 1),
        ),
      )
    })

    it('marks every page as invented, repeats the heading of the table, keeps recipients beside the signature', () => {
      expect(pages.every((page) => page.includes('Dữ liệu minh họa'))).toBe(true)
      expect(pages.filter((page) => /STT +Nhiệm vụ +Cơ quan chủ trì/.test(page)).length).toBe(
        pages.length - pages.findIndex((page) => page.includes('Phụ lục\n')),
      )
      expect(pages.some((page) => /Nơi nhận: +TM\. ỦY BAN NHÂN DÂN/.test(page) && page.includes('quyết định./.'))).toBe(
        true,
      )
    })
  },
)
