import type { Configuration } from 'openid-client'
import { unavailable } from '#platform'

/** What the operator set of the provider people may sign in with. */
export type FederationSettings = {
  name: string
  issuer: string
  clientId: string
  clientSecret: string
  /** What the provider calls the levels of assurance: 1 = declared, 2 = checked against papers, 3 = met in person or by biometrics. */
  acr: readonly string[]
  /** The least level that is let in. */
  level: number
}

/** What a provider told of a person. */
export type Told = { subject: string; level: number }

export type Provider = {
  name: string
  issuer: string
  level: number
  /** Where the browser goes, and what must come back with it. */
  begin: (redirect: string, secrets: { verifier: string; nonce: string; state: string }) => Promise<string>
  /** @returns undefined when what came back does not hold */
  end: (back: URL, secrets: { verifier: string; nonce: string; state: string }) => Promise<Told | undefined>
}

const client = () => import('openid-client')

/**
 * A provider of OpenID Connect: code with PKCE, state and nonce. Its description is fetched when first needed, and again
 * after a failure.
 */
export function openProvider(settings: FederationSettings): Provider {
  let found: Promise<Configuration> | undefined
  const discovered = async () => {
    const { discovery, allowInsecureRequests } = await client()
    const issuer = new URL(settings.issuer)
    found ??= discovery(issuer, settings.clientId, settings.clientSecret, undefined, {
      timeout: 10,
      ...(issuer.protocol === 'http:' ? { execute: [allowInsecureRequests] } : {}),
    })
    return found.catch((cause: unknown) => {
      found = undefined
      throw unavailable('access.provider-unreachable', {}, cause)
    })
  }
  return {
    name: settings.name,
    issuer: settings.issuer,
    level: settings.level,
    async begin(redirect, { verifier, nonce, state }) {
      const { buildAuthorizationUrl, calculatePKCECodeChallenge } = await client()
      const address = buildAuthorizationUrl(await discovered(), {
        redirect_uri: redirect,
        scope: 'openid',
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        acr_values: settings.acr.slice(settings.level - 1).join(' '),
        nonce,
        state,
      })
      return address.href
    },
    async end(back, { verifier, nonce, state }) {
      const { authorizationCodeGrant } = await client()
      const configuration = await discovered()
      const tokens = await authorizationCodeGrant(configuration, back, {
        pkceCodeVerifier: verifier,
        expectedNonce: nonce,
        expectedState: state,
        idTokenExpected: true,
      }).catch(() => undefined)
      const claims = tokens?.claims()
      if (!claims) return undefined
      const acr = typeof claims.acr === 'string' ? claims.acr : ''
      return { subject: claims.sub, level: settings.acr.indexOf(acr) + 1 }
    },
  }
}
