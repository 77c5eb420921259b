import { describe, expect, test } from 'vitest'
import { cellText, type Block } from './blocks.ts'
import { htmlBlocks } from './html.ts'

const read = (body: string): Block[] =>
  htmlBlocks(new TextEncoder().encode(`<html><head><title>no</title></head><body>${body}</body></html>`), {
    legacy: [],
    frequentWords: [],
  })
const texts = (body: string): string[] => read(body).map((block) => (block.kind === 'paragraph' ? block.text : 'table'))

describe('web pages become the same blocks as other files', () => {
  test('paragraphs, headings and lists with their numbers; nothing of scripts, menus and hidden parts', () => {
    const body = `<nav>Menu</nav><script>var a = '<p>no</p>'</script><h2>Tasks</h2>
      <ol start="3"><li>Third<ul><li>a part</li></ul></li><li>Fourth</li></ol><ol type="a"><li>One</li><li>b) own label</li></ol>
      <p style="display:none">hidden</p><p>One<br>line</p><p>5 km<sup>2</sup> by 2030<sup>1</sup>; done</p>`
    expect(texts(body)).toEqual([
      'Tasks',
      '3. Third',
      '- a part',
      '4. Fourth',
      'a) One',
      'b) own label',
      'One line',
      '5 km2 by 2030; done',
    ])
  })

  test('merged cells keep their columns, and cells below reach down', () => {
    const [table] = read(
      `<table><tr><th rowspan=2>No<th colspan=2>Who<tr><td>Lead<td>With</tr>
       <tr><td>1<td rowspan="2">Health<td>Justice</tr><tr><td>2</td><td>Finance</td></tr></table>`,
    )
    const rows = table?.kind === 'table' ? table.rows : []
    expect(
      rows.map((row) => row.cells.map((cell) => [cellText(cell), cell.column, cell.span, cell.isContinued])),
    ).toEqual([
      [
        ['No', 0, 1, false],
        ['Who', 1, 2, false],
      ],
      [
        ['', 0, 1, true],
        ['Lead', 1, 1, false],
        ['With', 2, 1, false],
      ],
      [
        ['1', 0, 1, false],
        ['Health', 1, 1, false],
        ['Justice', 2, 1, false],
      ],
      [
        ['2', 0, 1, false],
        ['', 1, 1, true],
        ['Finance', 2, 1, false],
      ],
    ])
  })

  test('a table that only lays out the page gives its text and the tables in it', () => {
    const inner = '<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>'
    expect(texts(`<table><tr><td>Side</td><td><p>Text</p>${inner}<p>After</p></td></tr></table>`)).toEqual([
      'Side',
      'Text',
      'table',
      'After',
    ])
  })

  test('two line breaks part paragraphs', () => {
    expect(texts('<div>One sentence.<br><br>Another.<br>&nbsp;</div>')).toEqual(['One sentence.', 'Another.'])
  })
})
