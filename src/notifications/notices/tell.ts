import { sql, type RawBuilder } from 'kysely'
import { isInForce } from '#access'
import { asEverywhere, type Context, type RecordParams } from '#platform'
import { securityKinds, type NoticeKind, type RecordOf } from '../model.ts'

type News = {
  kind: NoticeKind
  /** The record it is about; null = the own account. */
  record: RecordOf | null
  params?: RecordParams
}

/**
 * Tells people, in the transaction of what they are told of; never the one who did it, but for news about the safety of
 * the own account. Whoever muted the record hears no more of what is said about it; work that comes is always told. While it
 * is unread the same news stacks.
 * @param people a query of `person_id`, `agency_id`, the body in whose post each is told, null as a person, `subject_id` and `params`
 */
async function tell(
  ctx: Context,
  { kind, recordKind, byProduct = false }: { kind: NoticeKind; recordKind: string | null; byProduct?: boolean },
  people: RawBuilder<unknown>,
): Promise<void> {
  const isSecurity = securityKinds.includes(kind)
  const isTalk = kind === 'comment' || kind === 'mention'
  const { personId, agencyId } = byProduct ? { personId: null, agencyId: null } : ctx.actor
  await asEverywhere(ctx, () =>
    sql`insert into notifications.notice as n (id, person_id, agency_id, kind, subject_kind, subject_id, by_person_id, by_agency_id, params, made_at)
      select gen_random_uuid(), p.person_id, p.agency_id, ${kind}, ${recordKind}, p.subject_id,
        (select id from access.person where id = ${personId}::uuid), ${agencyId}::uuid, p.params, ${ctx.now}::timestamptz
      from (select distinct on (person_id, subject_id) person_id, agency_id::uuid, subject_id, params from (${people}) each order by person_id, subject_id, agency_id) p
      join access.person person on person.id = p.person_id and person.state <> 'disabled'
      where (${isSecurity} or p.person_id is distinct from ${personId}::uuid) and not (${isTalk} and exists (
        select 1 from notifications.following f where f.person_id = p.person_id and f.subject_kind = ${recordKind} and f.subject_id = p.subject_id and f.muted_at is not null))
      on conflict (person_id, kind, coalesce(subject_id, person_id), coalesce(agency_id, person_id)) where read_at is null
      do update set count = n.count + 1, made_at = excluded.made_at, params = excluded.params, by_person_id = excluded.by_person_id,
        by_agency_id = excluded.by_agency_id, mailed_at = null`.execute(ctx.db),
  )
}

/** What is the same for everybody who is told. */
const ofAll = ({ record, params = {} }: News) =>
  sql`${record?.id ?? null}::uuid as subject_id, ${JSON.stringify(params)}::jsonb as params`
const kindsOf = ({ kind, record }: News) => ({ kind, recordKind: record?.kind ?? null })

/** Tells persons, each in the post at the body named with them. */
export async function tellPeople(
  ctx: Context,
  news: News,
  people: readonly { personId: string; agencyId: string | null }[],
): Promise<void> {
  if (people.length === 0) return
  await tell(
    ctx,
    kindsOf(news),
    sql`select "personId" as person_id, "agencyId" as agency_id, ${ofAll(news)} from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as p("personId" uuid, "agencyId" uuid)`,
  )
}

/** Tells whoever holds one of the roles at one of the bodies today. */
export async function tellBodies(
  ctx: Context,
  news: News,
  of: { agencyIds: readonly string[]; roles: readonly string[] },
): Promise<void> {
  if (of.agencyIds.length === 0) return
  await tell(
    ctx,
    kindsOf(news),
    sql`select post.person_id, post.agency_id, ${ofAll(news)} from access.post post
      where post.agency_id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(of.agencyIds)}::jsonb)) and post.role = any (${[...of.roles]}) and ${isInForce(ctx)}`,
  )
}

/**
 * Tells many bodies at once, each of a record of its own: whoever holds one of the roles there today.
 * @param of.byProduct it is the product that found it: also whoever set it to work is told
 */
export async function tellEach(
  ctx: Context,
  of: { kind: NoticeKind; recordKind: string; roles: readonly string[]; byProduct?: boolean },
  rows: readonly { agencyId: string; recordId: string; params?: RecordParams }[],
): Promise<void> {
  if (rows.length === 0) return
  const given = rows.map(({ agencyId, recordId, params = {} }) => ({ agencyId, recordId, params }))
  await tell(
    ctx,
    of,
    sql`select post.person_id, post.agency_id, t."recordId" as subject_id, t.params
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as t("agencyId" uuid, "recordId" uuid, params jsonb)
      join access.post post on post.agency_id = t."agencyId" and post.role = any (${[...of.roles]}) and ${isInForce(ctx)}`,
  )
}

/**
 * What was told of records stands otherwise now: unread notices say so without becoming newer, and those of which nothing is left are read.
 * @param rows what is to be said of each record; null = it is settled
 */
export async function retellEach(
  ctx: Context,
  { kind, recordKind }: { kind: NoticeKind; recordKind: string },
  rows: readonly { recordId: string; params: RecordParams | null }[],
): Promise<void> {
  if (rows.length === 0) return
  await asEverywhere(ctx, () =>
    sql`update notifications.notice n set params = coalesce(t.params, n.params), read_at = case when t.params is null then ${ctx.now}::timestamptz end
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t("recordId" uuid, params jsonb)
      where n.kind = ${kind} and n.subject_kind = ${recordKind} and n.subject_id = t."recordId" and n.read_at is null`.execute(
      ctx.db,
    ),
  )
}
