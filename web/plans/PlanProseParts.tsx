import type { PlanProse } from '#plans/model'
import { useText } from '../kit/text.tsx'
import styles from './Plan.module.css'

/** The order the parts stand in a document. */
export const proseParts = [
  'articles',
  'purposes',
  'requirements',
  'generalObjectives',
  'specificObjectives',
  'tasks',
  'funding',
  'organisation',
  'reporting',
  'closing',
] as const satisfies readonly (keyof PlanProse)[]

/** The prose of a plan, folded: one reads the tasks first. */
export function PlanProseParts({ prose, preamble }: { prose: PlanProse; preamble: string | null }) {
  const t = useText()
  const parts = proseParts.filter((part) => prose[part].length > 0)
  if (parts.length === 0 && prose.others.length === 0 && preamble === null) return null
  return (
    <details className={styles.prose}>
      <summary>{t('plans.prose')}</summary>
      {preamble !== null && <p>{preamble}</p>}
      {parts.map((part) => (
        <section key={part}>
          <h3>{t('plans.prose-part', { part })}</h3>
          {prose[part].map((paragraph, index) => (
            <p key={index}>{paragraph}</p>
          ))}
        </section>
      ))}
      {prose.others.map((other, index) => (
        <section key={`${other.heading} ${index}`}>
          <h3>{other.heading}</h3>
          {other.paragraphs.map((paragraph, at) => (
            <p key={at}>{paragraph}</p>
          ))}
        </section>
      ))}
    </details>
  )
}
