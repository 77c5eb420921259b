import type { Route } from '#platform'
import { Role } from './model.ts'
import { factorRoles, permissions } from './permission-table.ts'

/**
 * The committed table of rights (`docs/api/permissions.json`): every permission with its roles, every route with who
 * passes it. @throws Error when a route names a permission the table lacks, or the table holds one no route asks for
 */
export function describePermissions(routes: readonly Route[]): object {
  const unused = new Set(permissions.keys())
  const described = routes.map((declared) => {
    unused.delete(declared.allow)
    return {
      route: `${declared.method.toUpperCase()} /api/v1${declared.path}`,
      allow: declared.allow,
      ...whoPasses(declared),
    }
  })
  if (unused.size > 0) throw new Error(`no route asks for ${[...unused].join(', ')}`)
  return {
    roles: Role.options,
    secondFactor: factorRoles,
    permissions: [...permissions].map(([code, row]) => ({
      code,
      roles: row.roles,
      scope: row.scope,
      needsRecentSignIn: row.needsRecentSignIn ?? false,
      twoPersons: row.twoPersons ?? false,
    })),
    routes: described.sort((one, other) => (one.route < other.route ? -1 : 1)),
  }
}

/** Open to everyone who has come in so far, whatever the posts (`authorize.ts`). */
const personal = new Set(['known', 'entering', 'enrolling', 'signed-in'])

function whoPasses(declared: Route): { roles: readonly string[]; scope: string } {
  if (declared.allow === 'public') return { roles: ['everyone'], scope: 'public' }
  if (personal.has(declared.allow)) return { roles: [...Role.options, 'none'], scope: 'own' }
  const row = permissions.get(declared.allow)
  if (!row) throw new Error(`${declared.method} ${declared.path} names ${declared.allow}, which is not in the table`)
  return { roles: row.roles, scope: row.scope }
}
