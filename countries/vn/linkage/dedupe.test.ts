import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { runLinkageCommand } from '#linkage'
import { writeSheets } from '#platform'
import { csvOf, makeRegister, registerHeadings, type Line } from '../../../test/kit/linkage/register.ts'
import { linkageKnowledge } from './index.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'mangnon-linkage-'))
afterAll(() => rmSync(folder, { recursive: true }))

const register: Line[] = []
makeRegister(12_000, 20261122, (line) => register.push(line))
const childOf = new Map(register.map((line) => [line.id, line.child]))
const birthOf = new Map(register.map((line) => [line.id, line.birth]))

type Pair = { left: string; right: string; weight: number; probability: number }
let made = 0

/** Runs the command as it is run by hand, and reads what it wrote. */
async function link(
  contents: (string | Uint8Array)[],
  options: { config?: object; report?: true; groups?: true } = {},
) {
  const name = path.join(folder, `run${++made}`)
  const files = contents.map((content, at) => {
    const file = `${name}-${at}.${typeof content === 'string' ? 'csv' : 'xlsx'}`
    writeFileSync(file, content)
    return file
  })
  const config = options.config ? `${name}.json` : undefined
  if (config) writeFileSync(config, JSON.stringify(options.config))
  const said: string[] = []
  const extra = {
    ...(options.report && { report: `${name}.html` }),
    ...(options.groups && { groups: `${name}-groups.csv` }),
  }
  const request = { files, out: `${name}-pairs.csv`, config, language: 'en' as const, ...extra }
  const code = await runLinkageCommand(request, linkageKnowledge, { err: (text) => said.push(text), isTerminal: false })
  const text = code === 0 ? readFileSync(request.out, 'utf8') : ''
  return { code, text, pairs: pairsOf(text), said: said.join(''), name }
}

function pairsOf(text: string): Pair[] {
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => {
      const [left = '', right = '', weight, probability] = row.split(',')
      return { left, right, weight: Number(weight), probability: Number(probability) }
    })
}

const csv = (lines: readonly Line[]) => `${registerHeadings}\n${lines.map(csvOf).join('\n')}\n`

/** F1 of the engine's own decision, and of the best one that could be made with its weights. */
function judge(pairs: readonly Pair[], truth: number, known = childOf): { own: number; best: number } {
  let right = 0
  let best = 0
  let own = 0
  pairs.forEach((pair, at) => {
    if (known.get(pair.left) === known.get(pair.right)) right++
    const f1 = (2 * right) / (at + 1 + truth)
    best = Math.max(best, f1)
    if (pair.probability >= 0.5) own = f1
  })
  return { own, best }
}

function truePairs(lines: readonly Line[]): [Line, Line][] {
  const byChild = Map.groupBy(lines, (line) => line.child)
  return [...byChild.values()].flatMap((list) =>
    list.flatMap((a, at) => list.slice(at + 1).map((b): [Line, Line] => [a, b])),
  )
}

