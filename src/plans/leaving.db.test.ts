import { readFileSync } from 'node:fs'
import path from 'node:path'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { acceptAll, acceptHeader, acceptProse, editHeader, rejectItem, type ReviewedProposal } from '#documents/model'
import { idOfKey } from '#platform'
import { aDuty, aGroup, aPlanWorld, aTask, bodyId, by, type Answer, type PlanWorld } from '../../test/kit/plan-world.ts'

let world: PlanWorld
let plan = ''
beforeAll(async () => {
  world = await aPlanWorld()
  plan = await world.issued(
    'south',
    [
      aGroup({ key: 'g', path: 'I', text: 'Helse og skøl' }),
      aTask({
        key: 'a',
        parentKey: 'g',
        path: '1',
        text: 'Vaksinere alle bårn <&> "fort"',
        time: by('2031-03-01'),
        output: 'Rapport',
        duties: [aDuty('lead', 'southHealth'), aDuty('support', 'solheim')],
      }),
      aTask({ key: 'b', parentKey: 'g', path: '2', text: 'Lære å lese', duties: [aDuty('lead', 'southSchools')] }),
    ],
    { header: { title: 'Plan for 😀 bårn', recipients: ['Åmt for Heil'], bases: ['Lov 7/2029'] } },
  )
})
afterAll(() => world.close())

/** The words of a Word file, in order. */
function wordsOf(answer: Answer): string {
  expect([answer.status, answer.headers['content-type']]).toEqual([
    200,
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ])
  const parts = unzipSync(new Uint8Array(answer.raw))
  expect(Object.keys(parts)).toEqual(
    expect.arrayContaining(['[Content_Types].xml', 'word/document.xml', 'word/styles.xml']),
  )
  const xml = new TextDecoder().decode(parts['word/document.xml'])
  return xml
    .replace(/<w:p[ >]/g, '\n$&')
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
}
const entriesOf = async (recordId: string, action: string) =>
  (await world.audit()).filter((entry) => entry.recordId === recordId && entry.action === action)

describe('what leaves as an official document', () => {
  test('a plan: its head, bases, tasks as issued, recipients; told in the audit', async () => {
    const answer = await world.ask('south officer', 'GET', `/plans/${plan}/document`)
    const words = wordsOf(answer)
    for (const text of [
      'Plan for 😀 bårn',
      'Lov 7/2029',
      'Vaksinere alle bårn <&> "fort"',
      'Lære å lese',
      'Rapport',
      'Ola Nørd',
      'til 2031-03-01',
    ])
      expect(words).toContain(text)
    expect(words.indexOf('Vaksinere')).toBeLessThan(words.indexOf('Lære å lese'))
    expect(await entriesOf(plan, 'plans.plan-exported')).toHaveLength(1)
    expect(decodeURIComponent(String(answer.headers['content-disposition']))).toContain('12-KH-R Plan for 😀 bårn.docx')
  })

  test('a draft, for its own body only, and without its number', async () => {
    const draft = await world.draft('south', [aTask({ text: 'Utkast til oppgave' })], {
      header: { number: null, issuedOn: null },
    })
    expect(wordsOf(await world.ask('south officer', 'GET', `/plans/${draft}/document?draft=true`))).toContain(
      'Utkast til oppgave',
    )
    expect((await world.ask('crown officer', 'GET', `/plans/${draft}/document?draft=true`)).status).toBe(404)
  })

  test('a title cut within a character still names a file', async () => {
    const long = await world.issued('south', [aTask()], { header: { title: `${'å'.repeat(79)}😀 slutt` } })
    expect((await world.ask('south officer', 'GET', `/plans/${long}/document`)).status).toBe(200)
  })

  test('the status report: the numbers by group and each piece of work with where it stands', async () => {
    const words = wordsOf(await world.ask('south officer', 'GET', `/plans/${plan}/status-report`))
    for (const text of [
      'Helse og skøl',
      'Vaksinere alle bårn',
      'Lære å lese',
      'Heilkontør i Vård Sóla',
      '1/3/2031',
      'Quá hạn',
    ])
      expect(words).toContain(text)
    expect(await entriesOf(plan, 'plans.status-report-exported')).toHaveLength(1)
  })

  test('the letter that urges: whom, about which work, by when', async () => {
    const { items } = await world.done('south officer', 'GET', `/tasks?planId=${plan}&standing=overdue`)
    const urging = String(
      (
        await world.done('south approver', 'POST', '/urgings', {
          planId: plan,
          text: 'Gjør det nå',
          answerBy: '2031-03-20',
          agencyIds: [],
          occurrenceIds: (items as { id: string }[]).map((item) => item.id),
        })
      ).id,
    )
    for (const who of ['south officer', 'southHealth officer']) {
      const words = wordsOf(await world.ask(who, 'GET', `/urgings/${urging}/document`))
      for (const text of ['Heilkontør i Vård Sóla', 'Vaksinere alle bårn', 'Gjør det nå', '2031'])
        expect([who, words]).toEqual([who, expect.stringContaining(text)])
      expect(words).not.toContain('Lære å lese')
    }
    expect(await entriesOf(urging, 'plans.urging-exported')).toHaveLength(2)
  })

  test('a refused or failed export is no export in the audit', async () => {
    const before = (await world.audit()).filter(
      (entry) => entry.action.endsWith('exported') && entry.outcome === 'done',
    ).length
    await world.ask('north officer', 'GET', `/plans/${plan}/document`)
    await world.ask('south reader', 'GET', `/plans/${plan}/document`)
    expect(
      (await world.audit()).filter((entry) => entry.action.endsWith('exported') && entry.outcome === 'done'),
    ).toHaveLength(before)
  })
})

