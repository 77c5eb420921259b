import type { Calendar, IndicatorData, Names } from '#indicators/model'

const words = (vi: string, en: string, fr: string): Names => ({ vi, en, fr })
const yearly = [{ calendar: '', frequency: 'year' as const }]

/** Two invented indicators: a share counted in communes, and a survey of provinces beside a plain count. */
export const indicatorData: IndicatorData = {
  dimensions: [
    {
      code: 'sex',
      names: words('Giới tính', 'Sex', 'Sexe'),
      values: [
        { code: 'male', names: words('Nam', 'Male', 'Masculin') },
        { code: 'female', names: words('Nữ', 'Female', 'Féminin') },
      ],
    },
  ],
  indicators: [
    {
      code: 'lov-1',
      names: words('Trẻ em được tiêm chủng', 'Children vaccinated', 'Enfants vaccinés'),
      definition: words('Trên tổng số trẻ em.', 'Of all children.', 'Parmi tous les enfants.'),
      aspect: 'process',
      ages: { fromAge: 0, toAge: 4, basis: 'own' },
      source: { document: 'Lov 9/2029', item: '1' },
      remark: null,
      ...{ sdgTargets: ['3.8'], articles: ['24'], supporting: ['health', 'education'] },
      dataSources: [
        words('Sổ tiêm chủng', 'Vaccination book', 'Carnet de vaccination'),
        words('Điều tra', 'Survey', 'Enquête'),
      ],
      measures: [
        {
          code: 'lov-1',
          names: words('Tỷ lệ trẻ em được tiêm chủng', 'Share of children vaccinated', 'Part des enfants vaccinés'),
          unitOfMeasure: words('%', '%', '%'),
          ...{ factor: 100, isShare: true, direction: 'up', aggregation: 'ratio', level: 'commune' },
          ...{ function: 'children', dueDays: 30, smallCounts: null, largest: null },
          numerator: words('Số trẻ em được tiêm', 'Children vaccinated', 'Enfants vaccinés'),
          denominator: words('Số trẻ em', 'Children', 'Enfants'),
          periods: [...yearly, { calendar: 'tl-report', frequency: 'half-year' }],
          breakdowns: [{ dimension: 'sex', calendar: '', frequency: 'year', everyYears: 1 }],
        },
      ],
    },
    {
      code: 'lov-2',
      names: words('Trẻ em gặp nạn', 'Children hurt', 'Enfants accidentés'),
      definition: null,
      aspect: 'outcome',
      ages: null,
      source: { document: 'Lov 9/2029', item: '2' },
      remark: words('Số liệu cần kiểm tra.', 'To be verified.', 'À vérifier.'),
      ...{ sdgTargets: [], articles: [], supporting: [], dataSources: [] },
      measures: [
        {
          code: 'lov-2a',
          names: words('Số trẻ em gặp nạn', 'Children hurt', 'Enfants accidentés'),
          unitOfMeasure: words('trẻ em', 'children', 'enfants'),
          ...{ factor: 1, isShare: false, direction: 'down', aggregation: 'sum', level: 'commune' },
          ...{ function: 'children', dueDays: 30, smallCounts: 5, largest: null, numerator: null, denominator: null },
          ...{ periods: yearly, breakdowns: [] },
        },
        {
          code: 'lov-2b',
          names: words('Nhận thức', 'Awareness', 'Connaissance'),
          unitOfMeasure: words('%', '%', '%'),
          ...{ factor: 1, isShare: false, direction: 'up', aggregation: 'none', level: 'province' },
          ...{ function: 'health', dueDays: 90, smallCounts: null, largest: 100, numerator: null, denominator: null },
          ...{ periods: yearly, breakdowns: [] },
        },
      ],
    },
  ],
  rules: [
    { code: 'lov-1-sex', kind: 'parts', measure: 'lov-1', dimension: 'sex' },
    { code: 'lov-1-change', kind: 'change', measure: 'lov-1', threshold: 50 },
    { code: 'lov-1-copied', kind: 'copied', measure: 'lov-1' },
    { code: 'lov-1-twin', kind: 'twin', measure: 'lov-1' },
    { code: 'lov-2a-outlier', kind: 'outlier', measure: 'lov-2a', threshold: 3.5 },
    {
      ...{ code: 'lov-2a-1', kind: 'compare', measure: 'lov-2a', side: 'value', comparator: '<=', other: 'lov-1' },
      otherSide: 'denominator',
      names: words('Không nhiều hơn số trẻ em', 'Not more than all children', 'Pas plus que tous les enfants'),
    },
    { code: 'heaping', kind: 'heaping' },
  ],
  targets: [
    {
      ...{ measure: 'lov-1', unit: 'u:TL', kind: 'level', yearFrom: null, year: 2033 },
      ...{ comparator: '>=', value: 90, breakdown: '' },
    },
    {
      ...{ measure: 'lov-2a', unit: 'u:TL', kind: 'yearly-change', yearFrom: 2029, year: 2033 },
      ...{ comparator: '<=', value: -2, breakdown: '' },
    },
  ],
}

/** A year of reports that begins on 10 December. */
export const calendars: Calendar[] = [{ code: 'tl-report', shiftMonths: -1, day: 10 }]