describe('children recorded twice', () => {
  test('are found in a register with all its faults, and twins stay two', async () => {
    const { pairs, name, said } = await link([csv(register)], { report: true, groups: true })
    const { own, best } = judge(pairs, truePairs(register).length)
    expect(best).toBeGreaterThan(0.967)
    expect(own).toBeGreaterThan(0.962)
    const linked = pairs.filter((pair) => pair.probability >= 0.5)
    const wrong = linked.filter(
      (pair) =>
        birthOf.get(pair.left) === birthOf.get(pair.right) && childOf.get(pair.left) !== childOf.get(pair.right),
    )
    const births = Map.groupBy(register, (line) => line.birth)
    const twins = [...births.values()].flatMap((list) =>
      list.flatMap((a, at) => list.slice(at + 1).filter((b) => b.child !== a.child)),
    )
    expect(twins.length).toBeGreaterThan(100)
    expect(wrong.length / twins.length).toBeLessThan(0.1)
    expect(said).toContain('12,000')
    const report = readFileSync(`${name}.html`, 'utf8')
    expect(report).not.toMatch(/https?:\/\/|<script|<link/)
    expect(report).toContain('May be twins or siblings')
    expect(report).toMatch(/<td>Nguyễn \p{Lu}.*<td>female<\/td>/su)
    expect(readFileSync(`${name}-groups.csv`, 'utf8').split('\n').length).toBeGreaterThan(1000)
  }, 30_000)

  test.each([
    ['written carelessly from the first', 101, 0.25, 0, 0.955, 0.945],
    ['written carelessly by half of all hands', 202, 0.5, 0, 0.94, 0.93],
    ['with a tenth of all cells empty', 303, 0, 10, 0.9, 0.885],
    ['another of the usual kind', 404, 0, 0, 0.955, 0.945],
  ])(
    'are found in a register %s',
    async (_how, seed, careless, emptied, best, own) => {
      const lines: Line[] = []
      makeRegister(12_000, seed, (line) => lines.push(line), careless)
      let cell = 0
      const rows = lines.map((line) =>
        csvOf(line)
          .split(',')
          .map((text, at) => (at > 0 && emptied > 0 && (cell = (cell * 31 + 7) % 1009) % emptied === 0 ? '' : text))
          .join(','),
      )
      const { pairs } = await link([`${registerHeadings}\n${rows.join('\n')}\n`])
      const known = new Map(lines.map((line) => [line.id, line.child]))
      const judged = judge(pairs, truePairs(lines).length, known)
      expect(judged.best).toBeGreaterThan(best)
      expect(judged.own).toBeGreaterThan(own)
    },
    60_000,
  )

  test('whose number begins with no known province are found by it all the same, and told of', async () => {
    const lines = register.filter((line) => line.number.length === 12).slice(0, 1500)
    const turned = (number: string) => `99${number.slice(2)}`
    const strange = lines.map((line, at) => ({ ...line, number: at % 3 === 0 ? turned(line.number) : line.number }))
    const copies = strange
      .slice(0, 300)
      .map((line, at) => ({ ...line, id: `S${at}`, child: -1 - at, mother: '', commune: '' }))
    const withNumber = await link([csv([...strange, ...copies])], { report: true })
    const linked = new Set(
      withNumber.pairs
        .filter(({ probability }) => probability >= 0.5)
        .map(({ left, right }) => [left, right].sort().join()),
    )
    const found = copies.filter((copy, at) => linked.has([copy.id, strange[at]?.id].sort().join()))
    const ofStrange = found.filter((copy) => copy.number.startsWith('99')).length
    expect(ofStrange).toBeGreaterThan(95)
    const report = readFileSync(`${withNumber.name}.html`, 'utf8')
    const told = /Beginning is no known place: ([\d,]+) records/.exec(report)?.[1]?.replace(',', '')
    expect(Number(told)).toBeGreaterThanOrEqual(600)
  }, 60_000)

  test('are the same pairs with the same weights in whatever order rows and columns stand', async () => {
    const lines = register.slice(0, 4000)
    const plain = await link([csv(lines)])
    const turned = lines
      .toReversed()
      .map((line) => [line.mother, line.commune, line.number, line.id, line.sex, line.birthDate, line.name].join(';'))
    const other = await link([
      `Họ tên mẹ;Xã/phường;Số định danh cá nhân;Mã hồ sơ;Giới tính;Ngày sinh;Họ và tên\n${turned.join('\n')}`,
    ])
    expect(other.text).toBe(plain.text)
    expect(plain.pairs.length).toBeGreaterThan(200)
  }, 30_000)

  test('are the same from one thread and from several', async () => {
    const many: Line[] = []
    makeRegister(31_000, 7, (line) => many.push(line))
    const [one, several] = [
      await link([csv(many)], { config: { threads: 1 } }),
      await link([csv(many)], { config: { threads: 3 } }),
    ]
    expect(several.text).toBe(one.text)
  }, 60_000)

  test('are found in a spreadsheet as in a text file', async () => {
    const lines = register.slice(0, 1500)
    const rows = lines.map((line) => csvOf(line).split(','))
    const bytes = await writeSheets([
      { name: 'Trẻ em', columns: registerHeadings.split(',').map((head) => ({ head, width: 20 })), rows },
    ])
    const [sheet, text] = [await link([new Uint8Array(bytes)]), await link([csv(lines)])]
    expect(sheet.said).toContain('1,500 rows')
    expect(sheet.text).toBe(text.text)
  }, 30_000)

  test('are found across two files, one to one', async () => {
    const seen = new Set<number>()
    const [first, second]: [Line[], Line[]] = [[], []]
    for (const line of register) {
      if (seen.has(line.child)) second.push(line)
      else first.push(line)
      seen.add(line.child)
    }
    const { pairs } = await link([csv(first), csv(second)], { config: { oneToOne: true } })
    const linked = pairs.filter((pair) => pair.probability >= 0.5)
    const right = linked.filter((pair) => childOf.get(pair.left) === childOf.get(pair.right)).length
    expect((2 * right) / (linked.length + second.length)).toBeGreaterThan(0.99)
  }, 30_000)
})

