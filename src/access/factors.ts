import { sql, type RawBuilder } from 'kysely'
import type { Context } from '#platform'
import type { FactorKind } from './model.ts'
import { bareCode, hashSecret, newCode } from './secrets.ts'

/** Whether the person in a column has a second factor: the condition by which sessions are judged. */
export function hasFactor(column: string): RawBuilder<boolean> {
  return sql<boolean>`(access.has_totp(${sql.ref(column)})
    or exists (select from access.passkey pk where pk.person_id = ${sql.ref(column)} and pk.ended_at is null))`
}

/** What a person's second factor may be given by; empty where there is none. */
export async function listFactorKinds(ctx: Context, personId: string): Promise<FactorKind[]> {
  const { rows } = await sql<{ hasTotp: boolean; hasPasskey: boolean; codesLeft: number }>`
    select access.has_totp(${personId}::uuid) as has_totp,
      exists (select from access.passkey where person_id = ${personId}::uuid and ended_at is null) as has_passkey,
      access.recovery_codes_left(${personId}::uuid) as codes_left`.execute(ctx.db)
  const has = rows[0]
  if (!has?.hasTotp && !has?.hasPasskey) return []
  return [
    ...(has.hasPasskey ? (['passkey'] as const) : []),
    ...(has.hasTotp ? (['totp'] as const) : []),
    ...(has.codesLeft > 0 ? (['recovery'] as const) : []),
  ]
}

const recoveryCodes = 10

/** Makes new recovery codes; the old ones are dead. @returns as printed, told once */
export async function layRecoveryCodes(ctx: Context): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodes }, newCode)
  const hashes = codes.map((code) => hashSecret(bareCode(code)))
  await sql`select access.lay_recovery_codes(${ctx.actor.personId}::uuid, ${hashes}::text[], ${ctx.now}::timestamptz)`.execute(
    ctx.db,
  )
  return codes
}

/** Ends the recovery codes of a person: of the own, or of anyone within `asEverywhere`. */
export async function forgetRecoveryCodes(ctx: Context, personId: string): Promise<void> {
  await sql`select access.lay_recovery_codes(${personId}::uuid, '{}', ${ctx.now}::timestamptz)`.execute(ctx.db)
}

/** Whether this is a code of the authenticator app that was not spent yet; it is spent now. */
export async function spendTotp(ctx: Context, code: string): Promise<boolean> {
  const { rows } = await sql<{ isRight: boolean }>`
    select access.spend_totp(${ctx.actor.personId}::uuid, ${code}, ${ctx.now}::timestamptz) as is_right`.execute(ctx.db)
  return rows[0]?.isRight === true
}

/** Whether this is a recovery code that was not used yet; it is used now. */
export async function spendRecoveryCode(ctx: Context, typed: string): Promise<boolean> {
  const { rows } = await sql<{ isRight: boolean }>`
    select access.spend_recovery_code(${ctx.actor.personId}::uuid, ${hashSecret(bareCode(typed.toUpperCase()))}, ${ctx.now}::timestamptz) as is_right`.execute(
    ctx.db,
  )
  return rows[0]?.isRight === true
}
