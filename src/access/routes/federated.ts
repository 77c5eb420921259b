import { z } from 'zod'
import { route, type Route } from '#platform'
import { Id } from '#platform/model'
import { beginFederated, beginLink, endFederated, endIdentity, listIdentities } from '../commands/federated.ts'
import type { AccessParts } from '../ground.ts'
import { BeginFederated, EndFederated, FederatedAddress, FederatedProvider, Identity, Session } from '../model.ts'

/** Signing in with another provider (OpenID Connect). */
export function federatedRoutes(parts: AccessParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/session/federated',
      summary: 'The provider people may sign in with',
      allow: 'public',
      returns: FederatedProvider,
      run: () => Promise.resolve({ name: parts.provider?.name ?? null }),
    }),
    route({
      method: 'post',
      path: '/session/federated/begin',
      summary: 'Go out to the provider',
      allow: 'public',
      body: BeginFederated,
      returns: FederatedAddress,
      run: (ctx, { body }) => beginFederated(ctx, parts, body),
    }),
    route({
      method: 'post',
      path: '/session/federated',
      summary: 'Come back from the provider',
      allow: 'public',
      body: EndFederated,
      returns: Session,
      run: (ctx, { body }) => endFederated(ctx, parts, body),
    }),
    route({
      method: 'get',
      path: '/account/identities',
      summary: 'The own links to the provider',
      allow: 'signed-in',
      returns: z.array(Identity),
      run: (ctx) => listIdentities(ctx),
    }),
    route({
      method: 'post',
      path: '/account/identities',
      summary: 'Go out to the provider to link the own account',
      allow: 'enrolling',
      shownOnce: true,
      returns: FederatedAddress,
      run: (ctx) => beginLink(ctx, parts),
    }),
    route({
      method: 'post',
      path: '/account/identities/{id}/end',
      summary: 'Give up a link to the provider',
      allow: 'enrolling',
      params: z.object({ id: Id }),
      run: (ctx, { params }) => endIdentity(ctx, params.id),
    }),
  ]
}
