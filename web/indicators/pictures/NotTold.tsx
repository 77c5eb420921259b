import { ApiProblem } from '../../kit/problem.ts'
import { Empty, LoadFailed } from '../../kit/Empty.tsx'
import { Section } from '../../kit/Section.tsx'
import { useText } from '../../kit/text.tsx'

/** A picture that is not for the reader, or of a unit there was not: said in words, and everything else as it failed. */
export function NotTold({ error, title, onRetry }: { error: unknown; title: string; onRetry: () => void }) {
  const t = useText()
  const isUnknown = error instanceof ApiProblem && error.status === 404
  return (
    <Section title={title}>
      {isUnknown ? (
        <Empty title={t('pictures.not-told')}>{t('pictures.not-told-words')}</Empty>
      ) : (
        <LoadFailed problem={error} onRetry={onRetry} />
      )}
    </Section>
  )
}
