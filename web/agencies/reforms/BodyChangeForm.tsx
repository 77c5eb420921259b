import { Button } from '@mantine/core'
import { useRef, useState } from 'react'
import type { BodyChange } from '#agencies/model'
import { SelectField, TextField } from '../../kit/fields.tsx'
import { ManyPicker, Picker, type Picked } from '../../kit/Picker.tsx'
import { useText } from '../../kit/text.tsx'
import {
  bodyOf,
  emptyBody,
  emptyTarget,
  FieldChecks,
  NewBodyFields,
  pickedIn,
  TargetFields,
  targetOf,
  type BodyDraft,
  type Finders,
  type TargetDraft,
} from './BodyFields.tsx'
import { bodyFinder, unitFinder, type Held } from './requests.ts'
import styles from './reforms.module.css'

const kinds: readonly BodyChange['kind'][] = ['merge', 'split', 'transfer', 'rename', 'move', 'abolish', 'create']

interface Draft {
  kind: BodyChange['kind']
  body: Picked | null
  from: Picked[]
  superior: Picked | null
  name: string
  shortName: string
  numbering: string
  made: BodyDraft
  heirs: { to: TargetDraft; functions: string[] }[]
}

const heir = { to: emptyTarget, functions: [] }
const empty: Draft = {
  kind: 'merge',
  body: null,
  from: [],
  superior: null,
  name: '',
  shortName: '',
  numbering: '',
  made: emptyBody,
  heirs: [heir],
}

const orNull = (text: string) => (text.trim() === '' ? null : text.trim())

/** The change as the server takes it; undefined while something is missing. */
function changeOf(draft: Draft): BodyChange | undefined {
  const { kind, body } = draft
  const heirs = draft.heirs.flatMap(({ to, functions }) => {
    const target = targetOf(to)
    return target === undefined ? [] : [{ to: target, functions }]
  })
  const [first] = heirs
  if (kind === 'merge')
    return first === undefined || draft.from.length === 0
      ? undefined
      : { kind, from: draft.from.map((each) => each.id), into: first.to }
  if (kind === 'create') {
    const made = bodyOf(draft.made)
    return made && { kind, made }
  }
  if (body === null) return undefined
  switch (kind) {
    case 'split':
      return heirs.length < 2 || heirs.length < draft.heirs.length ? undefined : { kind, body: body.id, into: heirs }
    case 'transfer':
      return first === undefined || first.functions.length === 0
        ? undefined
        : { kind, body: body.id, functions: first.functions, to: first.to }
    case 'rename':
      return draft.name.trim() === ''
        ? undefined
        : {
            kind,
            body: body.id,
            name: draft.name.trim(),
            shortName: orNull(draft.shortName) ?? draft.name.trim(),
            abbreviations: null,
            numberingAbbreviation: orNull(draft.numbering),
          }
    case 'move':
      return draft.superior === null ? undefined : { kind, body: body.id, superior: draft.superior.id }
    case 'abolish':
      return { kind, body: body.id, to: draft.superior?.id ?? null }
  }
}

export interface BodyChangeFormProps {
  date: string
  fields: readonly { code: string; name: string }[]
  made: readonly Picked[]
  madeUnits: readonly Picked[]
  onAdd: (change: BodyChange, picked: readonly Picked[]) => void
  onClose: () => void
}

