import { z } from 'zod'
import { Id, pageOf } from '#platform/model'
import { PlainDate, UnitKey, isValidOn } from '#territory/model'

const from = PlainDate.nullable()
const to = PlainDate.nullable()

/** Stable key of a body in the country's data: its unit's key, a slash and its own word. */
export const AgencyKey = z.string().regex(/^u:[^\s/]+\/[^\s/]+$/)
export type AgencyKey = z.infer<typeof AgencyKey>

export const AgencyKind = z.enum([
  'ministry',
  'government-agency',
  'people-committee',
  'people-council',
  'department',
  'division',
  'court',
  'procuracy',
  'front',
  'union',
  'police',
  'military',
  'party-committee',
  'institution',
  'coordination-body',
])
export type AgencyKind = z.infer<typeof AgencyKind>

export const AgencyLevel = z.enum(['central', 'province', 'district', 'commune'])
export type AgencyLevel = z.infer<typeof AgencyLevel>

/** How a body was called during `[from, to)`. `abbreviations` are all shorter or other forms met in documents. */
export const AgencyName = z.object({
  from,
  to,
  name: z.string(),
  shortName: z.string(),
  abbreviations: z.array(z.string()),
})
export type AgencyName = z.infer<typeof AgencyName>

/** A part of a body that is no body of its own, such as a commune's division for culture and society. */
export const AgencyOffice = z.object({ name: z.string(), from, to, functions: z.array(z.string()) })
export type AgencyOffice = z.infer<typeof AgencyOffice>

/**
 * A body that can owe, request or issue. `isExecutive` false: it does not stand under the executive, so duties in a
 * government's plan are requests. `from`, `to` null = since before the records, still in being.
 */
export const Agency = z.object({
  key: AgencyKey,
  kind: AgencyKind,
  level: AgencyLevel,
  unitKey: UnitKey,
  /** Whom it answers to, over time; empty for the highest. */
  superiors: z.array(z.object({ from, to, key: AgencyKey })),
  names: z.array(AgencyName).min(1),
  from,
  to,
  isExecutive: z.boolean(),
  /** What follows the number on its documents (UBND, BYT); null when it issues none of its own. */
  numberingAbbreviation: z.string().nullable(),
  offices: z.array(AgencyOffice),
})
export type Agency = z.infer<typeof Agency>

/** A field of work, as data of the country. */
export const AgencyFunction = z.object({ code: z.string(), names: z.record(z.string(), z.string()) })
export type AgencyFunction = z.infer<typeof AgencyFunction>

/** That a body answers for a function during `[from, to)`. */
export const Mandate = z.object({ agencyKey: AgencyKey, function: z.string(), from, to })
export type Mandate = z.infer<typeof Mandate>

/**
 * Who took over on a date: one function, or everything when `function` is null. `share` part: only for some of the
 * ground, so that several bodies follow and a person may have to choose.
 */
export const AgencySuccession = z.object({
  fromKey: AgencyKey,
  toKey: AgencyKey,
  function: z.string().nullable(),
  date: PlainDate,
  share: z.enum(['whole', 'part']),
})
export type AgencySuccession = z.infer<typeof AgencySuccession>

/** A seat in a coordination body, held by a post and never by a name. */
export const CoordinationSeat = z.object({
  bodyKey: AgencyKey,
  role: z.enum(['chair', 'standing-vice-chair', 'vice-chair', 'standing-member', 'member']),
  post: z.string(),
  agencyKey: AgencyKey,
  from,
  to,
  legalBasis: z.string().nullable(),
})
export type CoordinationSeat = z.infer<typeof CoordinationSeat>

/** Which bodies a class means. Lists that are absent do not restrict. */
export const AgencySelector = z.object({
  kinds: z.array(AgencyKind),
  level: AgencyLevel,
  within: z.enum(['issuer-territory', 'nation']),
  /** Only bodies of units of these types. */
  unitTypes: z.array(z.string()).optional(),
  /** Only for documents issued at these levels: "localities" are provinces to the centre, communes to a province. */
  forIssuers: z.array(AgencyLevel).optional(),
})
export type AgencySelector = z.infer<typeof AgencySelector>

/**
 * A phrase that names many bodies at once. `patterns` are regular expressions over the folded phrase. An open class
 * ("the bodies concerned") has no selectors: nobody may be bound by it without a person's choice.
 */
export const AgencyClass = z.object({
  code: z.string(),
  names: z.record(z.string(), z.string()),
  patterns: z.array(z.string()).min(1),
  selectors: z.array(AgencySelector),
  isOpen: z.boolean(),
  /** Since when no such body exists, and who stands in when a later document still uses the phrase. */
  abolished: z.object({ since: PlainDate, successors: z.array(AgencySelector) }).nullable(),
})
export type AgencyClass = z.infer<typeof AgencyClass>

/** Words of a country's documents that matching needs; all folded (see `foldName`). */
export const AgencyWords = z.object({
  /** Abbreviations and what they stand for, applied longest first on whole words. */
  expansions: z.array(z.tuple([z.string(), z.string()])),
  /** Words that say nothing for the sake of matching ("and", "of"). */
  fillers: z.array(z.string()),
  /** Words before a body that ask or urge. */
  leads: z.array(z.string()),
  /** Posts before a body: the person is meant, the body is found. */
  posts: z.array(z.string()),
  /** Words after a body that do not belong to its name. */
  tails: z.array(z.string()),
  /** Words for tiers and kinds of unit that may follow a body's short name. */
  tiers: z.array(z.string()),
  /** Phrases in a list of recipients that point at the document itself and not at a body. */
  references: z.array(z.string()),
  /** Pattern of endings of a canonical phrase that narrow a class to those a matter concerns. */
  concerned: z.string().optional(),
  /** Pattern of the word that makes the shared word of a list many, on the phrase as printed. */
  plural: z.string().optional(),
})
export type AgencyWords = z.infer<typeof AgencyWords>

