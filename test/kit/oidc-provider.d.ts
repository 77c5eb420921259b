/** What the tests use of `oidc-provider`, which comes without types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  type Interaction = {
    prompt: { name: string }
    params: { client_id: string }
    session?: { accountId: string }
    grantId?: string
  }
  class Grant {
    constructor(of: { accountId: string | undefined; clientId: string })
    addOIDCScope(scope: string): void
    save(): Promise<string>
  }
  // eslint-disable-next-line no-restricted-syntax -- the package has a default export
  export default class Provider {
    constructor(issuer: string, settings: Record<string, unknown>)
    readonly Grant: typeof Grant
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: Record<string, unknown>,
      options: { mergeWithLastSubmission: boolean },
    ): Promise<void>
  }
}
