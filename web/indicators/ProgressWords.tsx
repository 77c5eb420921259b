import { enoughCoverage, type TargetProgress } from '#indicators/model'
import { useFormat, useText } from '../kit/text.tsx'
import { choice } from '../plans/words.ts'
import { changeWords, valueWords } from './words.ts'

/** How the state of a target was found, and which years were not looked at because too few gave figures. */
export function ProgressWords({ progress, year }: { progress: TargetProgress; year: number }) {
  const t = useText()
  const format = useFormat()
  const projected = progress.projected === null ? '' : valueWords(progress.projected, format)
  const words = [
    t('indicators.progress-is', {
      method: progress.leftOut > 0 && progress.method === 'none' ? 'thin' : progress.method,
      state: choice(progress.state),
      points: progress.points,
      perYear: progress.perYear === null ? '' : changeWords(progress.perYear, format),
      projected,
      year: String(year),
    }),
    progress.isBounded ? t('indicators.bounded', { projected }) : '',
    progress.coverage === null
      ? ''
      : t('indicators.years-left-out', {
          count: progress.leftOut,
          coverage: format.percent(progress.coverage),
          enough: format.percent(enoughCoverage),
        }),
  ]
  return words.filter((word) => word !== '').join(' ')
}
