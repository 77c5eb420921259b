import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { ChangeSetDetail, DraftEdit, DraftTime, DutyInput, PlanDetail } from '#plans/model'
import { CheckField, LongTextField, SelectField } from '../../kit/fields.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { DialogForm } from '../DialogForm.tsx'
import { dutyOrder } from '../DutyMark.tsx'
import { choicesQuery } from '../queries.ts'
import { write } from '../requests.ts'
import { TimeFields } from '../TimeFields.tsx'
import { shorten, withPath } from '../words.ts'
import { changeSetTo } from './addresses.ts'
import { BodyBoxes } from './BodyBoxes.tsx'
import { bodiesOf, bodyKey, chosenOf, isEmptyEdit, wishesOf, type BodyState } from './bulk.ts'
import styles from './Changes.module.css'
import { TriBox } from './TriBox.tsx'
import { stateOf, type TriState } from './tri-state.ts'

export interface BulkDialogProps {
  plan: PlanDetail
  selected: ReadonlySet<string>
  onClose: () => void
}

const stay = 'stay'
const top = 'top'

/** What is to become of many groups and tasks: boxes of three states, and fields that are only set when they are ticked. */
export function BulkDialog({ plan, selected, onClose }: BulkDialogProps) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const { data: choices } = useQuery(choicesQuery)
  const chosen = useMemo(() => chosenOf(plan, selected), [plan, selected])
  const tasks = useMemo(() => chosen.filter((node) => node.kind === 'task'), [chosen])
  const [added, setAdded] = useState<readonly DutyInput[]>([])
  const [boxes, setBoxes] = useState<ReadonlyMap<string, TriState>>(new Map())
  const [time, setTime] = useState<DraftTime | null | undefined>()
  const [output, setOutput] = useState<string | undefined>()
  const [funding, setFunding] = useState<string | undefined>()
  const [place, setPlace] = useState(stay)
  const set = (id: string, value: TriState) => setBoxes(new Map(boxes).set(id, value))
  const bodies: BodyState[] = [
    ...bodiesOf(tasks, dutyOrder),
    ...added.map((duty) => ({ id: bodyKey(duty), duty, on: 0, start: 'none' as const })),
  ]
  const programmes = (choices?.programmes ?? []).map(({ code, name }) => {
    const on = tasks.filter((task) => task.programmes.includes(code)).length
    return { code, name, on, start: stateOf(on, tasks.length) }
  })
  const edit: DraftEdit = {
    nodeIds: chosen.map((node) => node.key),
    duties: wishesOf(bodies.map(({ id, duty, start }) => ({ thing: duty, start, value: boxes.get(id) ?? start }))).map(
      ({ thing, isOn }) => ({ ...thing, raw: thing.raw || '…', isOn }),
    ),
    programmes: wishesOf(
      programmes.map(({ code, start }) => ({ thing: code, start, value: boxes.get(`programme ${code}`) ?? start })),
    ).map(({ thing, isOn }) => ({ code: thing, isOn })),
    time,
    output: output === undefined ? undefined : output.trim() || null,
    funding: funding === undefined ? undefined : funding.trim() || null,
    place: place === stay ? undefined : { parentId: place === top ? null : place },
  }
  const looking = useMutation({
    mutationFn: () => write<ChangeSetDetail>('POST', `/plans/${plan.id}/draft/changes`, edit),
    onSuccess: ({ id }) => navigate({ to: changeSetTo(id) }),
  })
  const groups = plan.nodes.filter((node) => node.kind === 'group')
  return (
    <DialogForm
      title={t('changes.edit-title', { count: chosen.length, number: format.number(chosen.length) })}
      act={t('changes.preview')}
      isPending={looking.isPending}
      isBlocked={isEmptyEdit(edit)}
      problem={looking.error}
      onSend={() => looking.mutate()}
      onClose={onClose}
    >
      {tasks.length > 0 && (
        <>
          <p>{t('changes.edit-help')}</p>
          <BodyBoxes
            bodies={bodies}
            total={tasks.length}
            valueOf={(body) => boxes.get(body.id) ?? body.start}
            onChange={(body, value) => set(body.id, value)}
            onAdd={(duty) => {
              if (!bodies.some((body) => body.id === bodyKey(duty))) setAdded([...added, duty])
              set(bodyKey(duty), 'all')
            }}
          />
          {programmes.length > 0 && (
            <fieldset className={styles.group}>
              <legend>{t('changes.programmes')}</legend>
              <div className={styles.states}>
                {programmes.map(({ code, name, on, start }) => (
                  <TriBox
                    key={code}
                    label={name}
                    detail={on > 0 ? t('changes.on-count', { on, total: tasks.length }) : undefined}
                    start={start}
                    value={boxes.get(`programme ${code}`) ?? start}
                    onChange={(value) => set(`programme ${code}`, value)}
                  />
                ))}
              </div>
            </fieldset>
          )}
          <CheckField
            id="set-time"
            label={t('changes.set-time')}
            value={time !== undefined}
            onChange={(isOn) => setTime(isOn ? null : undefined)}
          />
          {time !== undefined && <TimeFields time={time} onChange={setTime} />}
          <Words id="output" label={t('changes.set-output')} value={output} onChange={setOutput} />
          <Words id="funding" label={t('changes.set-funding')} value={funding} onChange={setFunding} />
        </>
      )}
      {groups.length > 0 && (
        <SelectField
          id="place"
          label={t('changes.move')}
          value={place}
          onChange={setPlace}
          choices={[
            { value: stay, label: t('changes.move-stay') },
            { value: top, label: t('changes.top') },
            ...groups.map((group) => ({ value: group.id, label: shorten(withPath(group.path, group.text), 80) })),
          ]}
        />
      )}
    </DialogForm>
  )
}

interface WordsProps {
  id: string
  label: string
  value: string | undefined
  onChange: (value: string | undefined) => void
}

function Words({ id, label, value, onChange }: WordsProps) {
  const t = useText()
  return (
    <>
      <CheckField
        id={`set-${id}`}
        label={label}
        value={value !== undefined}
        onChange={(isOn) => onChange(isOn ? '' : undefined)}
      />
      {value !== undefined && (
        <LongTextField
          id={id}
          label={t(`plans.${id}`)}
          help={t('changes.empty-clears')}
          value={value}
          onChange={onChange}
          rows={2}
          maxLength={2000}
        />
      )}
    </>
  )
}
