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

type Said = { kind: ProblemKind | 'internal'; code: string; params: Problem['params']; fields: FieldFault[] }

function toProblem(fault: unknown): Said {
  if (fault instanceof Problem) return fault
  const status = fault instanceof Error && 'statusCode' in fault ? fault.statusCode : undefined
  if (status === 413) return { kind: 'invalid', code: 'platform.too-large', params: {}, fields: [] }
  if (status === 415 || status === 400)
    return { kind: 'invalid', code: 'platform.unreadable-request', params: {}, fields: [] }
  return { kind: 'internal', code: 'platform.unexpected', params: {}, fields: [] }
}

/** Turns what a schema refused into field faults with pointers. */
export function toFieldFaults(error: z.ZodError): FieldFault[] {
  return error.issues.map((issue) => ({ pointer: `/${issue.path.map(String).join('/')}`, ...faultOf(issue) }))
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
