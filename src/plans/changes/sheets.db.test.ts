import { zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readSheet, writeCsv, writeSheets } from '#platform'
import type { ChangeSetDetail, NodeInput } from '../model.ts'
import { aDuty, aGroup, aPlanWorld, aTask, asInputs, bodyId, by, type PlanWorld } from '../../../test/kit/plan-world.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())

const officer = 'south officer'
const nodesOf = async (id: string) => asInputs((await world.plan(officer, id, true)).nodes)
type Table = string[][]

async function tableAt(who: string, url: string): Promise<Table> {
  const { status, raw } = await world.ask(who, 'GET', url)
  expect(status).toBe(200)
  return (await readSheet(raw, { rows: 6000, columns: 60, keepsLines: true })).map((row) => row.cells)
}
const csv = ([head = [], ...rows]: Table) =>
  Buffer.from(writeCsv({ columns: head.map((cell) => ({ head: cell, width: 9 })), rows }))
const xlsx = async ([head = [], ...rows]: Table) =>
  Buffer.from(await writeSheets([{ name: 'x', columns: head.map((cell) => ({ head: cell, width: 9 })), rows }]))
const load = async (url: string, file: Buffer, who = officer) =>
  (await world.done(
    who,
    'POST',
    `${url}?fileName=${encodeURIComponent('Bảng.xlsx')}`,
    file,
  )) as unknown as ChangeSetDetail
const apply = async (set: string, isPartial = false, isSent = false, who = officer) =>
  (await world.done(who, 'POST', `/change-sets/${set}/application`, {
    isPartial,
    isSent,
  })) as unknown as ChangeSetDetail
/** Puts words under a head of a row that is found by words in it. */
function put(table: Table, find: string, head: string, words: string): Table {
  const at = table[0]?.indexOf(head) ?? -1
  expect(at).toBeGreaterThanOrEqual(0)
  return table.map((row) =>
    row.some((cell) => cell === find)
      ? Array.from({ length: Math.max(row.length, at + 1) }, (_none, which) =>
          which === at ? words : (row[which] ?? ''),
        )
      : row,
  )
}

async function aDraft(): Promise<{ id: string; nodes: NodeInput[]; url: string }> {
  const group = aGroup({ path: 'I', text: 'Heil for = alle' })
  const id = await world.draft('south', [
    group,
    aTask({
      path: '1',
      text: 'Syn alle bårn\nog vaksne',
      parentKey: group.key,
      time: by('2032-01-01'),
      output: '=1+1',
      funding: 'Fylket; staten',
      duties: [aDuty('lead', 'southHealth'), aDuty('support', 'solheim')],
      bases: ['Lov 7/2029', 'Lov 8/2029'],
    }),
    aTask({ path: '2', text: 'Lese', parentKey: group.key, duties: [aDuty('lead', 'southSchools')] }),
    aTask({
      path: '3',
      text: 'Møte',
      time: { kind: 'recurring', text: 'Kvart kvartal', from: '2031-01-01', to: null, frequency: 'quarter' },
      duties: [],
    }),
  ])
  return { id, nodes: await nodesOf(id), url: `/plans/${id}/draft/sheet` }
}

