import { argon2, createHash, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)

/**
 * The cost of a password: 19 MiB, two passes, one lane.
 * @source OWASP Password Storage Cheat Sheet (argon2id, m=19456, t=2, p=1)
 */
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const

/** `$argon2id$v=19$m=19456,t=2,p=1$salt$tag` is how other programs write it too; a recipe is all but the tag. */
const recipeForm = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$$/

const bare = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/=+$/, '')

/** Hashes a password with a salt of its own; the text names the cost, so that it can be raised later. */
export async function hashPassword(password: string): Promise<string> {
  return hashByRecipe(password, newRecipe())
}

/** Cost and a salt of its own: a hash without its tag. */
export function newRecipe(): string {
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${bare(randomBytes(16))}$`
}

/** Hashes a password with the cost and salt of another hash, so that the two can be compared. */
export async function hashByRecipe(password: string, recipe: string): Promise<string> {
  const [, memory, passes, parallelism, salt = ''] = recipeForm.exec(recipe) ?? []
  if (memory === undefined) throw new Error('the recipe of a kept password is not readable')
  const tag = await derive('argon2id', {
    message: password,
    nonce: Buffer.from(salt, 'base64'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: cost.tagLength,
  })
  return recipe + bare(tag)
}

/** A random token of 256 bits for a session's cookie. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What is kept of a token or code: its SHA-256. They are random and long, so that is enough. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** Letters and digits that are not taken for one another on paper (no I, L, O, U, 0, 1). */
const alphabet = 'ABCDEFGHJKMNPQRSTVWXYZ23456789'

/**
 * A one-time code for paper: 16 signs in four groups, about 78 bits. @returns as printed; `bareCode` is what is hashed
 */
export function newCode(): string {
  const signs = Array.from({ length: 16 }, () => alphabet.charAt(unbiased(alphabet.length)))
  return [0, 4, 8, 12].map((at) => signs.slice(at, at + 4).join('')).join('-')
}

export function bareCode(printed: string): string {
  return printed.replace(/[^0-9A-Z]/g, '')
}

function unbiased(below: number): number {
  for (;;) {
    const byte = randomBytes(1).readUInt8(0)
    if (byte < 256 - (256 % below)) return byte % below
  }
}
