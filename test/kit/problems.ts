import { expect } from 'vitest'
import type { Route } from '#platform'
import type { Answer, Method } from './plan-world.ts'

/** An id that no record has. */
export const none = '0190b0b0-0000-7000-8000-000000000001'
/** The address of a route on records that are not there. */
export const at = (route: Route) => route.path.replace('{number}', '1').replace(/\{\w+\}/g, none)
export const methodOf = (route: Route) => route.method.toUpperCase() as Method

/** What no answer may tell: words of the database, of the code, of the machine. */
export const inside =
  /violates|constraint|relation "|syntax error|invalid input syntax|duplicate key|column|SQLSTATE|node_modules|\.ts\b|at Object|\/home\/|postgres|ECONN/i
/** Expects a problem as RFC 9457 has it, that tells nothing of the inside. */
export function expectProblem(answer: Answer, about: unknown): void {
  expect([about, answer.headers['content-type']]).toEqual([about, expect.stringMatching(/^application\/problem\+json/)])
  expect([about, answer.body]).toEqual([
    about,
    expect.objectContaining({
      type: `urn:mangnon:problem:${String(answer.body.code)}`,
      status: answer.status,
      title: expect.stringMatching(/\S/),
      requestId: expect.stringMatching(/\S/),
    }),
  ])
  expect([about, inside.exec(answer.raw.toString())?.[0]]).toEqual([about, undefined])
}
