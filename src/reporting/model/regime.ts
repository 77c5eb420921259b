import { z } from 'zod'
import { AgencyLevel } from '#agencies/model'
import { Frequency, PeriodId } from '#indicators/model'
import { Id, LocalizedText, PlainDate, text } from '#platform/model'

/** A day of the year a period belongs to: `year` 0 = the year in its name, 1 = the next, -1 = the one before. */
export const DayOfYear = z.strictObject({
  year: z.int().min(-1).max(1),
  month: z.int().min(1).max(12),
  day: z.int().min(1).max(31),
})
export type DayOfYear = z.infer<typeof DayOfYear>

/**
 * When something is due in each period: days by the part of the year (`S1`, `Q3`, `07`, empty for a year), or so many days after
 * the period's last day (before it, where negative).
 */
export const DayRule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('days'), days: z.record(z.string().max(10), DayOfYear) }),
  z.strictObject({ kind: z.literal('after-end'), days: z.int().min(-366).max(366) }),
])
export type DayRule = z.infer<typeof DayRule>

/** The stretches of time reported on: of a calendar, or the regime's own, each `[from, to)` under a part of its own. */
export const Window = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('calendar'), calendar: z.string().max(40), frequency: Frequency }),
  z.strictObject({
    kind: z.literal('own'),
    parts: z
      .array(
        z.strictObject({
          part: z.string().regex(/^[A-Z0-9]{2}$/),
          names: LocalizedText,
          from: DayOfYear,
          to: DayOfYear,
        }),
      )
      .min(1)
      .max(12),
  }),
])
export type Window = z.infer<typeof Window>

/** Who owes at a tier: bodies of classes, of a function and level, or named ones; together. */
export const Owing = z.strictObject({
  classes: z.array(z.string().max(80)).max(20),
  functions: z.array(z.strictObject({ function: z.string().max(80), level: AgencyLevel })).max(20),
  agencies: z.array(Id).max(400),
  except: z.array(Id).max(400),
})
export type Owing = z.infer<typeof Owing>

/**
 * One tier of a regime. `to`: `owner` of the regime, or the code of the tier in whose reports this one is consolidated (the body of that
 * tier in whose unit it lies). The owner's own report is the tier `root`, which goes to nobody and is approved.
 */
export const Tier = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/),
  names: LocalizedText,
  who: Owing,
  to: z.string().max(32),
  due: DayRule,
})
export type Tier = z.infer<typeof Tier>

/** What a due date on a day off does: it stands, or moves to the working day before or after. */
export const OnHoliday = z.enum(['stands', 'before', 'after'])
export type OnHoliday = z.infer<typeof OnHoliday>

/**
 * What a regime says. The ten compulsory fields are names, content, tiers (who reports, to whom, deadline), sending, window (frequency),
 * cutOff, and the form (outline, data forms).
 * @source Decree 09/2019/NĐ-CP
 */
export const RegimeDefinition = z
  .strictObject({
    names: LocalizedText,
    kind: z.enum(['periodic', 'thematic', 'ad-hoc']),
    content: text(2_000),
    legalBases: z.array(text(500)).min(1).max(20),
    /** Way of sending, in words. */
    sending: text(500),
    window: Window,
    cutOff: DayRule,
    /** Figures of periods that have not ended are asked as estimates, replaced by final ones later. */
    asksEstimates: z.boolean(),
    tiers: z.array(Tier).min(1).max(6),
    /** The owner's own consolidated report. */
    rootDue: DayRule,
    /** So many days after its due date a report is not yet called late. */
    graceDays: z.int().min(0).max(60),
    /** So many days after the owner's due date the round locks; null = by a person. */
    lockAfterDays: z.int().min(0).max(366).nullable(),
    /** So many days before its first due day a round opens by itself; null = by a person. */
    opensDaysBefore: z.int().min(0).max(366).nullable().default(null),
    onHoliday: OnHoliday,
    /** Days before the due date on which those who owe are reminded; 0 = on the day. */
    remindDays: z.array(z.int().min(0).max(60)).max(6),
    /** So many days after it the superior hears. */
    escalateAfterDays: z.int().min(1).max(60),
  })
  .meta({ id: 'RegimeDefinition' })
export type RegimeDefinition = z.infer<typeof RegimeDefinition>

/** The code of the owner's own tier. */
export const rootTier = 'root'

/** The dates of a round, as worked out when it was opened. */
export const RoundDates = z
  .object({
    due: z.record(z.string(), PlainDate),
    lockOn: PlainDate.nullable(),
    graceDays: z.int(),
    remindDays: z.array(z.int()),
    escalateAfterDays: z.int(),
  })
  .meta({ id: 'RoundDates' })
export type RoundDates = z.infer<typeof RoundDates>

/** Why a period could not be opened by itself: a fault with what it says. */
export const NotOpened = z
  .object({ period: z.string(), code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })
  .meta({ id: 'NotOpened' })
export type NotOpened = z.infer<typeof NotOpened>

/** The name of a period of a regime: that of a calendar (`vn-report:2026-S1`), or `own:2026-A1`. */
export const ReportPeriod = PeriodId
export type ReportPeriod = z.infer<typeof ReportPeriod>
