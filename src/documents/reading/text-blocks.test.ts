import { describe, expect, test } from 'vitest'
import { cellText, type Block } from './blocks.ts'
import { UnreadableDocument } from './errors.ts'
import { textBlocks } from './text-blocks.ts'

const paragraphs = (text: string): string[] =>
  textBlocks(text).flatMap((block) => (block.kind === 'paragraph' ? [block.text] : []))

function cells(text: string): string[][] {
  const isTable = (block: Block): boolean => block.kind === 'table'
  const table = textBlocks(text).find(isTable)
  return table?.kind === 'table' ? table.rows.map((row) => row.cells.map(cellText)) : []
}

describe('paragraphs of a text', () => {
  test('are joined over hard wraps, emphasis marks dropped even when broken over lines', () => {
    expect(paragraphs('**I. FIRST\nPART**\n\n- One item that\ngoes on.')).toEqual([
      'I. FIRST PART',
      '- One item that goes on.',
    ])
  })

  test('keep a wrapped hyphen inside its sentence', () => {
    expect(paragraphs('The programme of 2021\n- 2025 of the Ministry of Labour\n- Invalids goes on.')).toHaveLength(1)
  })

  test('begin at a bullet after closing punctuation', () => {
    expect(paragraphs('Tasks:\n- first;\n- second.')).toEqual(['Tasks:', '- first;', '- second.'])
  })

  test('are one a line where nothing is wrapped', () => {
    const text =
      'IV. WHO DOES WHAT\n1. The first office\n- Reviews the list\n- Reports each year\n2. The station\nWatches over health.'
    expect(paragraphs(text)).toEqual([
      'IV. WHO DOES WHAT',
      '1. The first office',
      '- Reviews the list',
      '- Reports each year',
      '2. The station',
      'Watches over health.',
    ])
  })

  test('part a title from the type of document above it', () => {
    expect(paragraphs('DECISION\nTo issue the plan')).toEqual(['DECISION', 'To issue the plan'])
  })

  test('leave out the source note of a crawl, lone marks, rules and captions', () => {
    expect(paragraphs('# source: crawl\n\n** **\n\n-------\n\nA picture. |\n\nWords.')).toEqual(['Words.'])
  })

  test('know the lines they came from', () => {
    expect(textBlocks('one\n\ntwo\nthree')).toMatchObject([
      { line: 1, lastLine: 1 },
      { line: 3, lastLine: 4 },
    ])
  })

  test('beyond any bound are refused', () => {
    expect(() => textBlocks('word '.repeat(40_000))).toThrow(UnreadableDocument)
  })
})

describe('tables of a crawled text', () => {
  const heading = '|\nNo\n|\nTask\n|\nLead\n|\nTime\n|\n'

  test('have a row for each doubled bar', () => {
    expect(cells(`${heading}|\n1\n|\nReview\nthe law\n|\nA\n|\n2026\n|\n|\n2\n|\nTrain\n|\nB\n|\n2027\n|\n`)).toEqual([
      ['No', 'Task', 'Lead', 'Time'],
      ['1', 'Review the law', 'A', '2026'],
      ['2', 'Train', 'B', '2027'],
    ])
  })

  test('keep an empty cell in its place', () => {
    const rows = cells(`${heading}|\n1\n|\nReview\n|\n|\n2026\n|\n|\n2\n|\nTrain\n|\nB\n|\n2027\n|\n`)
    expect(rows[1]).toEqual(['1', 'Review', '', '2026'])
  })

  test('read a group row whose other cells are lost, or kept empty', () => {
    const lost = cells(`${heading}|\nI\n|\nGROUP\n|\n|\n1\n|\nReview\n|\nA\n|\n2026\n|\n`)
    expect(lost[1]?.slice(0, 2)).toEqual(['I', 'GROUP'])
    expect(lost[2]).toEqual(['1', 'Review', 'A', '2026'])
    const kept = cells(`${heading}|\nI\n|\nGROUP\n|\n|\n|\n|\n1\n|\nReview\n|\nA\n|\n2026\n|\n`)
    expect(kept[1]).toEqual(['I', 'GROUP', '', ''])
    expect(kept[2]).toEqual(['1', 'Review', 'A', '2026'])
  })

  test('end before the text that follows, also when the last bar is missing', () => {
    const text = `${heading}|\n1\n|\nReview\n|\nA\n|\n2026\n|\n\n\nAfter the table.`
    expect(paragraphs(text)).toEqual(['After the table.'])
    expect(paragraphs('|\nNo\n|\nTask\n|\n|\n1\n|\nReview\n\nAfter the table.\n\nMore.')).toEqual([
      'After the table.',
      'More.',
    ])
  })

  test('take the width of their rows where the heading has two levels', () => {
    const two = '|\nNo\n|\nPlan\n|\n|\n2026\n|\n2027\n|\n2028\n|\n'
    const rows = cells(
      `${two}|\n1\n|\n10.000\n|\n20.000\n|\n30.000\n|\n|\n2\n|\n11.000\n|\n|\n31.000\n|\n|\n3\n|\n1\n|\n2\n|\n3\n|\n`,
    )
    expect(rows[3]).toEqual(['2', '11.000', '', '31.000'])
  })
})