/** All bodies of a country over time, as its data hands them in. */
export const AgencyData = z.object({
  functions: z.array(AgencyFunction),
  agencies: z.array(Agency),
  mandates: z.array(Mandate),
  succession: z.array(AgencySuccession),
  seats: z.array(CoordinationSeat),
})
export type AgencyData = z.infer<typeof AgencyData>

/** The name a body bears on a date; outside its life the nearest one. */
export function nameOn(agency: Agency, on: PlainDate): AgencyName {
  const valid = agency.names.find((name) => isValidOn(name, on))
  if (valid !== undefined) return valid
  const [first, ...later] = agency.names
  if (first === undefined) throw new Error(`agency ${agency.key} has no name`)
  const last = later.at(-1) ?? first
  return first.from !== null && on < first.from ? first : last
}

/** A body by the name it bore on the date it is shown for. */
export const AgencyRef = z.object({ id: Id, name: z.string(), endedOn: PlainDate.nullable() }).meta({
  id: 'AgencyRef',
  description: 'endedOn: the day its life ended, whether before or after the date it is shown for',
})
export type AgencyRef = z.infer<typeof AgencyRef>

/** A body in a list. `formerName`: an older name by which the search found it. */
export const AgencySummary = z
  .object({
    id: Id,
    name: z.string(),
    shortName: z.string(),
    formerName: z.string().nullable(),
    kind: AgencyKind,
    level: AgencyLevel,
    unit: z.object({ id: Id, name: z.string() }),
    superior: AgencyRef.nullable(),
    validFrom: PlainDate.nullable(),
    validTo: PlainDate.nullable(),
    isInBeing: z.boolean(),
  })
  .meta({ id: 'AgencySummary' })
export type AgencySummary = z.infer<typeof AgencySummary>

const facet = <T extends z.ZodType>(value: T) => z.array(z.object({ value, count: z.number().int() }))

/** How many of the bodies that fit everything else each choice would leave. */
export const AgencyFacets = z
  .object({ levels: facet(AgencyLevel), kinds: facet(AgencyKind), inBeing: facet(z.boolean()) })
  .meta({ id: 'AgencyFacets' })
export type AgencyFacets = z.infer<typeof AgencyFacets>

export const AgencyPage = pageOf(AgencySummary)
  .extend({ facets: AgencyFacets, asOf: PlainDate })
  .meta({ id: 'AgencyPage' })
export type AgencyPage = z.infer<typeof AgencyPage>

const Stretch = { validFrom: PlainDate.nullable(), validTo: PlainDate.nullable() }

/** One step of succession; `functionName` null = everything that was not handed over by name. */
export const AgencyStep = z
  .object({
    agency: AgencyRef,
    function: z.string().nullable(),
    functionName: z.string().nullable(),
    onDate: PlainDate,
    share: z.enum(['whole', 'part']),
  })
  .meta({ id: 'AgencyStep' })
export type AgencyStep = z.infer<typeof AgencyStep>

export const Seat = z
  .object({
    role: CoordinationSeat.shape.role,
    post: z.string(),
    body: AgencyRef,
    agency: AgencyRef,
    legalBasis: z.string().nullable(),
    ...Stretch,
  })
  .meta({ id: 'CoordinationSeat' })
export type Seat = z.infer<typeof Seat>

/** One body with all that is known of it. `holders` = who has its duties on the date, itself while it is in being. */
export const AgencyDetail = AgencySummary.extend({
  asOf: PlainDate,
  isExecutive: z.boolean(),
  numberingAbbreviation: z.string().nullable(),
  names: z.array(z.object({ name: z.string(), shortName: z.string(), abbreviations: z.array(z.string()), ...Stretch })),
  superiors: z.array(z.object({ agency: AgencyRef, ...Stretch })),
  mandates: z.array(z.object({ function: z.string(), functionName: z.string(), ...Stretch })),
  offices: z.array(z.object({ name: z.string(), functionNames: z.array(z.string()), ...Stretch })),
  becameOf: z.array(AgencyStep),
  cameFrom: z.array(AgencyStep),
  holders: z.array(AgencyRef),
  /** Seats of this coordination body, and seats this body has in others. */
  seats: z.array(Seat),
  seatsElsewhere: z.array(Seat),
  subordinateCount: z.number().int(),
}).meta({ id: 'AgencyDetail' })
export type AgencyDetail = z.infer<typeof AgencyDetail>

export const ClassBodies = z
  .object({
    code: z.string(),
    name: z.string(),
    on: PlainDate,
    isOpen: z.boolean(),
    abolished: z.boolean(),
    since: PlainDate.nullable(),
    bodies: z.array(z.object({ addressed: AgencyRef, holder: AgencyRef })),
  })
  .meta({ id: 'ClassBodies', description: 'Bodies a class phrase means on a date, with who holds their duties today' })
export type ClassBodies = z.infer<typeof ClassBodies>

export const Suggestions = z
  .object({
    agencyClass: z.object({ code: z.string(), name: z.string(), isOpen: z.boolean() }).nullable(),
    bodies: z.array(
      z.object({
        agencyId: Id,
        name: z.string(),
        score: z.number(),
        why: z.array(z.string()),
        validTo: PlainDate.nullable(),
      }),
    ),
  })
  .meta({ id: 'AgencySuggestions' })
export type Suggestions = z.infer<typeof Suggestions>
