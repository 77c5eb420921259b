import type { Catalogue, Context, Ground, Mailer } from '#platform'
import type { Provider } from './provider.ts'

/** What `access` is told at start: the ground, how long sessions last, how often things may be tried, which country. */
export type AccessParts = {
  ground: Ground
  /** Cookies only over TLS; on in production. */
  secure: boolean
  session: { absoluteHours: number; idleMinutes: number }
  /** Whether those who need a second factor must take one up at once. */
  secondFactor: 'required' | 'postponed'
  /** The address people open, where it is set; else that of the request stands. */
  publicUrl: string | undefined
  /** The provider of OpenID Connect people may sign in with; null = none is set. */
  provider: Provider | null
  /** Words for spreadsheets and letters. */
  say: Catalogue
  /** Null = no mail server is set. */
  mailer: Mailer | null
  limits: { on: boolean; signInPerAccount: number; signInPerAddress: number; requestsPerMinute: number }
  /** Whether this instance shows the demonstration: said on every page. */
  demo: boolean
  country: { code: string; name: string; timeZone: string }
  /** The body that leads the work in this country and the unit of the whole country: the first administrator's post. */
  lead: { agencyId: string; unitId: string }
  /** Passwords too well known to be taken, in lower case. */
  commonPasswords: ReadonlySet<string>
  /** What records of the modules above are called, those within the actor's sight: for the audit. */
  nameRecords: (ctx: Context, ids: readonly string[]) => Promise<Map<string, string>>
}
