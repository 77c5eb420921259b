import { sql } from 'kysely'
import { asActor, Problem, type CommonContext, type DoneTogether, type Together } from '#platform'
import { FormDefinition, type SaveSection } from '../../model.ts'
import type { HeldReport } from '../store.ts'
import { requireOfForm, requireWriting } from './save-section.ts'

type Saving = Together<{ params: { id: string; section: string }; body: SaveSection }>

/** A draft that waits to be saved, as it is held: locked, and within the sight of who saves it. */
type Held = Pick<HeldReport, 'state' | 'obligationState' | 'roundState' | 'reopenedUntil' | 'agencyId' | 'formId'> & {
  place: number
  /** Nothing was returned or opened again by line. */
  isAllOpen: boolean
  version: number
  form: unknown
}

/** Forms once read: an issued one never changes. */
const mostForms = 200

/**
 * Saves sections of drafts of many people in one transaction, as `saveSection` does one: the same rules, each person's own sight and rights. Left to it
 * are drafts somebody else holds this moment, those of which only some lines are open, attachments, and whatever is refused.
 */
export function savingTogether(): (
  ctx: CommonContext,
  some: readonly Saving[],
) => Promise<(DoneTogether | undefined)[]> {
  const forms = new Map<string, FormDefinition>()
  return async (ctx, some) => {
    const plain = new Map<number, Held>()
    for (const held of await findToSave(ctx, some, [...forms.keys()])) {
      if (held.form !== null) keepForm(forms, held.formId, FormDefinition.parse(held.form))
      const saving = some[held.place]
      if (saving !== undefined && isPlain(ctx, { held, form: forms.get(held.formId) }, saving))
        plain.set(held.place, held)
    }
    const saved = plain.size === 0 ? new Set<number>() : await saveSections(ctx, some, [...plain.keys()])
    return some.map(({ input: { params, body } }, place) => {
      const held = plain.get(place)
      if (held === undefined || !saved.has(place)) return undefined
      const version = body.version + 1
      return {
        answer: { version },
        action: 'reporting.section-saved',
        of: { kind: 'reporting.report', id: params.id, agencyId: held.agencyId },
        params: { section: params.section, version },
      }
    })
  }
}

function keepForm(forms: Map<string, FormDefinition>, id: string, form: FormDefinition): void {
  const [oldest] = forms.keys()
  if (forms.size >= mostForms && oldest !== undefined) forms.delete(oldest)
  forms.set(id, form)
}

/** Whether nothing stands against a saving; what does is said by `saveSection`. */
function isPlain(
  ctx: CommonContext,
  { held, form }: { held: Held; form: FormDefinition | undefined },
  { input: { params, body } }: Saving,
): boolean {
  const section = form?.sections.find(({ key }) => key === params.section)
  if (section === undefined || !held.isAllOpen || held.version !== body.version) return false
  if (body.content.kind === 'attachments') return false
  try {
    requireWriting(ctx, held, 'save')
    requireOfForm(section, body.content, null)
    return true
  } catch (fault) {
    if (fault instanceof Problem) return false
    throw fault
  }
}

async function findToSave(ctx: CommonContext, some: readonly Saving[], known: string[]): Promise<Held[]> {
  const waiting = some.map(({ actor, input: { params } }, place) => ({
    ...{ place, ...asActor(actor), report: params.id, section: params.section },
  }))
  const { rows } = await sql<Held>`
    select * from reporting.find_to_save(${JSON.stringify(waiting)}::jsonb, ${known}::uuid[])`.execute(ctx.db)
  return rows
}

async function saveSections(
  ctx: CommonContext,
  some: readonly Saving[],
  places: readonly number[],
): Promise<Set<number>> {
  const waiting = places.flatMap((place) => {
    const saving = some[place]
    if (saving === undefined) return []
    const { params, body } = saving.input
    return [{ place, ...asActor(saving.actor), report: params.id, section: params.section, ...body, at: ctx.now }]
  })
  const { rows } = await sql<{ place: number }>`
    select place from reporting.save_sections(${JSON.stringify(waiting)}::jsonb) as place`.execute(ctx.db)
  return new Set(rows.map(({ place }) => place))
}
