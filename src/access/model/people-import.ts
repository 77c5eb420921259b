import { z } from 'zod'
import { Id, Instant } from '#platform/model'

/** How large a spreadsheet of people may be. */
export const peopleImportLimits = { bytes: 5 * 1024 * 1024, rows: 6_000 } as const

/** The columns of the spreadsheet; heads are recognised in each language, in any order. */
export const peopleColumns = [
  'name',
  'login',
  'language',
  'mail',
  'agencyKey',
  'agency',
  'role',
  'validFrom',
  'validTo',
] as const
export type PeopleColumn = (typeof peopleColumns)[number]

/** A row of the spreadsheet: what was typed, what is wrong with it and where, and whom it became. */
export const PeopleImportRow = z
  .object({
    number: z.number().int(),
    cells: z.record(z.string(), z.string()),
    faults: z.array(z.object({ cell: z.string(), code: z.string(), title: z.string() })),
    personId: Id.nullable(),
  })
  .meta({ id: 'PeopleImportRow' })
export type PeopleImportRow = z.infer<typeof PeopleImportRow>

/** A spreadsheet of people: how many rows are good, which are not and why. At most 200 rows of each kind are told. */
export const PeopleImport = z
  .object({
    id: Id,
    state: z.enum(['checking', 'checked', 'making', 'made']),
    jobId: Id,
    madeAt: Instant,
    total: z.number().int(),
    good: z.number().int(),
    made: z.number().int(),
    withMail: z.number().int(),
    faulty: z.array(PeopleImportRow),
    goodRows: z.array(PeopleImportRow),
  })
  .meta({ id: 'PeopleImport' })
export type PeopleImport = z.infer<typeof PeopleImport>

/** Whether the good rows go in though others are faulty. */
export const ConfirmPeopleImport = z.strictObject({ isPartial: z.boolean() }).meta({ id: 'ConfirmPeopleImport' })
export type ConfirmPeopleImport = z.infer<typeof ConfirmPeopleImport>

/** One slip of many: told once, to be printed. */
export const NamedSlip = z
  .object({
    personId: Id,
    name: z.string(),
    login: z.string(),
    agencyName: z.string(),
    role: z.string(),
    code: z.string(),
    endsAt: Instant,
  })
  .meta({ id: 'NamedSlip' })
export type NamedSlip = z.infer<typeof NamedSlip>
