import type { NamedAuditEntry } from '#access/model'
import { Role } from '#access/model'
import type { Say, Values } from '../kit/catalogue.ts'

/** What an entry of the audit tells, as a sentence of the reader's language. */
export function sentenceOf(
  t: Say,
  entry: Pick<NamedAuditEntry, 'action' | 'params' | 'recordName' | 'recordPersonName'>,
): string {
  const role = Role.safeParse(entry.params.role)
  const act = sayKept(t, entry.action, {
    ...entry.params,
    subject: entry.recordPersonName ?? t('access.audit-someone'),
    ...(role.success ? { role: t(`access.role.${role.data}`) } : {}),
  })
  return entry.recordName === null ? act : t('access.audit-about', { act, record: entry.recordName })
}

/**
 * Says a key that was kept in a record. Records outlive messages: one that no message says any more, or that says more
 * than was kept, is shown as the key itself.
 */
export function sayKept(t: Say, key: string, values: Values = {}): string {
  try {
    return t(key, values)
  } catch (fault) {
    if (fault instanceof Error) return key
    throw fault
  }
}
