import { sql, type Kysely, type Transaction } from 'kysely'
import { hashPassword } from '#access'
import { idOfKey, setSecurityContext, systemActor, type Database } from '#platform'
import { foldName } from '#territory/model'
import { topics } from './topics.ts'

/** How large a world is made, and from which seed: the same again gives the same world, id by id. */
export type WorldSize = { seed: string; today: string; itemsOfPlan: number }
export type World = { plans: number; items: number; work: number; progress: number; bodies: number; national: string }
/** Somebody with a session, to send requests as; `planId` = whose coverage is looked at: of the own body, of a commune that above. */
export type Client = { tier: 'central' | 'province' | 'commune'; agencyId: string; planId: string; token: string }

type Db = Transaction<Database>

/**
 * Fills a loaded country with plans, set by set, as the role that owns the tables: the plan of the leading body, one
 * for each province under it, one for most communes under those; tasks with duties laid on bodies, derivations, pieces
 * of work, progress. Ids begin with a running number, as those of the product do.
 */
export async function buildWorld(ownerDb: Kysely<Database>, lead: string, size: WorldSize): Promise<World> {
  await ownerDb.transaction().execute(async (db) => {
    await setSecurityContext(db, systemActor)
    await makeIds(db, size.seed)
    await makeTopics(db)
    await makePlans(db, idOfKey(lead), size)
    await makeNodes(db, size)
    await makeDuties(db)
    await makeWork(db, size)
    await makeDerivations(db)
  })
  // As a country that grew over a year would be kept: not by the server itself in the middle of the timing.
  for (const table of tables) await sql`vacuum (analyze) ${sql.table(table)}`.execute(ownerDb)
  return ownerDb.transaction().execute(async (db) => {
    await setSecurityContext(db, systemActor)
    const { rows } = await sql<World>`select (select count(*) from plans.plan) as plans,
      (select count(*) from plans.node_version) as items, (select count(*) from plans.occurrence) as work,
      (select count(*) from plans.progress) as progress,
      (select count(*) from agencies.agency a where (a.valid_from is null or a.valid_from <= ${size.today}::date) and (a.valid_to is null or a.valid_to > ${size.today}::date)) as bodies,
      (select id from plans.plan where level = 'central' limit 1) as national`.execute(db)
    if (rows[0] === undefined) throw new Error('no world was made')
    return rows[0]
  })
}

const tables = [
  'plans.plan',
  'plans.planVersion',
  'plans.parent',
  'plans.node',
  'plans.nodeVersion',
  'plans.duty',
  'plans.dutyBody',
  'plans.audience',
  'plans.occurrence',
  'plans.progress',
  'plans.derivation',
  'plans.urging',
  'plans.urgingAddressee',
]

