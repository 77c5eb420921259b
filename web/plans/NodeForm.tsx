import { useQuery } from '@tanstack/react-query'
import type { NodeInput } from '#plans/model'
import { LongTextField, SelectField, TextField } from '../kit/fields.tsx'
import { ManyPicker } from '../kit/Picker.tsx'
import { useText } from '../kit/text.tsx'
import { DutiesField } from './DutiesField.tsx'
import styles from './Editor.module.css'
import { foldName } from '#territory/model'
import { LinesField } from './LinesField.tsx'
import { MilestonesField } from './MilestonesField.tsx'
import { choicesQuery } from './queries.ts'
import { TimeFields } from './TimeFields.tsx'

export interface NodeFormProps {
  node: NodeInput
  /** Names of bodies by id. */
  names: ReadonlyMap<string, string>
  onName: (id: string, name: string) => void
  onChange: (to: Partial<NodeInput>) => void
}

/** One group or task: its words, who owes it, when, what comes of it. */
export function NodeForm({ node, names, onName, onChange }: NodeFormProps) {
  const t = useText()
  const orNull = (text: string) => (text === '' ? null : text)
  return (
    <div className={styles.form}>
      <div className={styles.row}>
        <SelectField
          id="node.kind"
          label={t('plans.node-kind')}
          choices={[
            { value: 'task', label: t('plans.task') },
            { value: 'group', label: t('plans.group') },
          ]}
          value={node.kind}
          onChange={(kind) => onChange({ kind: kind === 'group' ? 'group' : 'task' })}
        />
        <TextField
          id="node.path"
          label={t('plans.path')}
          value={node.path}
          onChange={(path) => onChange({ path })}
          letters={10}
          maxLength={60}
        />
      </div>
      <LongTextField
        id="node.text"
        label={t(node.kind === 'group' ? 'plans.group-text' : 'plans.task-text')}
        value={node.text}
        onChange={(text) => onChange({ text })}
        rows={node.kind === 'group' ? 2 : 5}
        maxLength={8000}
        required
      />
      {node.kind === 'task' && (
        <>
          <DutiesField duties={node.duties} names={names} onName={onName} onChange={(duties) => onChange({ duties })} />
          <TimeFields time={node.time} onChange={(time) => onChange({ time })} />
          <MilestonesField milestones={node.milestones ?? []} onChange={(milestones) => onChange({ milestones })} />
          <LongTextField
            id="node.output"
            label={t('plans.output')}
            value={node.output ?? ''}
            onChange={(output) => onChange({ output: orNull(output) })}
            rows={2}
            maxLength={2000}
          />
          <LongTextField
            id="node.funding"
            label={t('plans.funding')}
            value={node.funding ?? ''}
            onChange={(funding) => onChange({ funding: orNull(funding) })}
            rows={2}
            maxLength={2000}
          />
          <Programmes node={node} onChange={onChange} />
          <LinesField
            id="node.bases"
            label={t('plans.task-bases')}
            help={t('plans.one-a-line')}
            rows={2}
            value={node.bases}
            onChange={(bases) => onChange({ bases: bases.slice(0, 20) })}
          />
        </>
      )}
    </div>
  )
}

/** The programmes a task serves: entered once, shown in each. */
function Programmes({ node, onChange }: Pick<NodeFormProps, 'node' | 'onChange'>) {
  const t = useText()
  const { data } = useQuery(choicesQuery)
  const programmes = data?.programmes ?? []
  const nameOf = (code: string) => programmes.find((programme) => programme.code === code)?.name ?? code
  return (
    <ManyPicker
      id="node.programmes"
      label={t('plans.programmes')}
      help={t('plans.programmes-help')}
      what={`programmes ${programmes.length}`}
      find={(query) => {
        const folded = foldName(query)
        const found = programmes.filter(({ name, number }) => foldName(`${name} ${number ?? ''}`).includes(folded))
        return Promise.resolve(found.map(({ code, name, number }) => ({ id: code, name, detail: number ?? undefined })))
      }}
      value={node.programmes.map((code) => ({ id: code, name: nameOf(code) }))}
      onChange={(picked) => onChange({ programmes: picked.map(({ id }) => id) })}
    />
  )
}