describe('a draft as a spreadsheet', () => {
  test.each(['xlsx', 'csv'])('written as .%s and read back says nothing new: nothing is lost', async (format) => {
    const { url } = await aDraft()
    const { raw } = await world.ask(officer, 'GET', `${url}?format=${format}`)
    const set = await load(url, raw)
    expect([set.counts.seen, set.counts.changing, set.refused]).toEqual([4, 0, []])
    const table = await tableAt(officer, `${url}?format=${format}`)
    const again = await load(url, format === 'csv' ? await xlsx(table) : csv(table))
    expect([again.counts.changing, again.refused]).toEqual([0, []])
  })

  test('changes rows by their code, adds rows without one, also below each other, and is taken back whole', async () => {
    const { id, nodes, url } = await aDraft()
    const table = await tableAt(officer, url)
    const [head = []] = table
    const row = (cells: Record<string, string>) => head.map((name) => cells[name] ?? '')
    const edited = [
      ...put(put(table, '2', 'Sản phẩm', 'Bøker\nog hefte'), '3', 'Đến ngày', '31/12/2034').slice(0, 3),
      row({
        Mã: '',
        'Thuộc mã': nodes[0]?.key ?? '',
        Loại: 'Task',
        'Số thứ tự': '1a',
        'Nội dung': 'Ny',
        'Chủ trì': 'Heilkontor i Sør',
      }),
      ...table.slice(3, 4),
      ...put(put(table, '2', 'Sản phẩm', 'Bøker\nog hefte'), '3', 'Đến ngày', '31/12/2034').slice(4),
      row({ Mã: '+1', Loại: 'Nhóm', 'Số thứ tự': 'II', 'Nội dung': 'Ny gruppe' }),
      row({
        'Thuộc mã': '+1',
        Loại: 'Nhiệm vụ',
        'Số thứ tự': '1',
        'Nội dung': 'Ny oppgåve',
        'Chủ trì': 'Råd southHealth',
      }),
    ]
    const set = await load(url, await xlsx(edited))
    const codes = set.refused.map((one) => [one.cell?.slice(0, 1), one.code])
    expect(codes.every(([, code]) => code === 'plans.cell-body-unknown' || code === 'plans.cell-body-doubtful')).toBe(
      true,
    )
    const applied = await apply(set.id, true)
    expect(applied.counts.left).toBe(0)
    const after = await nodesOf(id)
    expect(after.find((node) => node.text === 'Ny gruppe')?.kind).toBe('group')
    expect(after.find((node) => node.path === '3')?.time).toMatchObject({ to: '2034-12-31', frequency: 'quarter' })
    expect((await world.done(officer, 'POST', `/change-sets/${set.id}/undoing`)).counts).toMatchObject({ left: 0 })
    expect(await nodesOf(id)).toEqual(nodes)
  })

  test('loaded twice adds nothing twice', async () => {
    const { id, url } = await aDraft()
    const table = await tableAt(officer, url)
    const [head = []] = table
    const fresh = [...table, head.map((name) => ({ 'Nội dung': 'Ny', 'Số thứ tự': '4' })[name] ?? '')]
    await apply((await load(url, await xlsx(fresh))).id)
    const before = await nodesOf(id)
    const again = await load(url, await xlsx(fresh))
    expect([again.counts.changing, again.refused.map((one) => one.code)]).toEqual([0, ['plans.row-already-there']])
    expect(before.map((node) => node.text)).toContain('Ny')
  })

  test('each fault is told with its cell, and the good rows can go in alone', async () => {
    const { id, nodes, url } = await aDraft()
    const [head = [], ...rows] = await tableAt(officer, url)
    const place = (name: string) => head.indexOf(name)
    const wrong = (name: string, words: string) => {
      const row = [...(rows[1] ?? [])]
      row[place(name)] = words
      return row
    }
    const faulty: [string, string, string][] = [
      ['Nội dung', '', 'plans.row-without-words'],
      ['Nội dung', 'x'.repeat(8001), 'plans.cell-too-long'],
      ['Đến ngày', '31/02/2032', 'plans.cell-not-a-date'],
      ['Cách tính thời gian', 'kanskje', 'plans.cell-not-a-choice'],
      ['Cách tính thời gian', '', 'plans.row-time-without-kind'],
      ['Chủ trì', 'Zzzz qqqq wwww', 'plans.cell-body-unknown'],
      ['Chương trình', 'Ingen slik', 'plans.cell-programme-unknown'],
      ['Loại', 'Nhóm', 'plans.row-kind-fixed'],
      ['Thuộc mã', 'zzz', 'plans.row-parent-unknown'],
      ['Mã', nodes[0]?.key ?? '', 'plans.row-twice'],
      ['Mã', '0190b0b0-0000-7000-8000-00000000000f', 'plans.row-unknown'],
    ]
    for (const [name, words, code] of faulty) {
      const set = await load(url, await xlsx([head, rows[0] ?? [], wrong(name, words)]))
      expect([name, set.refused.map((one) => one.code)]).toEqual([name, [code]])
      expect(set.refused[0]).toMatchObject({ rowNumber: 3, cell: expect.stringMatching(/^[A-Z]3$/u) as string })
      expect(set.refused[0]?.title).not.toBe('')
    }
    const good = [...(rows[2] ?? [])]
    good[place('Sản phẩm')] = 'Bok'
    const set = await load(url, await xlsx([head, wrong('Đến ngày', 'x'), good]))
    expect((await apply(set.id, true)).counts).toMatchObject({ done: 1, refused: 1 })
    const list = await tableAt(officer, `/change-sets/${set.id}/refused`)
    expect(list[1]?.[1]).toMatch(/^[A-Z]+2$/u)
    expect((await nodesOf(id))[1]).toEqual(nodes[1])
  })

  test('a row someone changed after the download is not overwritten', async () => {
    const { id, url } = await aDraft()
    const table = put(await tableAt(officer, url), '2', 'Sản phẩm', 'Bok')
    const draft = await world.draftOf(officer, id)
    const nodes = draft.nodes.map((node) => (node.path === '2' ? { ...node, funding: 'Staten' } : node))
    await world.done(officer, 'PUT', `/plans/${id}/draft`, { ...draft, nodes })
    const set = await load(url, await xlsx(table))
    expect([set.counts.changing, set.refused.map((one) => one.code)]).toEqual([0, ['plans.changed-since']])
  })
})

