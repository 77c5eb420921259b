import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Problem } from '#platform'
import { Role } from './model.ts'
import { allows, grantable, permissions, permissionsOf } from './permission-table.ts'
import {
  checkConfirmer,
  checkManageable,
  decideGrant,
  endOf,
  passwordFault,
  periodOf,
  postState,
  requireTwoPersons,
} from './rules.ts'

function codeOf(work: () => unknown): string | undefined {
  try {
    work()
    return undefined
  } catch (fault) {
    if (fault instanceof Problem) return fault.fields[0]?.code ?? fault.code
    throw fault
  }
}

const base = {
  granter: { personId: 'a', role: 'administrator' },
  personId: 'b',
  role: 'officer',
  isWithinReach: true,
  hasSecondAdministrator: true,
} as const

describe('granting posts', () => {
  test.each([
    ['an administrator grants an officer alone', base, { needsConfirmation: false }],
    ['one who signs waits for a second administrator', { ...base, role: 'approver' }, { needsConfirmation: true }],
    [
      'an administrator waits for a second administrator',
      { ...base, role: 'administrator' },
      { needsConfirmation: true },
    ],
    [
      'where there is no second one, the first is enough',
      { ...base, role: 'approver', hasSecondAdministrator: false },
      { needsConfirmation: false },
    ],
  ] as const)('%s', (_name, grant, expected) => {
    expect(decideGrant(grant)).toEqual(expected)
  })

  test.each([
    ['nobody grants to himself', { ...base, personId: 'a' }, 'access.grant-to-oneself'],
    ['nobody grants a wider sight than his own', { ...base, isWithinReach: false }, 'access.wider-than-own'],
    [
      'an officer grants nothing',
      { ...base, granter: { personId: 'a', role: 'officer' } },
      'access.role-not-grantable',
    ],
    [
      'an auditor grants nothing',
      { ...base, granter: { personId: 'a', role: 'auditor' } },
      'access.role-not-grantable',
    ],
  ] as const)('%s', (_name, grant, code) => {
    expect(codeOf(() => decideGrant(grant))).toBe(code)
  })

  test('whoever granted or gains cannot confirm', () => {
    expect(codeOf(() => checkConfirmer('a', { grantedBy: 'a', personId: 'b' }))).toBe('access.confirm-own-grant')
    expect(codeOf(() => checkConfirmer('b', { grantedBy: 'a', personId: 'b' }))).toBe('access.confirm-own-grant')
    expect(codeOf(() => checkConfirmer('c', { grantedBy: 'a', personId: 'b' }))).toBeUndefined()
  })

  test('an account is managed only by one who could grant all it holds', () => {
    const manager = { personId: 'a', role: 'administrator' }
    const post = { role: 'officer' as const, isWithinReach: true }
    expect(codeOf(() => checkManageable(manager, { id: 'b', posts: [post] }))).toBeUndefined()
    expect(codeOf(() => checkManageable(manager, { id: 'a', posts: [post] }))).toBe('access.manage-oneself')
    expect(codeOf(() => checkManageable(manager, { id: 'b', posts: [post, { ...post, isWithinReach: false }] }))).toBe(
      'access.person-holds-more',
    )
    expect(codeOf(() => checkManageable({ ...manager, role: 'officer' }, { id: 'b', posts: [post] }))).toBe(
      'access.person-holds-more',
    )
  })

  test('the one who prepared does not complete, whatever posts he holds', () => {
    expect(codeOf(() => requireTwoPersons('a', ['b', 'a']))).toBe('access.second-person-needed')
    expect(codeOf(() => requireTwoPersons('a', ['b', null]))).toBeUndefined()
  })
})

describe('a post in time', () => {
  const post = { validFrom: '2031-03-01', validTo: '2031-04-01', needsConfirmation: false, confirmedBy: null }
  test.each([
    ['2031-02-28', 'coming'],
    ['2031-03-01', 'current'],
    ['2031-03-31', 'current'],
    ['2031-04-01', 'ended'],
  ])('on %s it is %s', (day, state) => {
    expect(postState(post, day)).toBe(state)
  })

  test('without its confirmation it never counts', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('2031-01-01'), max: new Date('2031-12-31'), noInvalidDate: true }), (at) => {
        expect(postState({ ...post, needsConfirmation: true }, at.toISOString().slice(0, 10))).not.toBe('current')
      }),
    )
  })

  test('ended, it counts on no day from today on', () => {
    const days = fc
      .integer({ min: 0, max: 400 })
      .map((days) => new Date(Date.UTC(2031, 0, 1 + days)).toISOString().slice(0, 10))
    fc.assert(
      fc.property(days, days, days, (validFrom, today, later) => {
        const open = { validFrom, validTo: null, needsConfirmation: false, confirmedBy: null }
        const ended = { ...open, validTo: endOf(open, today) }
        if (later >= today) expect(postState(ended, later)).not.toBe('current')
      }),
    )
  })

  test('a post ends after it begins and after today', () => {
    expect(periodOf({ validFrom: null, validTo: null }, '2031-03-04')).toEqual({
      validFrom: '2031-03-04',
      validTo: null,
    })
    expect(codeOf(() => periodOf({ validFrom: '2031-03-04', validTo: '2031-03-04' }, '2031-03-01'))).toBe(
      'access.ends-before-it-begins',
    )
    expect(codeOf(() => periodOf({ validFrom: '2031-02-01', validTo: '2031-03-01' }, '2031-03-04'))).toBe(
      'access.already-ended',
    )
  })
})

describe('the table of rights', () => {
  test('roles that are not of the table, and permissions that are not, are denied', () => {
    for (const role of ['none', 'nobody', 'system', '', 'Administrator']) expect(permissionsOf(role)).toEqual([])
    expect(allows('administrator', 'plans.rule-the-world')).toBe(false)
    expect(allows('administrator', 'constructor')).toBe(false)
  })

  test('administrators do no work of plans, and those who work administer nothing', () => {
    for (const role of Role.options) {
      const held = permissionsOf(role)
      const administers = held.some((code) => {
        const row = permissions.get(code)
        return row?.needsRecentSignIn === true && row.scope !== 'own'
      })
      const works = held.some((code) =>
        ['plans.draft', 'plans.issue', 'plans.report-progress', 'plans.check-progress'].includes(code),
      )
      expect(administers && works, role).toBe(false)
    }
  })

  test('every role can be handed out by an administrator, alone or confirmed, never both', () => {
    const { alone, confirmed } = grantable.administrator ?? { alone: [], confirmed: [] }
    expect([...alone, ...confirmed].sort()).toEqual([...Role.options].sort())
  })
})

describe('passwords', () => {
  const common = new Set(['matkhau12345', 'anhyeuem123456'])
  test.each([
    ['ngắn quá', 'access.password-too-short'],
    ['tôi là tran.an đây', 'access.password-holds-login'],
    ['Matkhau_12345', 'access.password-common'],
    ['aaaaaaaaaaaa', 'access.password-common'],
    ['abababababab', 'access.password-common'],
    ['x'.repeat(100) + 'yzab'.repeat(30), 'access.password-too-long'],
    ['bốn con trâu đen', undefined],
    ['không có chữ số', undefined],
  ])('%s: %s', (password, code) => {
    expect(passwordFault(password, { login: 'tran.an', common })).toBe(code)
  })
})
