import { readFileSync } from 'node:fs'
import { documentGrammar } from '../../countries/vn/documents/index.ts'
import { readDocument, type Reading } from '#documents'

/** Reads a text through the door with Vietnam's grammar. */
export function readText(text: string, name = 'van-ban.txt'): Reading {
  return readDocument(new TextEncoder().encode(text), name, documentGrammar)
}

/** Reads a file of ours, as downloaded, through the door. */
export function readFile(file: string, name: string): Reading {
  return readDocument(new Uint8Array(readFileSync(file)), name, documentGrammar)
}

/** An invented document shipped with the tests. */
export function fixtureText(name: string): string {
  return readFileSync(new URL(`../fixtures/documents/${name}`, import.meta.url), 'utf8')
}

/** A plan of a province with a given body, for tests that need only one part. */
export function planWith(body: string): Reading {
  return readText(
    `ỦY BAN NHÂN DÂN TỈNH AN BÌNH\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nSố: 12/KH-UBND\n\nAn Bình, ngày 05 tháng 3 năm 2026\n\nKẾ HOẠCH\n\nBảo vệ trẻ em giai đoạn 2026 - 2030\n\n${body}`,
  )
}

/** A table of the crawl from rows of cells. */
export function crawled(rows: readonly (readonly string[])[]): string {
  return `|\n${rows.map((row) => row.map((cell) => `${cell === '' ? '' : `${cell}\n`}|\n`).join('')).join('|\n')}`
}

/** "lead: A" for each duty of each task. */
export function dutiesOf(reading: Reading): string[][] {
  return reading.tasks.map((task) => task.duties.map(({ kind, agency }) => `${kind}: ${agency}`))
}
