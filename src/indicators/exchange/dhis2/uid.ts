import { createHash } from 'node:crypto'

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const signs = `${letters}0123456789`

/** The id other systems know a thing of ours by: 11 letters and digits, a letter first, always the same for the same thing. */
export function uidOf(kind: string, name: string): string {
  const digest = createHash('sha256').update(`${kind}\n${name}`).digest()
  return Array.from({ length: 11 }, (_none, at) => {
    const from = at === 0 ? letters : signs
    return from[((digest[at * 2] ?? 0) * 256 + (digest[at * 2 + 1] ?? 0)) % from.length]
  }).join('')
}

/** The id DHIS2 itself gives the combination that parts nothing, the same in every installation. */
export const defaultCombo = 'HllvX50cXC0'
/** And the category combination it is of. */
export const defaultCategoryCombo = 'bjDvmb4bfuf'
