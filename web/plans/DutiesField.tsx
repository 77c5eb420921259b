import { ActionIcon, Button } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { DutyInput, DutyKind } from '#plans/model'
import { foldName } from '#territory/model'
import { SelectField, TextField } from '../kit/fields.tsx'
import { Picker, type Find, type Picked } from '../kit/Picker.tsx'
import { useText } from '../kit/text.tsx'
import { dutyOrder } from './DutyMark.tsx'
import styles from './Editor.module.css'
import { findAgencies } from './find.ts'
import { choicesQuery } from './queries.ts'

export interface DutiesFieldProps {
  duties: readonly DutyInput[]
  names: ReadonlyMap<string, string>
  onName: (id: string, name: string) => void
  onChange: (duties: DutyInput[]) => void
}

/** Tells a class from a body among what was picked. */
const ofClass = 'class:'

/** Who owes what: a kind, a body or a class of bodies, and the words as printed. */
export function DutiesField({ duties, names, onName, onChange }: DutiesFieldProps) {
  const t = useText()
  const { data } = useQuery(choicesQuery)
  const classes = data?.classes ?? []
  const find: Find = async (query, signal) => {
    const folded = foldName(query)
    const found = classes.filter(({ name }) => folded === '' || foldName(name).includes(folded)).slice(0, 6)
    return [
      ...found.map(({ code, name }) => ({ id: ofClass + code, name, detail: t('plans.class-of-bodies') })),
      ...(await findAgencies(query, signal)),
    ]
  }
  const pickedOf = (duty: DutyInput): Picked | null => {
    if (duty.classCode !== null) {
      const name = classes.find(({ code }) => code === duty.classCode)?.name ?? duty.raw
      return { id: ofClass + duty.classCode, name }
    }
    return duty.addressedId === null ? null : { id: duty.addressedId, name: names.get(duty.addressedId) ?? duty.raw }
  }
  const set = (at: number, to: Partial<DutyInput>) =>
    onChange(duties.map((duty, index) => (index === at ? { ...duty, ...to } : duty)))
  function pick(at: number, duty: DutyInput, picked: Picked | null) {
    if (picked && !picked.id.startsWith(ofClass)) onName(picked.id, picked.name)
    const isOwnWords = duty.raw !== '' && duty.raw !== pickedOf(duty)?.name
    set(at, {
      addressedId: picked && !picked.id.startsWith(ofClass) ? picked.id : null,
      classCode: picked?.id.startsWith(ofClass) ? picked.id.slice(ofClass.length) : null,
      raw: isOwnWords ? duty.raw : (picked?.name ?? ''),
    })
  }
  return (
    <fieldset className={styles.duties} id="node.duties" tabIndex={-1}>
      <legend>{t('plans.duties')}</legend>
      {duties.length === 0 && <p className={styles.quiet}>{t('plans.duties-none')}</p>}
      {duties.map((duty, at) => (
        <div key={at} className={styles.duty}>
          <SelectField
            id={`node.duties.${at}.kind`}
            label={t('plans.duty')}
            choices={dutyOrder.map((kind) => ({ value: kind, label: t('plans.duty-kind', { kind }) }))}
            value={duty.kind}
            onChange={(kind) => set(at, { kind: dutyOrder.find((one) => one === kind) ?? duty.kind })}
          />
          <Picker
            id={`node.duties.${at}`}
            label={t('plans.body')}
            error={pickedOf(duty) === null && duty.raw !== '' ? t('plans.duty-unknown') : undefined}
            find={find}
            what={`bodies and classes ${classes.length}`}
            value={pickedOf(duty)}
            onChange={(picked) => pick(at, duty, picked)}
          />
          <TextField
            id={`node.duties.${at}.raw`}
            label={t('plans.as-printed')}
            value={duty.raw}
            onChange={(raw) => set(at, { raw })}
            maxLength={1000}
          />
          <ActionIcon
            className={styles.dutyRemove}
            aria-label={t('plans.remove-duty', { name: duty.raw })}
            title={t('plans.remove-duty', { name: duty.raw })}
            onClick={() => onChange(duties.filter((_duty, index) => index !== at))}
          >
            <IconTrash size={18} stroke={1.6} />
          </ActionIcon>
        </div>
      ))}
      <div>
        <Button
          variant="default"
          leftSection={<IconPlus size={18} stroke={1.6} aria-hidden />}
          onClick={() => {
            const kind: DutyKind = duties.some((duty) => duty.kind === 'lead') ? 'support' : 'lead'
            onChange([...duties, { kind, raw: '', addressedId: null, classCode: null }])
          }}
        >
          {t('plans.add-duty')}
        </Button>
      </div>
    </fieldset>
  )
}
