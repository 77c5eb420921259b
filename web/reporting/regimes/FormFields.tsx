import { Button } from '@mantine/core'
import type { LocalizedText } from '#platform/model'
import type { FormDefinition, Section } from '#reporting/model'
import { CheckField, SelectField } from '../../kit/fields.tsx'
import { useLanguage, useText } from '../../kit/text.tsx'
import { useDictionary } from '../../indicators/queries.ts'
import { LinesField } from '../../plans/LinesField.tsx'
import { NumberField, WordsField } from './fields.tsx'
import styles from './Regimes.module.css'
import { useRegimeWords } from './words.ts'

const kinds = ['narrative', 'tasks', 'figures', 'money', 'obstacles', 'attachments'] as const

export interface FormFieldsProps {
  value: FormDefinition
  onChange: (value: FormDefinition) => void
}

/** The sections of a form: added, sorted, filled with what is asked. */
export function FormFields({ value, onChange }: FormFieldsProps) {
  const t = useText()
  const { sections } = value
  const { data } = useDictionary()
  const first = data?.indicators[0]?.measures[0]?.id
  const set = (next: readonly Section[]) => onChange({ ...value, sections: [...next] })
  const move = (at: number, by: number) => {
    const next = [...sections]
    const [taken] = next.splice(at, 1)
    if (taken) next.splice(at + by, 0, taken)
    set(next)
  }
  return (
    <div className={styles.form}>
      <WordsField
        id="title"
        label={t('regimes.form-title')}
        value={value.title}
        onChange={(title) => onChange({ ...value, title })}
      />
      {sections.map((section, at) => (
        <fieldset key={section.key} className={styles.card}>
          <legend>{t('regimes.section-at', { number: at + 1, kind: t(`regimes.section-${section.kind}`) })}</legend>
          <SectionFields
            section={section}
            onChange={(next) => set(sections.map((one, place) => (place === at ? next : one)))}
          />
          <div className={styles.acts}>
            <Button variant="default" size="compact-sm" disabled={at === 0} onClick={() => move(at, -1)}>
              {t('regimes.up')}
            </Button>
            <Button
              variant="default"
              size="compact-sm"
              disabled={at === sections.length - 1}
              onClick={() => move(at, 1)}
            >
              {t('regimes.down')}
            </Button>
            <Button
              variant="default"
              size="compact-sm"
              onClick={() => set(sections.filter((_, place) => place !== at))}
            >
              {t('regimes.remove-section')}
            </Button>
          </div>
        </fieldset>
      ))}
      <div className={styles.acts} role="group" aria-label={t('regimes.add-section')}>
        {kinds.map((kind) => (
          <Button
            key={kind}
            variant="default"
            size="compact-sm"
            disabled={sections.length >= 60 || (kind === 'figures' && first === undefined)}
            onClick={() => set([...sections, newSection(kind, freeKey(sections), first ?? '')])}
          >
            {t('regimes.add', { what: t(`regimes.section-${kind}`) })}
          </Button>
        ))}
      </div>
    </div>
  )
}

function freeKey(of: readonly { key: string }[], start = 'muc'): string {
  for (let number = of.length + 1; ; number++) {
    const key = `${start}-${number}`
    if (!of.some((one) => one.key === key)) return key
  }
}

function newSection(kind: Section['kind'], key: string, measureId: string): Section {
  const head = { key, heading: {}, guidance: {}, isRequired: false }
  switch (kind) {
    case 'narrative':
      return { kind, ...head, wordLimit: null }
    case 'tasks':
      return { kind, ...head }
    case 'figures':
      return {
        ...{ kind, ...head, showsBefore: true, showsPlan: true },
        rows: [{ key: 'so-1', measureId, breakdown: '', label: {}, isRequired: true }],
      }
    case 'money':
      return { kind, ...head, rows: [{ key: 'dong-1', label: {} }], sources: [{ key: 'nguon-1', label: {} }] }
    case 'obstacles':
      return { kind, ...head, themes: [{ key: 'chu-de-1', label: {} }] }
    case 'attachments':
      return { kind, ...head, most: 5 }
  }
}

function SectionFields({ section, onChange }: { section: Section; onChange: (section: Section) => void }) {
  const t = useText()
  const id = `section-${section.key}`
  return (
    <>
      <WordsField
        id={`${id}-heading`}
        label={t('regimes.heading')}
        value={section.heading}
        onChange={(heading) => onChange({ ...section, heading })}
      />
      <WordsField
        id={`${id}-guidance`}
        label={t('regimes.guidance')}
        isLong
        value={section.guidance}
        onChange={(guidance) => onChange({ ...section, guidance })}
      />
      <CheckField
        id={`${id}-required`}
        label={t('regimes.section-required')}
        value={section.isRequired}
        onChange={(isRequired) => onChange({ ...section, isRequired })}
      />
      <OfKind section={section} id={id} onChange={onChange} />
    </>
  )
}

