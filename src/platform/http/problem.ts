import { z } from 'zod'
import type { Catalogue } from '../languages.ts'
import { Problem, type FieldFault, type ProblemKind } from '../errors.ts'
import type { Language } from '../model.ts'

/** The one table from kinds to HTTP statuses. */
const statuses: Record<ProblemKind | 'internal', number> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  tooMany: 429,
  unavailable: 503,
  internal: 500,
}

/** The body of every failed answer (RFC 9457). */
export const ProblemBody = z
  .object({
    type: z.string(),
    title: z.string().describe("What happened, in the reader's language"),
    status: z.number().int(),
    code: z.string().describe('Stable code `module.what-is-wrong`'),
    requestId: z.string(),
    errors: z.array(z.object({ pointer: z.string(), code: z.string(), title: z.string() })).optional(),
  })
  .meta({ id: 'Problem' })
export type ProblemBody = z.infer<typeof ProblemBody>

/** Says a problem in the reader's language; anything that is not a `Problem` says nothing of its inside. */
export function problemBody(fault: unknown, say: Catalogue, language: Language, requestId: string): ProblemBody {
  const problem = toProblem(fault)
  const errors = problem.fields.map((field) => ({
    pointer: field.pointer,
    code: field.code,
    title: say(language, field.code, field.params ?? {}),
  }))
  return {
    type: `urn:mangnon:problem:${problem.code}`,
    title: say(language, problem.code, problem.params),
    status: statuses[problem.kind],
    code: problem.code,
    requestId,
    ...(errors.length > 0 ? { errors } : {}),
  }
}

/** What the database gives up for a reason that passes: deadlock, conflict, lock or statement timeout, no connection left, going down. */
const passing = new Set(['40001', '40P01', '55P03', '57014', '53300', '57P01', '57P02', '57P03'])

/** How the driver says that the server could not be reached, or went away in the midst. */
const unreachable =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|(connect|read|write) E)/

function isPassing(fault: unknown): boolean {
  if (!(fault instanceof Error)) return false
  return ('severity' in fault && 'code' in fault && passing.has(String(fault.code))) || unreachable.test(fault.message)
}

/** In how many seconds the caller should try again, if waiting helps. */
export function retryAfterSeconds(fault: unknown): number | undefined {
  if (fault instanceof Problem && fault.kind === 'tooMany') return Number(fault.params.retryAfterSeconds)
  return isPassing(fault) ? 5 : undefined
}

type Said = { kind: ProblemKind | 'internal'; code: string; params: Problem['params']; fields: FieldFault[] }

function toProblem(fault: unknown): Said {
  if (fault instanceof Problem) return fault
  const status = fault instanceof Error && 'statusCode' in fault ? fault.statusCode : undefined
  if (status === 413) return { kind: 'invalid', code: 'platform.too-large', params: {}, fields: [] }
  if (status === 403 || status === 404) return { kind: 'notFound', code: 'platform.not-found', params: {}, fields: [] }
  if (status === 415 || status === 400)
    return { kind: 'invalid', code: 'platform.unreadable-request', params: {}, fields: [] }
  if (isPassing(fault)) return { kind: 'unavailable', code: 'platform.busy', params: {}, fields: [] }
  return { kind: 'internal', code: 'platform.unexpected', params: {}, fields: [] }
}

/** Turns what a schema refused into field faults with pointers. */
export function toFieldFaults(error: z.ZodError): FieldFault[] {
  return error.issues.map((issue) => ({ pointer: pointerTo(issue.path), ...faultOf(issue) }))
}

function pointerTo(path: readonly PropertyKey[]): string {
  return `/${path.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`
}

/** Deepest nesting of what is sent; no declared body comes near it. */
const mostLevels = 64

/** Where a parsed value holds text that cannot be stored: a NUL, or half of a character. */
export function findUnstorable(value: unknown, path: readonly PropertyKey[] = []): FieldFault[] {
  if (typeof value === 'string')
    return value.includes('\0') || !value.isWellFormed()
      ? [{ pointer: pointerTo(path), code: 'platform.invalid-text' }]
      : []
  if (typeof value !== 'object' || value === null) return []
  if (path.length > mostLevels) return [{ pointer: pointerTo(path.slice(0, 4)), code: 'platform.field-wrong' }]
  return Object.entries(value).flatMap(([key, part]) =>
    findUnstorable(key).length > 0
      ? [{ pointer: pointerTo(path), code: 'platform.invalid-text' }]
      : findUnstorable(part, [...path, key]),
  )
}

function faultOf(issue: z.core.$ZodIssue): { code: string; params?: Record<string, string | number> } {
  switch (issue.code) {
    case 'invalid_type':
      return { code: issue.input === undefined ? 'platform.field-missing' : 'platform.field-wrong-kind' }
    case 'too_small':
      return {
        code: issue.minimum === 1 && issue.origin === 'string' ? 'platform.field-missing' : 'platform.field-too-small',
        params: { minimum: Number(issue.minimum) },
      }
    case 'too_big':
      return { code: 'platform.field-too-long', params: { maximum: Number(issue.maximum) } }
    case 'unrecognized_keys':
      return { code: 'platform.field-unknown', params: { names: issue.keys.slice(0, 5).join(', ').slice(0, 200) } }
    case 'custom':
      return { code: issue.message.includes('.') ? issue.message : 'platform.field-wrong' }
    case 'invalid_format':
    case 'invalid_value':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'not_multiple_of':
      return { code: 'platform.field-wrong' }
  }
}
