import { sql, type RawBuilder } from 'kysely'
import type { Found, Subject, Subjects } from '#notifications'
import type { Context } from '#platform'
import { nameOfBody } from '#agencies'
import { obligationList } from '../regimes/list.ts'

/** The regime of the round `d` by its name in the reader's language, with the days it tells of. */
const roundTitle = (ctx: Context): RawBuilder<string> => sql<string>`(
  select coalesce(v.definition->'names'->>${ctx.language}, (select n.value from jsonb_each_text(v.definition->'names') n limit 1))
    || ' (' || to_char(d.period_from, 'DD/MM/YYYY') || ' – ' || to_char(d.period_to - 1, 'DD/MM/YYYY') || ')'
  from reporting.regime_version v where v.regime_id = d.regime_id and v.number = d.regime_number)`

const told = (...acts: string[]) => Object.fromEntries(acts.map((act) => [`reporting.${act}`, []]))

function subjectOf(
  kind: string,
  find: (ctx: Context, ids: readonly string[]) => RawBuilder<Found & { id: string }>,
  { open, within = {} }: Pick<Subject['history'], 'open'> & Partial<Pick<Subject['history'], 'within'>>,
): Subject {
  return {
    kind,
    allow: 'reporting.read',
    async find(ctx, ids) {
      const { rows } = await find(ctx, ids).execute(ctx.db)
      return new Map(rows.map(({ id, ...found }) => [id, found]))
    },
    talk: null,
    history: { records: (_ctx, id) => Promise.resolve([id]), open, within },
  }
}

/** What people are told of reports they owe, receive or write to a treaty body. Where it leads: one's own list, the report, or the round. */
export const urgingSubjects: Subjects = [
  subjectOf(
    'reporting.regime',
    (ctx, ids) => sql`select r.id, '/bao-cao/che-do/' || r.id as address, false as is_internal,
        coalesce(v.definition->'names'->>${ctx.language}, (select n.value from jsonb_each_text(v.definition->'names') n limit 1)) as title
      from reporting.regime r cross join lateral (
        select v.definition from reporting.regime_version v where v.regime_id = r.id order by v.state = 'issued' desc, v.number desc limit 1) v
      where r.id = any (${[...ids]}::uuid[])`,
    { open: told('regime-issued', 'regime-ended', 'regime-handed-over', 'round-not-opened') },
  ),
  subjectOf(
    'reporting.round',
    (ctx, ids) => sql`select d.id, ${roundTitle(ctx)} as title, '/bao-cao/ky/' || d.id as address, false as is_internal
      from reporting.round d where d.id = any (${[...ids]}::uuid[])`,
    {
      open: told('round-opened', 'obligations-landed', 'round-locked'),
      within: told('joint-workbook-asked', 'joint-workbook-read', 'workbook-parts-handed'),
    },
  ),
  subjectOf(
    'reporting.obligation',
    (ctx, ids) => sql`select o.id, ${roundTitle(ctx)} as title, false as is_internal,
        case when o.agency_id is distinct from ${ctx.actor.agencyId}::uuid then '/bao-cao/ky/' || d.id when r.id is null then '/bao-cao' else '/bao-cao/' || r.id end as address
      from reporting.obligation o join reporting.round d on d.id = o.round_id left join reporting.report r on r.obligation_id = o.id
      where o.id = any (${[...ids]}::uuid[]) and ${obligationList.within(ctx)}`,
    {
      open: told('obligation-extended', 'obligation-exempted', 'obligation-restored'),
      within: told('workbook-part-left'),
    },
  ),
  subjectOf(
    'reporting.report',
    (ctx, ids) => sql`select r.id, ${nameOfBody(sql`o.addressed_id`, ctx.today)} || ', ' || ${roundTitle(ctx)} as title,
        '/bao-cao/' || r.id as address, false as is_internal
      from reporting.report r join reporting.obligation o on o.id = r.obligation_id join reporting.round d on d.id = o.round_id
      where r.id = any (${[...ids]}::uuid[]) and ${obligationList.within(ctx)}`,
    {
      open: {
        ...told('report-submitted', 'report-withdrawn', 'report-returned', 'report-accepted', 'report-approved'),
        ...told('report-reopened', 'reopening-ended'),
        'reporting.paper-given': ['documentNumber', 'issuedOn', 'recipients'],
      },
      within: told('report-begun', 'report-consolidated', 'review-begun', 'workbook-part-taken'),
    },
  ),
  subjectOf(
    'reporting.treaty-report',
    (ctx, ids) => sql`select t.id, t.cycle as title, '/bao-cao/cong-uoc/' || t.id as address, true as is_internal
      from reporting.treaty_report t where t.id = any (${[...ids]}::uuid[]) and t.agency_id = ${ctx.actor.agencyId}::uuid`,
    { open: told('treaty-report-begun-by', 'treaty-section-saved', 'treaty-report-exported') },
  ),
]
