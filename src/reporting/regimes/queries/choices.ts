import { sql } from 'kysely'
import { listClassNames } from '#agencies'
import { measureId } from '#indicators'
import type { Context } from '#platform'
import type { FormDefinition } from '../../model.ts'
import type { RegimeChoices } from '../model.ts'
import type { RegimeParts } from '../parts.ts'

/** What whoever writes a regime chooses from. */
export async function readChoices(ctx: Context, { calendars, daysOff, presets }: RegimeParts): Promise<RegimeChoices> {
  const { rows } = await sql<{ code: string; name: string }>`
    select code, coalesce(names ->> ${ctx.language}, code) as name from agencies.function order by rank`.execute(ctx.db)
  const classes = [...(await listClassNames(ctx))].map(([code, name]) => ({ code, name }))
  return {
    ...{ calendars: [...calendars], daysOff, classes, functions: rows },
    presets: presets.map(({ form, ...preset }) => ({ ...preset, form: withMeasures(form) })),
  }
}

/** A form as the product keeps it; in the data of a country it names measures by their codes. */
export function withMeasures({ title, sections }: FormDefinition): FormDefinition {
  return {
    title,
    sections: sections.map((section) =>
      section.kind === 'figures'
        ? { ...section, rows: section.rows.map((row) => ({ ...row, measureId: measureId(row.measureId) })) }
        : section,
    ),
  }
}
