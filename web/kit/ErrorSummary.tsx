import { useEffect, useRef } from 'react'
import { fieldIdOf } from './field-problems.ts'
import { ApiProblem, type FieldProblem } from './problem.ts'
import { useText } from './text.tsx'
import { useProblemWords } from './problem-words.ts'
import styles from './ErrorSummary.module.css'

/** Above a form that was refused: what is wrong, each a link to its field. Takes the focus when the problem is new. */
export function ErrorSummary({ problem }: { problem: unknown }) {
  const t = useText()
  const words = useProblemWords()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (problem) box.current?.focus()
  }, [problem])
  if (!problem) return null
  const fields: readonly FieldProblem[] = problem instanceof ApiProblem ? problem.errors : []
  return (
    <div className={styles.summary} role="alert" tabIndex={-1} ref={box}>
      <h2>{t('kit.form-refused')}</h2>
      {(fields.length === 0 || !(problem instanceof ApiProblem)) && <p>{words(problem)}</p>}
      {fields.length > 0 && (
        <ul>
          {fields.map((field) => (
            <li key={field.pointer + field.code}>
              <a
                href={`#${fieldIdOf(field.pointer)}`}
                onClick={(event) => {
                  event.preventDefault()
                  document.getElementById(fieldIdOf(field.pointer))?.focus()
                }}
              >
                {field.title}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
