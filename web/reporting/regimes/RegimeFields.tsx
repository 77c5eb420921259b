import { Button } from '@mantine/core'
import type { AgencyRef } from '#agencies/model'
import type { RegimeChoices, RegimeDefinition, Tier } from '#reporting/model'
import { judgeRegime } from '#reporting/model'
import { CheckField, LongTextField, SelectField, TextField } from '../../kit/fields.tsx'
import { Section } from '../../kit/Section.tsx'
import { useSession } from '../../kit/session.tsx'
import { useText } from '../../kit/text.tsx'
import { LinesField } from '../../plans/LinesField.tsx'
import { Calendar } from './Calendar.tsx'
import { DayRuleField, NumberField, WordsField } from './fields.tsx'
import { Findings } from './Findings.tsx'
import styles from './Regimes.module.css'
import { TierFields } from './TierFields.tsx'
import { usePartNames, WindowFields } from './WindowFields.tsx'

export interface RegimeFieldsProps {
  value: RegimeDefinition
  onChange: (value: RegimeDefinition) => void
  choices: RegimeChoices
  bodies: readonly AgencyRef[]
}

const kinds = ['periodic', 'thematic', 'ad-hoc'] as const
const holidays = ['stands', 'before', 'after'] as const

/** Everything a regime says, with what is impossible in it said as one types. */
export function RegimeFields({ value, onChange, choices, bodies }: RegimeFieldsProps) {
  const t = useText()
  const { today } = useSession()
  const parts = usePartNames(value.window)
  const set = (change: Partial<RegimeDefinition>) => onChange({ ...value, ...change })
  const setTier = (at: number, tier: Tier) =>
    set({ tiers: value.tiers.map((one, place) => (place === at ? tier : one)) })
  const findings = judgeRegime(value, choices, Number(today.slice(0, 4)))
  return (
    <div className={styles.columns}>
      <div className={styles.form}>
        <WordsField id="names" label={t('regimes.name')} value={value.names} onChange={(names) => set({ names })} />
        <SelectField
          id="kind"
          label={t('regimes.kind')}
          choices={kinds.map((kind) => ({ value: kind, label: t(`regimes.kind-${kind}`) }))}
          value={value.kind}
          onChange={(kind) => set({ kind: kinds.find((one) => one === kind) ?? 'periodic' })}
        />
        <LongTextField
          id="content"
          label={t('regimes.content')}
          required
          rows={3}
          value={value.content}
          onChange={(content) => set({ content })}
        />
        <LinesField
          id="legalBases"
          label={t('regimes.legal-bases')}
          help={t('regimes.one-a-line')}
          value={value.legalBases}
          onChange={(legalBases) => set({ legalBases })}
        />
        <TextField
          id="sending"
          label={t('regimes.sending')}
          required
          value={value.sending}
          onChange={(sending) => set({ sending })}
        />
        <WindowFields value={value.window} onChange={(window) => set({ window })} choices={choices} />
        <DayRuleField
          id="cutOff"
          label={t('regimes.cut-off')}
          parts={parts}
          value={value.cutOff}
          onChange={(cutOff) => set({ cutOff })}
        />
        <CheckField
          id="asksEstimates"
          label={t('regimes.asks-estimates')}
          help={t('regimes.asks-estimates-help')}
          value={value.asksEstimates}
          onChange={(asksEstimates) => set({ asksEstimates })}
        />
        {value.tiers.map((tier, at) => (
          <TierFields
            key={at}
            {...{ tier, at, parts, choices, bodies, tiers: value.tiers }}
            onChange={(changed) => setTier(at, changed)}
            onRemove={
              value.tiers.length > 1 ? () => set({ tiers: value.tiers.filter((_, place) => place !== at) }) : undefined
            }
          />
        ))}
        {value.tiers.length < 6 && (
          <div>
            <Button variant="default" onClick={() => set({ tiers: [...value.tiers, newTier(value.tiers)] })}>
              {t('regimes.add-tier')}
            </Button>
          </div>
        )}
        <DayRuleField
          id="rootDue"
          label={t('regimes.root-due')}
          parts={parts}
          value={value.rootDue}
          onChange={(rootDue) => set({ rootDue })}
        />
        <SelectField
          id="onHoliday"
          label={t('regimes.holidays')}
          choices={holidays.map((one) => ({ value: one, label: t(`regimes.holiday-${one}`) }))}
          value={value.onHoliday}
          onChange={(one) => set({ onHoliday: holidays.find((known) => known === one) ?? 'stands' })}
        />
        <div className={styles.row}>
          <NumberField
            id="graceDays"
            label={t('regimes.grace')}
            value={value.graceDays}
            onChange={(days) => set({ graceDays: days ?? 0 })}
          />
          <NumberField
            id="opensDaysBefore"
            label={t('regimes.opens-days')}
            help={t('regimes.opens-days-help')}
            value={value.opensDaysBefore}
            onChange={(opensDaysBefore) => set({ opensDaysBefore })}
          />
          <NumberField
            id="lockAfterDays"
            label={t('regimes.lock-days')}
            help={t('regimes.lock-days-help')}
            value={value.lockAfterDays}
            onChange={(lockAfterDays) => set({ lockAfterDays })}
          />
          <NumberField
            id="escalateAfterDays"
            label={t('regimes.escalate')}
            value={value.escalateAfterDays}
            onChange={(days) => set({ escalateAfterDays: days ?? 1 })}
          />
        </div>
        <LinesField
          id="remindDays"
          label={t('regimes.remind')}
          help={t('regimes.one-a-line')}
          value={value.remindDays.map(String)}
          onChange={(lines) =>
            set({ remindDays: lines.flatMap((line) => (/^\d{1,2}$/.test(line) ? [Number(line)] : [])) })
          }
        />
      </div>
      <div className={styles.beside}>
        <Section title={t('regimes.findings')}>
          <div aria-live="polite">
            <Findings findings={findings} of={value} />
          </div>
        </Section>
        <Section title={t('regimes.calendar')}>
          <Calendar definition={value} choices={choices} />
        </Section>
      </div>
    </div>
  )
}

function newTier(tiers: readonly Tier[]): Tier {
  return {
    ...{ code: `cap-${tiers.length + 1}`, names: {}, to: 'owner' },
    who: { classes: [], functions: [], agencies: [], except: [] },
    due: { kind: 'after-end', days: 0 },
  }
}
