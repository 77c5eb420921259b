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
 * @param people a query of `person_id` and `agency_id`, the body in whose post each is told, null as a person
 */
async function tell(ctx: Context, news: News, people: RawBuilder<unknown>): Promise<void> {
  const { kind, record, params = {} } = news
  const isSecurity = securityKinds.includes(kind)
  const isTalk = kind === 'comment' || kind === 'mention'
  const { personId, agencyId } = ctx.actor
  await asEverywhere(ctx, () =>
    sql`insert into notifications.notice as n (id, person_id, agency_id, kind, subject_kind, subject_id, by_person_id, by_agency_id, params, made_at)
      select gen_random_uuid(), p.person_id, p.agency_id, ${kind}, ${record?.kind ?? null}, ${record?.id ?? null}::uuid,
        (select id from access.person where id = ${personId}::uuid), ${agencyId}::uuid, ${JSON.stringify(params)}::jsonb, ${ctx.now}::timestamptz
      from (select distinct on (person_id) person_id, agency_id::uuid from (${people}) each order by person_id, agency_id) p
      join access.person person on person.id = p.person_id and person.state <> 'disabled'
      where (${isSecurity} or p.person_id <> ${personId}::uuid) and not (${isTalk} and exists (
        select 1 from notifications.following f where f.person_id = p.person_id and f.subject_kind = ${record?.kind ?? null} and f.subject_id = ${record?.id ?? null}::uuid and f.muted_at is not null))
      on conflict (person_id, kind, coalesce(subject_id, person_id), coalesce(agency_id, person_id)) where read_at is null
      do update set count = n.count + 1, made_at = excluded.made_at, params = excluded.params, by_person_id = excluded.by_person_id,
        by_agency_id = excluded.by_agency_id, mailed_at = null`.execute(ctx.db),
  )
}

/** Tells persons, each in the post at the body named with them. */
export async function tellPeople(
  ctx: Context,
  news: News,
  people: readonly { personId: string; agencyId: string | null }[],
): Promise<void> {
  if (people.length === 0) return
  await tell(
    ctx,
    news,
    sql`select "personId" as person_id, "agencyId" as agency_id from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as p("personId" uuid, "agencyId" uuid)`,
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
    news,
    sql`select post.person_id, post.agency_id from access.post post
      where post.agency_id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(of.agencyIds)}::jsonb)) and post.role = any (${[...of.roles]}) and ${isInForce(ctx)}`,
  )
}
