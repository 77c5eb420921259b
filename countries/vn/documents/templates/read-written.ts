import { strFromU8, unzipSync } from 'fflate'
import type { OfficialLayout } from '../../../../src/documents/writing/layout.ts'
import type { OfficialDocument } from '../../../../src/documents/writing/model.ts'
import { writeDocx } from '../../../../src/documents/writing/write-docx.ts'
import { decree30 } from './decree-30.ts'

/** A written file, opened again by the tests. */
export interface Read {
  file: Uint8Array
  part: (name: string) => string
  xml: string
  /** Text of each paragraph, line breaks as `|`. */
  lines: string[]
}

/** Writes a document and opens the file. */
export async function written(document: OfficialDocument, layout: OfficialLayout = decree30): Promise<Read> {
  const file = await writeDocx(document, layout)
  const parts = unzipSync(file)
  const part = (name: string) => strFromU8(parts[name] ?? new Uint8Array())
  const xml = part('word/document.xml')
  return { file, part, xml, lines: linesOf(xml) }
}

function linesOf(xml: string): string[] {
  return [...xml.matchAll(/<w:p>(.*?)<\/w:p>/gs)].map(([, inner = '']) =>
    [...inner.matchAll(/<w:t[ >][^<]*<\/w:t>|<w:br\/>/g)]
      .map(([run]) => (run === '<w:br/>' ? '|' : run.replace(/<[^>]*>/g, '')))
      .join(''),
  )
}
