import { Document, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx'
import type { Block } from '../../src/documents/reading/blocks.ts'
import { textBlocks } from '../../src/documents/reading/text-blocks.ts'

/** Wraps every paragraph and cell of a crawled text anew; `Infinity` leaves each on one line. */
export function rewrapped(text: string, width: number): string {
  if (!/\n\s*\n/.test(text))
    return text
      .split(/\r?\n/)
      .flatMap((line) => wrap(line.trim(), width))
      .join('\n')
  const groups: string[][] = [[]]
  for (const line of text.split(/\r?\n/)) {
    const bare = line.trim()
    const last = groups.at(-1)
    if (bare === '' || bare === '|') groups.push([bare], [])
    else if (/^[-+]\s/.test(bare) && /[;.:)]\**$/.test(last?.at(-1) ?? '')) groups.push([bare])
    else last?.push(bare)
  }
  return groups
    .flatMap((group) =>
      group.length === 1 && (group[0] === '' || group[0] === '|') ? group : wrap(group.join(' '), width),
    )
    .join('\n')
}

function wrap(text: string, width: number): string[] {
  if (text === '') return []
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

/** UTF-16 with its mark, low byte first. */
export function utf16(text: string): Uint8Array {
  return new Uint8Array(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]))
}

/** A Word file set from a text: paragraphs as paragraphs, tables as tables, no automatic numbering. */
export async function typeset(text: string): Promise<Uint8Array> {
  const blocks = textBlocks(text.normalize('NFC').replace(/\r\n?/g, '\n'))
  const document = new Document({ sections: [{ children: blocks.map(set) }] })
  return new Uint8Array(await Packer.toBuffer(document))
}

function set(block: Block): Paragraph | Table {
  if (block.kind === 'paragraph') return paragraph(block.text)
  return new Table({
    rows: block.rows.map(
      (row) =>
        new TableRow({
          children: row.cells.map(
            (cell) =>
              new TableCell({
                children:
                  cell.paragraphs.length > 0 ? cell.paragraphs.map((one) => paragraph(one.text)) : [paragraph('')],
              }),
          ),
        }),
    ),
  })
}

function paragraph(text: string): Paragraph {
  return new Paragraph({ children: [new TextRun(text)] })
}
