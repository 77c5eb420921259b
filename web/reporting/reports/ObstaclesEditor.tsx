import { Button } from '@mantine/core'
import type { ObstacleLine } from '#reporting/model'
import { freshKey } from '../../kit/api.ts'
import { LongTextField, SelectField } from '../../kit/fields.tsx'
import { useText } from '../../kit/text.tsx'
import styles from './Reports.module.css'
import type { EditorProps } from './SectionEditor.tsx'
import { useNamed } from './words.ts'

/** Obstacles by theme, each with what is proposed. */
export function ObstaclesEditor({ value, change, shape, isOpen, findings }: EditorProps<'obstacles'>) {
  const t = useText()
  const named = useNamed()
  const set = (key: string, over: Partial<ObstacleLine>) =>
    change({ ...value, lines: value.lines.map((one) => (one.key === key ? { ...one, ...over } : one)) })
  const [first] = shape.themes
  const add = () =>
    change({
      ...value,
      lines: [
        ...value.lines,
        { key: freshKey(), theme: first?.key ?? '', text: '', proposal: '', obstacleId: null, origins: [] },
      ],
    })
  return (
    <div className={styles.fields} data-line={`${shape.key}/*`} tabIndex={-1}>
      {value.lines.map((line, at) => (
        <fieldset
          key={line.key}
          className={styles.obstacle}
          data-line={`${shape.key}/${line.key}`}
          disabled={!isOpen(line.key)}
        >
          <legend>{t('reports.obstacle', { number: at + 1 })}</legend>
          <SelectField
            id={`theme-${line.key}`}
            label={t('reports.theme')}
            choices={shape.themes.map(({ key, label }) => ({ value: key, label: named(label) }))}
            value={line.theme}
            disabled={!isOpen(line.key)}
            onChange={(theme) => set(line.key, { theme })}
          />
          <LongTextField
            id={`obstacle-${line.key}`}
            label={t('reports.obstacle-words')}
            rows={3}
            value={line.text}
            maxLength={5_000}
            disabled={!isOpen(line.key)}
            error={findings.find((one) => one.line === `${shape.key}/${line.key}`)?.title}
            onChange={(text) => set(line.key, { text })}
          />
          <LongTextField
            id={`proposal-${line.key}`}
            label={t('reports.proposal')}
            rows={3}
            value={line.proposal}
            maxLength={5_000}
            disabled={!isOpen(line.key)}
            onChange={(proposal) => set(line.key, { proposal })}
          />
          {isOpen(line.key) && (
            <Button
              variant="subtle"
              size="compact-sm"
              className="screen-only"
              onClick={() => change({ ...value, lines: value.lines.filter(({ key }) => key !== line.key) })}
            >
              {t('reports.obstacle-remove', { number: at + 1 })}
            </Button>
          )}
        </fieldset>
      ))}
      {value.lines.length === 0 && <p className={styles.quiet}>{t('reports.no-obstacles')}</p>}
      {isOpen('*') && (
        <Button variant="default" className={`${styles.add} screen-only`} onClick={add}>
          {t('reports.obstacle-add')}
        </Button>
      )}
    </div>
  )
}
