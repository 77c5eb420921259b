import { Button, MultiSelect } from '@mantine/core'
import { AgencyLevel, type AgencyRef } from '#agencies/model'
import type { RegimeChoices, Tier } from '#reporting/model'
import { SelectField, TextField } from '../../kit/fields.tsx'
import { ManyPicker, type Picked } from '../../kit/Picker.tsx'
import { useText } from '../../kit/text.tsx'
import { findAgencies } from '../../plans/find.ts'
import { DayRuleField, WordsField } from './fields.tsx'
import styles from './Regimes.module.css'
import { useRegimeWords } from './words.ts'

export interface TierFieldsProps {
  tier: Tier
  at: number
  tiers: readonly Tier[]
  parts: readonly { part: string; name: string }[]
  choices: RegimeChoices
  /** Names of bodies named before. */
  bodies: readonly AgencyRef[]
  onChange: (tier: Tier) => void
  onRemove: (() => void) | undefined
}

/** One tier: who owes, to whom it goes, by when. */
export function TierFields({ tier, at, tiers, parts, choices, bodies, onChange, onRemove }: TierFieldsProps) {
  const t = useText()
  const words = useRegimeWords()
  const { who } = tier
  const id = `tiers-${at}`
  const picked = (ids: readonly string[]): Picked[] =>
    ids.map((one) => ({ id: one, name: bodies.find((body) => body.id === one)?.name ?? t('regimes.a-body') }))
  const set = (change: Partial<Tier['who']>) => onChange({ ...tier, who: { ...who, ...change } })
  const functionChoices = choices.functions.flatMap(({ code, name }) =>
    AgencyLevel.options.map((level) => ({
      value: `${code} ${level}`,
      label: t('regimes.function-at', { function: name, level }),
    })),
  )
  return (
    <fieldset className={styles.card}>
      <legend>{t('regimes.tier-at', { number: at + 1, name: words.say(tier.names) })}</legend>
      <TextField
        id={`${id}-code`}
        label={t('regimes.tier-code')}
        help={t('regimes.tier-code-help')}
        letters={16}
        maxLength={31}
        value={tier.code}
        onChange={(code) => onChange({ ...tier, code })}
      />
      <WordsField
        id={`${id}-names`}
        label={t('regimes.tier-name')}
        value={tier.names}
        onChange={(names) => onChange({ ...tier, names })}
      />
      <MultiSelect
        id={`${id}-classes`}
        label={t('regimes.classes')}
        data={choices.classes.map(({ code, name }) => ({ value: code, label: name }))}
        value={who.classes}
        searchable
        maw="36rem"
        onChange={(classes) => set({ classes })}
      />
      <MultiSelect
        id={`${id}-functions`}
        label={t('regimes.functions')}
        data={functionChoices}
        value={who.functions.map((one) => `${one.function} ${one.level}`)}
        searchable
        limit={50}
        maw="36rem"
        onChange={(values) =>
          set({
            functions: values.flatMap((value) => {
              const [code = '', level] = value.split(' ')
              const found = AgencyLevel.options.find((one) => one === level)
              return found === undefined ? [] : [{ function: code, level: found }]
            }),
          })
        }
      />
      <ManyPicker
        id={`${id}-agencies`}
        label={t('regimes.named')}
        what="agencies"
        find={findAgencies}
        value={picked(who.agencies)}
        onChange={(value) => set({ agencies: value.map((one) => one.id) })}
      />
      <ManyPicker
        id={`${id}-except`}
        label={t('regimes.except')}
        what="agencies"
        find={findAgencies}
        value={picked(who.except)}
        onChange={(value) => set({ except: value.map((one) => one.id) })}
      />
      <SelectField
        id={`${id}-to`}
        label={t('regimes.to')}
        choices={[
          { value: 'owner', label: t('regimes.root') },
          ...tiers
            .filter(({ code }) => code !== tier.code)
            .map(({ code, names }) => ({ value: code, label: words.say(names) || code })),
        ]}
        value={tier.to}
        onChange={(to) => onChange({ ...tier, to })}
      />
      <DayRuleField
        id={`${id}-due`}
        label={t('regimes.due')}
        parts={parts}
        value={tier.due}
        onChange={(due) => onChange({ ...tier, due })}
      />
      {onRemove && (
        <div>
          <Button variant="default" size="compact-sm" onClick={onRemove}>
            {t('regimes.remove-tier')}
          </Button>
        </div>
      )}
    </fieldset>
  )
}
