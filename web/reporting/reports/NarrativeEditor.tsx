import { Button } from '@mantine/core'
import { countWords } from '#platform/model'
import { freshKey } from '../../kit/api.ts'
import { LongTextField } from '../../kit/fields.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import styles from './Reports.module.css'
import type { EditorProps } from './SectionEditor.tsx'

/** Words in paragraphs, counted against the limit. */
export function NarrativeEditor({ value, change, shape, isOpen, findings }: EditorProps<'narrative'>) {
  const t = useText()
  const format = useFormat()
  const words = countWords(...value.paragraphs.map(({ text }) => text))
  const fault = findings.find(({ kind }) => kind === 'fault')
  const set = (key: string, text: string) =>
    change({ ...value, paragraphs: value.paragraphs.map((one) => (one.key === key ? { ...one, text } : one)) })
  const add = () => change({ ...value, paragraphs: [...value.paragraphs, { key: freshKey(), text: '', origins: [] }] })
  return (
    <div className={styles.fields} data-line={`${shape.key}/*`} tabIndex={-1}>
      {value.paragraphs.map(({ key, text }, at) => (
        <div key={key} className={styles.paragraph} data-line={`${shape.key}/${key}`}>
          <LongTextField
            id={`paragraph-${key}`}
            label={t('reports.paragraph', { number: at + 1 })}
            rows={Math.min(14, Math.max(4, Math.ceil(text.length / 90)))}
            value={text}
            disabled={!isOpen(key)}
            maxLength={20_000}
            onChange={(next) => set(key, next)}
          />
          {isOpen(key) && value.paragraphs.length > 1 && (
            <Button
              variant="subtle"
              size="compact-sm"
              className="screen-only"
              onClick={() => change({ ...value, paragraphs: value.paragraphs.filter((one) => one.key !== key) })}
            >
              {t('reports.paragraph-remove', { number: at + 1 })}
            </Button>
          )}
        </div>
      ))}
      {isOpen('*') && (
        <Button variant="default" className={`${styles.add} screen-only`} onClick={add}>
          {t('reports.paragraph-add')}
        </Button>
      )}
      <p className={styles.quiet} role="status">
        {shape.wordLimit === null
          ? t('reports.words', { count: words, number: format.number(words) })
          : t('reports.words-of', { number: format.number(words), limit: format.number(shape.wordLimit) })}
      </p>
      {fault && <p className={styles.fault}>{fault.title}</p>}
    </div>
  )
}