describe('files that cannot be used, or hardly', () => {
  test.each([
    ['Mã,Họ tên,Ngày sinh\n1,An,1/2/2015\n1,Ba,2/3/2016\n', 'stands more than once'],
    ['x,y\n1,2\n', 'None of the headings'],
    ['', 'holds no data'],
  ])('%j is refused in a sentence', async (content, sentence) => {
    const { code, said, name } = await link([content])
    expect(code).toBe(2)
    expect(said).toContain(sentence)
    expect(readdirSync(folder).filter((file) => file.startsWith(`${path.basename(name)}-pairs`))).toEqual([])
  })

  test('one giant block, all of one name and born on 1 January, ends and says what was cut', async () => {
    const rows = Array.from({ length: 20_000 }, (_none, at) => `${at},Nguyễn Văn An,01/01/2015,Nam`)
    const { code, name, said } = await link([`Mã,Họ và tên,Ngày sinh,Giới tính\n${rows.join('\n')}\n`], {
      report: true,
    })
    expect([code, said.includes('pairs may be missed')]).toEqual([0, true])
    expect(readFileSync(`${name}.html`, 'utf8')).toContain('Blocks cut')
  }, 30_000)

  test('records with nothing in them link with nothing', async () => {
    const rows = Array.from({ length: 500 }, (_none, at) => `${at},,,`)
    const { code, pairs, said } = await link([`Mã,Họ và tên,Ngày sinh,Giới tính\n${rows.join('\n')}\n`])
    expect([code, pairs]).toEqual([0, []])
    expect(said).toContain('cannot be estimated')
  })

  test('rows of which a fifth are broken are read without those, which are told by their lines', async () => {
    const lines = register.slice(0, 2000)
    const rows = lines.map((line, at) => (at % 5 === 3 ? `${csvOf(line)},one,two` : csvOf(line)))
    const [broken, clean] = [
      await link([`${registerHeadings}\n${rows.join('\n')}\n`]),
      await link([csv(lines.filter((_line, at) => at % 5 !== 3))]),
    ]
    expect(broken.text).toBe(clean.text)
    expect(broken.said).toMatch(/400 rows.*\b5, 10, 15\b/s)
  }, 30_000)

  test('another encoding is refused with the line at fault', async () => {
    const text = csv(register.slice(0, 20))
    const bytes = Buffer.concat([Buffer.from(text, 'utf8'), Buffer.from('X1,Nguy\u00ean,1/2/2015,Nam,,,\n', 'latin1')])
    const { code, said } = await link([Buffer.from(text, 'utf16le').toString('latin1')])
    expect([code, said.length > 0]).toEqual([2, true])
    writeFileSync(path.join(folder, 'latin.csv'), bytes)
    const told: string[] = []
    const request = { files: [path.join(folder, 'latin.csv')], out: path.join(folder, 'latin-pairs.csv') }
    const io = { err: (words: string) => void told.push(words), isTerminal: false }
    expect(await runLinkageCommand({ ...request, language: 'en' }, linkageKnowledge, io)).toBe(2)
    expect(told.join('')).toContain('UTF-8')
  })

  test.each([
    ['rows without ids', `${registerHeadings}\n${',,,,,,\n'.repeat(3)}`, 'stand without an id'],
    ['an empty first row', `\n${registerHeadings}\n`, 'first row is empty'],
  ])('%s are refused as what they are', async (_what, content, sentence) => {
    const { code, said } = await link([content])
    expect([code, said.includes(sentence)]).toEqual([2, true])
  })

  test('of two files the one at fault is named', async () => {
    const twice = csv([...register.slice(0, 20), ...register.slice(0, 2)])
    const { code, said, name } = await link([csv(register.slice(0, 20)), twice])
    expect([code, said.includes(`${path.basename(name)}-1.csv: An id stands more than once`)]).toEqual([2, true])
  })

  test('a place that cannot be written to is refused before any work, and nothing is left there', async () => {
    const file = path.join(folder, 'small.csv')
    writeFileSync(file, csv(register.slice(0, 50)))
    const said: string[] = []
    const out = path.join(folder, 'no-such-folder', 'pairs.csv')
    const request = { files: [file], out, language: 'en' as const }
    const code = await runLinkageCommand(request, linkageKnowledge, {
      err: (text) => said.push(text),
      isTerminal: false,
    })
    expect([code, said.join('').includes('could not be written'), said.join('').includes('rows')]).toEqual([
      2,
      true,
      false,
    ])
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  test('a heading that the configuration names and no file has is named, though another column is of its kind', async () => {
    const content = csv(register.slice(0, 20))
    const wrong = { columns: [{ heading: 'Tên khai sinh', kind: 'name' }] }
    const { code, said } = await link([content], { config: wrong })
    expect([code, said.includes('Tên khai sinh')]).toEqual([2, true])
    const files = [content, content.replace('Họ và tên', 'Tên khai sinh')]
    const other = { columns: [...wrong.columns, { heading: 'Mã hồ sơ', kind: 'id' }] }
    expect(await link(files, { config: other })).toMatchObject({ code: 0 })
  })

  test('a column that the configuration names and the file lacks is named', async () => {
    const { code, said } = await link([csv(register.slice(0, 50))], {
      config: { columns: [{ heading: 'Họ tên cha', kind: 'name', of: 'father' }] },
    })
    expect([code, said.includes('Họ tên cha')]).toEqual([2, true])
  })
})
