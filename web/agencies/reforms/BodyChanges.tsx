import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { BodyChange } from '#agencies/model'
import type { UnitChange } from '#territory/model'
import { Section } from '../../kit/Section.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { BodyChangeForm } from './BodyChangeForm.tsx'
import { madeBodies, madeUnits } from './made.ts'
import { readWords } from './requests.ts'
import { bodySentence } from './sentences.ts'
import styles from './reforms.module.css'
import type { Names } from './UnitChanges.tsx'

export interface BodyChangesProps {
  date: string
  changes: readonly BodyChange[]
  /** Changes of units of the same reform: new bodies may stand in new units. */
  units: readonly UnitChange[]
  names: Names
  onChange?: (changes: BodyChange[]) => void
}

/** The changes of bodies as sentences, with what adds to them. */
export function BodyChanges({ date, changes, units, names, onChange }: BodyChangesProps) {
  const t = useText()
  const format = useFormat()
  const [isAdding, setAdding] = useState(false)
  const words = useQuery({ queryKey: ['reform-words'], queryFn: ({ signal }) => readWords(signal) })
  const fields = new Map(words.data?.functions.map(({ code, name }) => [code, name]))
  const made = new Map(madeBodies(changes).map((body) => [body.id, body.name]))
  const naming = {
    t,
    list: format.list,
    name: (key: string) => made.get(key) ?? names.name(key),
    field: (code: string) => fields.get(code) ?? code,
  }
  return (
    <Section
      title={t('agencies.reform-bodies', { count: changes.length, number: format.number(changes.length) })}
      acts={
        onChange &&
        !isAdding && (
          <Button variant="default" onClick={() => setAdding(true)}>
            {t('agencies.reform-add-body')}
          </Button>
        )
      }
    >
      {isAdding && words.data && (
        <BodyChangeForm
          date={date}
          fields={words.data.functions}
          made={madeBodies(changes)}
          madeUnits={madeUnits(units)}
          onAdd={(change, picked) => {
            names.learn(picked)
            onChange?.([...changes, change])
            setAdding(false)
          }}
          onClose={() => setAdding(false)}
        />
      )}
      {changes.length === 0 && !isAdding && <p className="quiet">{t('agencies.reform-no-body')}</p>}
      <ol className={styles.list}>
        {changes.map((change, place) => (
          <li key={place}>
            <span>
              {t(`agencies.reform-kind-${change.kind}`)}: {bodySentence(change, naming)}
            </span>
            {onChange && (
              <Button
                variant="subtle"
                size="compact-sm"
                aria-label={t('agencies.reform-remove', { change: bodySentence(change, naming) })}
                onClick={() => onChange(changes.filter((_, at) => at !== place))}
              >
                {t('agencies.reform-remove-short')}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </Section>
  )
}
