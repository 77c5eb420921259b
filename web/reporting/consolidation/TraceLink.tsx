import { Link } from '@tanstack/react-router'
import { useText } from '../../kit/text.tsx'
import type { LineAt } from './queries.ts'
import { traceTo } from './trail.ts'

/** Opens where a line of a submission comes from; `name` says of what to who does not see it. */
export function TraceLink({ at, trail = [], name }: { at: LineAt; trail?: readonly LineAt[]; name: string }) {
  const t = useText()
  return (
    <Link to={traceTo(at, trail)} className="screen-only">
      {t('trace.open')}
      <span className="sr-only">{t('trace.open-of', { name })}</span>
    </Link>
  )
}
