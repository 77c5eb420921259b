import type { RecordParams, Subscriber } from '#platform'
import { mailAtOnce } from './mail/digest.ts'
import type { Pen } from './mail/write.ts'
import { securityKinds, type NoticeKind } from './model.ts'
import { tellPeople } from './notices/tell.ts'

/** What `access` records, and what the person it befell hears of it. */
const heard: readonly [action: string, kind: NoticeKind][] = [
  ['access.new-device-seen', 'new-device'],
  ['access.factor-reset-asked', 'factor-reset-asked'],
  ['access.factor-reset', 'factor-reset'],
  ['access.totp-enrolled', 'factor-changed'],
  ['access.totp-dropped', 'factor-changed'],
  ['access.passkey-enrolled', 'factor-changed'],
  ['access.passkey-dropped', 'factor-changed'],
  ['access.recovery-codes-made', 'factor-changed'],
  ['access.password-changed', 'password-changed'],
  ['access.mail-changed', 'mail-changed'],
  ['access.stand-in-named', 'stand-in'],
  ['access.successor-named', 'successor'],
]

/** Tells people what happened to their accounts and posts; what touches safety goes by mail at once. */
export function notificationSubscribers(pen: Pen): Subscriber[] {
  return heard.map(([action, kind]) => ({
    to: action,
    async run(ctx, { recordId, agencyId, params }) {
      const taker = typeof params.taker === 'string' ? [params.taker] : []
      const people = [recordId, ...taker].map((personId) => ({
        personId,
        agencyId: securityKinds.includes(kind) ? null : agencyId,
      }))
      await tellPeople(ctx, { kind, record: null, params: shown(params) }, people)
      if (securityKinds.includes(kind)) await mailAtOnce(ctx, pen, kind, recordId)
    },
  }))
}

/** What a notice keeps of an entry: the browser, the days. */
function shown({ agent, from, to }: RecordParams): RecordParams {
  return Object.fromEntries(
    Object.entries({ agent, from, to }).filter(([, value]) => value !== undefined),
  ) as RecordParams
}
