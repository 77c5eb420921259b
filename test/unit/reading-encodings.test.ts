import { Document, Packer, Paragraph, TextRun } from 'docx'
import { describe, expect, test } from 'vitest'
import { documentGrammar } from '../../countries/vn/documents/index.ts'
import { readDocument, type LegacyEncoding, type Reading } from '#documents'
import { latin1, windows1258, written } from '../kit/legacy-writing.ts'
import { htmlBlocks } from '../../src/documents/reading/html.ts'
import { fixtureText } from '../kit/readings.ts'

// Encodings without toned capitals were written so that none was needed: "Uỷ ban", not "Ủy ban".
const text = fixtureText('ke-hoach-mau.txt')
  .replace(/Ủy/gu, 'Uỷ')
  .replace(/ỦY/gu, 'UỶ')
  .replace(/[–—]/gu, '-')
  .replace(/[“”]/gu, '"')
  .replace(/…/gu, '...')
const bytesOf = (words: string): Uint8Array => new TextEncoder().encode(words)
const read = (bytes: Uint8Array, name = 'van-ban.txt'): Reading => readDocument(bytes, name, documentGrammar)
const plain = read(bytesOf(text))

/** What was read, in small letters: capitals of old encodings lie in the font. */
function essence(reading: Reading): unknown {
  const { kind, number, issuer, date, title, tasks, recipients, signature } = reading
  const own = tasks.map(({ path, text: words, duties, time }) => ({
    path,
    words,
    duties: duties.map((duty) => [duty.kind, duty.agency]),
    time,
  }))
  return JSON.parse(JSON.stringify({ kind, number, issuer, date, title, own, recipients, signature }).toLowerCase())
}

const encodingOf = (name: string): LegacyEncoding => {
  const found = documentGrammar.encodings.legacy.find((one) => one.name === name)
  if (!found) throw new Error(`no encoding ${name}`)
  return found
}

describe('texts written before Unicode', () => {
  test('a plain text in TCVN3, VNI or code page 1258 is read like the same in Unicode', () => {
    expect(plain.tasks.length).toBeGreaterThan(3)
    expect(essence(read(latin1(written(text, encodingOf('TCVN3')))))).toEqual(essence(plain))
    expect(essence(read(latin1(written(text, encodingOf('VNI')))))).toEqual(essence(plain))
    expect(essence(read(windows1258(text)))).toEqual(essence(plain))
  })

  test('letters of an old encoding saved as if they were Western letters are read too', () => {
    expect(essence(read(bytesOf(written(text, encodingOf('TCVN3')))))).toEqual(essence(plain))
    expect(essence(read(bytesOf(written(text, encodingOf('VNI')))))).toEqual(essence(plain))
  })

  test.each([
    ['TCVN3', '.VnTime', '.VnTimeH'],
    ['VNI', 'VNI-Times', 'VNI-Times'],
  ])('a Word file in the fonts of %s', async (name, font, capitals) => {
    const encoding = encodingOf(name)
    const paragraphs = text
      .split(/\n\s*\n/u)
      .map((part) => part.replace(/\s+/gu, ' ').trim())
      .filter((part) => part !== '' && !part.includes('|'))
    const bytes = new Uint8Array(
      await Packer.toBuffer(
        new Document({
          sections: [
            {
              children: paragraphs.map((part) => {
                const isCapital = part === part.toUpperCase()
                return new Paragraph({
                  children: [new TextRun({ text: written(part, encoding), font: isCapital ? capitals : font })],
                })
              }),
            },
          ],
        }),
      ),
    )
    const same = read(bytesOf(paragraphs.join('\n\n')))
    expect(essence(read(bytes, 'a.docx'))).toEqual(essence(same))
  })

  test('a web page in TCVN3 fonts, whatever encoding it names', () => {
    const words = written('Sở Y tế chủ trì, phối hợp với các sở, ngành', encodingOf('TCVN3'))
    const page = `<html><head><meta charset="iso-8859-1"></head><body><p style="font-family:'.VnTime'">1. ${words}</p><p>2. Unicode: m&#7885;i tr&#7867; em</p></body></html>`
    const { blocks } = sourceBlocks(latin1(page))
    expect(blocks).toEqual(['1. Sở Y tế chủ trì, phối hợp với các sở, ngành', '2. Unicode: mọi trẻ em'])
  })

  test('a text in another language stays as it is', () => {
    const french =
      'Les ministères et les autorités élaborent un plan d’action pour la protection de l’enfance, à réaliser par étapes.'
    expect(sourceBlocks(bytesOf(`<html><body><p>${french}</p></body></html>`)).blocks).toEqual([french])
  })
})

function sourceBlocks(bytes: Uint8Array): { blocks: string[] } {
  return {
    blocks: htmlBlocks(bytes, documentGrammar.encodings).flatMap((block) =>
      block.kind === 'paragraph' ? [block.text] : [],
    ),
  }
}
