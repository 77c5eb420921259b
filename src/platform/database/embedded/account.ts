import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** The operating-system account PostgreSQL runs as; undefined = the one we run as. */
export type Account = { uid: number; gid: number; name: string } | undefined

/**
 * PostgreSQL refuses to run as root. Root therefore hands it to the owner of the data, else `postgres`, else `nobody`;
 * the account must be in the passwd file, or initdb fails.
 */
export function chooseAccount(dataDirectory: string): Account {
  if (process.getuid?.() !== 0) return undefined
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter((account) => account.uid > 0)
  const owner = existsSync(dataDirectory) ? statSync(dataDirectory).uid : 0
  const chosen =
    (owner > 0 ? accounts.find((account) => account.uid === owner) : undefined) ??
    accounts.find((account) => account.name === 'postgres') ??
    accounts.find((account) => account.name === 'nobody')
  if (chosen === undefined)
    throw new Error('No account to run PostgreSQL as: /etc/passwd has neither postgres nor nobody')
  return chosen
}

/** Whether the account may pass through every directory down to and including this one. */
export function canReach(account: Account, directory: string): boolean {
  if (account === undefined) return true
  for (let at = directory; ; at = dirname(at)) {
    const { uid, gid, mode } = statSync(at)
    const needed = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
    if ((mode & needed) === 0) return false
    if (at === dirname(at)) return true
  }
}