describe('progress by spreadsheet', () => {
  async function someWork(): Promise<{ ids: string[]; texts: string[] }> {
    const texts = ['Ein', 'To', 'Tre'].map((text) => `${text} ${Math.random()}`)
    const id = await world.issued(
      'south',
      texts.map((text, at) => aTask({ text, path: String(at + 1), time: by(`2031-0${at + 4}-01`) })),
    )
    const { items } = await world.done(who, 'GET', `/tasks?planId=${id}`)
    return { ids: (items as { id: string }[]).map((item) => item.id), texts }
  }
  const who = 'southHealth officer'
  const saidOf = async (id: string) =>
    (
      (await world.done(who, 'GET', `/tasks/${id}`)).progress as { status: string; narrative: string; state: string }[]
    ).map(({ status, narrative, state }) => ({ status, narrative, state }))

  test('saves drafts; loaded twice changes nothing; taken back leaves no trace', async () => {
    const { ids, texts } = await someWork()
    const table = await tableAt(who, '/progress-sheet')
    const filled = put(
      put(table, texts[0] ?? '', 'Kết quả thực hiện', 'Gjort\nalt'),
      texts[0] ?? '',
      'Tình hình',
      'COMPLETED',
    )
    const set = await load('/progress-sheet', await xlsx(filled), who)
    expect([set.counts.changing, set.refused]).toEqual([1, []])
    await apply(set.id, false, false, who)
    expect(await saidOf(ids[0] ?? '')).toEqual([{ status: 'completed', narrative: 'Gjort\nalt', state: 'draft' }])
    const again = await load('/progress-sheet', await xlsx(filled), who)
    expect([again.counts.changing, again.refused]).toEqual([0, []])
    const back = (await world.done(who, 'POST', `/change-sets/${set.id}/undoing`)) as unknown as ChangeSetDetail
    expect(back.counts).toMatchObject({ done: 1, left: 0 })
    expect(await saidOf(ids[0] ?? '')).toEqual([])
  })

  test('sends as well where that was chosen; what is sent is not taken back', async () => {
    const { ids, texts } = await someWork()
    const table = await tableAt(who, '/progress-sheet')
    const filled = put(
      put(table, texts[0] ?? '', 'Kết quả thực hiện', 'Gjort'),
      texts[1] ?? '',
      'Tình hình',
      'đang thực hiện',
    )
    const set = await load('/progress-sheet', await xlsx(filled), who)
    const applied = await apply(set.id, false, true, who)
    expect(applied.changes.items.map((row) => [row.name.slice(0, 6), row.reason?.code])).toEqual([
      ['1. Ein', undefined],
      ['2. To ', 'plans.progress-says-nothing'],
    ])
    expect((await saidOf(ids[0] ?? ''))[0]?.state).toBe('submitted')
    const back = (await world.done(who, 'POST', `/change-sets/${set.id}/undoing`)) as unknown as ChangeSetDetail
    expect(back.changes.items.map((row) => row.reason?.code)).toEqual(['plans.change-already-sent'])
    const more = put(filled, texts[0] ?? '', 'Kết quả thực hiện', 'Meir')
    const again = await load('/progress-sheet', await xlsx(more), who)
    expect(again.refused.map((one) => one.code)).toEqual(['plans.row-already-sent'])
  })

  test('what came back is corrected, and taken back stands as returned', async () => {
    const { ids, texts } = await someWork()
    const [id = ''] = ids
    const saved = await world.done(who, 'PUT', `/tasks/${id}/progress`, {
      version: null,
      status: 'completed',
      narrative: 'x',
      evidenceNote: null,
    })
    await world.done(who, 'POST', `/progress/${String(saved.id)}/submission`, { version: 1 })
    await world.done('south approver', 'POST', `/progress/${String(saved.id)}/return`, { version: 2, reason: 'Meir' })
    const table = put(await tableAt(who, '/progress-sheet'), texts[0] ?? '', 'Kết quả thực hiện', 'Betre')
    const set = await load('/progress-sheet', csv(table), who)
    await apply(set.id, false, false, who)
    expect(await saidOf(id)).toEqual([{ status: 'completed', narrative: 'Betre', state: 'draft' }])
    await world.done(who, 'POST', `/change-sets/${set.id}/undoing`)
    expect(await saidOf(id)).toEqual([{ status: 'completed', narrative: 'x', state: 'returned' }])
  })

  test.each(['xlsx', 'csv'] as const)('takes the file of the list of tasks (.%s) as it was written', async (format) => {
    const { ids, texts } = await someWork()
    const keys = ['id', 'text', 'dueOn', 'saidStatus', 'narrative']
    const heads = keys.map((key) => world.say('vi', `plans.tasks-column-${key}`))
    const rows = ids.slice(0, 2).map((id, at) => [id, texts[at] ?? '', '01/04/2031', 'Đang thực hiện', ['Gjort', ''][at] ?? '']) // prettier-ignore
    rows.push([crypto.randomUUID(), 'Arbeid for andre', '', 'Đang thực hiện', ''])
    // The form of ADR 0015: keys hidden above the heads, or in brackets behind them.
    const file =
      format === 'xlsx'
        ? await xlsx([keys, heads, ...rows])
        : csv([heads.map((head, at) => `${head} [${keys[at]}]`), ...rows])
    const set = await load('/progress-sheet', file, who)
    expect([set.refused.map((row) => row.name), set.counts.seen]).toEqual([['Arbeid for andre'], 3])
    await apply(set.id, true, false, who)
    expect(await saidOf(ids[0] ?? '')).toEqual([{ status: 'in-progress', narrative: 'Gjort', state: 'draft' }])
  })

  test('a province loads back the file of its list as it came: work of its communes is unchanged, and changed is a fault by cell', async () => {
    const province = 'south officer'
    const text = `Felles ${Math.random()}`
    const plan = await world.issued('south', [
      aTask({ text, duties: [aDuty('lead', 'south'), aDuty('lead', 'solheim'), aDuty('lead', 'vikdal')] }),
    ])
    const { items } = await world.done(province, 'GET', `/tasks?planId=${plan}`)
    const works = items as unknown as { id: string; agency: { id: string }; status: string }[]
    const own = works.find((work) => work.agency.id === bodyId('south'))
    const [commune, other] = works.filter((work) => work !== own)
    const said = { version: null, status: 'in-progress', narrative: 'Løynd utkast', evidenceNote: null }
    await world.done('solheim officer', 'PUT', `/tasks/${works.find((work) => work.agency.id === bodyId('solheim'))?.id}/progress`, said) // prettier-ignore
    const keys = ['id', 'text', 'saidStatus', 'narrative', 'evidenceNote']
    const heads = [keys, keys.map((key) => world.say('vi', `plans.tasks-column-${key}`))]
    const asWritten = works.map((work) => [work.id, text, 'Chưa thực hiện', '', ''])
    const whole = await load('/progress-sheet', await xlsx([...heads, ...asWritten]), province)
    expect([whole.counts, whole.refused]).toMatchObject([{ seen: 3, changing: 0, refused: 0 }, []])
    const edited = [
      [own?.id ?? '', text, 'Đang thực hiện', 'Gjort', ''],
      [commune?.id ?? '', text, 'Đã hoàn thành', '', ''],
      [other?.id ?? '', text, 'Chưa thực hiện', 'For dei', ''],
      [other?.id ?? '', text, '', '', 'Brev 4'],
    ]
    const set = await load('/progress-sheet', await xlsx([...heads, ...edited]), province)
    expect([set.counts.changing, set.refused.map((one) => [one.cell, one.code])]).toEqual([
      1,
      [
        ['C4', 'plans.row-not-reported-here'],
        ['D5', 'plans.row-not-reported-here'],
        ['E6', 'plans.row-not-reported-here'],
      ],
    ])
  })

  test('tells of each row what is wrong with it, and nothing of work of others', async () => {
    const { ids, texts } = await someWork()
    const foreign = await world.issued('north', [aTask({ lead: 'northHealth', text: 'Løynd' })])
    const hidden = ((await world.done('northHealth officer', 'GET', `/tasks?planId=${foreign}`)).items as { id: string }[])[0]?.id // prettier-ignore
    const table = await tableAt(who, '/progress-sheet')
    const [head = []] = table
    const row = (find: string) => table.find((cells) => cells.includes(find)) ?? []
    const state = put([head, row(texts[0] ?? '')], texts[0] ?? '', 'Tình hình', 'kanskje')[1] ?? []
    const long = put([head, row(texts[1] ?? '')], texts[1] ?? '', 'Kết quả thực hiện', 'x'.repeat(20_001))[1] ?? []
    const unknown = put([head, row(texts[2] ?? '')], texts[2] ?? '', 'Mã', hidden ?? '')[1] ?? []
    const twice = put([head, row(texts[2] ?? '')], texts[2] ?? '', 'Kết quả thực hiện', 'y')[1] ?? []
    const set = await load('/progress-sheet', await xlsx([head, state, long, unknown, twice, twice]), who)
    expect(set.refused.map((one) => [one.rowNumber, one.code])).toEqual([
      [2, 'plans.cell-not-a-status'],
      [3, 'plans.cell-too-long'],
      [4, 'plans.row-not-yours'],
      [6, 'plans.row-twice'],
    ])
    expect(set.refused[2]?.name).toBe(texts[2])
    const { status, body } = await world.ask(who, 'POST', `/change-sets/${set.id}/application`, { isPartial: false })
    expect([status, body.code]).toEqual([409, 'plans.changes-refuse-rows'])
    await apply(set.id, true, false, who)
    expect(await saidOf(ids[2] ?? '')).toEqual([{ status: 'not-started', narrative: 'y', state: 'draft' }])
    const stale = await load(
      '/progress-sheet',
      await xlsx([head, put([head, row(texts[2] ?? '')], texts[2] ?? '', 'Kết quả thực hiện', 'z')[1] ?? []]),
      who,
    )
    expect(stale.refused.map((one) => one.code)).toEqual(['plans.changed-since'])
  })
})

