import type { Indicator, Measure, Names } from '#indicators/model'
import { shareOf, words } from './parts.ts'

const halfYearly = {
  periods: [{ calendar: 'vn-report', frequency: 'half-year' as const }],
  ...{ function: 'children', dueDays: 15, breakdowns: [] },
}
const children = words('trẻ em', 'children', 'enfants')

/** A number of children, added up from communes. */
function countOf(code: string, names: Names): Measure {
  return {
    ...halfYearly,
    ...{ code, names, unitOfMeasure: children, factor: 1, isShare: false, direction: 'down', aggregation: 'sum' },
    ...{ level: 'commune', smallCounts: null, largest: null, numerator: null, denominator: null },
  }
}

const remark = words(
  'Cách tính theo kinh nghiệm của người soạn, chờ hướng dẫn của cơ quan ban hành chế độ báo cáo.',
  'How it is counted is the writer’s own knowledge, until the owner of the regime guides it.',
  'Le mode de calcul est celui du rédacteur, dans l’attente des instructions de l’organisme responsable.',
)

function asked(item: string, names: Names, of: Pick<Indicator, 'aspect' | 'measures' | 'articles'>): Indicator {
  return {
    ...{ code: `bc-${item}`, names, definition: null, ages: { fromAge: 0, toAge: 15, basis: 'law' } },
    ...{ source: { document: '27/QĐ-TTg', item: 'báo cáo định kỳ' }, remark, supporting: [], dataSources: [], sdgTargets: [], ...of },
  }
}

const special = words(
  'Số trẻ em có hoàn cảnh đặc biệt',
  'Children in special circumstances',
  'Enfants en situation particulière',
)
const abused = words('Số trẻ em bị xâm hại', 'Children abused', 'Enfants victimes de maltraitance')

/**
 * What half-yearly reports on children ask in figures and the yearly indicators do not hold: who was in need, and who was helped.
 * [own]: that these are asked follows from the reports of localities; the decision that asks for reports lists no figures.
 * @source Decision 27/QĐ-TTg; Law on Children, Article 10; domain notes §3.3
 */
export const halfYearlyIndicators: Indicator[] = [
  asked('1', special, { aspect: 'outcome', articles: ['19', '20'], measures: [countOf('bc-1', special)] }),
  asked(
    '2',
    words(
      'Trẻ em có hoàn cảnh đặc biệt được hỗ trợ',
      'Children in special circumstances helped',
      'Enfants en situation particulière aidés',
    ),
    {
      ...{ aspect: 'process', articles: ['20', '26'] },
      measures: [
        shareOf(
          words(
            'Số trẻ em có hoàn cảnh đặc biệt được hỗ trợ',
            'Children in special circumstances who were helped',
            'Enfants en situation particulière ayant reçu une aide',
          ),
          special,
          {
            ...halfYearly,
            code: 'bc-2',
            names: words(
              'Tỷ lệ trẻ em có hoàn cảnh đặc biệt được hỗ trợ trong kỳ',
              'Share of children in special circumstances helped in the period',
              'Part des enfants en situation particulière aidés pendant la période',
            ),
          },
        ),
      ],
    },
  ),
  asked('3', abused, {
    aspect: 'outcome',
    articles: ['19', '34'],
    measures: [{ ...countOf('bc-3', abused), smallCounts: 5 }],
  }),
  asked(
    '4',
    words('Trẻ em bị xâm hại được hỗ trợ, can thiệp', 'Abused children helped', 'Enfants maltraités pris en charge'),
    {
      ...{ aspect: 'process', articles: ['19', '39'] },
      measures: [
        shareOf(
          words(
            'Số trẻ em bị xâm hại được hỗ trợ, can thiệp',
            'Abused children who were helped',
            'Enfants maltraités ayant été pris en charge',
          ),
          abused,
          {
            ...halfYearly,
            ...{ code: 'bc-4', smallCounts: 5 },
            names: words(
              'Tỷ lệ trẻ em bị xâm hại được hỗ trợ, can thiệp trong kỳ',
              'Share of abused children helped in the period',
              'Part des enfants maltraités pris en charge pendant la période',
            ),
          },
        ),
      ],
    },
  ),
  asked('5', words('Trẻ em tử vong do đuối nước', 'Children drowned', 'Enfants noyés'), {
    ...{ aspect: 'outcome', articles: ['6'] },
    measures: [
      {
        ...countOf(
          'bc-5',
          words('Số trẻ em tử vong do đuối nước', 'Number of children drowned', 'Nombre d’enfants noyés'),
        ),
        smallCounts: 5,
      },
    ],
  }),
]
