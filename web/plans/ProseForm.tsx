import type { PlanHeader } from '#plans/model'
import { LongTextField } from '../kit/fields.tsx'
import { useText } from '../kit/text.tsx'
import styles from './Editor.module.css'
import { LinesField } from './LinesField.tsx'
import { proseParts } from './PlanProseParts.tsx'

/** The parts of the document that are prose; a part left blank is one the document does not have. */
export function ProseForm({ header, onChange }: { header: PlanHeader; onChange: (header: PlanHeader) => void }) {
  const t = useText()
  return (
    <div className={styles.form}>
      <LongTextField
        id="header.preamble"
        label={t('plans.preamble')}
        value={header.preamble ?? ''}
        onChange={(preamble) => onChange({ ...header, preamble: preamble === '' ? null : preamble })}
        rows={3}
        maxLength={8000}
      />
      {proseParts.map((part) => (
        <LinesField
          key={part}
          id={`header.prose.${part}`}
          label={t('plans.prose-part', { part })}
          help={t('plans.paragraph-a-line')}
          rows={4}
          value={header.prose[part]}
          onChange={(paragraphs) => onChange({ ...header, prose: { ...header.prose, [part]: paragraphs } })}
        />
      ))}
    </div>
  )
}
