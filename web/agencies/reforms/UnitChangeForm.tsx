import { Button } from '@mantine/core'
import { useRef, useState } from 'react'
import type { UnitChange } from '#territory/model'
import { SelectField, TextField } from '../../kit/fields.tsx'
import { ManyPicker, Picker, type Picked } from '../../kit/Picker.tsx'
import { useText } from '../../kit/text.tsx'
import { emptyUnit, NewUnitFields, unitOf, type UnitDraft } from './NewUnitFields.tsx'
import { unitFinder, type Above, type Words } from './requests.ts'
import styles from './reforms.module.css'

const kinds: readonly UnitChange['kind'][] = ['merge', 'split', 'rename', 'move', 'convert', 'abolish', 'create']

interface Draft {
  kind: UnitChange['kind']
  unit: Picked | null
  whole: Picked[]
  part: Picked[]
  parent: Picked | null
  name: string
  code: string
  type: string
  made: UnitDraft[]
}

const empty: Draft = {
  kind: 'merge',
  unit: null,
  whole: [],
  part: [],
  parent: null,
  name: '',
  code: '',
  type: '',
  made: [emptyUnit],
}

const portion = (extent: 'whole' | 'part') => (unit: Picked) => ({ unit: unit.id, extent, share: null, note: null })
const orNull = (text: string) => (text.trim() === '' ? null : text.trim())

/** The change as the server takes it; undefined while something is missing. */
function changeOf(draft: Draft): UnitChange | undefined {
  const { kind, unit } = draft
  const made = draft.made.flatMap((each) => unitOf(each) ?? [])
  const [first] = made.length === draft.made.length ? made : []
  const common = { legalBasis: null }
  if (kind === 'merge') {
    const from = [...draft.whole.map(portion('whole')), ...draft.part.map(portion('part'))]
    return first === undefined || from.length === 0 ? undefined : { kind, from, into: first, ...common }
  }
  if (kind === 'create') return first && { kind, made: first, ...common }
  if (unit === null) return undefined
  switch (kind) {
    case 'split':
      return first === undefined || made.length < 2
        ? undefined
        : { kind, unit: unit.id, into: made, note: null, ...common }
    case 'convert':
      return first && { kind, unit: unit.id, into: first, share: null, note: null, ...common }
    case 'move':
      return draft.parent === null ? undefined : { kind, unit: unit.id, parent: draft.parent.id, ...common }
    case 'abolish':
      return { kind, unit: unit.id, to: draft.whole.map(portion(draft.whole.length > 1 ? 'part' : 'whole')), ...common }
    case 'rename': {
      const [name, code, type] = [orNull(draft.name), orNull(draft.code), orNull(draft.type)]
      return name === null && code === null && type === null
        ? undefined
        : { kind, unit: unit.id, name, nameEn: null, type, code, ...common }
    }
  }
}

export interface UnitChangeFormProps {
  date: string
  types: Words['types']
  /** Units the draft makes: they may be named as places and heirs. */
  made: readonly Picked[]
  onAdd: (change: UnitChange, picked: readonly Picked[]) => void
  onClose: () => void
}

