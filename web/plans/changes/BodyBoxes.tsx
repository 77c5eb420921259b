import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { DutyInput, DutyKind } from '#plans/model'
import { foldName } from '#territory/model'
import { SelectField } from '../../kit/fields.tsx'
import { Picker, type Find } from '../../kit/Picker.tsx'
import { useText } from '../../kit/text.tsx'
import { dutyOrder } from '../DutyMark.tsx'
import { findAgencies } from '../find.ts'
import { choicesQuery } from '../queries.ts'
import type { BodyState } from './bulk.ts'
import styles from './Changes.module.css'
import { TriBox } from './TriBox.tsx'
import type { TriState } from './tri-state.ts'

export interface BodyBoxesProps {
  bodies: readonly BodyState[]
  /** How many tasks were chosen. */
  total: number
  valueOf: (body: BodyState) => TriState
  onChange: (body: BodyState, value: TriState) => void
  onAdd: (duty: DutyInput) => void
}

const ofClass = 'class:'

/** Every body of the chosen tasks, in its kind of duty, as a box of three states; others can be added. */
export function BodyBoxes({ bodies, total, valueOf, onChange, onAdd }: BodyBoxesProps) {
  const t = useText()
  const { data } = useQuery(choicesQuery)
  const [kind, setKind] = useState<DutyKind>('support')
  const classes = data?.classes ?? []
  const find: Find = async (query, signal) => {
    const folded = foldName(query)
    const found = classes.filter(({ name }) => folded !== '' && foldName(name).includes(folded)).slice(0, 6)
    return [
      ...found.map(({ code, name }) => ({ id: ofClass + code, name, detail: t('plans.class-of-bodies') })),
      ...(await findAgencies(query, signal)),
    ]
  }
  const kinds = dutyOrder.filter((one) => bodies.some((body) => body.duty.kind === one))
  return (
    <fieldset className={styles.group}>
      <legend>{t('changes.bodies')}</legend>
      {bodies.length === 0 && <p>{t('changes.bodies-none')}</p>}
      {kinds.map((one) => (
        <fieldset key={one} className={styles.states}>
          <legend>{t('plans.duty-kind', { kind: one })}</legend>
          {bodies
            .filter((body) => body.duty.kind === one)
            .map((body) => (
              <TriBox
                key={body.id}
                label={body.duty.raw}
                detail={t('changes.on-count', { on: body.on, total })}
                start={body.start}
                value={valueOf(body)}
                onChange={(value) => onChange(body, value)}
              />
            ))}
        </fieldset>
      ))}
      <div className={styles.add}>
        <SelectField
          id="add-kind"
          label={t('changes.body-add-as')}
          choices={dutyOrder.map((one) => ({ value: one, label: t('plans.duty-kind', { kind: one }) }))}
          value={kind}
          onChange={(value) => setKind(dutyOrder.find((one) => one === value) ?? kind)}
        />
        <Picker
          id="add-body"
          label={t('changes.body-add')}
          find={find}
          what={`bodies and classes ${classes.length}`}
          value={null}
          onChange={(picked) => {
            if (!picked) return
            const isClass = picked.id.startsWith(ofClass)
            onAdd({
              kind,
              raw: picked.name,
              addressedId: isClass ? null : picked.id,
              classCode: isClass ? picked.id.slice(ofClass.length) : null,
            })
          }}
        />
      </div>
    </fieldset>
  )
}
