import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { runAddCommand, runLinkageCommand } from '#linkage'
import { linkageKnowledge } from '../../../countries/vn/linkage/index.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'mangnon-places-'))
afterAll(() => rmSync(folder, { recursive: true }))

const list = path.join(folder, 'list.csv')
const content = 'Mã hồ sơ,Họ và tên,Ngày sinh\nA1,Lê Thị Hoa,02/03/2019\nA2,Lê Thị Hoa,02/03/2019\n'
writeFileSync(list, content)
symlinkSync(list, path.join(folder, 'same.csv'))

describe('a result', () => {
  test.each([
    ['over the list it is made from', { out: list }],
    ['over that list by another path', { out: path.join(folder, 'same.csv') }],
    ['and another in the same place', { out: path.join(folder, 'a.csv'), groups: path.join(folder, '.', 'a.csv') }],
  ])('%s is refused before any work', async (_what, places) => {
    const said: string[] = []
    const io = { err: (text: string) => void said.push(text), isTerminal: false }
    const request = { files: [list], language: 'en' as const, ...places }
    expect(await runLinkageCommand(request, linkageKnowledge, io)).toBe(2)
    expect(said.join('')).toContain('nothing is overwritten')
    expect(readFileSync(list, 'utf8')).toBe(content)
    expect(readdirSync(folder)).toEqual(['list.csv', 'same.csv'])
  })

  test('of new records never takes the place of the register', async () => {
    const io = { err: () => undefined, isTerminal: false }
    const request = { register: list, added: list, out: list, language: 'en' as const }
    expect(await runAddCommand(request, linkageKnowledge, io)).toBe(2)
    expect(readFileSync(list, 'utf8')).toBe(content)
  })

  test('removes no folder of somebody else for what it keeps on the way', async () => {
    const out = path.join(folder, 'mine.csv')
    const other = path.join(`${out}.work`, 'letter.txt')
    mkdirSync(`${out}.work`)
    writeFileSync(other, 'Thư')
    const io = { err: () => undefined, isTerminal: false }
    expect(await runLinkageCommand({ files: [list], out, language: 'en' }, linkageKnowledge, io)).toBe(2)
    expect(readFileSync(other, 'utf8')).toBe('Thư')
  })

  test('never takes the place of a folder', async () => {
    const said: string[] = []
    const io = { err: (text: string) => void said.push(text), isTerminal: false }
    expect(await runLinkageCommand({ files: [list], out: folder, language: 'en' }, linkageKnowledge, io)).toBe(2)
    expect(said.join('')).not.toContain('Reading')
  })
})