/** One change of units being written; its fields follow from what happens. */
export function UnitChangeForm({ date, types, made, onAdd, onClose }: UnitChangeFormProps) {
  const t = useText()
  const [draft, setDraft] = useState<Draft>(empty)
  const [isMissing, setMissing] = useState(false)
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change })
  const { kind } = draft
  const above = useRef<Above>(new Map()).current
  const before = { find: unitFinder(date, above), what: `reform units ${date}` }
  const after = {
    find: unitFinder(date, above, made),
    what: `reform units ${date} ${made.map((each) => each.id).join(' ')}`,
  }
  /** A new unit lies where its ground lay, until one says otherwise. */
  const placed = (from: Picked | null | undefined) =>
    draft.made.map((each) => ({ ...each, parent: each.parent ?? (from ? (above.get(from.id) ?? null) : null) }))
  const choose = (next: string) => {
    const found = kinds.find((each) => each === next) ?? 'merge'
    setDraft({ ...empty, kind: found, made: found === 'split' ? [emptyUnit, emptyUnit] : [emptyUnit] })
    setMissing(false)
  }
  const makes = kind === 'merge' || kind === 'split' || kind === 'convert' || kind === 'create'
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const change = changeOf(draft)
        if (change === undefined) return setMissing(true)
        const parents = draft.made.flatMap((each) => each.parent ?? [])
        onAdd(change, [
          ...draft.whole,
          ...draft.part,
          ...parents,
          ...[draft.unit, draft.parent].flatMap((each) => each ?? []),
        ])
      }}
    >
      <SelectField
        id="unit-kind"
        label={t('agencies.reform-what')}
        choices={kinds.map((each) => ({ value: each, label: t(`agencies.reform-kind-${each}`) }))}
        value={kind}
        onChange={choose}
      />
      {kind === 'merge' && (
        <>
          <ManyPicker
            id="whole"
            label={t('agencies.reform-whole')}
            {...before}
            value={draft.whole}
            onChange={(whole) => set({ whole: [...whole], made: placed(whole[0]) })}
          />
          <ManyPicker
            id="part"
            label={t('agencies.reform-part')}
            help={t('agencies.reform-part-help')}
            {...before}
            value={draft.part}
            onChange={(part) => set({ part: [...part] })}
          />
        </>
      )}
      {kind !== 'merge' && kind !== 'create' && (
        <Picker
          id="unit"
          label={t('agencies.reform-unit')}
          required
          {...before}
          value={draft.unit}
          onChange={(unit) => set({ unit, made: placed(unit) })}
        />
      )}
      {kind === 'rename' && (
        <>
          <TextField
            id="name"
            label={t('agencies.reform-new-name')}
            help={t('agencies.reform-keep-help')}
            value={draft.name}
            onChange={(name) => set({ name })}
          />
          <TextField
            id="code"
            label={t('agencies.reform-new-code')}
            letters={10}
            value={draft.code}
            onChange={(code) => set({ code })}
          />
          <SelectField
            id="type"
            label={t('agencies.reform-new-type')}
            choices={[
              { value: '', label: t('agencies.reform-keep') },
              ...types.map(({ type, name }) => ({ value: type, label: name })),
            ]}
            value={draft.type}
            onChange={(type) => set({ type })}
          />
        </>
      )}
      {kind === 'move' && (
        <Picker
          id="parent"
          label={t('agencies.reform-new-parent')}
          required
          {...after}
          value={draft.parent}
          onChange={(parent) => set({ parent })}
        />
      )}
      {kind === 'abolish' && (
        <ManyPicker
          id="heirs"
          label={t('agencies.reform-heirs')}
          help={t('agencies.reform-heirs-help')}
          {...after}
          value={draft.whole}
          onChange={(whole) => set({ whole: [...whole] })}
        />
      )}
      {makes &&
        draft.made.map((unit, place) => (
          <NewUnitFields
            key={place}
            id={`made.${place}`}
            draft={unit}
            types={types}
            {...after}
            onChange={(next) => set({ made: draft.made.map((each, at) => (at === place ? next : each)) })}
            {...(kind === 'split' && draft.made.length > 2
              ? { onRemove: () => set({ made: draft.made.filter((_, at) => at !== place) }) }
              : {})}
          />
        ))}
      {kind === 'split' && (
        <div>
          <Button
            variant="subtle"
            onClick={() => set({ made: [...draft.made, { ...emptyUnit, parent: draft.made[0]?.parent ?? null }] })}
          >
            {t('agencies.reform-new-unit-add')}
          </Button>
        </div>
      )}
      {isMissing && <p role="alert">{t('agencies.reform-missing')}</p>}
      <div className={styles.acts}>
        <Button type="submit">{t('agencies.reform-add')}</Button>
        <Button variant="default" onClick={onClose}>
          {t('kit.cancel')}
        </Button>
      </div>
    </form>
  )
}
