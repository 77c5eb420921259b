import { strFromU8, unzipSync } from 'fflate'
import { sql } from 'kysely'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readSheet, startJobRunner, type Actor } from '#platform'
import { countWords } from '#platform/model'
import { matrixJobOf } from '../../../test/kit/matrix.ts'
import { actorOf, aDuty, aPlanWorld, aTask, bodyId, by, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { bringIn } from '../../../test/kit/recommendation-steps.ts'
import type { MatrixOutline } from '../model.ts'
import { matrixColumns } from './content.ts'

const keeper = 'ministry officer'
const danger = '=HYPERLINK("http://x") stop beating children'
let world: PlanWorld
let asked: Record<string, string> = {}
let nodes: string[] = []

beforeAll(async () => {
  world = await aPlanWorld()
  const document = { mechanism: 'crc', symbol: 'CRC/C/TLD/CO/5-6', published: '2030-10-21', cycle: '5-6' }
  asked = await bringIn(world, [
    { ...document, paragraph: '10', text: danger, clusters: 'E | D', themes: 'Violence against women' },
    { ...document, paragraph: '11', text: 'Register every birth', clusters: 'D' },
    { ...document, paragraph: '12', text: 'Spend more' },
    { mechanism: 'upr', published: '2030-05-07', cycle: '4', paragraph: '20', text: 'Ratify', position: 'supported' },
  ])
  const plan = await world.issued('crown', [
    aTask({ path: '1', lead: 'ministry', time: by('2031-02-01'), text: 'Sluttar slag' }),
    aTask({ path: '2', duties: [aDuty('lead', 'south'), aDuty('lead', 'north')], time: by('2031-12-01'), text: 'Fører bok' }),
  ]) // prettier-ignore
  nodes = (await world.plan('crown officer', plan)).nodes.map(({ id }) => id)
  await world.done(keeper, 'POST', '/answers', {
    answers: [
      { recommendationId: asked['10'], nodeId: nodes[0], kind: 'implements' },
      { recommendationId: asked['11'], nodeId: nodes[1], kind: 'contributes' },
    ],
  })
  await world.done(keeper, 'PUT', `/recommendations/${asked['10']}/wording`, {
    ...{ kind: 'translation', language: 'fr', text: 'Cessez de battre les enfants', version: null },
  })
  await world.done(keeper, 'POST', `/recommendations/${asked['11']}/assessments`, {
    ...{ aspect: 'outcome', rating: 'partly', finding: 'Half are registered', evidence: 'Census' },
    ...{ assessor: 'Ombudsman', assessedOn: '2031-01-15' },
  })
})
afterAll(() => world.close())

async function runAll(rights: () => Actor | undefined): Promise<void> {
  const runner = startJobRunner({
    ground: world.ground,
    kinds: [matrixJobOf(world)],
    log: pino({ level: 'silent' }),
    actorOf: () => Promise.resolve(rights()),
    pollMs: 10_000,
  })
  await runner.idle()
  await runner.close()
}

const setting = { language: 'en', groupBy: 'cluster', withTranslations: false, words: 'CRC, 2030' }
const outline = async (over: object = {}, who = keeper) => {
  const query = new URLSearchParams({ ...setting, withTranslations: 'false', mechanism: 'crc', ...over })
  return (await world.done(who, 'GET', `/recommendations/matrix?${query.toString()}`)) as unknown as MatrixOutline
}
async function fileOf(format: string, over: object = {}, who = keeper): Promise<Uint8Array> {
  const { jobId } = await world.done(who, 'POST', '/recommendations/matrix-files', {
    ...{ ...setting, format, filter: { mechanism: ['crc'] }, wordLimit: null, ...over },
  })
  await runAll(() => actorOf(who))
  const { status, raw } = await world.ask(who, 'GET', `/list-files/${String(jobId)}`)
  expect(status).toBe(200)
  return new Uint8Array(raw)
}

/** The paragraphs of a Word file, before the section that tells of counts and after its beginning. */
function textOf(file: Uint8Array): { text: string; counts: string; xml: string } {
  const xml = strFromU8(unzipSync(file)['word/document.xml'] ?? new Uint8Array())
  const told = (part: string) =>
    [...part.matchAll(/<w:p[ >].*?<\/w:p>/gs)]
      .map(([paragraph]) =>
        [...paragraph.matchAll(/<w:t[^>]*>(.*?)<\/w:t>|<w:br\/>/gs)].map(([, words]) => words ?? '\n').join(''),
      ) // prettier-ignore
      .join('\n')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&')
  const at = xml.indexOf('<w:sectPr')
  return { text: told(xml.slice(0, at)), counts: told(xml.slice(at)), xml }
}

describe('a matrix of recommendations for the UN', () => {
  test.each(['cluster', 'theme', 'document'])(
    'by %s holds as many words as were promised before it was made, in every language',
    async (groupBy) => {
      for (const language of ['vi', 'en', 'fr']) {
        const promised = await outline({ language, groupBy })
        const { text } = textOf(await fileOf('docx', { language, groupBy }))
        expect([language, countWords(text)]).toEqual([language, promised.words])
        const { headWords, sections, recommendations } = promised
        expect(sections.reduce((sum, { words }) => sum + words, headWords)).toBe(promised.words)
        expect(sections.reduce((sum, one) => sum + one.recommendations, 0)).toBe(recommendations)
      }
    },
  )

  test('says the words as printed, who answers, how far it is, how that follows, and what was assessed', async () => {
    const { text, xml } = textOf(await fileOf('docx'))
    expect(text).toContain('CRC, 2030')
    expect(text).toContain(danger)
    expect(text).toContain('Carries out: Sluttar slag')
    expect(text).toContain('Overdue')
    expect(text).toContain('Planned, not begun\nFrom 1 task carrying it out. 1 piece of work: 0 done, 0 begun, 1 not begun. 1 piece of work is overdue.') // prettier-ignore
    expect(text).toContain('Contributes: Fører bok')
    expect(textOf(await fileOf('docx', {}, 'crown officer')).text).toContain('2 in time')
    expect(text).toContain('No task yet.')
    expect(text).toContain('Outcome: partly done. Half are registered Evidence: Census (Ombudsman, 2031-01-15)')
    expect([text.match(/Stop beating|stop beating/g)?.length, text.match(/Without a cluster/g)?.length]).toEqual([1, 1])
    expect(xml).toContain('<w:tblHeader/>')
    expect(xml).toContain('w:orient="landscape"')
  })

  test('a translation stands below the printed words where it is asked for', async () => {
    const without = await outline({ language: 'fr' })
    const withIt = await outline({ language: 'fr', withTranslations: 'true' })
    expect(withIt.words - without.words).toBe(5)
    expect(textOf(await fileOf('docx', { language: 'fr', withTranslations: true })).text).toContain(
      `${danger}\nCessez de battre les enfants`,
    )
  })

  test('tells the count against the limit an officer set', async () => {
    const { words, limits } = await outline()
    expect(limits.map((one) => one.words)).toEqual(expect.arrayContaining([10_700, 21_200]))
    expect(textOf(await fileOf('docx', { wordLimit: words - 4 })).counts).toContain(
      `${words} words: 4 more than the limit of ${words - 4}.`,
    )
    expect(textOf(await fileOf('docx', { wordLimit: words + 7 })).counts).toContain('7 left.')
  })

  test('as a workbook has the same columns and cells, none of them a formula', async () => {
    const file = await fileOf('xlsx')
    const rows = await readSheet(file, { rows: 50, columns: 20, keepsLines: true })
    expect(rows[0]?.cells).toEqual(['cluster', ...matrixColumns])
    expect(rows.flatMap(({ odd }) => odd ?? [])).toEqual([])
    const texts = rows.slice(2).map(({ cells }) => cells[2])
    expect(texts).toEqual([danger, 'Register every birth', 'Spend more'])
    expect(Object.entries(unzipSync(file)).some(([name, part]) => name.includes('worksheets') && strFromU8(part).includes('<f>'))).toBe(false) // prettier-ignore
    const word = textOf(await fileOf('docx')).text
    for (const { cells } of rows.slice(2)) for (const cell of cells.slice(1)) expect(word).toContain(cell)
  })

  test('holds only tasks of plans its asker sees', async () => {
    const south = await world.issued('south', [aTask({ lead: 'southHealth', text: 'Lokal plan' })])
    const [node] = (await world.plan('south officer', south)).nodes
    const answers = [{ recommendationId: asked['12'], nodeId: node?.id, kind: 'implements' }]
    await world.done('south officer', 'POST', '/answers', { answers })
    expect(textOf(await fileOf('docx', {}, 'south officer')).text).toContain('Lokal plan')
    expect(textOf(await fileOf('docx', {}, 'north officer')).text).not.toContain('Lokal plan')
    expect((await outline({}, 'north officer')).words).toBeLessThan((await outline({}, 'south officer')).words)
  })

  test('rights that end while it is written end it', async () => {
    const kept = () => world.rows(sql`select id from platform.list_file`)
    const before = (await kept()).length
    const { jobId } = await world.done(keeper, 'POST', '/recommendations/matrix-files', {
      ...{ ...setting, format: 'docx', filter: {}, wordLimit: null },
    })
    await runAll(() => ({ ...actorOf(keeper), role: 'none' }))
    expect((await world.ask(keeper, 'GET', `/list-files/${String(jobId)}`)).status).toBe(404)
    expect(await kept()).toHaveLength(before)
  })

  test('of nothing, of a filter nobody declared, or by somebody who may not, is refused', async () => {
    const ask = (who: string, over: object) =>
      world.ask(who, 'POST', '/recommendations/matrix-files', {
        ...{ ...setting, format: 'docx', filter: {}, wordLimit: null, ...over },
      })
    expect((await ask(keeper, { filter: { id: [bodyId('north')] } })).body.code).toBe('plans.matrix-empty')
    for (const wrong of [{ filter: { nothing: ['x'] } }, { format: 'pdf' }, { wordLimit: 0 }, { language: 'xx' }])
      expect([wrong, (await ask(keeper, wrong)).status]).toEqual([wrong, 422])
    expect((await ask('south reader', {})).status).toBe(403)
  })
})
