import { Completeness, LateBy, ReviewOutcome, Timeliness } from '#reporting/model'
import type { Filter } from '../../kit/filter-url.ts'
import { useText } from '../../kit/text.tsx'
import { findUnit, readUnitName } from '../../indicators/units.ts'
import { numberNames } from './queries.ts'

/** What a list of obligations can be narrowed to so that it is what a number of a board counts. */
export function useNumberFilters(): Filter[] {
  const t = useText()
  const many = (key: 'completeness' | 'timeliness' | 'lateBy' | 'review', values: readonly string[]): Filter => ({
    ...{ name: numberNames[key], key, kind: 'many', label: t(`reporting.obligations-column-${key}`) },
    choices: values.map((value) => ({ value, label: t(`reporting.obligations-${key}-${value}`) })),
  })
  const unit = (key: 'unitId' | 'ofUnitId'): Filter => ({
    ...{ name: numberNames[key], key, kind: 'picked', label: t(`boards.${key}`), find: findUnit, nameOf: readUnitName },
  })
  return [
    many('completeness', Completeness.options),
    many('timeliness', Timeliness.options),
    many('lateBy', LateBy.options),
    many('review', ReviewOutcome.options),
    {
      ...{ name: numberNames.amended, key: 'amended', kind: 'many', label: t('boards.amended') },
      choices: ['true', 'false'].map((is) => ({ value: is, label: t('reporting.obligations-yes', { is }) })),
    },
    unit('unitId'),
    unit('ofUnitId'),
  ]
}
