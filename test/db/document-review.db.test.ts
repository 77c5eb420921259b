import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { takeConfirmed, tieToPlan } from '#documents'
import {
  acceptAll,
  acceptHeader,
  acceptItem,
  acceptProse,
  editHeader,
  matchDuty,
  rejectItem,
  type ImportDetail,
  type ReviewedProposal,
} from '#documents/model'
import { idOfKey, newId } from '#platform'
import { anImportWorld, heil, idOf, rad, reviewOf, skol, type ImportWorld } from '../kit/import-world.ts'

let world: ImportWorld
beforeAll(async () => {
  world = await anImportWorld()
})
afterAll(() => world.close())

describe('a review', () => {
  test("is saved as far as it has come, and not over another one's work", async () => {
    const id = idOf(await world.upload(world.another()))
    const before = await world.detail(id)
    const key = before.proposal?.items[1]?.key ?? ''
    const saved = await world.save(id, before.version, rejectItem(reviewOf(before), key))
    expect(saved.body).toMatchObject({ version: 2, reviewed: 1, total: 3 })
    const stale = await world.save(id, before.version, acceptItem(reviewOf(before), key))
    expect([stale.status, stale.body.code]).toEqual([409, 'platform.stale-version'])
    expect((await world.detail(id)).proposal?.items[1]?.state).toBe('rejected')
    expect((await world.ask('GET', '?size=200')).body.items).toContainEqual(
      expect.objectContaining({ id, reviewed: 1, total: 3 }),
    )
  })

  test('takes no field it does not know, nothing faulty as accepted, no body that does not exist', async () => {
    const id = idOf(await world.upload(world.another()))
    const before = await world.detail(id)
    const review = reviewOf(before)
    const [, task] = review.items
    if (task === undefined) throw new Error('no task')
    const withTask = (change: object) => ({
      ...review,
      items: review.items.map((item) => (item.key === task.key ? { ...item, ...change } : item)),
    })
    const refused = async (proposal: object) =>
      (await world.save(id, before.version, proposal as ReviewedProposal)).body
    expect(await refused({ ...review, warnings: [] })).toMatchObject({ code: 'platform.invalid-input' })
    expect(await refused(withTask({ isAdmin: true }))).toMatchObject({ code: 'platform.invalid-input' })
    expect(await refused(withTask({ state: 'accepted', text: '' }))).toMatchObject({
      code: 'documents.review-broken',
      errors: [{ pointer: '/proposal/items/1/text' }],
    })
    expect(await refused(withTask({ parentKey: task.key }))).toMatchObject({ code: 'documents.review-broken' })
    expect(
      await refused(matchDuty(review, { key: task.key, index: 0 }, { agencyId: newId(), classCode: null })),
    ).toMatchObject({ code: 'documents.body-unknown' })
    expect(
      await refused(matchDuty(review, { key: task.key, index: 0 }, { agencyId: null, classCode: 'no-such-class' })),
    ).toMatchObject({ code: 'documents.body-unknown' })
    expect((await world.detail(id)).version).toBe(before.version)
  })

  test('keeps the place each item was read from, whatever is sent', async () => {
    const id = idOf(await world.upload(world.another()))
    const before = await world.detail(id)
    const review = reviewOf(before)
    const moved = {
      ...review,
      items: review.items.map((item) => ({
        ...item,
        source: { where: 'annex' as const, line: 1, page: null, table: 9, row: 9 },
      })),
    }
    await world.save(id, before.version, moved)
    expect((await world.detail(id)).proposal?.items.map((item) => item.source)).toEqual(
      review.items.map((item) => item.source),
    )
  })

  test('understands names anew when the issuer becomes known; what a person decided stays', async () => {
    const id = idOf(await world.upload(world.another()))
    const before = await world.detail(id)
    const key = before.proposal?.items[2]?.key ?? ''
    const decided = matchDuty(reviewOf(before), { key, index: 0 }, { agencyId: heil, classCode: null })
    const estra = {
      ...decided,
      issuer: { ...decided.issuer, agencyId: idOfKey('u:2020:03/rad'), state: 'edited' as const },
    }
    const { version } = (await world.save(id, before.version, estra)).body as { version: number }
    const after = (await world.ask('POST', `/${id}/matching`, { version })).body as unknown as ImportDetail
    expect(after.proposal?.items[1]?.duties[0]?.agencyId).toBe(idOfKey('u:2020:03/heilkontor'))
    expect(after.proposal?.items[2]?.duties[0]?.agencyId).toBe(heil)
    expect(
      (await world.ask('GET', `/${id}/suggestions?raw=${encodeURIComponent('alle kontorer')}`)).body,
    ).toMatchObject([{ classCode: 'province-offices', agencyId: null, why: 'class' }])
  })
})

describe('a finished review', () => {
  test('becomes a plan only when everything is decided, and only once', async () => {
    const id = idOf(await world.upload(world.another()))
    await expect(world.as('officer', (ctx) => takeConfirmed(ctx, id))).rejects.toMatchObject({
      code: 'documents.review-unfinished',
      params: { undecided: 3 },
    })
    const before = await world.detail(id)
    const decided = rejectItem(reviewOf(before), before.proposal?.items[2]?.key ?? '')
    const ready = editHeader(acceptProse(acceptHeader(acceptAll(decided).proposal)), 'periodTo', '2029-12-31')
    await world.save(id, before.version, ready)
    const confirmed = await world.as('officer', async (ctx) => {
      const taken = await takeConfirmed(ctx, id)
      await tieToPlan(ctx, id, newId())
      return taken
    })
    expect(confirmed.draft.issuerId).toBe(rad)
    expect(confirmed.draft.header).toMatchObject({
      kind: 'KH',
      number: '12/KH-UBND',
      issuedOn: '2029-03-05',
      periodTo: '2029-12-31',
      signature: { powers: ['TM. ỦY BAN NHÂN DÂN'], post: 'CHỦ TỊCH', name: 'Nguyễn Văn Mẫu' },
    })
    expect(
      confirmed.draft.nodes.map((node) => [node.kind, node.path, node.duties.map((duty) => duty.addressedId)]),
    ).toEqual([
      ['group', 'I', []],
      ['task', 'I.1', [heil, skol]],
      ['group', 'II', []],
      ['task', 'II.3', [skol, heil]],
    ])
    expect(await world.detail(id)).toMatchObject({ state: 'confirmed', may: { review: false } })
    await expect(world.as('officer', (ctx) => takeConfirmed(ctx, id))).rejects.toMatchObject({
      code: 'documents.already-confirmed',
    })
    expect((await world.save(id, 2, ready)).body.code).toBe('documents.already-confirmed')
  })
})