function OfKind({ section, id, onChange }: { section: Section; id: string; onChange: (section: Section) => void }) {
  const t = useText()
  switch (section.kind) {
    case 'narrative':
      return (
        <NumberField
          id={`${id}-limit`}
          label={t('regimes.word-limit')}
          help={t('regimes.word-limit-help')}
          value={section.wordLimit}
          onChange={(wordLimit) => onChange({ ...section, wordLimit })}
        />
      )
    case 'tasks':
      return null
    case 'figures':
      return <FigureFields section={section} id={id} onChange={onChange} />
    case 'money':
      return (
        <>
          <KeyedLines
            id={`${id}-rows`}
            label={t('regimes.money-rows')}
            start="dong"
            value={section.rows}
            onChange={(rows) => onChange({ ...section, rows })}
          />
          <KeyedLines
            id={`${id}-sources`}
            label={t('regimes.money-sources')}
            start="nguon"
            value={section.sources}
            onChange={(sources) => onChange({ ...section, sources })}
          />
        </>
      )
    case 'obstacles':
      return (
        <KeyedLines
          id={`${id}-themes`}
          label={t('regimes.themes')}
          start="chu-de"
          value={section.themes}
          onChange={(themes) => onChange({ ...section, themes })}
        />
      )
    case 'attachments':
      return (
        <NumberField
          id={`${id}-most`}
          label={t('regimes.most')}
          value={section.most}
          onChange={(most) => onChange({ ...section, most: most ?? 1 })}
        />
      )
  }
}

type Figures = Extract<Section, { kind: 'figures' }>

function FigureFields({
  section,
  id,
  onChange,
}: {
  section: Figures
  id: string
  onChange: (section: Section) => void
}) {
  const t = useText()
  const { data } = useDictionary()
  const measures = (data?.indicators ?? []).flatMap((one) => one.measures)
  const [first] = measures
  const setRows = (rows: Figures['rows']) => onChange({ ...section, rows })
  return (
    <>
      {section.rows.map((row, at) => (
        <div key={row.key} className={styles.row}>
          <SelectField
            id={`${id}-measure-${at}`}
            label={t('regimes.figure-at', { number: at + 1 })}
            choices={measures.map((one) => ({ value: one.id, label: one.name }))}
            value={row.measureId}
            onChange={(measureId) =>
              setRows(section.rows.map((one, place) => (place === at ? { ...one, measureId } : one)))
            }
          />
          <CheckField
            id={`${id}-measure-${at}-required`}
            label={t('regimes.figure-required')}
            value={row.isRequired}
            onChange={(isRequired) =>
              setRows(section.rows.map((one, place) => (place === at ? { ...one, isRequired } : one)))
            }
          />
          {section.rows.length > 1 && (
            <Button
              variant="default"
              size="compact-sm"
              onClick={() => setRows(section.rows.filter((_, place) => place !== at))}
            >
              {t('regimes.remove-figure', { number: at + 1 })}
            </Button>
          )}
        </div>
      ))}
      {first && (
        <div>
          <Button
            variant="default"
            size="compact-sm"
            onClick={() =>
              setRows([
                ...section.rows,
                { key: freeKey(section.rows, 'so'), measureId: first.id, breakdown: '', label: {}, isRequired: false },
              ])
            }
          >
            {t('regimes.add-figure')}
          </Button>
        </div>
      )}
      <CheckField
        id={`${id}-before`}
        label={t('regimes.shows-before')}
        value={section.showsBefore}
        onChange={(showsBefore) => onChange({ ...section, showsBefore })}
      />
      <CheckField
        id={`${id}-plan`}
        label={t('regimes.shows-plan')}
        value={section.showsPlan}
        onChange={(showsPlan) => onChange({ ...section, showsPlan })}
      />
    </>
  )
}

type Keyed = { key: string; label: LocalizedText }

export interface KeyedLinesProps {
  id: string
  label: string
  /** What new keys begin with. */
  start: string
  value: readonly Keyed[]
  onChange: (value: Keyed[]) => void
}

/** Names of rows, one a line, in the reader's language; a line that stays keeps its key and what it is in other languages. */
function KeyedLines({ id, label, start, value, onChange }: KeyedLinesProps) {
  const t = useText()
  const { language } = useLanguage()
  const words = useRegimeWords()
  return (
    <LinesField
      id={id}
      label={label}
      help={t('regimes.one-a-line')}
      value={value.map((one) => words.say(one.label))}
      onChange={(lines) => {
        const made: Keyed[] = []
        lines.forEach((line, at) => {
          const same = value.find((one) => words.say(one.label) === line && !made.some(({ key }) => key === one.key))
          const here = lines.length === value.length ? value[at] : undefined
          const kept = same ?? (here && !made.some(({ key }) => key === here.key) ? here : undefined)
          made.push(
            same ?? {
              key: kept?.key ?? freeKey([...value, ...made], start),
              label: { ...kept?.label, [language]: line },
            },
          )
        })
        onChange(made)
      }}
    />
  )
}
