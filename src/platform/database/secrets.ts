import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'

const Secrets = z.strictObject({
  /** Names this data directory among the processes of the machine; does not change when the directory moves. */
  instance: z.string().regex(/^[0-9a-f]{16}$/),
  bootstrapPassword: z.string(),
  ownerPassword: z.string(),
  appPassword: z.string(),
  /** Passwords of login roles we made on other servers, by `host/database`. */
  external: z.record(z.string(), z.string()),
})

export type Secrets = z.infer<typeof Secrets>

/** The passwords of the product's own database roles, made at the first start and kept in a file only its owner reads. */
export function readSecrets(home: string): Secrets {
  const path = secretsPath(home)
  if (existsSync(path)) return Secrets.parse(JSON.parse(readFileSync(path, 'utf8')))
  const secrets: Secrets = {
    instance: randomBytes(8).toString('hex'),
    bootstrapPassword: newPassword(),
    ownerPassword: newPassword(),
    appPassword: newPassword(),
    external: {},
  }
  writeSecrets(home, secrets)
  return secrets
}

/** Whole or not at all, also when power fails: written beside, synced, renamed. */
export function writeSecrets(home: string, secrets: Secrets): void {
  const path = secretsPath(home)
  const beside = `${path}.${process.pid}.new`
  const file = openSync(beside, 'w', 0o600)
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`)
  fsyncSync(file)
  closeSync(file)
  renameSync(beside, path)
  const directory = openSync(dirname(path), 'r')
  fsyncSync(directory)
  closeSync(directory)
}

export function newPassword(): string {
  return randomBytes(24).toString('base64url')
}

function secretsPath(home: string): string {
  return join(home, 'secrets.json')
}
