import createClient, { type Middleware } from 'openapi-fetch'
import type { paths } from './api-types.ts'
import { ApiProblem, problemOf } from './problem.ts'

const base = '/api/v1'
const safe = new Set(['GET', 'HEAD', 'OPTIONS'])
const settings: { postId: string | undefined } = { postId: undefined }

/** The post one acts in from now on; sent with every request. */
export function actIn(postId: string | undefined): void {
  settings.postId = postId
}

/** A random UUID; `crypto.randomUUID` is missing on plain http inside an office network. */
export function freshKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

function dress(headers: Headers, method: string): void {
  headers.set('Accept-Language', document.documentElement.lang)
  if (settings.postId) headers.set('X-Mangnon-Post', settings.postId)
  if (safe.has(method)) return
  headers.set('X-Mangnon', '1')
  if (!headers.has('Idempotency-Key')) headers.set('Idempotency-Key', freshKey())
}

const courtesy: Middleware = {
  onRequest({ request }) {
    dress(request.headers, request.method)
    return request
  },
}

/** The server's routes, typed. Wrap each call in `answer`. */
export const api = createClient<paths>({ baseUrl: base, credentials: 'same-origin' })
api.use(courtesy)

/**
 * The data of a call, or an `ApiProblem`: `await answer(api.GET('/session'))`.
 * No answer at all is code `kit.unreachable`, status 0.
 */
export async function answer<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, response, error } = await call.catch(unreachable)
  if (!response.ok) throw problemOf(response.status, error)
  return data as T
}

/**
 * Any route as an untyped request with the same headers and errors: file uploads (`body` as FormData), downloads.
 * A body that is text is JSON.
 *
 * @param path under `/api/v1`, beginning with a slash
 */
export async function send(method: string, path: string, body?: BodyInit, signal?: AbortSignal): Promise<Response> {
  const headers = new Headers()
  dress(headers, method)
  if (typeof body === 'string') headers.set('Content-Type', 'application/json')
  const request = { method, headers, body, signal, credentials: 'same-origin' } as const
  const response = await fetch(`${base}${path}`, request).catch(unreachable)
  if (response.ok) return response
  const answered: unknown = await response.json().catch(() => undefined)
  throw problemOf(response.status, answered)
}

function unreachable(cause: unknown): never {
  if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
  throw new ApiProblem({ code: 'kit.unreachable', title: '', status: 0 }, cause)
}
