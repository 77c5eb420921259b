import type { FormDefinition, Section } from '#reporting/model'

const words = (vi: string, en: string, fr: string) => ({ vi, en, fr })
const none = {}

const narrative = (
  key: string,
  heading: ReturnType<typeof words>,
  guidance: ReturnType<typeof words>,
  wordLimit: number,
): Section => ({ kind: 'narrative', key, heading, guidance, isRequired: true, wordLimit })

const direction = narrative(
  'chi-dao',
  words('Tình hình, công tác chỉ đạo', 'Situation and direction', 'Situation et pilotage'),
  words(
    'Văn bản đã ban hành, hoạt động chỉ đạo, kiểm tra trong kỳ.',
    'Documents issued, direction and checks in the period.',
    'Documents publiés, pilotage et contrôles de la période.',
  ),
  1_500,
)
const judgement = narrative(
  'danh-gia',
  words('Đánh giá chung', 'Assessment', 'Appréciation générale'),
  words(
    'Ưu điểm; tồn tại, hạn chế; nguyên nhân.',
    'What went well, what did not, and why.',
    'Points forts, insuffisances et leurs causes.',
  ),
  1_500,
)
const next = narrative(
  'phuong-huong',
  words('Phương hướng, nhiệm vụ kỳ tới', 'Tasks of the next period', 'Tâches de la période suivante'),
  words(
    'Nhiệm vụ trọng tâm, người và thời gian thực hiện.',
    'Main tasks, by whom and when.',
    'Tâches principales, qui et quand.',
  ),
  1_000,
)
const obstacles: Section = {
  ...{ kind: 'obstacles', key: 'vuong-mac', isRequired: false },
  heading: words('Khó khăn, vướng mắc và đề xuất, kiến nghị', 'Obstacles and proposals', 'Difficultés et propositions'),
  guidance: words(
    'Mỗi vướng mắc một dòng, kèm đề xuất, kiến nghị cơ quan giải quyết.',
    'One obstacle a line, with what is proposed and to whom.',
    'Une difficulté par ligne, avec la proposition et son destinataire.',
  ),
  themes: [
    { key: 'co-che', label: words('Cơ chế, chính sách', 'Rules and policies', 'Règles et politiques') },
    { key: 'kinh-phi', label: words('Kinh phí', 'Money', 'Financement') },
    {
      key: 'nhan-luc',
      label: words('Nhân lực, tổ chức bộ máy', 'Staff and organisation', 'Personnel et organisation'),
    },
    { key: 'phoi-hop', label: words('Phối hợp', 'Co-operation', 'Coordination') },
    { key: 'du-lieu', label: words('Số liệu, hệ thống', 'Data and systems', 'Données et systèmes') },
    { key: 'khac', label: words('Khác', 'Other', 'Autre') },
  ],
}
const papers: Section = {
  ...{ kind: 'attachments', key: 'tai-lieu', isRequired: false, most: 10, guidance: none },
  heading: words('Tài liệu kèm theo', 'Attached papers', 'Pièces jointes'),
}
const row = (key: string, measure: string, isRequired: boolean) => ({
  ...{ key, measureId: measure, breakdown: '', label: none, isRequired },
})

/** Outline of a half-yearly or yearly report. [own], as the guidance letters of 2013–2024 have it: domain notes §10. */
export const halfYearForm: FormDefinition = {
  title: words(
    'Báo cáo kết quả thực hiện quyền trẻ em',
    'Report on child rights',
    'Rapport sur les droits de l’enfant',
  ),
  sections: [
    direction,
    {
      ...{ kind: 'tasks', key: 'nhiem-vu', isRequired: false },
      heading: words('Kết quả thực hiện nhiệm vụ được giao', 'Results of tasks', 'Résultats des tâches'),
      guidance: words(
        'Lấy từ tiến độ đã báo cáo của từng nhiệm vụ; bổ sung nhận xét.',
        'Taken from the progress reported of each task; add remarks.',
        'Repris de l’avancement de chaque tâche ; à compléter.',
      ),
    },
    {
      ...{ kind: 'figures', key: 'so-lieu', isRequired: true, showsBefore: true, showsPlan: true },
      heading: words('Số liệu', 'Figures', 'Chiffres'),
      guidance: words(
        'Kỳ chưa kết thúc thì ghi số ước tính.',
        'While the period runs, give estimates.',
        'Tant que la période court, donner des estimations.',
      ),
      rows: [
        row('hoan-canh', 'bc-1', true),
        row('duoc-ho-tro', 'bc-2', true),
        row('xam-hai', 'bc-3', true),
        row('can-thiep', 'bc-4', true),
        row('duoi-nuoc', 'bc-5', true),
      ],
    },
    {
      ...{ kind: 'money', key: 'kinh-phi', isRequired: false },
      heading: words('Kinh phí thực hiện', 'Money', 'Financement'),
      guidance: words('Đơn vị tính: đồng.', 'In đồng.', 'En dongs.'),
      rows: [
        { key: 'duoc-giao', label: words('Kinh phí được giao', 'Allotted', 'Crédits attribués') },
        { key: 'da-chi', label: words('Kinh phí đã thực hiện', 'Spent', 'Dépenses') },
      ],
      sources: [
        { key: 'trung-uong', label: words('Ngân sách trung ương', 'Central budget', 'Budget central') },
        { key: 'dia-phuong', label: words('Ngân sách địa phương', 'Local budget', 'Budget local') },
        { key: 'khac', label: words('Nguồn khác', 'Other sources', 'Autres sources') },
      ],
    },
    judgement,
    obstacles,
    next,
    papers,
  ],
}

/** The same without figures: those of the year are in the indicators already. */
export const yearForm: FormDefinition = {
  ...halfYearForm,
  sections: halfYearForm.sections.filter(({ kind }) => kind !== 'figures'),
}

/** Outline of a short report. [own] */
export const shortForm: FormDefinition = {
  title: words('Báo cáo kết quả', 'Report on results', 'Rapport de résultats'),
  sections: [
    direction,
    narrative(
      'ket-qua',
      words('Kết quả thực hiện', 'Results', 'Résultats'),
      words(
        'Hoạt động, số lượt trẻ em tham gia, nguồn lực huy động.',
        'Activities, children reached, means raised.',
        'Activités, enfants touchés, moyens mobilisés.',
      ),
      1_500,
    ),
    judgement,
    obstacles,
    papers,
  ],
}
