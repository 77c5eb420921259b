import { createServer } from 'node:http'
import Provider from 'oidc-provider'

/** A real provider of OpenID Connect on this machine; whoever comes is signed in there as `who`. */
export type IdentityProvider = {
  issuer: string
  client: { id: string; secret: string }
  who: { subject: string; acr: string }
  /** Goes where a browser would be sent, signs in there, and comes back. @returns the address it is sent back to */
  visit: (address: string) => Promise<URL>
  close: () => Promise<void>
}

export const assurance = ['urn:tl:1', 'urn:tl:2', 'urn:tl:3']

export async function anIdentityProvider(redirect: string): Promise<IdentityProvider> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const held = server.address()
  const issuer = `http://127.0.0.1:${typeof held === 'object' && held !== null ? held.port : 0}`
  const client = { id: 'mangnon', secret: 'a secret of the test' }
  const who = { subject: 'nobody', acr: assurance[1] ?? '' }
  const provider = new Provider(issuer, {
    clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [redirect] }],
    features: { devInteractions: { enabled: false } },
    acrValues: assurance,
    pkce: { required: () => true },
    cookies: { keys: ['kept for the test'] },
    interactions: { url: (_context: unknown, interaction: { uid: string }) => `/interaction/${interaction.uid}` },
    findAccount: (_context: unknown, accountId: string) => ({ accountId, claims: () => ({ sub: accountId }) }),
  })
  const serve = provider.callback()
  server.on('request', (request, response) => {
    const work = async () => {
      if (!request.url?.startsWith('/interaction/')) return serve(request, response)
      const { prompt, params, session } = await provider.interactionDetails(request, response)
      const finish = (result: Record<string, unknown>) =>
        provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true })
      if (prompt.name === 'login') return finish({ login: { accountId: who.subject, acr: who.acr } })
      const grant = new provider.Grant({ accountId: session?.accountId, clientId: params.client_id })
      grant.addOIDCScope('openid')
      return finish({ consent: { grantId: await grant.save() } })
    }
    work().catch((fault: unknown) => response.destroy(fault instanceof Error ? fault : undefined))
  })
  return {
    issuer,
    client,
    who,
    visit: (address) => follow(address, redirect),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** Follows redirects with the provider's cookies, as a browser does, until it is sent back here. */
async function follow(address: string, redirect: string): Promise<URL> {
  const cookies = new Map<string, string>()
  let next = new URL(address)
  for (let step = 0; step < 12; step++) {
    if (next.href.startsWith(redirect)) return next
    const answer = await fetch(next, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    })
    for (const laid of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(laid) ?? []
      if (name !== undefined && value !== undefined) cookies.set(name, value)
    }
    const location = answer.headers.get('location')
    if (location === null) throw new Error(`the provider stopped at ${next.pathname}: ${await answer.text()}`)
    next = new URL(location, next)
  }
  throw new Error('the provider sends in circles')
}
