/**
 * Placeholder with the session routes only, in the shape openapi-typescript writes.
 * `mangnon generate` overwrites this file from docs/api/openapi.json.
 */
interface SessionBody {
  person: { id: string; name: string; language: string }
  posts: { id: string; agencyId: string; agencyName: string; role: string; unitName: string }[]
  actingPostId: string | null
  permissions: string[]
  demo: boolean
  country: { code: string; name: string }
  today: string
}

interface Answer<T> {
  headers: { [name: string]: unknown }
  content: { 'application/json': T }
}

interface Nothing {
  headers: { [name: string]: unknown }
  content?: never
}

interface NoParameters {
  query?: never
  header?: never
  path?: never
  cookie?: never
}

interface Posting<Body, T> {
  parameters: NoParameters
  requestBody: { content: { 'application/json': Body } }
  responses: { 200: Answer<T> }
}

export interface paths {
  '/session': {
    parameters: NoParameters
    get: { parameters: NoParameters; requestBody?: never; responses: { 200: Answer<SessionBody> } }
    post: Posting<{ login: string; password: string }, SessionBody>
    delete: { parameters: NoParameters; requestBody?: never; responses: { 204: Nothing } }
  }
  '/session/invitation': { parameters: NoParameters; post: Posting<{ code: string; password: string }, SessionBody> }
  '/session/first-administrator': {
    parameters: NoParameters
    post: Posting<{ code: string; name: string; login: string; password: string }, SessionBody>
  }
}
