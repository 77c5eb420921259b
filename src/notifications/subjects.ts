import { sql, type SqlBool } from 'kysely'
import { may, type Permission } from '#access'
import { invalid, notFound, type Context } from '#platform'
import type { RecordOf } from './model.ts'

/** A record as the actor sees it. */
export type Found = {
  title: string
  /** Where it is in the browser, as a path. */
  address: string
  /** Only its own body sees it (a draft): so only its people may talk of it. */
  isInternal: boolean
}

/** What was recorded of a record, and to whom it is told. */
export type History = {
  /** The records whose entries tell of this one, itself included: those within the actor's sight. */
  records(ctx: Context, id: string): Promise<string[]>
  /** Acts told to whoever sees the record, with those of their params that may be shown, and what each was before. */
  open: Readonly<Record<string, readonly string[]>>
  /** Acts told only within the reach of the body that did them. */
  within: Readonly<Record<string, readonly string[]>>
  /** Why it was done, by entry. */
  reasons?(
    ctx: Context,
    entries: readonly { id: string; action: string; recordId: string | null; at: string }[],
  ): Promise<Map<string, string>>
}

/** Who may take part in a talk about a record. */
export type TalkOf = {
  /**
   * The bodies a record lies with: who reaches one of them sees it; where `above` is named, the bodies under that one see
   * it too. Asked as the product itself; that each person truly sees the record is checked besides.
   */
  bodies(ctx: Context, id: string): Promise<{ agencyIds: string[]; above: string | null }>
  /** Those who are told of a comment though they have not said anything yet. Asked as the product itself. */
  concerned(ctx: Context, id: string): Promise<string[]>
}

/** A kind of record people talk of or read the history of: the module that owns it says how. */
export type Subject = {
  kind: string
  allow: Permission
  /** Those of the ids within the actor's sight. */
  find(ctx: Context, ids: readonly string[]): Promise<Map<string, Found>>
  talk: TalkOf | null
  history: History
}

/** The kinds of records of this instance. */
export type Subjects = readonly Subject[]

/** Those of some records that the actor sees, by id: the role must hold the permission, the walls must let through. */
export async function findRecords(
  ctx: Context,
  subjects: Subjects,
  records: readonly RecordOf[],
): Promise<Map<string, Found>> {
  const found = new Map<string, Found>()
  for (const [kind, some] of Map.groupBy(records, (record) => record.kind)) {
    const subject = subjects.find((known) => known.kind === kind)
    if (!subject || !may(ctx.actor, subject.allow)) continue
    for (const [id, one] of await subject.find(ctx, [...new Set(some.map((record) => record.id))])) found.set(id, one)
  }
  return found
}

/** A record within sight, and its kind. @throws notFound; invalid `notifications.no-such-kind` */
export async function getRecord(
  ctx: Context,
  subjects: Subjects,
  record: RecordOf,
): Promise<{ subject: Subject; found: Found }> {
  const subject = subjects.find((known) => known.kind === record.kind)
  if (!subject) throw invalid('notifications.no-such-kind')
  const found = (await findRecords(ctx, subjects, [record])).get(record.id)
  if (!found) throw notFound()
  return { subject, found }
}

/** The same, for talking of it. @throws as `getRecord` */
export async function getTalkedOf(
  ctx: Context,
  subjects: Subjects,
  record: RecordOf,
): Promise<{ talk: TalkOf; found: Found }> {
  const { subject, found } = await getRecord(ctx, subjects, record)
  if (subject.talk === null) throw invalid('notifications.no-such-kind')
  return { talk: subject.talk, found }
}

/** The condition that a row with `subject_kind` and `subject_id` is about this record. */
export function about(record: RecordOf) {
  return sql<SqlBool>`subject_kind = ${record.kind} and subject_id = ${record.id}::uuid`
}
