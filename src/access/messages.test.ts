import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { messageFolders, openCatalogue, readMessages } from '#platform'
import { Language } from '#platform/model'
import { Role } from './model.ts'
import { permissions } from './permission-table.ts'

const src = path.resolve(import.meta.dirname, '..')
const messages = readMessages(messageFolders(src))
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(path.join(src, file), 'utf8'))

/** What is written in the audit as done or refused, as the sources name it; where one of two is chosen, both. */
const actions = [
  ...new Set(
    sources.flatMap((text) =>
      [
        ...text.matchAll(
          /(?:record\(\s*|action: |forbidden\()(?:[^'()\n]*\? )?'([a-z]+\.[a-z-]+)'(?:\s*:\s*'([a-z]+\.[a-z-]+)')?/g,
        ),
      ].flatMap(([, one, other]) => [one, other].filter((name) => name !== undefined)),
    ),
  ),
]

describe('the audit is read in each language', () => {
  test('the acts are found in the sources', () => {
    expect(actions).toEqual(
      expect.arrayContaining([
        'access.person-invited',
        'access.sign-in-refused',
        'access.not-permitted',
        'platform.job-cancelled',
        'access.successor-named',
        'notifications.thread-reopened',
        'notifications.comment-written',
      ]),
    )
    expect(actions.length).toBeGreaterThan(30)
  })

  test.each(Language.options)('every act, role and permission is said in %s', (language) => {
    const keys = [
      ...actions,
      ...Role.options.map((role) => `access.role.${role}`),
      ...[...permissions.keys()].map((code) => `access.means.${code}`),
    ]
    expect(keys.filter((key) => !(key in messages[language]))).toEqual([])
  })

  test('a sentence names the role and whether it waits', () => {
    const say = openCatalogue(messages)
    expect(say('vi', 'access.post-granted', { subject: 'Lan', role: 'Chuyên viên', waits: 'true' })).toBe(
      'Giao cho Lan vị trí Chuyên viên, chờ người thứ hai xác nhận',
    )
    expect(say('en', 'access.sign-in-refused', { subject: 'Lan', tries: 10 })).toBe(
      'Sign-in to the account Lan failed, 10 times so far',
    )
    expect(say('fr', 'access.sign-in-refused', { subject: 'Lan', tries: 1 })).toBe('Échec de connexion au compte Lan')
  })
})
