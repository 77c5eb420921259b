import { Button, Checkbox, Radio, ScrollArea } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { DateField } from './DateField.tsx'
import { SelectField } from './fields.tsx'
import { choicesOf, type Filter, type FilterValues } from './filter-url.ts'
import { ManyPicker, type Picked } from './Picker.tsx'
import { useSession } from './session.tsx'
import { useText } from './text.tsx'

export interface FilterEditorProps {
  filters: readonly Filter[]
  name: string
  values: FilterValues
  onName: (name: string) => void
  onApply: (name: string, values: readonly string[]) => void
}

/** Chooses a condition and its values. */
export function FilterEditor({ filters, name, values, onName, onApply }: FilterEditorProps) {
  const t = useText()
  const filter = filters.find((one) => one.name === name)
  return (
    <>
      {filters.length > 1 && (
        <SelectField
          id="filter-name"
          label={t('kit.filter-by')}
          choices={filters.map((one) => ({ value: one.name, label: one.label }))}
          value={name}
          onChange={onName}
        />
      )}
      {filter && (
        <ValueForm key={name} filter={filter} values={values[name] ?? []} onApply={(next) => onApply(name, next)} />
      )}
    </>
  )
}

interface ValueFormProps {
  filter: Filter
  values: readonly string[]
  onApply: (values: readonly string[]) => void
}

function ValueForm({ filter, values, onApply }: ValueFormProps) {
  const t = useText()
  const [chosen, setChosen] = useState(values)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onApply(chosen)
      }}
    >
      <ValueFields filter={filter} chosen={chosen} onChange={setChosen} />
      <Button type="submit" mt="md">
        {t('kit.filter-apply')}
      </Button>
    </form>
  )
}

function ValueFields({
  filter,
  chosen,
  onChange,
}: {
  filter: Filter
  chosen: readonly string[]
  onChange: (next: readonly string[]) => void
}) {
  const { today } = useSession()
  switch (filter.kind) {
    case 'text':
      return null
    case 'date':
      return (
        <DateField
          id="filter-value"
          label={filter.label}
          value={chosen[0] ?? null}
          today={today}
          onChange={(date) => onChange(date ? [date] : [])}
        />
      )
    case 'one':
      return (
        <Radio.Group label={filter.label} value={chosen[0] ?? ''} onChange={(value) => onChange([value])} mt="sm">
          {filter.choices.map((choice) => (
            <Radio key={choice.value} value={choice.value} label={choice.label} mt="xs" />
          ))}
        </Radio.Group>
      )
    case 'many':
      return (
        <ScrollArea.Autosize mah="20rem" mt="sm" type="auto">
          <Checkbox.Group label={filter.label} value={[...chosen]} onChange={onChange}>
            {choicesOf(filter).map((choice) => (
              <Checkbox key={choice.value} value={choice.value} label={choice.label} mt="xs" />
            ))}
          </Checkbox.Group>
        </ScrollArea.Autosize>
      )
    case 'picked':
      return <PickedFields filter={filter} chosen={chosen} onChange={onChange} />
  }
}

interface PickedFieldsProps {
  filter: Extract<Filter, { kind: 'picked' }>
  chosen: readonly string[]
  onChange: (next: readonly string[]) => void
}

function PickedFields({ filter, chosen, onChange }: PickedFieldsProps) {
  const [known, setKnown] = useState<readonly Picked[]>([])
  const names = useQueries({
    queries: chosen.map((id) => ({
      queryKey: ['filter-name', filter.name, id],
      queryFn: () => filter.nameOf(id),
      staleTime: 600_000,
    })),
  })
  const value = chosen.map((id, index) => known.find((one) => one.id === id) ?? { id, name: names[index]?.data ?? '…' })
  return (
    <ManyPicker
      id="filter-value"
      label={filter.label}
      find={filter.find}
      what={filter.name}
      isInside
      value={value}
      onChange={(next) => {
        setKnown(next)
        onChange(next.map((one) => one.id))
      }}
    />
  )
}
