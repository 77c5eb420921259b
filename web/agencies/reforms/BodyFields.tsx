import { AgencyKind, AgencyLevel, type BodyTarget, type NewBody } from '#agencies/model'
import { CheckField, RadioField, SelectField, TextField } from '../../kit/fields.tsx'
import { Picker, type Find, type Picked } from '../../kit/Picker.tsx'
import { useText } from '../../kit/text.tsx'
import styles from './reforms.module.css'

/** Who takes over, being written: a body in being or a new one. */
export interface TargetDraft {
  isNew: boolean
  body: Picked | null
  made: BodyDraft
}
export interface BodyDraft {
  name: string
  shortName: string
  kind: AgencyKind
  level: AgencyLevel
  unit: Picked | null
  superior: Picked | null
  numbering: string
  functions: string[]
}
export const emptyBody: BodyDraft = {
  name: '',
  shortName: '',
  kind: 'department',
  level: 'province',
  unit: null,
  superior: null,
  numbering: '',
  functions: [],
}
export const emptyTarget: TargetDraft = { isNew: false, body: null, made: emptyBody }

/** As the server takes it; undefined while something is missing. */
export function bodyOf(draft: BodyDraft): NewBody | undefined {
  const { name, shortName, unit, superior, numbering, kind, level, functions } = draft
  if (name.trim() === '' || unit === null) return undefined
  return {
    slug: null,
    kind,
    level,
    unit: unit.id,
    superior: superior?.id ?? null,
    name: name.trim(),
    shortName: shortName.trim() === '' ? name.trim() : shortName.trim(),
    abbreviations: [],
    isExecutive: true,
    numberingAbbreviation: numbering.trim() === '' ? null : numbering.trim(),
    functions,
  }
}

export function targetOf(draft: TargetDraft): BodyTarget | undefined {
  if (!draft.isNew) return draft.body === null ? undefined : { body: draft.body.id, made: null }
  const made = bodyOf(draft.made)
  return made && { body: null, made }
}

export function pickedIn(draft: TargetDraft): Picked[] {
  return [draft.body, draft.made.unit, draft.made.superior].flatMap((each) => each ?? [])
}

export interface Finders {
  bodies: { find: Find; what: string }
  units: { find: Find; what: string }
}

/** A body in being, or all that a new one needs. */
export function TargetFields({
  id,
  draft,
  finders,
  onChange,
}: {
  id: string
  draft: TargetDraft
  finders: Finders
  onChange: (draft: TargetDraft) => void
}) {
  const t = useText()
  return (
    <>
      <RadioField
        id={`${id}.which`}
        label={t('agencies.reform-target')}
        choices={[
          { value: 'old', label: t('agencies.reform-target-old') },
          { value: 'new', label: t('agencies.reform-target-new') },
        ]}
        value={draft.isNew ? 'new' : 'old'}
        onChange={(value) => onChange({ ...draft, isNew: value === 'new' })}
      />
      {draft.isNew ? (
        <NewBodyFields id={id} draft={draft.made} finders={finders} onChange={(made) => onChange({ ...draft, made })} />
      ) : (
        <Picker
          id={`${id}.body`}
          label={t('agencies.agency')}
          required
          {...finders.bodies}
          value={draft.body}
          onChange={(body) => onChange({ ...draft, body })}
        />
      )}
    </>
  )
}

export function NewBodyFields({
  id,
  draft,
  finders,
  onChange,
}: {
  id: string
  draft: BodyDraft
  finders: Finders
  onChange: (draft: BodyDraft) => void
}) {
  const t = useText()
  const set = (change: Partial<BodyDraft>) => onChange({ ...draft, ...change })
  return (
    <fieldset className={styles.part}>
      <legend>{t('agencies.reform-new-body')}</legend>
      <TextField
        id={`${id}.name`}
        label={t('agencies.reform-body-name')}
        required
        value={draft.name}
        onChange={(name) => set({ name })}
      />
      <TextField
        id={`${id}.shortName`}
        label={t('agencies.reform-short-name')}
        value={draft.shortName}
        onChange={(shortName) => set({ shortName })}
      />
      <TextField
        id={`${id}.numbering`}
        label={t('agencies.reform-numbering')}
        help={t('agencies.reform-numbering-help')}
        letters={12}
        value={draft.numbering}
        onChange={(numbering) => set({ numbering })}
      />
      <SelectField
        id={`${id}.kind`}
        label={t('agencies.kind-label')}
        choices={AgencyKind.options.map((kind) => ({ value: kind, label: t(`agencies.kind-${kind}`) }))}
        value={draft.kind}
        onChange={(kind) => set({ kind: AgencyKind.options.find((each) => each === kind) ?? draft.kind })}
      />
      <SelectField
        id={`${id}.level`}
        label={t('agencies.level-label')}
        choices={AgencyLevel.options.map((level) => ({ value: level, label: t('agencies.level', { level }) }))}
        value={draft.level}
        onChange={(level) => set({ level: AgencyLevel.options.find((each) => each === level) ?? draft.level })}
      />
      <Picker
        id={`${id}.unit`}
        label={t('agencies.reform-body-unit')}
        required
        {...finders.units}
        value={draft.unit}
        onChange={(unit) => set({ unit })}
      />
      <Picker
        id={`${id}.superior`}
        label={t('agencies.reform-superior')}
        {...finders.bodies}
        value={draft.superior}
        onChange={(superior) => set({ superior })}
      />
    </fieldset>
  )
}

export interface FieldChecksProps {
  id: string
  label: string
  fields: readonly { code: string; name: string }[]
  value: readonly string[]
  onChange: (codes: string[]) => void
}

/** Fields of work, chosen one by one. */
export function FieldChecks({ id, label, fields, value, onChange }: FieldChecksProps) {
  return (
    <fieldset className={styles.part}>
      <legend>{label}</legend>
      <div className={styles.checks}>
        {fields.map(({ code, name }) => (
          <CheckField
            key={code}
            id={`${id}.${code}`}
            label={name}
            value={value.includes(code)}
            onChange={(isIn) => onChange(isIn ? [...value, code] : value.filter((each) => each !== code))}
          />
        ))}
      </div>
    </fieldset>
  )
}