describe('the signed document of a plan', () => {
  test.each([
    ['%PDF-1.7', 'application/pdf'],
    ['PK\u0003\u0004', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['II*\u0000', 'image/tiff'],
  ])('is known by its bytes (%s)', async (bytes, type) => {
    const id = await world.draft('south', [aTask()])
    const file = String(
      (await world.done('south officer', 'POST', `/plans/${id}/files?fileName=a.exe`, Buffer.from(bytes, 'latin1'))).id,
    )
    const answer = await world.ask('south officer', 'GET', `/plans/${id}/files/${file}`)
    expect([answer.status, answer.headers['content-type'], answer.raw.toString('latin1')]).toEqual([200, type, bytes])
  })

  test.each(['<html><script>alert(1)</script>', 'MZ', 'GIF89a', '<svg xmlns="http://www.w3.org/2000/svg"/>'])(
    'that is none (%s) is refused',
    async (bytes) => {
      expect(
        (await world.ask('south officer', 'POST', `/plans/${plan}/files?fileName=kh.pdf`, Buffer.from(bytes))).body
          .code,
      ).toBe('plans.file-not-a-document')
    },
  )

  test('of a document being written is its body’s alone until it is issued', async () => {
    await world.done('south officer', 'POST', `/plans/${plan}/amendment`, { act: 'amending', reason: 'x' })
    const file = String(
      (await world.done('south officer', 'POST', `/plans/${plan}/files?fileName=ny.pdf`, Buffer.from('%PDF ny'))).id,
    )
    const statuses = await Promise.all(
      ['south reader', 'southHealth officer', 'crown officer', 'solheim officer'].map(
        async (who) => (await world.ask(who, 'GET', `/plans/${plan}/files/${file}`)).status,
      ),
    )
    expect(statuses).toEqual([200, 404, 404, 404])
  })
})

describe('a plan read from a document', () => {
  const fixture = readFileSync(path.join(import.meta.dirname, '../../test/fixtures/invented-plan.txt'))
  type Review = { version: number; proposal: ReviewedProposal }
  const reviewed = async (id: string) =>
    (await world.done('north officer', 'GET', `/documents/imports/${id}`)) as unknown as Review
  const parts = ({ proposal }: Review): ReviewedProposal => ({
    header: proposal.header,
    issuer: proposal.issuer,
    items: proposal.items,
    prose: proposal.prose,
  })

  test('keeps its dissolved issuer under its old name; the successor owns it and the successors of its offices owe its work', async () => {
    const { id } = (await world.done('north officer', 'POST', '/documents/imports?fileName=kh.txt', fixture))
      .import as { id: string }
    const begin = () =>
      world.ask('north officer', 'POST', '/plans/from-import', { importId: id, issuerId: null, parentPlanIds: [] })
    expect((await begin()).body.code).toBe('documents.review-unfinished')
    const before = await reviewed(id)
    const issuer = { ...before.proposal.issuer, agencyId: bodyId('northBefore'), state: 'edited' as const }
    const { version } = await world.done('north officer', 'PUT', `/documents/imports/${id}/proposal`, {
      version: before.version,
      proposal: { ...parts(before), issuer },
    })
    await world.done('north officer', 'POST', `/documents/imports/${id}/matching`, { version })
    const matched = await reviewed(id)
    const ready = editHeader(
      acceptProse(acceptHeader(acceptAll(rejectItem(parts(matched), matched.proposal.items[2]?.key ?? '')).proposal)),
      'periodTo',
      '2035-12-31',
    )
    const open = ready.items
      .filter((item) => item.state === 'proposed')
      .reduce((proposal, item) => rejectItem(proposal, item.key), ready)
    await world.done('north officer', 'PUT', `/documents/imports/${id}/proposal`, {
      version: matched.version,
      proposal: open,
    })
    const begun = await begin()
    expect([begun.status, begun.body.code ?? null]).toEqual([200, null])
    const planId = String(begun.body.planId)
    expect((await begin()).body.code).toBe('documents.already-confirmed')
    const draft = await world.plan('north officer', planId, true)
    expect([draft.issuer.name, draft.owner.name, draft.header.issuedOn]).toEqual([
      'Råd i Vård Nørda',
      'Råd i Vård Nørdëst',
      '2029-03-05',
    ])
    const tasks = draft.nodes.filter((node) => node.kind === 'task')
    expect(tasks.length).toBeGreaterThan(0)
    expect(tasks.every((task) => typeof task.source?.line === 'number' || typeof task.source?.row === 'number')).toBe(
      true,
    )
    await world.issue('north', planId)
    const issued = await world.plan('north officer', planId)
    const lead = issued.nodes
      .flatMap((node) => node.duties)
      .find((duty) => duty.kind === 'lead' && duty.addressed?.id === idOfKey('u:2020:01/heilkontor'))
    expect(lead).toMatchObject({
      follows: true,
      addressed: { name: 'Heilkontør i Vård Nørda', endedOn: '2030-01-01' },
      holders: [{ id: bodyId('northHealth') }],
    })
    const work = (await world.done('northHealth officer', 'GET', `/tasks?planId=${planId}`)) as { total: number }
    expect(work.total).toBeGreaterThan(0)
  })

  test('is begun only from a document of one’s own', async () => {
    const imported = (
      await world.done(
        'north officer',
        'POST',
        '/documents/imports?fileName=kh2.txt',
        Buffer.from('KẾ HOẠCH\nBảo vệ trẻ em hai\n'.repeat(4)),
      )
    ).import as { id: string }
    expect(
      (
        await world.ask('south officer', 'POST', '/plans/from-import', {
          importId: imported.id,
          issuerId: null,
          parentPlanIds: [],
        })
      ).status,
    ).toBe(404)
  })
})