/** `uid(n, what)`: a UUID of version 7's form, in the order of `n`; `dice(n, what)`: a number from 0 to 99. Both say the same for the same seed. */
async function makeIds(db: Db, seed: string): Promise<void> {
  await sql`create function pg_temp.uid(n bigint, what text) returns uuid language sql immutable as
    ${sql.lit(`select (lpad(to_hex(n), 12, '0') || '7' || substr(h, 1, 3) || '8' || substr(h, 4, 15))::uuid from md5(${quote(seed)} || what || n) h`)}`.execute(
    db,
  )
  await sql`create function pg_temp.dice(n bigint, what text) returns int language sql immutable as
    ${sql.lit(`select ('x' || substr(md5(${quote(seed)} || what || n), 1, 7))::bit(28)::int % 100`)}`.execute(db)
}

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`

async function makeTopics(db: Db): Promise<void> {
  const rows = topics.map((text, n) => ({ n, text, key: foldName(text) }))
  await sql`create temp table topic on commit drop as
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(n int, text text, key text)`.execute(db)
}

/** One row a plan in `made`: who answers for it, its number `n` in the order of the tiers, and the plan above. */
async function makePlans(db: Db, lead: string, size: WorldSize): Promise<void> {
  const inBeing = sql`(a.valid_from is null or a.valid_from <= ${size.today}::date) and (a.valid_to is null or a.valid_to > ${size.today}::date)`
  await sql`create temp table made on commit drop as
    with body as (
      select a.id as agency_id, 'central' as level, 0 as tier, null::uuid as superior_id, a.rank from agencies.agency a where a.id = ${lead}
      union all
      select a.id, a.level, case a.level when 'province' then 1 else 2 end, a.superior_id, a.rank from agencies.agency a
      where a.kind = 'people-committee' and a.level in ('province', 'commune') and ${inBeing}
    ), counted as (select b.*, row_number() over (order by tier, rank, agency_id) as n from body b),
    named as (select c.*, m.name, m.folded_key from counted c cross join lateral (
      select name, folded_key from agencies.agency_name m where m.agency_id = c.agency_id order by valid_from desc nulls last limit 1) m)
    select n.*, pg_temp.uid(n, 'plan') as plan_id, pg_temp.uid(n, 'version') as version_id,
      case when tier < 2 or pg_temp.dice(n, 'state') >= 12 then 'issued' when pg_temp.dice(n, 'state') >= 8 then 'draft' else 'nothing' end as state,
      ${size.today}::date - 200 + tier * 30 + pg_temp.dice(n, 'day') / 4 as issued_on
    from named n`.execute(db)
  await sql`delete from made where state = 'nothing'`.execute(db)
  await sql`insert into plans.plan (id, agency_id, issuer_id, level, title, search_key, state, number, issued_on, period_from, period_to, function_code, created_at)
    select plan_id, agency_id, agency_id, level, 'Kế hoạch bảo vệ, chăm sóc trẻ em của ' || name, 'ke hoach bao ve cham soc tre em cua ' || folded_key,
      state, case state when 'issued' then n || '/KH-UBND' end, case state when 'issued' then issued_on end, issued_on, issued_on + 1500, 'children', now()
    from made order by n`.execute(db)
  await sql`insert into plans.plan_version (id, plan_id, agency_id, ordinal, act, state, kind, number, issued_on, title, issued_at)
    select version_id, plan_id, agency_id, 1, 'original', 'draft', 'KH', case state when 'issued' then n || '/KH-UBND' end,
      issued_on, 'Kế hoạch bảo vệ, chăm sóc trẻ em của ' || name, case state when 'issued' then issued_on::timestamptz end
    from made order by n`.execute(db)
  await sql`alter table made add parent_id uuid`.execute(db)
  await sql`update made m set parent_id = case m.tier when 1 then (select plan_id from made where tier = 0)
    else (select up.plan_id from made up where up.agency_id = m.superior_id and up.tier = 1) end where m.tier > 0`.execute(
    db,
  )
  await sql`insert into plans.parent (plan_id, parent_plan_id, agency_id)
    select plan_id, parent_id, agency_id from made where parent_id is not null order by n`.execute(db)
  await sql`analyze made`.execute(db)
}

/** `item`: one row a group or task. The first item of each ten is the group of the nine behind it. */
async function makeNodes(db: Db, size: WorldSize): Promise<void> {
  await sql`create temp table item on commit drop as
    select m.n, m.tier, m.plan_id, m.version_id, m.agency_id, m.superior_id, m.state, m.issued_on, i, x,
      pg_temp.uid(x, 'node') as node_id, case when i % 10 = 0 then 'group' else 'task' end as kind,
      case when i % 10 > 0 then pg_temp.uid(x - i % 10, 'node') end as parent_node_id,
      t.text || ' ' || m.name as text, t.key || ' ' || m.folded_key as key, pg_temp.dice(x, 'how') as how,
      m.issued_on + 30 * (1 + pg_temp.dice(x, 'due') % 24) as due_on
    from made m cross join generate_series(0, ${size.itemsOfPlan}::int - 1) i cross join lateral (select m.n * 1000 + i as x) numbered
    join topic t on t.n = (pg_temp.dice(x, 'topic') * 7 + i) % (select count(*) from topic)`.execute(db)
  await sql`insert into plans.node (id, plan_id, agency_id) select node_id, plan_id, agency_id from item order by x`.execute(
    db,
  )
  // A task's time: a fifth comes back each quarter, a tenth goes on without a date, the rest is due once.
  await sql`insert into plans.node_version (node_id, plan_version_id, plan_id, agency_id, kind, parent_node_id, rank, path, text, search_key, time_kind, time_text, time_to, time_frequency)
    select node_id, version_id, plan_id, agency_id, kind, parent_node_id, i, (i / 10 + 1) || case when kind = 'task' then '.' || i % 10 else '' end, text, key,
      case when kind = 'group' then null when how < 20 then 'recurring' when how < 30 then 'continuous' else 'by' end,
      case when kind = 'group' then null when how < 20 then 'Hằng quý' when how < 30 then 'Thường xuyên' else 'Trước ngày ' || to_char(due_on, 'DD/MM/YYYY') end,
      case when kind = 'task' and how >= 30 then due_on end, case when kind = 'task' and how < 20 then 'quarter' end
    from item order by x`.execute(db)
  await sql`create index on item (plan_id, i)`.execute(db)
  await sql`analyze item`.execute(db)
}

/**
 * `laid`: one row a real body behind a duty to lead. The country lays a good half of its tasks on every province, a
 * province a third of its own on each commune and the rest on its departments, a commune does its own.
 */
async function makeDuties(db: Db): Promise<void> {
  await sql`create temp table laid on commit drop as
    select x.*, pg_temp.uid(x.x, 'duty') as duty_id, b.body_id from item x cross join lateral (
      select a.agency_id as body_id from made a where x.tier = 0 and x.how % 10 < 6 and a.tier = 1
      union all
      select * from (select a.id from agencies.agency a where x.tier = 0 and x.how % 10 >= 6 and a.kind = 'ministry' and a.valid_to is null order by a.rank offset x.i % 12 limit 1) ministry
      union all
      select a.agency_id from made a where x.tier = 1 and x.how % 10 < 3 and a.tier = 2 and a.superior_id = x.agency_id
      union all
      select * from (select a.id from agencies.agency a where x.tier = 1 and x.how % 10 >= 3 and a.superior_id = x.agency_id and a.level = 'province' and a.valid_to is null order by a.rank offset x.i % 10 limit 1) department
      union all
      select x.agency_id where x.tier = 2) b
    where x.kind = 'task'`.execute(db)
  await sql`insert into plans.duty (id, plan_version_id, plan_id, agency_id, node_id, kind, raw, addressed_id, class_code, rank, body_count)
    select duty_id, version_id, plan_id, agency_id, node_id, 'lead', case when count(*) > 1 then 'Ủy ban nhân dân các cấp' else 'Cơ quan chủ trì' end,
      case when count(*) = 1 then min(body_id::text)::uuid end, null, 0, case state when 'issued' then count(*) end
    from laid group by duty_id, version_id, plan_id, agency_id, node_id, state order by duty_id`.execute(db)
  // Only what is a draft is written into; now it is issued.
  await sql`update plans.plan_version v set state = 'issued' from made m where m.version_id = v.id and m.state = 'issued'`.execute(
    db,
  )
  await sql`delete from laid where state <> 'issued'`.execute(db)
  await sql`insert into plans.duty_body (duty_id, addressed_id, agency_id, owner_id, plan_id, plan_version_id, node_id, kind)
    select duty_id, body_id, body_id, agency_id, plan_id, version_id, node_id, 'lead' from laid order by x`.execute(db)
  await sql`insert into plans.audience (plan_id, agency_id, owner_id)
    select distinct plan_id, body_id, agency_id from laid where body_id <> agency_id`.execute(db)
}

/** Work: four pieces for what comes back each quarter, else one. Of what is past, two thirds are done; some is told of and waits. */
async function makeWork(db: Db, size: WorldSize): Promise<void> {
  await sql`create temp table piece on commit drop as
    select row_number() over (order by l.x, l.body_id, q) as p, l.node_id, l.plan_id, l.body_id, l.agency_id, l.issued_on,
      case when l.how < 20 then q::text when l.how < 30 then '' else '' end as period,
      case when l.how < 20 then l.issued_on + 91 * q when l.how < 30 then null else l.due_on end as due_on
    from laid l cross join lateral generate_series(1, case when l.how < 20 then 4 else 1 end) q`.execute(db)
  await sql`create temp table told on commit drop as
    select p.*, pg_temp.uid(p, 'work') as id, pg_temp.uid(p, 'told') as told_id,
      case when due_on < ${size.today}::date then case when pg_temp.dice(p, 'fate') < 66 then 'done' when pg_temp.dice(p, 'fate') < 76 then 'waits' when pg_temp.dice(p, 'fate') < 80 then 'back' else 'open' end
        when pg_temp.dice(p, 'fate') < 10 then 'done' when pg_temp.dice(p, 'fate') < 15 then 'written' else 'open' end as fate,
      least(coalesce(due_on, ${size.today}::date - 20) - 10 + pg_temp.dice(p, 'late') / 5, ${size.today}::date - 1) as told_on
    from piece p`.execute(db)
  await sql`insert into plans.occurrence (id, node_id, plan_id, agency_id, owner_id, is_requested, period, due_on, done_on, status)
    select id, node_id, plan_id, body_id, agency_id, pg_temp.dice(p, 'asked') < 4, period, due_on, case fate when 'done' then told_on end,
      case fate when 'done' then 'completed' when 'open' then 'not-started' else 'in-progress' end
    from told order by p`.execute(db)
  await sql`insert into plans.progress (id, occurrence_id, node_id, plan_id, agency_id, owner_id, status, narrative, state, person_id, submitted_at, submitted_by, checked_by, checked_at, reason, created_at)
    select told_id, id, node_id, plan_id, body_id, agency_id, case fate when 'done' then 'completed' else 'in-progress' end, 'Đã triển khai theo kế hoạch, có báo cáo kèm theo.',
      case fate when 'done' then 'accepted' when 'waits' then 'submitted' when 'back' then 'returned' else 'draft' end,
      pg_temp.uid(0, 'hand'), case fate when 'written' then null else told_on::timestamptz end, case fate when 'written' then null else pg_temp.uid(0, 'hand') end,
      case when fate in ('done', 'back') then pg_temp.uid(1, 'hand') end, case when fate in ('done', 'back') then told_on::timestamptz + interval '1 day' end,
      case fate when 'back' then 'Đề nghị bổ sung số liệu.' end, told_on::timestamptz - interval '1 day'
    from told where fate <> 'open' order by p`.execute(db)
  await sql`insert into plans.urging (id, agency_id, plan_id, text, answer_by, person_id, sent_at)
    select pg_temp.uid(n * 10 + u, 'urging'), agency_id, plan_id, 'Đề nghị khẩn trương báo cáo tiến độ các nhiệm vụ quá hạn.', ${size.today}::date + 10, pg_temp.uid(0, 'hand'),
      ${size.today}::timestamptz - (n + u) * interval '3 hours' from made cross join generate_series(1, 6) u where tier < 2`.execute(
    db,
  )
  await sql`insert into plans.urging_addressee (urging_id, agency_id, owner_id)
    select distinct u.id, w.body_id, u.agency_id from plans.urging u join told w on w.plan_id = u.plan_id where w.fate = 'open' and w.p % 40 = 7`.execute(
    db,
  )
}

/** What each plan below made of the tasks above it: most taken over or adapted, some not applicable, the rest undecided. */
async function makeDerivations(db: Db): Promise<void> {
  await sql`insert into plans.derivation (plan_id, agency_id, parent_plan_id, parent_node_id, kind, node_id, reason)
    select m.plan_id, m.agency_id, m.parent_id, up.node_id, kind.kind, case when kind.kind <> 'not-applicable' then own.node_id end,
      case when kind.kind = 'not-applicable' then 'Địa phương không có đối tượng này.' end
    from made m join item up on up.plan_id = m.parent_id and up.kind = 'task' join item own on own.plan_id = m.plan_id and own.i = up.i
    cross join lateral (select pg_temp.dice(own.x, 'derived') as d) dice
    cross join lateral (select case when d < 45 then 'taken-over' when d < 65 then 'adapted' when d < 75 then 'not-applicable' end as kind) kind
    where kind.kind is not null and up.i % 10 <> 9`.execute(db)
}

/** People with a session each, at the leading body for the whole country and at bodies that have a plan. */
export async function enrolClients(
  ownerDb: Kysely<Database>,
  lead: { agencyKey: string; unitKey: string },
  counts: { central: number; province: number; commune: number },
): Promise<Client[]> {
  const hash = await hashPassword('bench-of-coverage')
  return ownerDb.transaction().execute(async (db) => {
    await setSecurityContext(db, systemActor)
    const { rows } = await sql<Client>`
      with body as (
        select ${idOfKey(lead.agencyKey)}::uuid as agency_id, ${idOfKey(lead.unitKey)}::uuid as unit_id, 'central' as tier, p.id as plan_id, n from generate_series(1, ${counts.central}::int) n join plans.plan p on p.level = 'central'
        union all
        select * from (select p.agency_id, null::uuid, p.level, case p.level when 'province' then p.id else coalesce((select up.parent_plan_id from plans.parent up join plans.plan above on above.id = up.parent_plan_id where up.plan_id = p.id and above.state = 'issued'),
            (select c.id from plans.plan c where c.level = 'central')) end,
          row_number() over (partition by p.level order by md5(p.id::text)) as n from plans.plan p where p.state = 'issued' and p.level <> 'central') local
        where n <= case local.level when 'province' then ${counts.province}::int else ${counts.commune}::int end
      ), who as (select b.*, gen_random_uuid() as person_id, encode(sha256(gen_random_uuid()::text::bytea), 'hex') as token from body b),
      person as (insert into access.person (id, login, name, search_key, language, has_joined, state, is_demonstration, created_at)
        select person_id, 'bench.' || person_id, 'Bench ' || n, 'bench', 'vi', true, 'active', true, now() from who returning id),
      post as (insert into access.post (id, person_id, agency_id, unit_id, role, valid_from, created_at)
        select gen_random_uuid(), person_id, agency_id, unit_id, 'officer', '2000-01-01', now() from who returning id),
      session as (insert into access.session (id, token_hash, person_id, started_at, seen_at, proved_at, ends_at)
        select gen_random_uuid(), encode(sha256(token::bytea), 'hex'), person_id, now(), now(), now(), now() + interval '10 hours' from who returning id)
      select tier, agency_id, plan_id, token from who order by tier, n`.execute(db)
    await sql`select access.set_password(id, ${hash}, now()) from access.person where login like 'bench.%'`.execute(db)
    return rows
  })
}
