import type { AgencyRef } from '#agencies/model'
import type { DayRule, RegimeChoices, RegimeDefinition, Tier } from '#reporting/model'
import { useFormat, useText } from '../../kit/text.tsx'
import styles from './Regimes.module.css'
import { dayWords, useRegimeWords } from './words.ts'

export interface RegimeFactsProps {
  definition: RegimeDefinition
  choices: RegimeChoices
  bodies: readonly AgencyRef[]
}

/** What a regime says, in words: the fields a regime must have, one by one. */
export function RegimeFacts({ definition, choices, bodies }: RegimeFactsProps) {
  const t = useText()
  const format = useFormat()
  const words = useRegimeWords()
  const rule = useRuleWords()
  const facts: [string, React.ReactNode][] = [
    [t('regimes.kind'), t(`regimes.kind-${definition.kind}`)],
    [t('regimes.content'), definition.content],
    [t('regimes.legal-bases'), <Lines key="bases" of={definition.legalBases} />],
    [
      t('regimes.who-and-to'),
      <Lines
        key="tiers"
        of={definition.tiers.map((tier) =>
          t('regimes.tier-says', {
            tier: words.say(tier.names),
            who: whoWords(tier, { choices, bodies, t, format }),
            to: tier.to === 'owner' ? t('regimes.root') : words.tier(tier.to, definition),
            due: rule(tier.due),
          }),
        )}
      />,
    ],
    [t('regimes.root-due'), rule(definition.rootDue)],
    [t('regimes.sending'), definition.sending],
    [t('regimes.cut-off'), rule(definition.cutOff)],
    [t('regimes.estimates'), t('regimes.estimates-are', { are: definition.asksEstimates ? 'asked' : 'not' })],
    [t('regimes.holidays'), t(`regimes.holiday-${definition.onHoliday}`)],
    [
      t('regimes.reminders'),
      t('regimes.reminders-say', {
        days: format.list(definition.remindDays.toSorted((one, other) => other - one).map(String)),
        count: definition.remindDays.length,
        after: definition.escalateAfterDays,
        grace: definition.graceDays,
      }),
    ],
    [
      t('regimes.opens'),
      definition.opensDaysBefore === null
        ? t('regimes.opens-by-person')
        : t('regimes.opens-before', { days: definition.opensDaysBefore }),
    ],
    [
      t('regimes.lock'),
      definition.lockAfterDays === null
        ? t('regimes.lock-by-person')
        : t('regimes.lock-after', { days: definition.lockAfterDays }),
    ],
  ]
  return (
    <dl className={styles.facts}>
      {facts.map(([term, said]) => (
        <Fact key={term} term={term} said={said} />
      ))}
    </dl>
  )
}

function Fact({ term, said }: { term: string; said: React.ReactNode }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{said}</dd>
    </>
  )
}

function Lines({ of }: { of: readonly string[] }) {
  return (
    <ul>
      {of.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}

type Known = Pick<RegimeFactsProps, 'choices' | 'bodies'> & {
  t: ReturnType<typeof useText>
  format: ReturnType<typeof useFormat>
}

function whoWords({ who }: Tier, { choices, bodies, t, format }: Known): string {
  const name = (id: string) => bodies.find((one) => one.id === id)?.name ?? t('regimes.a-body')
  const named = [
    ...who.classes.map((code) => choices.classes.find((one) => one.code === code)?.name ?? code),
    ...who.functions.map((one) =>
      t('regimes.function-at', {
        function: choices.functions.find(({ code }) => code === one.function)?.name ?? one.function,
        level: one.level,
      }),
    ),
    ...(who.agencies.length > 5 ? [t('regimes.bodies', { count: who.agencies.length })] : who.agencies.map(name)),
  ]
  const said = format.list(named)
  return who.except.length === 0 ? said : t('regimes.but-not', { who: said, but: format.list(who.except.map(name)) })
}

/** A rule of days in words: `25/5, 20/11`, or so many days after the period. */
function useRuleWords(): (rule: DayRule) => string {
  const t = useText()
  const format = useFormat()
  return (rule) =>
    rule.kind === 'days'
      ? format.list(Object.values(rule.days).map((day) => dayWords(day, t)))
      : t('regimes.after-end', {
          days: Math.abs(rule.days),
          side: rule.days === 0 ? 'on' : rule.days > 0 ? 'after' : 'before',
        })
}
