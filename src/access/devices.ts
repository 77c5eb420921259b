import { asEverywhere, deviceCookieName, requestOf, newId, type Context } from '#platform'
import type { AccessParts } from './ground.ts'
import { hashSecret, newToken } from './secrets.ts'

const browsers = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bCocCoc/i, 'Cốc Cốc'],
  [/\bFirefox\//, 'Firefox'],
  [/Chrom(e|ium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
] as const
const systems = [
  [/\bWindows\b/, 'Windows'],
  [/\bAndroid\b/, 'Android'],
  [/\b(iPhone|iPad)\b/, 'iOS'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
] as const

/** How a browser calls itself, in two words a person knows: `Firefox · Windows`; null when it does not say. */
export function describeAgent(header: string | undefined): string | null {
  const browser = browsers.find(([sign]) => sign.test(header ?? ''))?.[1]
  const system = systems.find(([sign]) => sign.test(header ?? ''))?.[1]
  return browser === undefined && system === undefined ? null : [browser, system].filter(Boolean).join(' · ')
}

/** How long a browser keeps its mark. */
const keptSeconds = 400 * 86_400

/**
 * Knows the browser again by its mark, or gives it one. A person who signed in elsewhere before is told of a new one.
 */
export async function noteDevice(ctx: Context, parts: AccessParts, personId: string): Promise<void> {
  const request = requestOf(ctx)
  const kept = request.cookies[deviceCookieName(parts.secure)] ?? ''
  const mark = /^[\w-]{43}$/.test(kept) ? kept : newToken()
  const isNew = await asEverywhere(ctx, async () => {
    const devices = await ctx.db
      .selectFrom('access.device')
      .select(['id', 'markHash'])
      .where('personId', '=', personId)
      .execute()
    const known = devices.find((device) => device.markHash === hashSecret(mark))
    if (known) {
      await ctx.db.updateTable('access.device').set({ lastAt: ctx.now }).where('id', '=', known.id).execute()
      return false
    }
    await ctx.db
      .insertInto('access.device')
      .values({ id: newId(), personId, markHash: hashSecret(mark), firstAt: ctx.now, lastAt: ctx.now })
      .execute()
    request.deviceCookie = { value: mark, maxAgeSeconds: keptSeconds }
    return devices.length > 0
  })
  if (!isNew) return
  const agent = describeAgent(request.headers['user-agent'])
  await ctx.record(
    'access.new-device-seen',
    { kind: 'access.person', id: personId, by: personId },
    { agent: agent ?? '' },
  )
}
