import { z } from 'zod'
import { Id, Instant, text } from '#platform/model'

/**
 * How far somebody has come in: `whole`; `factor` = the password was given, the second factor is still to be given;
 * `enrolment` = the password was given, a second factor is needed and there is none yet.
 */
export const Stage = z.enum(['whole', 'factor', 'enrolment']).meta({ id: 'Stage' })
export type Stage = z.infer<typeof Stage>

/** What proves, beside the password, that it is the person: an authenticator app, a passkey, a code kept on paper. */
export const FactorKind = z.enum(['totp', 'passkey', 'recovery']).meta({ id: 'FactorKind' })
export type FactorKind = z.infer<typeof FactorKind>

/** The six digits of an authenticator app; blanks do not matter. */
export const TotpCode = z
  .string()
  .max(20)
  .transform((value) => value.replace(/\s/g, ''))
  .pipe(z.string().refine((value) => /^\d{6}$/.test(value), 'access.factor-code-form'))

/** A code of an authenticator app, or one kept on paper. */
export const GiveFactor = z
  .strictObject({ kind: z.enum(['totp', 'recovery']), code: z.string().max(100) })
  .meta({ id: 'GiveFactor' })
export type GiveFactor = z.infer<typeof GiveFactor>

/** The picture an authenticator app reads, as the way of its dark squares in a field of `size`; and the secret to type. */
export const TotpEnrolment = z
  .object({ secret: z.string(), address: z.string(), picture: z.object({ size: z.number().int(), path: z.string() }) })
  .meta({ id: 'TotpEnrolment' })
export type TotpEnrolment = z.infer<typeof TotpEnrolment>

/** Codes for the day the factor is lost, told once. */
export const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) }).meta({ id: 'RecoveryCodes' })
export type RecoveryCodes = z.infer<typeof RecoveryCodes>

export const Passkey = z
  .object({ id: Id, name: z.string(), madeAt: Instant, usedAt: Instant.nullable() })
  .meta({ id: 'Passkey' })
export type Passkey = z.infer<typeof Passkey>

/** The second factors of the person signed in. */
export const Factors = z
  .object({
    hasTotp: z.boolean(),
    passkeys: z.array(Passkey),
    recoveryCodesLeft: z.number().int(),
    /** Whether one of the posts asks for a second factor. */
    isNeeded: z.boolean(),
  })
  .meta({ id: 'Factors' })
export type Factors = z.infer<typeof Factors>

/** What the browser hands to the device, and what the device answers: as WebAuthn writes them in JSON. */
export const PasskeyOptions = z.object({ options: z.record(z.string(), z.unknown()) }).meta({ id: 'PasskeyOptions' })
export type PasskeyOptions = z.infer<typeof PasskeyOptions>

const base64url = z
  .string()
  .max(20_000)
  .regex(/^[\w-]*$/)

const Answered = {
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
  clientExtensionResults: z.looseObject({}),
}

export const NewPasskey = z
  .strictObject({
    name: text(60),
    response: z.strictObject({
      ...Answered,
      response: z.strictObject({
        clientDataJSON: base64url,
        attestationObject: base64url,
        authenticatorData: base64url.optional(),
        transports: z.array(z.string().max(20)).max(10).optional(),
        publicKeyAlgorithm: z.number().optional(),
        publicKey: base64url.optional(),
      }),
    }),
  })
  .meta({ id: 'NewPasskey' })
export type NewPasskey = z.infer<typeof NewPasskey>

export const GivePasskey = z
  .strictObject({
    response: z.strictObject({
      ...Answered,
      response: z.strictObject({
        clientDataJSON: base64url,
        authenticatorData: base64url,
        signature: base64url,
        userHandle: base64url.optional(),
      }),
    }),
  })
  .meta({ id: 'GivePasskey' })
export type GivePasskey = z.infer<typeof GivePasskey>

/** How many days an access token may live, and how many a person may have at once. */
export const tokenLimits = { days: 365, living: 10 } as const

/** Whether a program may only read, or act as the role of its post. */
export const TokenScope = z.enum(['read', 'role']).meta({ id: 'TokenScope' })
export type TokenScope = z.infer<typeof TokenScope>

/** An access token, by which a program acts for a person in one post; never the secret itself. */
export const AccessToken = z
  .object({
    id: Id,
    name: z.string(),
    scope: TokenScope,
    postId: Id,
    agencyName: z.string(),
    role: z.string(),
    madeAt: Instant,
    endsAt: Instant,
    usedAt: Instant.nullable(),
  })
  .meta({ id: 'AccessToken' })
export type AccessToken = z.infer<typeof AccessToken>

/** The new token is for the acting post. */
export const MakeToken = z
  .strictObject({ name: text(60), scope: TokenScope, days: z.number().int().min(1).max(tokenLimits.days) })
  .meta({ id: 'MakeToken' })
export type MakeToken = z.infer<typeof MakeToken>

export const MadeToken = z.object({ id: Id, token: z.string(), endsAt: Instant }).meta({ id: 'MadeToken' })
export type MadeToken = z.infer<typeof MadeToken>

/** A browser signed in: how it calls itself, whence, since when. */
export const LivingSession = z
  .object({
    id: Id,
    agent: z.string().nullable(),
    address: z.string().nullable(),
    startedAt: Instant,
    seenAt: Instant,
    endsAt: Instant,
    isThis: z.boolean(),
  })
  .meta({ id: 'LivingSession' })
export type LivingSession = z.infer<typeof LivingSession>
