import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Problem } from '#platform'
import { Role } from './model.ts'
import { checkConfirmer, checkManageable, decideGrant } from './rules.ts'

/** A small country: 0 sees all, 1 sees 3 and 4, 2 sees 5 and 6, the others themselves. */
const sight: number[][] = [[0, 1, 2, 3, 4, 5, 6], [1, 3, 4], [2, 5, 6], [3], [4], [5], [6]]
const isWithin = (inner: number[], outer: number[]) => inner.every((agency) => outer.includes(agency))

type Post = { person: number; agency: number; role: Role; grantedBy: number; isConfirmed: boolean; isEnded: boolean }
type Step = { by: number; whom: number; agency: number; role: Role; act: 'grant' | 'confirm' | 'end' | 'take-over' }

const step: fc.Arbitrary<Step> = fc.record({
  by: fc.nat(5),
  whom: fc.nat(5),
  agency: fc.nat(6),
  role: fc.constantFrom(...Role.options),
  act: fc.constantFrom('grant', 'grant', 'confirm', 'end', 'take-over'),
})

/** Applies a step by the rules alone; what they refuse does not happen. */
function apply(posts: Post[], held: Set<number>, { by, whom, agency, role, act }: Step): void {
  const inForce = (post: Post) => post.isConfirmed && !post.isEnded
  const acting = posts.find((post) => post.person === by && inForce(post))
  if (!held.has(by) || !acting) return
  const sees = sight[acting.agency] ?? []
  const reach = (of: Post) => isWithin(sight[of.agency] ?? [], sees)
  try {
    if (act === 'grant') {
      const hasSecond = posts.some(
        (post) =>
          post.role === 'administrator' &&
          inForce(post) &&
          post.person !== by &&
          post.person !== whom &&
          (sight[post.agency] ?? []).includes(agency),
      )
      const { needsConfirmation } = decideGrant({
        granter: { personId: `${by}`, role: acting.role },
        personId: `${whom}`,
        role,
        isWithinReach: isWithin(sight[agency] ?? [], sees),
        hasSecondAdministrator: hasSecond,
      })
      posts.push({ person: whom, agency, role, grantedBy: by, isConfirmed: !needsConfirmation, isEnded: false })
    }
    const target = posts.findLast((post) => post.person === whom && reach(post))
    if (act === 'confirm' && target && acting.role === 'administrator') {
      checkConfirmer(`${by}`, { grantedBy: `${target.grantedBy}`, personId: `${target.person}` })
      target.isConfirmed = true
    }
    const judged = (of: Post[]) =>
      of.filter((post) => !post.isEnded).map((post) => ({ role: post.role, isWithinReach: reach(post) }))
    if (act === 'end' && target) {
      checkManageable({ personId: `${by}`, role: acting.role }, { id: `${whom}`, posts: judged([target]) })
      target.isEnded = true
    }
    if (act === 'take-over') {
      checkManageable(
        { personId: `${by}`, role: acting.role },
        { id: `${whom}`, posts: judged(posts.filter((post) => post.person === whom)) },
      )
      held.add(whom)
    }
  } catch (fault) {
    if (!(fault instanceof Problem)) throw fault
  }
}

test('by the rules, no sequence of acts gives a provincial administrator or his puppets more than he could hand out alone', () => {
  let happened = 0
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
      // 0 is the attacker, of the province 1; 1 the administrator at the centre, who does nothing; 2 signs at the centre; 3 to 5 have no post yet.
      const posts: Post[] = [
        { person: 0, agency: 1, role: 'administrator', grantedBy: 9, isConfirmed: true, isEnded: false },
        { person: 1, agency: 0, role: 'administrator', grantedBy: 9, isConfirmed: true, isEnded: false },
        { person: 2, agency: 0, role: 'approver', grantedBy: 9, isConfirmed: true, isEnded: false },
      ]
      const held = new Set([0])
      for (const one of steps) apply(posts, held, one)
      happened += posts.length - 3
      for (const post of posts.slice(1).filter((post) => held.has(post.person) && post.isConfirmed && !post.isEnded)) {
        expect(post.person).not.toBe(0)
        expect(isWithin(sight[post.agency] ?? [], sight[1] ?? [])).toBe(true)
        expect(['approver', 'auditor', 'administrator']).not.toContain(post.role)
      }
    }),
    { numRuns: 100_000 },
  )
  expect(happened).toBeGreaterThan(10_000)
}, 120_000)
