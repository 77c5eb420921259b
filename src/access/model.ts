import { z } from 'zod'
import { FactorKind, Stage } from './model/account.ts'
import { AuditEntry, Id, Instant, Language, PageQuery, PlainDate, Version, pageOf, text } from '#platform/model'

export * from './model/account.ts'
export * from './model/federated.ts'
export * from './model/hand-over.ts'
export * from './model/people-import.ts'
export * from './model/views.ts'

/** What a post lets its holder do; each permission names the roles that hold it (`permission-table.ts`). */
export const Role = z
  .enum(['officer', 'approver', 'consolidator', 'finance', 'inspector', 'auditor', 'administrator', 'reader'])
  .meta({ id: 'Role' })
export type Role = z.infer<typeof Role>

/** The word a person signs in with: lower case letters, digits, dot, hyphen, underscore. */
export const Login = z
  .string()
  .transform((value) => value.normalize('NFC').trim().toLowerCase())
  .pipe(z.string().refine((value) => /^[a-z0-9][a-z0-9._-]{2,59}$/.test(value), 'access.login-form'))
  .meta({ id: 'Login' })
export type Login = z.infer<typeof Login>

/** Shortest and longest password; what else is asked of one stands in `rules.ts`. */
export const passwordLength = { least: 12, most: 200 } as const

/** What was typed as a password: NFC, nothing else changed. */
export const Password = z
  .string()
  .max(1000)
  .transform((value) => value.normalize('NFC'))
export type Password = z.infer<typeof Password>

/** The code of a slip as typed: spaces, hyphens and case do not matter. */
export const OneTimeCode = z
  .string()
  .max(100)
  .transform((value) => value.toUpperCase().replace(/[^0-9A-Z]/g, ''))
export type OneTimeCode = z.infer<typeof OneTimeCode>

export const PersonState = z.enum(['invited', 'active', 'disabled']).meta({ id: 'PersonState' })
export type PersonState = z.infer<typeof PersonState>

/** Where a post stands on a day: waits for a second administrator, not yet begun, in force, ended. */
export const PostState = z.enum(['unconfirmed', 'coming', 'current', 'ended']).meta({ id: 'PostState' })
export type PostState = z.infer<typeof PostState>

/** A role at an agency during `[validFrom, validTo)`; a unit widens its sight to the bodies of that territory. */
export const Post = z
  .object({
    id: Id,
    agencyId: Id,
    agencyName: z.string(),
    unitId: Id.nullable(),
    unitName: z.string().nullable(),
    role: Role,
    validFrom: PlainDate,
    validTo: PlainDate.nullable(),
    state: PostState,
    grantedById: Id.nullable(),
    /** For whom a stand-in acts. */
    standsInFor: z.object({ postId: Id, personName: z.string() }).nullable(),
    version: Version,
  })
  .meta({ id: 'Post' })
export type Post = z.infer<typeof Post>

/** Someone who signs in, with the posts the reader may see. */
export const Person = z
  .object({
    id: Id,
    login: z.string(),
    name: z.string(),
    language: Language,
    state: PersonState,
    isDemonstration: z.boolean(),
    posts: z.array(Post),
    version: Version,
  })
  .meta({ id: 'Person' })
export type Person = z.infer<typeof Person>

export const PersonPage = pageOf(Person)

/** How lists of people are narrowed; `search` is found with and without diacritics in name and login. */
export const PeopleQuery = PageQuery.extend({
  search: z.string().max(200).optional(),
  agencyId: Id.optional(),
  role: Role.optional(),
  state: PersonState.optional(),
  waiting: z.enum(['yes']).optional(),
})
export type PeopleQuery = z.infer<typeof PeopleQuery>

/** A post to be granted. Without `validFrom` it begins today. */
export const GrantPost = z
  .strictObject({
    agencyId: Id,
    unitId: Id.nullable().default(null),
    role: Role,
    validFrom: PlainDate.nullable().default(null),
    validTo: PlainDate.nullable().default(null),
  })
  .meta({ id: 'GrantPost' })