describe('hostile spreadsheets', () => {
  const refusal = async (file: Buffer) => {
    const { status, body } = await world.ask('southHealth officer', 'POST', '/progress-sheet?fileName=x.xlsx', file)
    return [status, body.code]
  }
  test('are refused clearly and soon: no table, cut short, a bomb, other letters, too many rows', async () => {
    const whole = await tableAt('southHealth officer', '/progress-sheet')
    const good = await xlsx(whole)
    expect(await refusal(good.subarray(0, good.length / 2))).toEqual([422, 'platform.sheet-unreadable'])
    expect(await refusal(Buffer.from('%PDF-1.7 x'))).toEqual([422, 'plans.sheet-head-missing'])
    expect(await refusal(Buffer.from([0xff, 0xfe, 0x41, 0xd8]))).toEqual([422, 'platform.sheet-unreadable'])
    const bomb = Buffer.from(zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(90 * 1024 * 1024) }, { level: 9 }))
    expect(await refusal(bomb)).toEqual([422, 'platform.sheet-too-large'])
    const many = Array.from({ length: 100_000 }, (_none, at) => `${at},x`).join('\n')
    expect(await refusal(Buffer.from(`Mã,Tình hình\n${many}`))).toEqual([422, 'platform.sheet-too-large'])
    const rows = Array.from(
      { length: 100_000 },
      (_none, at) => `<row r="${at + 1}"><c r="A${at + 1}"><v>1</v></c></row>`,
    )
    const sheet = new TextEncoder().encode(`<worksheet><sheetData>${rows.join('')}</sheetData></worksheet>`)
    expect(await refusal(Buffer.from(zipSync({ 'xl/worksheets/sheet1.xml': sheet })))).toEqual([422, 'platform.sheet-too-large']) // prettier-ignore
  })

  test('formulas and merged cells are faults of their rows; letters in parts are put together', async () => {
    const { Workbook } = await import('@cj-tech-master/excelts')
    const book = new Workbook()
    const page = book.addWorksheet('x')
    page.addRow(['Mã'.normalize('NFD'), 'Tình hình'.normalize('NFD'), 'Kết quả thực hiện'])
    page.addRow(['a', 'x', 'y'])
    page.getCell('C2').value = { formula: '1+1', result: 2 }
    page.addRow(['b', 'c', 'd'])
    page.mergeCells('B3:C3')
    const file = Buffer.from(await book.xlsx.writeBuffer())
    const set = await load('/progress-sheet', file, 'southHealth officer')
    expect(set.refused.map((one) => [one.cell, one.code])).toEqual([
      ['C2', 'plans.cell-formula'],
      ['C3', 'plans.cell-merged'],
    ])
    const csvFormula = await load('/progress-sheet', Buffer.from('id,status\n=1+1,completed\n'), 'southHealth officer')
    expect(csvFormula.refused.map((one) => one.code)).toEqual(['plans.cell-formula'])
  })
})
