import { z } from 'zod'
import { LocalizedText } from '#platform/model'

export const MechanismKind = z
  .enum(['treaty-body', 'upr', 'special-procedure', 'other'])
  .meta({ id: 'MechanismKind', description: 'What sort of body or procedure recommends' })
export type MechanismKind = z.infer<typeof MechanismKind>

/** How recommendations are grouped; `own`: by a body's own groupings. */
export const TermScheme = z.enum(['theme', 'group', 'sdg', 'article', 'cluster', 'own']).meta({ id: 'TermScheme' })
export type TermScheme = z.infer<typeof TermScheme>

/** A body or procedure that recommends. `keeps`: whether the acting body keeps its documents here. */
export const Mechanism = z
  .object({
    code: z.string(),
    kind: MechanismKind,
    name: z.string(),
    keeperId: z.uuid().nullable(),
    keeperName: z.string().nullable(),
    keeps: z.boolean(),
  })
  .meta({ id: 'Mechanism' })
export type Mechanism = z.infer<typeof Mechanism>

/** A theme, concerned group, SDG goal or target, article, cluster, or grouping of a body's own. */
export const Term = z
  .object({
    number: z.number().int(),
    scheme: TermScheme,
    code: z.string(),
    above: z.number().int().nullable(),
    name: z.string(),
    isRetired: z.boolean(),
  })
  .meta({ id: 'Term' })
export type Term = z.infer<typeof Term>

/** What a country says: how the UN calls it, and which mandate keeps which mechanism's documents. */
export type OwnState = {
  /** Three letters as symbols of documents have them. */
  code: string
  /** As documents of the UN write it; the first is used. */
  names: readonly string[]
  /** Code of the function of the State by mechanism; `otherwise` for those not named. */
  keepers: { byMechanism: Readonly<Record<string, string>>; otherwise: string }
}

/** The code lists with the names in the reader's language. */
export const TermLists = z
  .object({ mechanisms: z.array(Mechanism), terms: z.array(Term), ownState: LocalizedText })
  .meta({ id: 'TermLists' })
