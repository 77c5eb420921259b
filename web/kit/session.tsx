import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import { actIn, answer, api, send } from './api.ts'
import { ApiProblem } from './problem.ts'

export interface Post {
  id: string
  agencyId: string
  agencyName: string
  role: string
  unitName: string | null
}

/** Who is here and what they may do, as `GET /api/v1/session` says. */
export interface Session {
  person: { id: string; name: string; language: string }
  posts: Post[]
  actingPostId: string | null
  permissions: string[]
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
