import type { Indicator } from '#indicators/model'
import { decided, shareOf, surveyed, words } from './parts.ts'

const law = (fromAge: number, toAge: number) => ({ fromAge, toAge, basis: 'law' as const })
const own = (fromAge: number, toAge: number) => ({ fromAge, toAge, basis: 'own' as const })

const communes = words(
  'Số xã, phường, đặc khu',
  'Communes, wards and special zones',
  'Communes, quartiers et zones spéciales',
)
const underFive = words('Số trẻ em dưới 5 tuổi', 'Children under 5', 'Enfants de moins de 5 ans')

/** Indicators 12 to 24: protection, learning, taking part. See `index.ts` for what is sure of them. */
export const participation: Indicator[] = [
  decided(
    12,
    words(
      'Trợ giúp trẻ em bị ảnh hưởng bởi thiên tai, thảm họa',
      'Help to children affected by disasters',
      'Aide aux enfants touchés par des catastrophes',
    ),
    {
      ...{ aspect: 'process', ages: law(0, 15) },
      measures: [
        shareOf(
          words(
            'Số trẻ em bị ảnh hưởng được cứu trợ, trợ giúp',
            'Affected children who were helped',
            'Enfants touchés et aidés',
          ),
          words(
            'Số trẻ em bị ảnh hưởng bởi thiên tai, thảm họa',
            'Children affected by disasters',
            'Enfants touchés par des catastrophes',
          ),
          {
            ...{ code: 'qd23-12', function: 'children' },
            names: words(
              'Tỷ lệ trẻ em bị ảnh hưởng bởi thiên tai, thảm họa được cứu trợ, trợ giúp',
              'Disaster-affected children helped',
              'Enfants touchés par des catastrophes et aidés',
            ),
          },
        ),
      ],
    },
  ),
  decided(13, words('Tảo hôn', 'Child marriage', 'Mariage d’enfants'), {
    aspect: 'outcome',
    remark: words(
      'Chỉ tiêu là mức giảm 2–3% mỗi năm, không phải một mức phải đạt.',
      'The target is a fall of 2–3% each year, not a level.',
      'La cible est une baisse de 2 à 3 % par an, et non un niveau.',
    ),
    measures: [
      {
        ...surveyed({
          code: 'qd23-13',
          smallCounts: 5,
          function: 'children',
          names: words('Số trường hợp tảo hôn', 'Cases of child marriage', 'Cas de mariage d’enfants'),
        }),
        ...{ unitOfMeasure: words('trường hợp', 'cases', 'cas'), aggregation: 'sum', level: 'commune', dueDays: 45 },
      },
    ],
  }),
  decided(14, words('Đăng ký khai sinh', 'Registration of births', 'Enregistrement des naissances'), {
    ...{ aspect: 'process', ages: own(0, 4) },
    measures: [
      shareOf(
        words(
          'Số trẻ em dưới 5 tuổi được đăng ký khai sinh',
          'Children under 5 registered',
          'Enfants de moins de 5 ans enregistrés',
        ),
        underFive,
        {
          ...{ code: 'qd23-14', function: 'justice' },
          names: words(
            'Tỷ lệ trẻ em dưới 5 tuổi được đăng ký khai sinh',
            'Under-5 births registered',
            'Naissances enregistrées avant 5 ans',
          ),
          breakdowns: [
            { dimension: 'sex', calendar: '', frequency: 'year', everyYears: 1 },
            { dimension: 'ethnicity', calendar: '', frequency: 'year', everyYears: 5 },
          ],
        },
      ),
    ],
    remark: words(
      'Bản phân tổ theo dân tộc được công bố 5 năm một lần.',
      'The breakdown by ethnicity is published every five years.',
      'La ventilation par ethnie paraît tous les cinq ans.',
    ),
  }),
  decided(
    15,
    words(
      'Trẻ em dưới 5 tuổi phát triển phù hợp',
      'Children under 5 developing on track',
      'Enfants de moins de 5 ans se développant normalement',
    ),
    {
      ...{ aspect: 'outcome', ages: own(0, 4) },
      remark: words(
        'Nguồn in cùng số liệu với chỉ tiêu 16: cần kiểm tra lại với văn bản gốc.',
        'The source prints the same figures as for indicator 16: to be verified with the original.',
        'La source imprime les mêmes chiffres que pour l’indicateur 16 : à vérifier sur l’original.',
      ),
      measures: [
        surveyed({
          code: 'qd23-15',
          function: 'education',
          direction: 'up',
          names: words(
            'Tỷ lệ trẻ em dưới 5 tuổi phát triển phù hợp về sức khỏe, học tập và tâm lý',
            'Children under 5 developing on track',
            'Enfants de moins de 5 ans se développant normalement',
          ),
        }),
      ],
    },
  ),
  decided(
    16,
    words('Trẻ em 5 tuổi học mẫu giáo', 'Five-year-olds in kindergarten', 'Enfants de 5 ans à l’école maternelle'),
    {
      ...{ aspect: 'process', ages: own(5, 5) },
      measures: [
        shareOf(
          words('Số trẻ em 5 tuổi học mẫu giáo', 'Five-year-olds enrolled', 'Enfants de 5 ans inscrits'),
          words('Số trẻ em 5 tuổi', 'Five-year-olds', 'Enfants de 5 ans'),
          {
            ...{ code: 'qd23-16', function: 'education' },
            names: words(
              'Tỷ lệ huy động trẻ em 5 tuổi học mẫu giáo',
              '5-year-olds in kindergarten',
              'Enfants de 5 ans à l’école maternelle',
            ),
          },
        ),
      ],
    },
  ),
  decided(17, words('Giáo dục tiểu học', 'Primary education', 'Enseignement primaire'), {
    aspect: 'outcome',
    measures: [
      shareOf(
        words(
          'Số học sinh hoàn thành cấp tiểu học',
          'Pupils who completed primary school',
          'Élèves ayant achevé le primaire',
        ),
        words('Số học sinh của khóa học', 'Pupils of the cohort', 'Élèves de la cohorte'),
        {
          ...{ code: 'qd23-17a', function: 'education' },
          names: words('Tỷ lệ hoàn thành cấp tiểu học', 'Primary completion', 'Achèvement du primaire'),
        },
      ),
      shareOf(
        words('Số học sinh tiểu học bỏ học', 'Pupils who left primary school', 'Élèves ayant quitté le primaire'),
        words('Số học sinh tiểu học', 'Pupils of primary school', 'Élèves du primaire'),
        {
          ...{ code: 'qd23-17b', function: 'education', direction: 'down' },
          names: words('Tỷ lệ bỏ học cấp tiểu học', 'Primary drop-out', 'Abandon au primaire'),
        },
      ),
    ],
  }),
  decided(18, words('Giáo dục trung học cơ sở', 'Lower-secondary education', 'Premier cycle du secondaire'), {
    aspect: 'outcome',
    measures: [
      shareOf(
        words(
          'Số học sinh hoàn thành cấp trung học cơ sở',
          'Pupils who completed lower-secondary school',
          'Élèves ayant achevé le premier cycle',
        ),
        words('Số học sinh của khóa học', 'Pupils of the cohort', 'Élèves de la cohorte'),
        {
          ...{ code: 'qd23-18a', function: 'education' },
          names: words(
            'Tỷ lệ hoàn thành cấp trung học cơ sở',
            'Lower-secondary completion',
            'Achèvement du premier cycle',
          ),
        },
      ),
      shareOf(
        words(
          'Số học sinh trung học cơ sở bỏ học',
          'Pupils who left lower-secondary school',
          'Élèves ayant quitté le premier cycle',
        ),
        words('Số học sinh trung học cơ sở', 'Pupils of lower-secondary school', 'Élèves du premier cycle'),
        {
          ...{ code: 'qd23-18b', function: 'education', direction: 'down' },
          names: words('Tỷ lệ bỏ học cấp trung học cơ sở', 'Lower-secondary drop-out', 'Abandon au premier cycle'),
        },
      ),
    ],
  }),
  decided(
    19,
    words('Tư vấn tâm lý trong trường học', 'Psychological counselling in schools', 'Conseil psychologique à l’école'),
    {
      aspect: 'structure',
      measures: [
        shareOf(
          words('Số trường có dịch vụ tư vấn tâm lý', 'Schools with counselling', 'Écoles avec conseil psychologique'),
          words('Số trường học', 'Schools', 'Écoles'),
          {
            ...{ code: 'qd23-19', function: 'education', breakdowns: [] },
            names: words(
              'Tỷ lệ trường học có dịch vụ tư vấn tâm lý',
              'Schools with psychological counselling',
              'Écoles avec conseil psychologique',
            ),
          },
        ),
      ],
    },
  ),
  decided(20, words('Trẻ em khuyết tật', 'Children with disabilities', 'Enfants handicapés'), {
    ...{ aspect: 'process', ages: law(0, 15) },
    measures: [
      shareOf(
        words(
          'Số trường học bảo đảm tiếp cận cho trẻ em khuyết tật',
          'Schools accessible to children with disabilities',
          'Écoles accessibles aux enfants handicapés',
        ),
        words('Số trường học', 'Schools', 'Écoles'),
        {
          ...{ code: 'qd23-20a', function: 'education', breakdowns: [] },
          names: words(
            'Tỷ lệ trường học bảo đảm tiếp cận cho trẻ em khuyết tật',
            'Schools accessible to disabled children',
            'Écoles accessibles aux enfants handicapés',
          ),
        },
      ),
      shareOf(
        words(
          'Số trẻ em khuyết tật được tiếp cận giáo dục, phục hồi chức năng',
          'Children with disabilities who have access',
          'Enfants handicapés y ayant accès',
        ),
        words('Số trẻ em khuyết tật', 'Children with disabilities', 'Enfants handicapés'),
        {
          ...{ code: 'qd23-20b', function: 'children' },
          names: words(
            'Tỷ lệ trẻ em khuyết tật được tiếp cận giáo dục, phục hồi chức năng và trợ giúp',
            'Disabled children with access to education, rehabilitation and help',
            'Enfants handicapés ayant accès à l’éducation, à la réadaptation et à l’aide',
          ),
        },
      ),
    ],
  }),
  decided(
    21,
    words(
      'Điểm văn hóa, thể thao, vui chơi cho trẻ em',
      'Places of culture, sport and play',
      'Lieux de culture, de sport et de jeu',
    ),
    {
      aspect: 'structure',
      measures: [
        shareOf(
          words(
            'Số xã, phường, đặc khu có điểm văn hóa, thể thao, vui chơi',
            'Communes with such places',
            'Communes dotées de tels lieux',
          ),
          communes,
          {
            ...{ code: 'qd23-21', function: 'culture-sport', breakdowns: [] },
            names: words(
              'Tỷ lệ xã, phường có điểm văn hóa, thể thao, vui chơi cho trẻ em',
              'Communes with places of culture, sport and play',
              'Communes dotées de lieux de culture, de sport et de jeu',
            ),
          },
        ),
      ],
    },
  ),
  decided(22, words('Lấy ý kiến trẻ em', 'Consultation of children', 'Consultation des enfants'), {
    ...{ aspect: 'process', ages: law(7, 15) },
    measures: [
      shareOf(
        words(
          'Số trẻ em từ 7 tuổi được hỏi ý kiến về vấn đề của trẻ em',
          'Children of 7 and more consulted',
          'Enfants de 7 ans et plus consultés',
        ),
        words('Số trẻ em từ 7 tuổi', 'Children of 7 and more', 'Enfants de 7 ans et plus'),
        {
          ...{ code: 'qd23-22', function: 'children' },
          names: words(
            'Tỷ lệ trẻ em từ 7 tuổi trở lên được hỏi ý kiến về các vấn đề của trẻ em',
            'Children of 7 and more consulted on matters concerning them',
            'Enfants de 7 ans et plus consultés sur ce qui les concerne',
          ),
        },
      ),
    ],
  }),
  decided(
    23,
    words(
      'Nhận thức về quyền tham gia của trẻ em',
      'Awareness of the right to participate',
      'Connaissance du droit de participer',
    ),
    {
      aspect: 'outcome',
      measures: [
        surveyed({
          code: 'qd23-23',
          function: 'children',
          direction: 'up',
          breakdowns: [],
          names: words(
            'Tỷ lệ được nâng cao nhận thức, năng lực về quyền tham gia của trẻ em',
            'Awareness of the right to participate',
            'Connaissance du droit de participer',
          ),
        }),
      ],
    },
  ),
  decided(
    24,
    words('Mô hình tham gia của trẻ em', 'Ways for children to take part', 'Formes de participation des enfants'),
    {
      ...{ aspect: 'process', ages: law(11, 15) },
      measures: [
        shareOf(
          words(
            'Số trẻ em từ 11 tuổi tham gia hội đồng, diễn đàn, câu lạc bộ',
            'Children of 11 and more in councils, forums, clubs',
            'Enfants de 11 ans et plus dans des conseils, forums, clubs',
          ),
          words('Số trẻ em từ 11 tuổi', 'Children of 11 and more', 'Enfants de 11 ans et plus'),
          {
            ...{ code: 'qd23-24', function: 'children' },
            names: words(
              'Tỷ lệ trẻ em từ 11 tuổi trở lên tham gia các mô hình, hội đồng, diễn đàn, câu lạc bộ trẻ em',
              'Children of 11 and more in participation models',
              'Enfants de 11 ans et plus dans des formes de participation',
            ),
          },
        ),
      ],
    },
  ),
]
