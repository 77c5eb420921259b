import { Button, Group, Radio } from '@mantine/core'
import { useId, useState, type ReactNode } from 'react'
import { joined, pathKey, type Choice, type Choices, type Clash, type FieldPath, type Merged } from './merge.ts'
import { useText } from './text.tsx'
import styles from './FieldConflicts.module.css'

export interface FieldConflictsProps {
  /** Joins by the choices made so far; nothing is lost by asking. */
  merged: (choices: Choices) => Merged<unknown>
  /** What a field is called: "Nhiệm vụ 3.2, sản phẩm". */
  nameOf: (path: FieldPath, clash: Clash) => string
  /** What stands in it, as one reads it. */
  wordsOf: (path: FieldPath, value: unknown) => ReactNode
  /** Goes on with the choices made; saves. */
  onSettle: (choices: Choices) => Promise<unknown>
}

/**
 * Two people changed the same fields: what each wrote stands side by side with what it was, and this person says field by
 * field what holds. All other changes of both are joined already.
 */
export function FieldConflicts({ merged, nameOf, wordsOf, onSettle }: FieldConflictsProps) {
  const t = useText()
  const [choices, setChoices] = useState<Choices>({})
  const [isSaving, setSaving] = useState(false)
  const { clashes, taken } = merged(choices)
  const open = clashes.filter((clash) => choices[pathKey(clash.path)] === undefined).length
  const all = (choice: Choice) => setChoices(Object.fromEntries(clashes.map(({ path }) => [pathKey(path), choice])))
  async function settle() {
    setSaving(true)
    await onSettle(choices).finally(() => setSaving(false))
  }
  return (
    <section className={styles.conflicts} role="alert" aria-labelledby="field-conflicts">
      <h2 id="field-conflicts">{t('kit.conflict')}</h2>
      <p>{t('kit.conflict-words', { count: clashes.length, taken: taken.length })}</p>
      <Group gap="xs">
        <Button variant="default" onClick={() => all('mine')}>
          {t('kit.conflict-all-mine')}
        </Button>
        <Button variant="default" onClick={() => all('theirs')}>
          {t('kit.conflict-all-theirs')}
        </Button>
      </Group>
      <ol className={styles.fields}>
        {clashes.map((clash) => (
          <li key={pathKey(clash.path)}>
            <Field
              clash={clash}
              name={nameOf(clash.path, clash)}
              words={(value) => wordsOf(clash.path, value)}
              choice={choices[pathKey(clash.path)]}
              onChoose={(choice) => setChoices((before) => ({ ...before, [pathKey(clash.path)]: choice }))}
            />
          </li>
        ))}
      </ol>
      <Group gap="sm">
        <Button onClick={() => void settle()} loading={isSaving} disabled={open > 0}>
          {t('kit.conflict-save')}
        </Button>
        <span role="status">{open > 0 && t('kit.conflict-open', { count: open })}</span>
      </Group>
    </section>
  )
}

interface FieldProps {
  clash: Clash
  name: string
  words: (value: unknown) => ReactNode
  choice: Choice | undefined
  onChoose: (choice: Choice) => void
}

function Field({ clash, name, words, choice, onChoose }: FieldProps) {
  const t = useText()
  const group = useId()
  const side = (value: unknown) =>
    value === undefined || value === null || value === '' ? (
      <span className={styles.none}>{t(value === undefined ? 'kit.conflict-absent' : 'kit.conflict-empty')}</span>
    ) : (
      words(value)
    )
  const tick = (value: Choice, label: string) => (
    <Radio name={group} label={label} checked={choice === value} onChange={() => onChoose(value)} />
  )
  return (
    <fieldset className={styles.field}>
      <legend>{name}</legend>
      <div className={styles.sides}>
        <div className={styles.side} data-chosen={choice === 'mine' || undefined}>
          {tick('mine', t('kit.conflict-mine'))}
          <div className={styles.words}>{side(clash.mine)}</div>
        </div>
        <div className={styles.side} data-chosen={choice === 'theirs' || undefined}>
          {tick('theirs', t('kit.conflict-theirs'))}
          <div className={styles.words}>{side(clash.theirs)}</div>
        </div>
        <div className={styles.side}>
          <span className={styles.title}>{t('kit.conflict-base')}</span>
          <div className={styles.words}>{side(clash.base)}</div>
        </div>
      </div>
      {isLong(clash) && (
        <div className={styles.side} data-chosen={choice === 'both' || undefined}>
          {tick('both', t('kit.conflict-both'))}
          {choice === 'both' && <div className={styles.words}>{words(joined(clash.mine, clash.theirs))}</div>}
        </div>
      )}
    </fieldset>
  )
}

/** Letters from which a text may be two texts one after the other. */
const longText = 40

/** Whether both may stand one after the other: lists of lines, and texts that are sentences. */
function isLong({ path, mine, theirs }: Clash): boolean {
  if (path.at(-1)?.startsWith('#') || joined(mine, theirs) === undefined) return false
  return typeof mine !== 'string' || Math.max(mine.length, String(theirs).length) >= longText
}
