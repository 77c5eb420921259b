import type { Indicator, ListedRule } from '#indicators/model'
import { words } from './parts.ts'

/** Percent a yearly figure changes by before it is asked about [own]. */
const greatChange = 50
/** Deviations from the units beside it at which a figure is asked about. @source Iglewicz and Hoaglin (1993) */
const farAway = 3.5

/** What figures of different measures must agree in. */
const between: ListedRule[] = [
  {
    ...{ code: 'qd23-3a-3b', kind: 'compare', measure: 'qd23-3a', side: 'value' },
    ...{ comparator: '<=', other: 'qd23-3b', otherSide: 'value' },
    names: words(
      'Tỷ suất tử vong sơ sinh không lớn hơn tỷ suất tử vong trẻ em dưới 1 tuổi',
      'Neonatal mortality is not above infant mortality',
      'La mortalité néonatale ne dépasse pas la mortalité infantile',
    ),
  },
  {
    ...{ code: 'qd23-3b-3c', kind: 'compare', measure: 'qd23-3b', side: 'value' },
    ...{ comparator: '<=', other: 'qd23-3c', otherSide: 'value' },
    names: words(
      'Tỷ suất tử vong trẻ em dưới 1 tuổi không lớn hơn tỷ suất tử vong trẻ em dưới 5 tuổi',
      'Infant mortality is not above mortality under 5',
      'La mortalité infantile ne dépasse pas celle des moins de 5 ans',
    ),
  },
  {
    ...{ code: 'qd23-8b-8a', kind: 'compare', measure: 'qd23-8b', side: 'denominator' },
    ...{ comparator: '=', other: 'qd23-8a', otherSide: 'numerator' },
    names: words(
      'Số trẻ em có hoàn cảnh đặc biệt giống nhau ở hai số đo của chỉ tiêu 8',
      'The number of children in special circumstances is the same in both measures of indicator 8',
      'Le nombre d’enfants en situation particulière est le même dans les deux mesures de l’indicateur 8',
    ),
  },
  {
    ...{ code: 'qd23-9-8a', kind: 'compare', measure: 'qd23-9', side: 'denominator' },
    ...{ comparator: '=', other: 'qd23-8a', otherSide: 'denominator' },
    names: words(
      'Tổng số trẻ em giống nhau ở chỉ tiêu 8 và chỉ tiêu 9',
      'The number of children is the same in indicators 8 and 9',
      'Le nombre d’enfants est le même dans les indicateurs 8 et 9',
    ),
  },
]

/** The rules of every measure: its parts, the year before, the units beside it. */
export function rulesOf(indicators: readonly Indicator[]): ListedRule[] {
  const measures = indicators.flatMap((one) => one.measures)
  const each = measures.flatMap(({ code, aggregation, breakdowns }): ListedRule[] => [
    ...(aggregation === 'none' || aggregation === 'weighted'
      ? []
      : breakdowns.map(({ dimension }) => ({
          code: `${code}-${dimension}`,
          kind: 'parts' as const,
          measure: code,
          dimension,
        }))),
    { code: `${code}-change`, kind: 'change', measure: code, threshold: greatChange },
    { code: `${code}-outlier`, kind: 'outlier', measure: code, threshold: farAway },
    { code: `${code}-copied`, kind: 'copied', measure: code },
    { code: `${code}-twin`, kind: 'twin', measure: code },
  ])
  return [...between, ...each, { code: 'heaping', kind: 'heaping' }]
}
