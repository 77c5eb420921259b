import { useQuery, type QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
  Outlet,
  redirect,
  retainSearchParams,
  type ErrorComponentProps,
} from '@tanstack/react-router'
import { asOfName } from '../kit/address.ts'
import { Empty, LoadFailed } from '../kit/Empty.tsx'
import { isOpenTo, type Page } from '../kit/page.ts'
import { searchEverywhere } from '../kit/search.ts'
import { keepDraftsOf } from '../kit/kept-drafts.ts'
import { SessionProvider, sessionQuery, useSession } from '../kit/session.tsx'
import { useText } from '../kit/text.tsx'
import { parseSearch, stringifySearch } from '../kit/url.ts'
import { Outside } from './Outside.tsx'
import { pages, railFor, searchSources } from './registry.ts'
import { Shell } from './Shell.tsx'

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    section?: string
    path?: string
  }
}

interface RouterContext {
  queries: QueryClient
}

const root = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  search: { middlewares: [retainSearchParams([asOfName as never])] },
})

/** Everything behind the sign-in: no session, no page, and back here afterwards. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.ensureQueryData(sessionQuery)
    if (!session) throw redirect({ to: '/dang-nhap', search: { tiep: location.href } as never })
    if (session.stage !== 'whole')
      throw redirect({ to: '/dang-nhap/buoc-hai', search: { tiep: location.href } as never })
  },
  component: Inside,
  errorComponent: OutsideFailed,
})

const search = searchEverywhere(searchSources)

/** When the session ends while a page is open, the page goes before the way to the sign-in is found. */
function Inside() {
  const { data: session } = useQuery(sessionQuery)
  if (session?.stage !== 'whole') return null
  keepDraftsOf(session.person.id)
  return (
    <SessionProvider value={session}>
      <Shell entries={railFor(pages, session.permissions)} search={search}>
        <Outlet />
      </Shell>
    </SessionProvider>
  )
}

function OutsideFailed({ error, reset }: ErrorComponentProps) {
  const t = useText()
  return (
    <Outside title={t('app.cannot-open')}>
      <LoadFailed problem={error} onRetry={reset} />
    </Outside>
  )
}

function PageFailed({ error, reset }: ErrorComponentProps) {
  return <LoadFailed problem={error} onRetry={reset} />
}

function NotFound() {
  const t = useText()
  return (
    <Empty isPage title={t('kit.not-found')}>
      {t('kit.not-found-words')}
    </Empty>
  )
}

/** Home is the first page of the rail: my work, where it exists and is open. */
function Home() {
  const t = useText()
  const { permissions } = useSession()
  const [first] = railFor(pages, permissions)
  return first ? (
    <Navigate to={first.to} replace />
  ) : (
    <Empty isPage title={t('app.no-pages')}>
      {t('app.no-pages-words')}
    </Empty>
  )
}

function pageRoute(page: Page) {
  return createRoute({
    getParentRoute: () => inside,
    path: page.path,
    staticData: { section: page.section, path: page.path },
    beforeLoad: async ({ context }) => {
      const session = await (context as RouterContext).queries.ensureQueryData(sessionQuery)
      if (session && !isOpenTo(page, session.permissions)) throw redirect({ to: '/' })
    },
    component: lazyRouteComponent(async () => ({ Page: await page.load() }), 'Page'),
  })
}

function publicRoute(path: string, load: () => Promise<React.ComponentType>) {
  return createRoute({
    getParentRoute: () => root,
    path,
    component: lazyRouteComponent(async () => ({ Page: await load() }), 'Page'),
  })
}

const signIn = publicRoute('/dang-nhap', async () => (await import('./SignInPage.tsx')).SignInPage)
const secondStep = publicRoute('/dang-nhap/buoc-hai', async () => (await import('./SecondStepPage.tsx')).SecondStepPage)
const back = publicRoute('/dang-nhap/tro-ve', async () => (await import('./BackPage.tsx')).BackPage)
const invitation = publicRoute('/loi-moi', async () => (await import('./InvitationPage.tsx')).InvitationPage)
const firstAdministrator = publicRoute(
  '/quan-tri-dau-tien',
  async () => (await import('./FirstAdministratorPage.tsx')).FirstAdministratorPage,
)
const home = createRoute({ getParentRoute: () => inside, path: '/', component: Home })
const elsewhere = createRoute({ getParentRoute: () => inside, path: '$', component: NotFound })

/** The kit to look at; not in a production build. */
const stories: readonly Page[] =
  import.meta.env.MODE === 'production'
    ? []
    : [
        {
          path: '/kit',
          title: 'app.name',
          section: 'administration',
          load: async () => (await import('../kit/stories/Stories.tsx')).Stories,
        },
      ]

/** All pages of all modules under one router. */
export function createAppRouter(queries: QueryClient) {
  const routeTree = root.addChildren([
    inside.addChildren([home, elsewhere, ...[...pages, ...stories].map(pageRoute)]),
    signIn,
    secondStep,
    back,
    invitation,
    firstAdministrator,
  ])
  return createRouter({
    routeTree,
    context: { queries },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    defaultErrorComponent: PageFailed,
    defaultNotFoundComponent: NotFound,
  })
}
