import { auditAndLog } from './audit.ts'
import { authorization } from './authorization.ts'
import { inputAndOutput } from './input.ts'
import { signingIn } from './signing-in.ts'
import type { Variant } from './variant.ts'

/** Every flaw rebuilt, in the order of the document that tells of them. */
export const variants: Variant[] = [...authorization, ...signingIn, ...inputAndOutput, ...auditAndLog]
