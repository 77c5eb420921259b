import { QueryClient } from '@tanstack/react-query'
import { expect, it } from 'vitest'
import { pages } from '../../test/kit/pages.ts'
import { createAppRouter } from './router.tsx'

/** Home leads on to the first page of the rail; the kit's stories are no page of a production build. */
const notPages = ['/', '/kit']

it('every page of the router is looked at by the browser suite', () => {
  const known = Object.keys(createAppRouter(new QueryClient()).routesByPath).filter((path) => !notPages.includes(path))
  expect(pages.map(([, , path]): string => path).sort()).toEqual(known.sort())
})
