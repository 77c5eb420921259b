import { ApiProblem } from '../kit/problem.ts'
import type { PasskeyOptions, RecoveryCodes } from '#access/model'
import { act } from './requests.ts'

/** Whether a passkey can be made or used here: a browser that knows them, at an address with a name. */
export function canUsePasskeys(): boolean {
  return 'PublicKeyCredential' in window && !/^[\d.]+$|^\[/.test(window.location.hostname)
}

const browser = () => import('@simplewebauthn/browser')

/** Lets the device sign the challenge of this session. @throws ApiProblem saying `whenGivenUp` when it does not */
export async function answerPasskey(whenGivenUp: string): Promise<unknown> {
  const { startAuthentication } = await browser()
  const { options } = await act<PasskeyOptions>('/session/passkey-challenge')
  return startAuthentication({ optionsJSON: options as never }).catch((cause: unknown) => giveUp(whenGivenUp, cause))
}

/** Lets the device make a passkey and keeps its public half. @returns recovery codes, where there were none */
export async function makePasskey(name: string, whenGivenUp: string): Promise<RecoveryCodes> {
  const { startRegistration } = await browser()
  const { options } = await act<PasskeyOptions>('/account/passkeys/challenge')
  const response = await startRegistration({ optionsJSON: options as never }).catch((cause: unknown) =>
    giveUp(whenGivenUp, cause),
  )
  return act<RecoveryCodes>('/account/passkeys', { name, response })
}

function giveUp(title: string, cause: unknown): never {
  throw new ApiProblem({ code: 'access.passkey-given-up', title, status: 422 }, cause)
}
