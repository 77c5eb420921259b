import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runApart } from '#platform'
import { anImportWorld, elsewhere, heil, idOf, reviewOf, skol, type ImportWorld } from '../kit/import-world.ts'

/** A Roman number below 400. */
const roman = (value: number): string =>
  (
    [
      [100, 'C'],
      [90, 'XC'],
      [50, 'L'],
      [40, 'XL'],
      [10, 'X'],
      [9, 'IX'],
      [5, 'V'],
      [4, 'IV'],
      [1, 'I'],
    ] as const
  ).reduce(
    ({ left, text }, [worth, sign]) => ({ left: left % worth, text: text + sign.repeat(Math.floor(left / worth)) }),
    { left: value, text: '' },
  ).text

let world: ImportWorld
beforeAll(async () => {
  world = await anImportWorld()
})
afterAll(() => world.close())

describe('a document taken in', () => {
  test('is read, and its bodies are matched as the issuer would name them, still only proposed', async () => {
    const answer = await world.upload(world.another(), 'Kế hoạch trồng cây.txt')
    expect([answer.status, answer.body.recognised]).toEqual([200, false])
    expect(answer.body.import).toMatchObject({
      fileName: 'Kế hoạch trồng cây.txt',
      state: 'reviewing',
      title: 'Trồng cây tại trường học (dữ liệu minh họa)',
      reviewed: 0,
      total: 3,
    })
    const { proposal, suggestions, file } = await world.detail(idOf(answer))
    expect(proposal?.items.map((item) => [item.kind, item.text, item.state])).toEqual([
      ['group', 'Chuẩn bị', 'proposed'],
      ['task', 'Ươm cây giống cho các trường', 'proposed'],
      ['task', 'Tập huấn giáo viên chăm sóc cây', 'proposed'],
      ['group', 'Trồng cây', 'proposed'],
      ['task', 'Trồng cây tại từng trường', 'proposed'],
    ])
    expect(proposal?.items[1]?.duties).toEqual([
      { kind: 'lead', raw: 'Heilkontør', agencyId: heil, classCode: null, state: 'proposed' },
      { kind: 'support', raw: 'Skølkontør', agencyId: skol, classCode: null, state: 'proposed' },
    ])
    expect(proposal?.items[2]?.duties[1]).toMatchObject({ raw: 'Hội Cây xanh', agencyId: null, classCode: null })
    expect(suggestions.find((each) => each.raw === 'Heilkontør')?.options[0]).toMatchObject({
      agencyId: heil,
      score: 1,
    })
    expect(file).toMatchObject({ name: 'Kế hoạch trồng cây.txt', mediaType: 'text/plain; charset=utf-8' })
    expect(await world.entries(idOf(answer))).toEqual(['documents.import-begun'])
  })

  test('is recognised when its agency loads the same bytes again, and taken in anew only when asked', async () => {
    const bytes = world.another()
    const first = await world.upload(bytes)
    const second = await world.upload(bytes, 'other-name.txt')
    expect([second.body.recognised, idOf(second)]).toEqual([true, idOf(first)])
    expect(idOf(await world.upload(bytes, 'ke-hoach.txt', '&again=true'))).not.toBe(idOf(first))
    const foreign = await world.upload(bytes, 'ke-hoach.txt', '', 'elsewhere')
    expect([foreign.body.recognised, idOf(foreign) === idOf(first)]).toEqual([false, false])
  })

  test('that was put away is not recognised', async () => {
    const bytes = world.another()
    const first = await world.upload(bytes)
    expect((await world.ask('POST', `/${idOf(first)}/discard`)).status).toBe(204)
    expect((await world.upload(bytes)).body.recognised).toBe(false)
    expect((await world.ask('POST', `/${idOf(first)}/discard`)).status).toBe(409)
  })

  test.each([
    [
      'a picture named as a text',
      'plan.txt',
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 0, 0]),
      'documents.unreadable.binary',
    ],
    [
      'an archive that is no document',
      'plan.docx',
      Buffer.from('PK\u0003\u0004 broken'),
      'documents.unreadable.damaged-archive',
    ],
    ['a type nobody reads', 'plan.exe', Buffer.from('MZ'), 'documents.unreadable.unsupported-type'],
  ])('is refused with a clear word and leaves nothing behind: %s', async (_what, name, bytes, code) => {
    const before = (await world.ask('GET', '')).body.total
    const answer = await world.upload(bytes, name)
    expect([answer.status, answer.body.code]).toEqual([422, code])
    expect((await world.ask('GET', '')).body.total).toBe(before)
  })

  test.each([
    [
      '300 sections',
      Array.from({ length: 300 }, (_, at) => `${roman(at + 1)}. MỤC ${at}\n\nLời văn ${at}.\n`).join('\n'),
    ],
    ['a heading of 4,000 letters', `I. ${'ĐỀ MỤC RẤT DÀI '.repeat(267)}\n\nLời văn.\n`],
    ['4,000 paragraphs', `I. MỤC ĐÍCH\n\n${Array.from({ length: 4000 }, (_, at) => `Đoạn ${at}.\n`).join('\n')}`],
  ])('with %s is read and shown whole', async (_what, text) => {
    const answer = await world.upload(Buffer.from(`KẾ HOẠCH\n\nBảo vệ trẻ em\n\n${text}`))
    expect([answer.status, answer.body.code]).toEqual([200, undefined])
    expect((await world.detail(idOf(answer))).proposal?.prose.length).toBeGreaterThan(0)
  })

  test('that no review could hold is refused, not broken', async () => {
    const text = `KẾ HOẠCH\n\nBảo vệ trẻ em\n\nCăn cứ Quyết định ${'rất dài '.repeat(2000)};\n\nI. MỤC ĐÍCH\n\nMột.\n`
    const answer = await world.upload(Buffer.from(text))
    expect([answer.status, answer.body.code]).toEqual([422, 'documents.unreadable.too-complex'])
  })

  test('with names without end is matched for the first of them only, long lists stay whole', async () => {
    const rows = Array.from(
      { length: 700 },
      (_, at) => `|\n${at + 1}\n|\nViệc ${at}\n|\nHội lạ số ${at}\n|\nHằng năm\n`,
    )
    const endless = `|\n701\n|\nViệc cuối\n|\n${'Heilkontør; '.repeat(500)}\n|\nHằng năm\n|\n`
    const head = '|\nTT\n|\nNhiệm vụ\n|\nCơ quan chủ trì\n|\nThời gian\n|\n'
    const text = `KẾ HOẠCH\n\nBảo vệ trẻ em\n\nPHỤ LỤC\nPHÂN CÔNG NHIỆM VỤ\n\n${head}${rows.join('|\n')}|\n${endless}`
    const answer = await world.upload(Buffer.from(text))
    expect([answer.status, answer.body.code]).toEqual([200, undefined])
    const { proposal, suggestions } = await world.detail(idOf(answer))
    expect([proposal?.items.length, suggestions.length]).toEqual([701, 600])
    expect(proposal?.items.at(-1)?.duties.length).toBeLessThan(80)
  })

  test('that comes while all threads read is read by a job: it keeps no connection waiting', async () => {
    const code = `import { parentPort } from 'node:worker_threads'; setTimeout(() => parentPort.postMessage({ value: 1 }), 4000)`
    const slow = new URL(`data:text/javascript,${encodeURIComponent(code)}`)
    const others = [1, 2].map(() => runApart(slow, null, { memoryMb: 64, timeoutMs: 20_000 }))
    const answer = await world.upload(world.another())
    expect(answer.body.import).toMatchObject({ state: 'reading' })
    await Promise.all(others)
    await world.runJobs()
    expect(await world.detail(idOf(answer))).toMatchObject({ state: 'reviewing', total: 3 })
  })

  test('too large to read while one waits is read by a job; no document among them is marked so', async () => {
    const padding = Buffer.from(`\n\n${'Đoạn văn bản minh họa không giao việc cho ai.\n\n'.repeat(50_000)}`)
    const large = await world.upload(Buffer.concat([world.another(), padding]), 'large.txt')
    const broken = await world.upload(
      Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(2_200_000, 7)]),
      'broken.docx',
    )
    expect([large.body.import, broken.body.import]).toMatchObject([{ state: 'reading' }, { state: 'reading' }])
    expect((await world.ask('GET', `/${idOf(large)}/original`)).status).toBe(404)
    await world.runJobs()
    expect(await world.detail(idOf(large))).toMatchObject({ state: 'reviewing', total: 3, may: { review: true } })
    expect(await world.detail(idOf(broken))).toMatchObject({
      state: 'unreadable',
      problemCode: 'documents.unreadable.damaged-archive',
      proposal: null,
      may: { review: false },
    })
    expect(await world.entries(idOf(broken))).toEqual(['documents.import-begun', 'documents.import-refused'])
  })

  test('shows its original in pieces, tables row by row, and sends the file itself as an attachment', async () => {
    const bytes = world.another()
    const id = idOf(await world.upload(bytes))
    const blocks = (await world.ask('GET', `/${id}/original`)).body.blocks as {
      kind: string
      line: number
      cells: { text: string }[] | null
    }[]
    expect(blocks.find((block) => block.kind === 'heading')).toMatchObject({
      text: 'Trồng cây tại trường học (dữ liệu minh họa)',
      cells: null,
    })
    const row = blocks.find((block) => block.cells?.[1]?.text === 'Ươm cây giống cho các trường')
    expect(row?.cells?.map((cell) => cell.text)).toEqual([
      '1',
      'Ươm cây giống cho các trường',
      'Heilkontør',
      'Skølkontør',
      'Quý II/2029',
      'Cây giống',
    ])
    const file = await world.ask('GET', `/${id}/file`)
    expect(file.raw.equals(bytes)).toBe(true)
    expect(String(file.headers['content-disposition'])).toContain('attachment')
    expect(await world.entries(id)).toEqual(['documents.import-begun', 'documents.import-file-sent'])
  })
})

