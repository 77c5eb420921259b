import { sql } from 'kysely'
import type { Context } from '#platform'
import { LocalizedText } from '#platform/model'
import { gather, layOut, startGathering } from '../likeness/corpus.ts'
import { featuresOf } from '../likeness/features.ts'
import { learn, type Learned, type Named } from '../likeness/suggest.ts'
import type { TermScheme } from '../model.ts'

/** What suggestions are drawn from, and where each text stands. All of it is open to whoever is signed in. */
export type LearnedTexts = Learned & {
  places: ReadonlyMap<string, Place>
  /** Of terms, in all languages. */
  names: ReadonlyMap<number, readonly string[]>
}
type Place = { documentId: string; wholeId: string | null; isOwn: boolean }

/** The newest of the own State, and of other States coded ones: so many together are laid out in a second and some 15 MB. */
const most = { own: 3000, others: 1000 }
/** Read at a time; between, others are served. */
const step = 250

type LaidOut = Pick<LearnedTexts, 'corpus' | 'places'>

/** A thing made from the data, kept with the state it is made from. One a process: other states are made anew. */
type Kept<T> = { state: string; made: Promise<T> | undefined }
const kept: { texts: Kept<LaidOut>; learned: Kept<LearnedTexts> } = {
  texts: { state: '', made: undefined },
  learned: { state: '', made: undefined },
}

async function keep<T>(of: Kept<T>, state: string, make: () => Promise<T>): Promise<T> {
  // Whoever was making it may have failed for reasons of its own.
  const known = of.state === state ? await of.made?.catch(() => undefined) : undefined
  if (known !== undefined) return known
  of.state = state
  of.made = make()
  return of.made
}

/**
 * What is known of recommendations now: their words in all wordings with the terms that hold of them, confirmed by a person or printed
 * by their source and not refused. Words are laid out on first use and kept while none of the own State's change, for a day at most;
 * a tag that is decided changes only which terms hold.
 */
export async function openLearned(ctx: Context): Promise<LearnedTexts> {
  const states = await statesOf(ctx)
  return keep(kept.learned, `${states.texts} ${states.terms}`, async () => {
    const { corpus, places } = await keep(kept.texts, states.texts, () => layOutTexts(ctx))
    const held = await heldBy(ctx, [...places.keys()])
    const known = corpus.known.map(({ id }) => ({ id, terms: held.get(id) ?? [] }))
    const terms = await termsOf(ctx)
    const names = new Map(terms.map((term) => [term.number, term.names]))
    return { ...learn({ ...corpus, known }, terms), places, names }
  })
}

async function statesOf(ctx: Context): Promise<{ texts: string; terms: string }> {
  const { rows } = await sql<{ texts: string; terms: string }>`select
      concat_ws(' ', current_database(), ${ctx.today}::text,
        (select concat_ws('/', count(*), sum(version), max(created_at), max(id::text)) from recommendations.recommendation where is_own and not is_split),
        (select concat_ws('/', count(*), max(changed_at)) from recommendations.wording)) as texts,
      concat_ws(' ', (select concat_ws('/', count(*), max(decided_at)) from recommendations.tag),
        (select concat_ws('/', count(*), sum(version), max(retired_on)) from recommendations.term)) as terms`.execute(
    ctx.db,
  )
  return rows[0] ?? { texts: '', terms: '' }
}

type Row = Place & { id: string; mechanism: string; texts: string[]; terms: number[] }

async function layOutTexts(ctx: Context): Promise<LaidOut> {
  const ids = await idsOf(ctx)
  const gathering = startGathering()
  const places = new Map<string, Place>()
  for (let at = 0; at < ids.length; at += step)
    for (const { id, texts, terms, documentId, wholeId, isOwn } of await textsOf(ctx, ids.slice(at, at + step))) {
      gather(gathering, { id, terms }, featuresOf(...texts))
      places.set(id, { documentId, wholeId, isOwn })
    }
  return { corpus: layOut(gathering), places }
}

async function heldBy(ctx: Context, ids: readonly string[]): Promise<ReadonlyMap<string, number[]>> {
  const { rows } = await sql<{ id: string; terms: number[] }>`select id, terms from recommendations.recommendation
    where id = any (${ids}::uuid[])`.execute(ctx.db)
  return new Map(rows.map(({ id, terms }) => [id, terms]))
}

async function idsOf(ctx: Context): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    (select id from recommendations.recommendation where is_own and not is_split order by published_on desc nulls last, id limit ${most.own})
    union all
    (select id from recommendations.recommendation where not is_split and not is_own and terms <> '{}'
      order by published_on desc nulls last, id limit ${most.others})`.execute(ctx.db)
  return rows.map(({ id }) => id)
}

/** Texts in all their wordings, in the order of the ids. */
export async function textsOf(ctx: Context, ids: readonly string[]): Promise<Row[]> {
  const { rows } = await sql<Row>`select r.id, r.mechanism, r.document_id, r.whole_id, r.is_own, r.terms,
      array[o.text] || coalesce((select array_agg(w.text order by w.kind, w.language) from recommendations.wording w where w.recommendation_id = r.id), '{}') as texts
    from unnest(${ids}::uuid[]) with ordinality as wanted(id, place) join recommendations.recommendation r on r.id = wanted.id
      join recommendations.official_text o on o.recommendation_id = r.id order by wanted.place`.execute(ctx.db)
  return rows
}

async function termsOf(ctx: Context): Promise<Named[]> {
  const { rows } = await sql<{ number: number; scheme: TermScheme; names: unknown; aliases: string[] }>`
    select number, scheme, names, aliases from recommendations.term where retired_on is null order by number`.execute(
    ctx.db,
  )
  return rows.map(({ number, scheme, names, aliases }) => ({
    ...{ number, scheme },
    names: [...Object.values(LocalizedText.parse(names)), ...aliases],
  }))
}