/** One change of bodies being written; its fields follow from what happens. */
export function BodyChangeForm({ date, fields, made, madeUnits, onAdd, onClose }: BodyChangeFormProps) {
  const t = useText()
  const [draft, setDraft] = useState<Draft>(empty)
  const [isMissing, setMissing] = useState(false)
  const held = useRef<Held>(new Map()).current
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change })
  const { kind } = draft
  const before = { find: bodyFinder(date, held), what: `reform bodies ${date}` }
  const marks = [...made, ...madeUnits].map((each) => each.id).join(' ')
  const finders: Finders = {
    bodies: { find: bodyFinder(date, held, made), what: `reform bodies ${date} ${marks}` },
    units: { find: unitFinder(date, new Map(), madeUnits), what: `reform units ${date} ${marks}` },
  }
  const own = draft.body === null ? [] : (held.get(draft.body.id) ?? [])
  const setHeir = (place: number, change: Partial<Draft['heirs'][number]>) =>
    set({ heirs: draft.heirs.map((each, at) => (at === place ? { ...each, ...change } : each)) })
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const change = changeOf(draft)
        if (change === undefined) return setMissing(true)
        onAdd(change, [
          ...draft.from,
          ...[draft.body, draft.superior, draft.made.unit, draft.made.superior].flatMap((each) => each ?? []),
          ...draft.heirs.flatMap((each) => pickedIn(each.to)),
        ])
      }}
    >
      <SelectField
        id="body-kind"
        label={t('agencies.reform-what')}
        choices={kinds.map((each) => ({ value: each, label: t(`agencies.reform-kind-${each}`) }))}
        value={kind}
        onChange={(next) => {
          const found = kinds.find((each) => each === next) ?? 'merge'
          setDraft({ ...empty, kind: found, heirs: found === 'split' ? [heir, heir] : [heir] })
          setMissing(false)
        }}
      />
      {kind === 'merge' && (
        <ManyPicker
          id="from"
          label={t('agencies.reform-bodies-merged')}
          required
          {...before}
          value={draft.from}
          onChange={(from) => set({ from: [...from] })}
        />
      )}
      {kind !== 'merge' && kind !== 'create' && (
        <Picker
          id="body"
          label={t('agencies.agency')}
          required
          {...before}
          value={draft.body}
          onChange={(body) => set({ body })}
        />
      )}
      {kind === 'rename' && (
        <>
          <TextField
            id="name"
            label={t('agencies.reform-new-name')}
            required
            value={draft.name}
            onChange={(name) => set({ name })}
          />
          <TextField
            id="shortName"
            label={t('agencies.reform-short-name')}
            value={draft.shortName}
            onChange={(shortName) => set({ shortName })}
          />
          <TextField
            id="numbering"
            label={t('agencies.reform-numbering')}
            letters={12}
            value={draft.numbering}
            onChange={(numbering) => set({ numbering })}
          />
        </>
      )}
      {kind === 'move' && (
        <Picker
          id="superior"
          label={t('agencies.reform-superior')}
          required
          {...finders.bodies}
          value={draft.superior}
          onChange={(superior) => set({ superior })}
        />
      )}
      {kind === 'abolish' && (
        <Picker
          id="superior"
          label={t('agencies.reform-heir')}
          help={t('agencies.reform-heir-help')}
          {...finders.bodies}
          value={draft.superior}
          onChange={(superior) => set({ superior })}
        />
      )}
      {kind === 'create' && (
        <>
          <NewBodyFields id="made" draft={draft.made} finders={finders} onChange={(next) => set({ made: next })} />
          <FieldChecks
            id="made"
            label={t('agencies.reform-fields')}
            fields={fields}
            value={draft.made.functions}
            onChange={(functions) => set({ made: { ...draft.made, functions } })}
          />
        </>
      )}
      {(kind === 'merge' || kind === 'split' || kind === 'transfer') &&
        draft.heirs.map((each, place) => (
          <fieldset key={place} className={styles.part}>
            <legend>
              {kind === 'split' && place === 0 ? t('agencies.reform-heir-rest') : t('agencies.reform-heir-next')}
            </legend>
            <TargetFields
              id={`heirs.${place}`}
              draft={each.to}
              finders={finders}
              onChange={(to) => setHeir(place, { to })}
            />
            {(kind === 'transfer' || (kind === 'split' && place > 0)) && (
              <FieldChecks
                id={`heirs.${place}`}
                label={t('agencies.reform-fields-handed')}
                fields={own}
                value={each.functions}
                onChange={(functions) => setHeir(place, { functions })}
              />
            )}
          </fieldset>
        ))}
      {kind === 'split' && (
        <div>
          <Button variant="subtle" onClick={() => set({ heirs: [...draft.heirs, heir] })}>
            {t('agencies.reform-heir-add')}
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
