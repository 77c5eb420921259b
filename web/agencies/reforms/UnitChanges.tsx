import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { UnitChange } from '#territory/model'
import { Section } from '../../kit/Section.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { ImportList } from './ImportList.tsx'
import { readWords } from './requests.ts'
import { madeUnits } from './made.ts'
import { unitSentence } from './sentences.ts'
import styles from './reforms.module.css'
import { UnitChangeForm } from './UnitChangeForm.tsx'

export interface Names {
  name: (key: string) => string
  learn: (list: readonly { id: string; name: string }[]) => void
}

export interface UnitChangesProps {
  reformId: string
  date: string
  changes: readonly UnitChange[]
  names: Names
  /** Absent when the reform is only read. */
  onChange?: (changes: UnitChange[]) => void
}

/** How many sentences stand at once; a reform of the whole country has thousands. */
const shownAtOnce = 100

/** The changes of units as sentences, with what adds to them. */
export function UnitChanges({ reformId, date, changes, names, onChange }: UnitChangesProps) {
  const t = useText()
  const format = useFormat()
  const [adding, setAdding] = useState<'form' | 'list'>()
  const [shown, setShown] = useState(shownAtOnce)
  const words = useQuery({ queryKey: ['reform-words'], queryFn: ({ signal }) => readWords(signal) })
  const made = new Map(madeUnits(changes).map((unit) => [unit.id, unit.name]))
  const naming = { t, list: format.list, name: (key: string) => made.get(key) ?? names.name(key) }
  return (
    <Section
      title={t('agencies.reform-units', { count: changes.length, number: format.number(changes.length) })}
      acts={
        onChange &&
        adding === undefined && (
          <>
            <Button variant="default" onClick={() => setAdding('form')}>
              {t('agencies.reform-add-unit')}
            </Button>
            <Button variant="default" onClick={() => setAdding('list')}>
              {t('agencies.reform-add-list')}
            </Button>
          </>
        )
      }
    >
      {adding === 'form' && words.data && (
        <UnitChangeForm
          date={date}
          types={words.data.types}
          made={madeUnits(changes)}
          onAdd={(change, picked) => {
            names.learn(picked)
            onChange?.([...changes, change])
            setAdding(undefined)
          }}
          onClose={() => setAdding(undefined)}
        />
      )}
      {adding === 'list' && (
        <ImportList
          reformId={reformId}
          date={date}
          onTake={(list) => {
            onChange?.([...changes, ...list])
            setAdding(undefined)
          }}
          onClose={() => setAdding(undefined)}
        />
      )}
      {changes.length === 0 && adding === undefined && <p className="quiet">{t('agencies.reform-no-unit')}</p>}
      <ol className={styles.list}>
        {changes.slice(0, shown).map((change, place) => (
          <li key={place} id={`unit-change-${place}`}>
            <span>
              {t(`agencies.reform-kind-${change.kind}`)}: {unitSentence(change, naming)}
            </span>
            {onChange && (
              <Button
                variant="subtle"
                size="compact-sm"
                aria-label={t('agencies.reform-remove', { change: unitSentence(change, naming) })}
                onClick={() => onChange(changes.filter((_, at) => at !== place))}
              >
                {t('agencies.reform-remove-short')}
              </Button>
            )}
          </li>
        ))}
      </ol>
      {changes.length > shown && (
        <Button variant="subtle" onClick={() => setShown(shown + shownAtOnce)}>
          {t('agencies.reform-more', { count: changes.length - shown, number: format.number(changes.length - shown) })}
        </Button>
      )}
    </Section>
  )
}