describe('only its own agency', () => {
  test.each(['elsewhere', 'above'] as const)('sees an import: %s does not', async (person) => {
    const id = idOf(await world.upload(world.another()))
    const before = await world.detail(id)
    const answers = await Promise.all([
      world.ask('GET', `/${id}`, undefined, person),
      world.ask('GET', `/${id}/original`, undefined, person),
      world.ask('GET', `/${id}/file`, undefined, person),
      world.save(id, before.version, reviewOf(before), person),
      world.ask('POST', `/${id}/discard`, {}, person),
      world.ask('POST', `/${id}/matching`, { version: 1 }, person),
      world.ask('GET', `/${id}/suggestions?raw=x`, undefined, person),
    ])
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 404))
    expect((await world.ask('GET', '?size=200', undefined, person)).body.items).not.toContainEqual(
      expect.objectContaining({ id }),
    )
  })

  test('and row-level security alone hides it from another agency', async () => {
    await world.upload(world.another())
    const seen = await world.as('elsewhere', ({ db }) => db.selectFrom('documents.import').select('agencyId').execute())
    expect(seen.every((row) => row.agencyId === elsewhere)).toBe(true)
  })

  test('and not every role of it', async () => {
    expect((await world.ask('GET', '', undefined, 'reader')).status).toBe(403)
    expect((await world.upload(world.another(), 'x.txt', '', 'reader')).status).toBe(403)
  })
})
