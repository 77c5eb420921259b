import { describe, expect, test } from 'vitest'
import { documentGrammar } from '../../countries/vn/documents/index.ts'
import { openSource, readDocument, UnreadableDocument } from '#documents'
import { inventedPlan } from '../kit/invented-plans.ts'
import { docxOf } from '../kit/typeset-docx.ts'
import { byOffice, hasOffice } from '../kit/typeset-pdf.ts'

describe('files of older office programs', () => {
  test.skipIf(!hasOffice).each(['doc', 'rtf', 'odt'])(
    '.%s is read like the Word file it was made from, and says that it was converted (skipped without LibreOffice)',
    async (kind) => {
      const docx = await docxOf(inventedPlan(42).sheets)
      const files = await byOffice({ plan: docx }, kind)
      const source = await openSource(files.plan ?? new Uint8Array(), `plan.${kind}`, documentGrammar.encodings)
      const read = readDocument(source, `plan.${kind}`, documentGrammar)
      const plain = readDocument(docx, 'plan.docx', documentGrammar)
      const essence = ({ number, date, issuer, tasks, recipients }: typeof read): unknown => ({
        number,
        date,
        issuer,
        recipients,
        tasks: tasks.map((task) => [task.text, task.duties.map((duty) => `${duty.kind}: ${duty.agency}`), task.time]),
      })
      expect(plain.tasks.length).toBeGreaterThan(5)
      expect(essence(read)).toEqual(essence(plain))
      expect(read.warnings.map(({ code }) => code)).toContain('converted')
    },
    180_000,
  )

  test('without LibreOffice the refusal says what is missing', async () => {
    const before = process.env.PATH
    process.env.PATH = '/nowhere'
    try {
      const rtf = new TextEncoder().encode('{\\rtf1 plan}')
      const refused = await openSource(rtf, 'plan.rtf', documentGrammar.encodings).catch((fault: unknown) => fault)
      expect(refused).toBeInstanceOf(UnreadableDocument)
      expect(refused).toMatchObject({ code: 'documents.unreadable.converter-missing' })
    } finally {
      process.env.PATH = before
    }
  })
})