export type GrantPost = z.infer<typeof GrantPost>

export const InvitePerson = z
  .strictObject({
    login: Login,
    name: text(120),
    language: Language,
    mail: z.email().max(200).nullable().default(null),
    post: GrantPost,
  })
  .meta({ id: 'InvitePerson' })
export type InvitePerson = z.infer<typeof InvitePerson>

/** A one-time code, told once and printed on a slip; good until `endsAt`. */
export const Slip = z.object({ code: z.string(), endsAt: Instant }).meta({ id: 'Slip' })
export type Slip = z.infer<typeof Slip>

export const Invited = z.object({ person: Person, slip: Slip }).meta({ id: 'Invited' })
export type Invited = z.infer<typeof Invited>

export const ChangePersonState = z
  .strictObject({ state: z.enum(['active', 'disabled']), version: Version })
  .meta({ id: 'ChangePersonState' })
export type ChangePersonState = z.infer<typeof ChangePersonState>

export const SignIn = z.strictObject({ login: z.string().max(200), password: Password }).meta({ id: 'SignIn' })
export type SignIn = z.infer<typeof SignIn>

export const TakeUpInvitation = z
  .strictObject({ code: OneTimeCode, password: Password })
  .meta({ id: 'TakeUpInvitation' })
export type TakeUpInvitation = z.infer<typeof TakeUpInvitation>

export const BecomeFirstAdministrator = z
  .strictObject({ code: OneTimeCode, login: Login, name: text(120), password: Password })
  .meta({ id: 'BecomeFirstAdministrator' })
export type BecomeFirstAdministrator = z.infer<typeof BecomeFirstAdministrator>

export const ChangePassword = z
  .strictObject({ currentPassword: Password, newPassword: Password })
  .meta({ id: 'ChangePassword' })
export type ChangePassword = z.infer<typeof ChangePassword>

/** Who is signed in, in which posts, and what the acting post allows. */
export const Session = z
  .object({
    person: z.object({ id: Id, name: z.string(), language: Language }),
    posts: z.array(
      z.object({
        id: Id,
        agencyId: Id,
        agencyName: z.string(),
        role: Role,
        unitName: z.string().nullable(),
        /** For whom a stand-in acts. */
        standsInForName: z.string().nullable(),
      }),
    ),
    actingPostId: Id.nullable(),
    permissions: z.array(z.string()),
    /** How far this session has come; until it is `whole` there are no posts and no permissions. */
    stage: Stage,
    /** What the second factor may be given by; empty where there is none. */
    factors: z.array(FactorKind),
    /** A second factor is needed and there is none yet; this instance lets it be taken up later. */
    isFactorPostponed: z.boolean(),
    demo: z.boolean(),
    country: z.object({ code: z.string(), name: z.string(), timeZone: z.string() }),
    today: PlainDate,
  })
  .meta({ id: 'Session' })
export type Session = z.infer<typeof Session>

/** How the audit is narrowed: by record, person, kind of act, and days `[from, to]`. */
export const AuditQuery = PageQuery.extend({
  recordId: Id.optional(),
  personId: Id.optional(),
  action: z
    .string()
    .regex(/^[a-z-]+(\.[a-z-]*)?$/)
    .max(100)
    .optional(),
  from: PlainDate.optional(),
  to: PlainDate.optional(),
})
export type AuditQuery = z.infer<typeof AuditQuery>

/** An entry with the names it needs to be read. */
export const NamedAuditEntry = AuditEntry.extend({
  agencyName: z.string().nullable(),
  recordPersonName: z.string().nullable(),
  recordName: z.string().nullable().describe('What the record is called today, where the reader sees it'),
}).meta({ id: 'NamedAuditEntry' })
export type NamedAuditEntry = z.infer<typeof NamedAuditEntry>

/** Whether `[validFrom, validTo)` holds a day. */
export function holdsOn(period: { validFrom: PlainDate; validTo: PlainDate | null }, day: PlainDate): boolean {
  return period.validFrom <= day && (period.validTo === null || day < period.validTo)
}
