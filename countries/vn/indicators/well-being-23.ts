import type { Indicator } from '#indicators/model'
import { decided, shareOf, surveyed, words } from './parts.ts'

const law = (fromAge: number, toAge: number) => ({ fromAge, toAge, basis: 'law' as const })
const own = (fromAge: number, toAge: number) => ({ fromAge, toAge, basis: 'own' as const })

const children = words('Số trẻ em (dưới 16 tuổi)', 'Children (under 16)', 'Enfants (moins de 16 ans)')
const communes = words(
  'Số xã, phường, đặc khu',
  'Communes, wards and special zones',
  'Communes, quartiers et zones spéciales',
)
const underFive = words('Số trẻ em dưới 5 tuổi', 'Children under 5', 'Enfants de moins de 5 ans')
const perMille = words('‰ (trên 1.000 trẻ đẻ sống)', 'per 1,000 live births', 'pour 1 000 naissances vivantes')
const perHundredThousand = words('trên 100.000 trẻ em', 'per 100,000 children', 'pour 100 000 enfants')

/**
 * Indicators 1 to 11: life, health, protection. See `index.ts` for what is sure of them.
 * @source Decision 23/QĐ-TTg of 7 January 2021; domain notes §3.1
 */
export const wellBeing: Indicator[] = [
  decided(
    1,
    words(
      'Tỷ lệ xã, phường đạt tiêu chuẩn phù hợp với trẻ em',
      'Communes that meet the child-friendly standard',
      'Communes conformes à la norme « amie des enfants »',
    ),
    {
      aspect: 'process',
      measures: [
        shareOf(
          words('Số xã, phường, đặc khu đạt tiêu chuẩn', 'Communes that meet the standard', 'Communes conformes'),
          communes,
          {
            ...{ code: 'qd23-1', function: 'children', breakdowns: [] },
            names: words(
              'Tỷ lệ xã, phường đạt tiêu chuẩn phù hợp với trẻ em',
              'Communes meeting the child-friendly standard',
              'Communes conformes à la norme « amie des enfants »',
            ),
          },
        ),
      ],
    },
  ),
  decided(
    2,
    words(
      'Trẻ em đến 8 tuổi được tiếp cận dịch vụ phát triển toàn diện',
      'Children up to 8 reached by early-development services',
      'Enfants jusqu’à 8 ans bénéficiant des services de développement',
    ),
    {
      ...{ aspect: 'process', ages: own(0, 8) },
      measures: [
        shareOf(
          words(
            'Số trẻ em đến 8 tuổi được tiếp cận dịch vụ',
            'Children up to 8 reached',
            'Enfants jusqu’à 8 ans bénéficiaires',
          ),
          words('Số trẻ em đến 8 tuổi', 'Children up to 8', 'Enfants jusqu’à 8 ans'),
          {
            ...{ code: 'qd23-2', function: 'children' },
            names: words(
              'Tỷ lệ trẻ em đến 8 tuổi được tiếp cận dịch vụ phát triển toàn diện',
              'Children up to 8 reached by early-development services',
              'Enfants jusqu’à 8 ans bénéficiant des services de développement',
            ),
          },
        ),
      ],
    },
  ),
  decided(3, words('Tử vong trẻ em', 'Mortality of children', 'Mortalité des enfants'), {
    ...{ aspect: 'outcome', ages: own(0, 4) },
    measures: [
      surveyed({
        code: 'qd23-3a',
        function: 'health',
        unitOfMeasure: perMille,
        names: words('Tỷ suất tử vong sơ sinh', 'Neonatal mortality', 'Mortalité néonatale'),
      }),
      surveyed({
        code: 'qd23-3b',
        function: 'health',
        unitOfMeasure: perMille,
        names: words(
          'Tỷ suất tử vong trẻ em dưới 1 tuổi',
          'Infant mortality (under 1)',
          'Mortalité infantile (moins de 1 an)',
        ),
      }),
      surveyed({
        code: 'qd23-3c',
        function: 'health',
        unitOfMeasure: perMille,
        names: words('Tỷ suất tử vong trẻ em dưới 5 tuổi', 'Under-5 mortality', 'Mortalité des moins de 5 ans'),
      }),
    ],
  }),
  decided(
    4,
    words(
      'Dinh dưỡng của trẻ em dưới 5 tuổi',
      'Nutrition of children under 5',
      'Nutrition des enfants de moins de 5 ans',
    ),
    {
      ...{ aspect: 'outcome', ages: own(0, 4) },
      measures: [
        surveyed({
          code: 'qd23-4a',
          function: 'health',
          names: words(
            'Tỷ lệ suy dinh dưỡng thể nhẹ cân ở trẻ em dưới 5 tuổi',
            'Underweight among children under 5',
            'Insuffisance pondérale des moins de 5 ans',
          ),
        }),
        surveyed({
          code: 'qd23-4b',
          function: 'health',
          names: words(
            'Tỷ lệ suy dinh dưỡng thể thấp còi ở trẻ em dưới 5 tuổi',
            'Stunting among children under 5',
            'Retard de croissance des moins de 5 ans',
          ),
        }),
        surveyed({
          ...{
            code: 'qd23-4c',
            function: 'health',
            breakdowns: [{ dimension: 'residence', calendar: '', frequency: 'year', everyYears: 1 }],
          },
          names: words(
            'Tỷ lệ thừa cân, béo phì ở trẻ em dưới 5 tuổi',
            'Overweight and obesity among children under 5',
            'Surpoids et obésité des moins de 5 ans',
          ),
        }),
      ],
    },
  ),
  decided(5, words('Tiêm chủng', 'Vaccination', 'Vaccination'), {
    ...{ aspect: 'process', ages: own(0, 4) },
    measures: [
      shareOf(
        words(
          'Số trẻ em dưới 1 tuổi được tiêm đủ 8 loại vắc xin',
          'Children under 1 given all 8 vaccines',
          'Enfants de moins de 1 an ayant reçu les 8 vaccins',
        ),
        words('Số trẻ em dưới 1 tuổi', 'Children under 1', 'Enfants de moins de 1 an'),
        {
          ...{ code: 'qd23-5a', function: 'health' },
          names: words(
            'Tỷ lệ trẻ em dưới 1 tuổi được tiêm chủng đầy đủ 8 loại vắc xin',
            'Children under 1 fully vaccinated (8 vaccines)',
            'Enfants de moins de 1 an entièrement vaccinés (8 vaccins)',
          ),
        },
      ),
      shareOf(
        words(
          'Số trẻ em dưới 5 tuổi được tiêm chủng',
          'Children under 5 vaccinated',
          'Enfants de moins de 5 ans vaccinés',
        ),
        underFive,
        {
          ...{ code: 'qd23-5b', function: 'health' },
          names: words(
            'Tỷ lệ trẻ em dưới 5 tuổi được tiêm chủng',
            'Children under 5 vaccinated',
            'Enfants de moins de 5 ans vaccinés',
          ),
        },
      ),
    ],
  }),
  decided(
    6,
    words(
      'Lây truyền HIV từ mẹ sang con',
      'Transmission of HIV from mother to child',
      'Transmission du VIH de la mère à l’enfant',
    ),
    {
      aspect: 'outcome',
      measures: [
        surveyed({
          code: 'qd23-6',
          function: 'health',
          breakdowns: [],
          names: words(
            'Tỷ lệ lây truyền HIV từ mẹ sang con',
            'Mother-to-child transmission of HIV',
            'Transmission du VIH de la mère à l’enfant',
          ),
        }),
      ],
    },
  ),
  decided(
    7,
    words(
      'Nước sạch và vệ sinh trong cơ sở giáo dục',
      'Water and sanitation in places of education',
      'Eau et assainissement dans les lieux d’enseignement',
    ),
    {
      aspect: 'structure',
      measures: [
        shareOf(
          words(
            'Số cơ sở giáo dục có nước sạch và công trình vệ sinh',
            'Facilities with clean water and sanitation',
            'Établissements avec eau potable et sanitaires',
          ),
          words('Số cơ sở giáo dục', 'Education facilities', 'Établissements d’enseignement'),
          {
            ...{ code: 'qd23-7', function: 'education', breakdowns: [] },
            names: words(
              'Tỷ lệ cơ sở giáo dục có nước sạch và công trình vệ sinh',
              'Education facilities with clean water and sanitation',
              'Établissements d’enseignement avec eau potable et sanitaires',
            ),
          },
        ),
      ],
    },
  ),
  decided(
    8,
    words('Trẻ em có hoàn cảnh đặc biệt', 'Children in special circumstances', 'Enfants en situation particulière'),
    {
      ...{ aspect: 'outcome', ages: law(0, 15) },
      measures: [
        shareOf(
          words(
            'Số trẻ em có hoàn cảnh đặc biệt',
            'Children in special circumstances',
            'Enfants en situation particulière',
          ),
          children,
          {
            ...{ code: 'qd23-8a', function: 'children', smallCounts: 5, direction: 'down' },
            names: words(
              'Tỷ lệ trẻ em có hoàn cảnh đặc biệt trên tổng số trẻ em',
              'Children in special circumstances, of all children',
              'Enfants en situation particulière, parmi tous les enfants',
            ),
          },
        ),
        shareOf(
          words(
            'Số trẻ em có hoàn cảnh đặc biệt được chăm sóc, trợ giúp',
            'Those cared for and assisted',
            'Ceux pris en charge et aidés',
          ),
          words(
            'Số trẻ em có hoàn cảnh đặc biệt',
            'Children in special circumstances',
            'Enfants en situation particulière',
          ),
          {
            ...{ code: 'qd23-8b', function: 'children', smallCounts: 5 },
            names: words(
              'Tỷ lệ trẻ em có hoàn cảnh đặc biệt được chăm sóc, trợ giúp',
              'Children in special circumstances cared for and assisted',
              'Enfants en situation particulière pris en charge et aidés',
            ),
          },
        ),
      ],
    },
  ),
  decided(9, words('Trẻ em bị xâm hại', 'Abused children', 'Enfants victimes d’abus'), {
    ...{ aspect: 'outcome', ages: law(0, 15) },
    measures: [
      shareOf(words('Số trẻ em bị xâm hại', 'Abused children', 'Enfants victimes d’abus'), children, {
        ...{ code: 'qd23-9', function: 'children', smallCounts: 10, direction: 'down' },
        names: words(
          'Tỷ lệ trẻ em bị xâm hại trên tổng số trẻ em',
          'Abused children, of all children',
          'Enfants victimes d’abus, parmi tous les enfants',
        ),
      }),
    ],
  }),
  decided(10, words('Lao động trẻ em', 'Child labour', 'Travail des enfants'), {
    ...{ aspect: 'outcome', ages: own(5, 17) },
    remark: words(
      'Tính cho người từ 5 đến 17 tuổi, không phải trẻ em dưới 16 tuổi theo Luật Trẻ em.',
      'Counted for ages 5 to 17, not for children under 16 as the Law on Children has it.',
      'Compté de 5 à 17 ans, et non pour les moins de 16 ans de la Loi sur les enfants.',
    ),
    measures: [
      surveyed({
        code: 'qd23-10',
        function: 'children',
        names: words(
          'Tỷ lệ lao động trẻ em và người chưa thành niên từ 5 đến 17 tuổi',
          'Child labour, ages 5 to 17',
          'Travail des enfants de 5 à 17 ans',
        ),
      }),
    ],
  }),
  decided(11, words('Tai nạn, thương tích trẻ em', 'Injuries to children', 'Accidents et traumatismes des enfants'), {
    ...{ aspect: 'outcome', ages: law(0, 15) },
    measures: [
      shareOf(words('Số trẻ em bị tai nạn, thương tích', 'Children injured', 'Enfants accidentés'), children, {
        ...{
          code: 'qd23-11a',
          function: 'children',
          direction: 'down',
          unitOfMeasure: perHundredThousand,
          factor: 100_000,
        },
        names: words('Tỷ suất trẻ em bị tai nạn, thương tích', 'Children injured', 'Enfants accidentés'),
      }),
      shareOf(
        words(
          'Số trẻ em tử vong do tai nạn, thương tích',
          'Children who died of injuries',
          'Enfants décédés d’accidents',
        ),
        children,
        {
          ...{
            code: 'qd23-11b',
            smallCounts: 5,
            function: 'children',
            direction: 'down',
            unitOfMeasure: perHundredThousand,
            factor: 100_000,
          },
          names: words(
            'Tỷ suất trẻ em tử vong do tai nạn, thương tích',
            'Deaths of children from injuries',
            'Décès d’enfants par accident',
          ),
        },
      ),
    ],
  }),
]
