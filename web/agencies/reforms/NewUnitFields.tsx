import { CloseButton } from '@mantine/core'
import type { NewUnit } from '#territory/model'
import { SelectField, TextField } from '../../kit/fields.tsx'
import { Picker, type Find, type Picked } from '../../kit/Picker.tsx'
import { useText } from '../../kit/text.tsx'
import type { Words } from './requests.ts'
import styles from './reforms.module.css'

/** A new unit being written. */
export interface UnitDraft {
  code: string
  name: string
  type: string
  parent: Picked | null
}
export const emptyUnit: UnitDraft = { code: '', name: '', type: '', parent: null }

/** As the server takes it; undefined while something is missing. */
export function unitOf(draft: UnitDraft): NewUnit | undefined {
  const { code, name, type, parent } = draft
  return code.trim() === '' || name.trim() === '' || type === '' || parent === null
    ? undefined
    : { code: code.trim(), name: name.trim(), nameEn: null, type, parent: parent.id }
}

export interface NewUnitFieldsProps {
  id: string
  draft: UnitDraft
  types: Words['types']
  find: Find
  what: string
  onChange: (draft: UnitDraft) => void
  onRemove?: () => void
}

/** Code, name, kind and place of a new unit. */
export function NewUnitFields({ id, draft, types, find, what, onChange, onRemove }: NewUnitFieldsProps) {
  const t = useText()
  return (
    <fieldset className={styles.part}>
      <legend>
        {t('agencies.reform-new-unit')}{' '}
        {onRemove && (
          <CloseButton
            component="button"
            size="sm"
            aria-label={t('agencies.reform-new-unit-remove')}
            onClick={onRemove}
          />
        )}
      </legend>
      <div className={styles.pair}>
        <TextField
          id={`${id}.code`}
          label={t('agencies.reform-code')}
          required
          value={draft.code}
          onChange={(code) => onChange({ ...draft, code })}
        />
        <TextField
          id={`${id}.name`}
          label={t('agencies.reform-name')}
          help={t('agencies.reform-name-help')}
          required
          value={draft.name}
          onChange={(name) => onChange({ ...draft, name })}
        />
      </div>
      <SelectField
        id={`${id}.type`}
        label={t('agencies.reform-type')}
        required
        choices={[
          { value: '', label: t('agencies.reform-choose') },
          ...types.map(({ type, name, level }) => ({
            value: type,
            label: `${name} (${t('agencies.level', { level })})`,
          })),
        ]}
        value={draft.type}
        onChange={(type) => onChange({ ...draft, type })}
      />
      <Picker
        id={`${id}.parent`}
        label={t('agencies.reform-parent')}
        required
        find={find}
        what={what}
        value={draft.parent}
        onChange={(parent) => onChange({ ...draft, parent })}
      />
    </fieldset>
  )
}
