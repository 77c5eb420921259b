import { sql, type Kysely } from 'kysely'
import { setSecurityContext, systemActor, type Database } from '#platform'

/** A row of figures of the form. */
export type Row = { key: string; measureId: string; breakdown: string; isRatio: boolean; factor: number }

/**
 * Rows of figures every commune gives once a year, in whichever field of work: each measure whole, then by its breakdowns, so many in all. The
 * dictionary has fewer than a large form asks for: the rest are measures like its own under other codes.
 */
export async function chooseRows(ownerDb: Kysely<Database>, most: number): Promise<Row[]> {
  return ownerDb.transaction().execute(async (db) => {
    await setSecurityContext(db, systemActor)
    const given = sql`select m.* from indicators.measure m
      join indicators.measure_period p on p.measure_id = m.id and p.calendar = '' and p.frequency = 'year'
      where m.level = 'commune' and m.aggregation in ('sum', 'ratio')`
    const cells = sql`select g.id as measure_id, '' as breakdown, g.aggregation = 'ratio' as is_ratio, g.factor::float8 as factor, 0 as turn, g.code from (${given}) g
      union all
      select g.id, b.dimension || '=' || v.code, g.aggregation = 'ratio', g.factor::float8, 1, g.code from (${given}) g
      join indicators.measure_breakdown b on b.measure_id = g.id and b.calendar = '' and b.frequency = 'year' and b.every_years = 1
      join indicators.dimension_value v on v.dimension = b.dimension`
    const { rows: known } = await sql<{ count: number }>`select count(*)::int as count from (${cells}) c`.execute(db)
    const lacking = Math.max(0, most - (known[0]?.count ?? 0))
    await sql`with more as (
        insert into indicators.measure select (jsonb_populate_record(null::indicators.measure, to_jsonb(g)
          || jsonb_build_object('id', gen_random_uuid(), 'code', g.code || '.bench' || n))).*
        from (${given}) g cross join generate_series(1, ${lacking}::integer) n order by n, g.code limit ${lacking} returning id
      ) insert into indicators.measure_period (measure_id, calendar, frequency) select id, '', 'year' from more`.execute(
      db,
    )
    const { rows } = await sql<
      Omit<Row, 'key'>
    >`select * from (${cells}) c order by turn, code, breakdown limit ${most}`.execute(db)
    return rows.map(({ measureId, breakdown, isRatio, factor }, at) => ({
      ...{ key: `row-${at + 1}`, measureId, breakdown, isRatio, factor },
    }))
  })
}

/**
 * Lays an accepted report of each obligation below one, as the role that owns the tables: figures as accepted vintages, a submission that quotes them
 * beside so many bytes of words.
 * @returns how many
 */
export async function layAccepted(
  ownerDb: Kysely<Database>,
  of: { parentId: string; personId: string; rows: readonly Row[]; bytes: number; most: number },
): Promise<number> {
  return ownerDb.transaction().execute(async (db) => {
    await setSecurityContext(db, systemActor)
    await sql`set local statement_timeout = 0`.execute(db)
    await sql`create temp table bench_row on commit drop as select * from jsonb_to_recordset(${JSON.stringify(of.rows)}::jsonb)
      as r(key text, "measureId" uuid, breakdown text, "isRatio" boolean, factor float8)`.execute(db)
    await sql`create temp table bench_report on commit drop as select gen_random_uuid() as report_id, o.id as obligation_id, o.agency_id, o.unit_id,
        n.period, n.period_from, n.period_to, n.form_id, row_number() over (order by o.agency_id)::integer as turn
      from reporting.obligation o join reporting.round n on n.id = o.round_id where o.parent_id = ${of.parentId}::uuid and o.state = 'owed'
      order by o.agency_id limit ${of.most}`.execute(db)
    await sql`insert into reporting.report (id, obligation_id, agency_id, state, number, accepted_number, first_submitted_at, accepted_at)
      select report_id, obligation_id, agency_id, 'accepted', 1, 1, now(), now() from bench_report`.execute(db)
    await sql`create temp table bench_cell on commit drop as select gen_random_uuid() as cell_id, b.*, r.key, r."measureId" as measure_id, r.breakdown, r."isRatio" as is_ratio,
        r.factor, 1 + (b.turn * 7919 + length(r.key) * 31 + ascii(right(r.key, 1)) * 101) % 997 as numerator, case when r."isRatio" then 1000 end as denominator
      from bench_report b cross join bench_row r`.execute(db)
    await sql`insert into indicators.cell (id, measure_id, unit_id, period, period_from, period_to, breakdown, agency_id, answered_on, vintage, accepted_vintage)
      select cell_id, measure_id, unit_id, period, period_from, period_to, breakdown, agency_id, current_date, 1, 1 from bench_cell`.execute(
      db,
    )
    await sql`insert into indicators.observation (cell_id, vintage, agency_id, measure_id, status, numerator, denominator, source, by_agency_id, entered_by, entered_at)
      select cell_id, 1, agency_id, measure_id, 'A', numerator, denominator, 'report', agency_id, ${of.personId}::uuid, now() from bench_cell`.execute(
      db,
    )
    const sentence = ' Uỷ ban nhân dân xã đã chỉ đạo rà soát, lập danh sách trẻ em cần được hỗ trợ trên địa bàn.'
    const times = Math.floor((of.bytes - 20) / Buffer.byteLength(sentence))
    const { rows } = await sql<{ count: number }>`
      with laid as (
        insert into reporting.submission (report_id, number, agency_id, kind, is_nil, content, digest, form_id, signed_by, signed_as, submitted_by, submitted_at)
        select b.report_id, 1, b.agency_id, 'first', false, jsonb_build_object('sections', jsonb_build_array(
            jsonb_build_object('key', 'situation', 'content', jsonb_build_object('kind', 'narrative', 'paragraphs', jsonb_build_array(
              jsonb_build_object('key', 'p1', 'text', 'Xã ' || b.turn || ':' || repeat(${sentence}::text, ${times}::integer), 'origins', '[]'::jsonb)))),
            jsonb_build_object('key', 'figures', 'content', jsonb_build_object('kind', 'quoted', 'lines', c.lines)))),
          encode(sha256(b.report_id::text::bytea), 'hex'), b.form_id, ${of.personId}::uuid, 'head', ${of.personId}::uuid, now()
        from bench_report b join (
          select report_id, jsonb_agg(jsonb_build_object('key', key, 'mode', 'typed', 'status', 'A', 'numerator', numerator, 'denominator', denominator, 'absence', null,
            'comment', '', 'explanation', '', 'measureId', measure_id, 'breakdown', breakdown, 'period', period, 'cellId', cell_id, 'vintage', 1,
            'value', case when is_ratio then numerator::float8 / denominator * factor else numerator end, 'made', null)) as lines
          from bench_cell group by report_id
        ) c on c.report_id = b.report_id returning 1
      ) select count(*)::int as count from laid`.execute(db)
    await sql`analyze`.execute(db)
    return rows[0]?.count ?? 0
  })
}
