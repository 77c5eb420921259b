import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import { actIn, answer, api, send } from './api.ts'
import { forgetDrafts } from './kept-drafts.ts'
import { ApiProblem } from './problem.ts'

export interface Post {
  id: string
  agencyId: string
  agencyName: string
  role: string
  unitName: string | null
  /** For whom one stands in. */
  standsInForName: string | null
}

/** Who is here and what they may do, as `GET /api/v1/session` says. */
export interface Session {
  person: { id: string; name: string; language: string }
  posts: Post[]
  actingPostId: string | null
  permissions: string[]
  /** Until it is `whole` the second factor is still to be given, or to be taken up. */
  stage: 'whole' | 'factor' | 'enrolment'
  factors: readonly ('totp' | 'passkey' | 'recovery')[]
  /** A second factor is needed, there is none, and here it may wait. */
  isFactorPostponed: boolean
  demo: boolean
  country: { code: string; name: string; timeZone?: string }
  /** Today in the country's time zone. */
  today: string
}

const postKept = 'mangnon.post'

/** A post kept in this tab may have ended meanwhile: then the server's own choice of post stands. */
async function fetchSession(): Promise<Session | null> {
  const kept = sessionStorage.getItem(postKept)
  actIn(kept ?? undefined)
  try {
    return await answer(api.GET('/session'))
  } catch (problem) {
    if (!(problem instanceof ApiProblem)) throw problem
    if (problem.status === 401) return null
    if (kept === null || problem.status < 400 || problem.status >= 500) throw problem
    forgetPost()
    return await answer(api.GET('/session'))
  }
}

/** Null when nobody is signed in. */
export const sessionQuery = queryOptions({ queryKey: ['session'], queryFn: fetchSession, staleTime: 5 * 60_000 })

export async function signIn(queries: QueryClient, login: string, password: string): Promise<Session> {
  forgetPost()
  const session = await answer(api.POST('/session', { body: { login, password } }))
  queries.setQueryData(sessionQuery.queryKey, session)
  return session
}

/** The second step of signing in: by a code, or by what a passkey signed. */
export async function giveFactor(
  queries: QueryClient,
  body: { kind: 'totp' | 'recovery'; code: string } | { passkey: unknown },
): Promise<Session> {
  const isPasskey = 'passkey' in body
  const sent = isPasskey ? { response: body.passkey } : body
  const answered = await send('POST', isPasskey ? '/session/passkey' : '/session/factor', JSON.stringify(sent))
  const session = (await answered.json()) as Session
  queries.setQueryData(sessionQuery.queryKey, session)
  return session
}

/** The provider people may sign in with beside the password, where the operator set one. */
export const providerQuery = queryOptions({
  queryKey: ['provider'],
  queryFn: () => answer(api.GET('/session/federated')),
  staleTime: Infinity,
})

/** Leaves for the identity provider; with the code of a slip to take it up there. */
export async function goOut(code: string | undefined): Promise<void> {
  const { address } = await answer(api.POST('/session/federated/begin', { body: { code: code ?? null } }))
  window.location.assign(address)
}

/** Ends the round to the provider and back. */
export async function comeBack(
  queries: QueryClient,
  back: { code: string; state: string; iss: string | undefined },
): Promise<Session> {
  forgetPost()
  const session = await answer(api.POST('/session/federated', { body: back }))
  queries.setQueryData(sessionQuery.queryKey, session)
  return session
}

export async function acceptInvitation(queries: QueryClient, code: string, password: string): Promise<Session> {
  forgetPost()
  const session = await answer(api.POST('/session/invitation', { body: { code, password } }))
  queries.setQueryData(sessionQuery.queryKey, session)
  return session
}

export interface FirstAdministrator {
  code: string
  name: string
  login: string
  password: string
}

export async function becomeFirstAdministrator(queries: QueryClient, body: FirstAdministrator): Promise<Session> {
  forgetPost()
  const session = await answer(api.POST('/session/first-administrator', { body }))
  queries.setQueryData(sessionQuery.queryKey, session)
  return session
}

/** Ends the session on the server and forgets everything this tab knew. */
export async function signOut(queries: QueryClient): Promise<void> {
  await answer(api.DELETE('/session'))
  forgetPost()
  sessionStorage.clear()
  forgetDrafts()
  queries.setQueryData(sessionQuery.queryKey, null)
  queries.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionQuery.queryKey[0] })
}

function forgetPost(): void {
  sessionStorage.removeItem(postKept)
  actIn(undefined)
}

/** Keeps the language with the person, so that another machine speaks it too. */
export async function preferLanguage(language: string): Promise<void> {
  await send('POST', '/session/language', JSON.stringify({ language }))
}

/** Acts in another of one's posts: all that was read under the old one is read anew. */
export async function changePost(queries: QueryClient, postId: string): Promise<void> {
  sessionStorage.setItem(postKept, postId)
  actIn(postId)
  await queries.invalidateQueries()
}

const SessionContext = createContext<Session | undefined>(undefined)

/** Hands the session to the pages behind the sign-in. */
export const SessionProvider = SessionContext.Provider

/** The session of the person signed in; pages behind the sign-in always have one. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('No session: this component stands outside the signed-in pages')
  return session
}

/** `const may = useMay(); may('plans.issue')` hides what one's posts do not allow; the server decides. */
export function useMay(): (permission: string) => boolean {
  const { permissions } = useSession()
  return (permission) => permissions.includes(permission)
}
