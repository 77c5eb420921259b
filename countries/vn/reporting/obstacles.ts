import type { ObstacleRules, ObstacleTheme } from '#reporting/model'

const theme = (
  key: string,
  [vi, en, fr]: [string, string, string],
  of: Pick<ObstacleTheme, 'level' | 'formKeys'> & { function?: string },
): ObstacleTheme => ({
  key,
  names: { vi, en, fr },
  level: of.level,
  function: of.function ?? null,
  formKeys: of.formKeys ?? [],
})

/**
 * Kinds of obstacles, by whom they can be resolved at the lowest. Ten working days to answer is this product's own setting, to be
 * replaced by what the body that uses it lays down.
 */
export const obstacles: ObstacleRules = {
  answerDays: 10,
  themes: [
    theme('guidance', ['Hướng dẫn chuyên môn, nghiệp vụ', 'Professional guidance', 'Orientations techniques'], {
      ...{ level: 'province', function: 'children' },
    }),
    theme('staff', ['Nhân lực, tổ chức bộ máy', 'Staff and organisation', 'Personnel et organisation'], {
      ...{ level: 'province', function: 'home-affairs', formKeys: ['nhan-luc'] },
    }),
    theme('money', ['Kinh phí', 'Funding', 'Financement'], {
      ...{ level: 'province', function: 'finance', formKeys: ['kinh-phi'] },
    }),
    theme(
      'coordination',
      ['Phối hợp giữa các cơ quan', 'Coordination between bodies', 'Coordination entre organismes'],
      {
        ...{ level: 'commune', formKeys: ['phoi-hop'] },
      },
    ),
    theme(
      'data',
      ['Số liệu, phần mềm, trang thiết bị', 'Data, software, equipment', 'Données, logiciels, équipement'],
      {
        ...{ level: 'province', function: 'children', formKeys: ['du-lieu'] },
      },
    ),
    theme('law', ['Quy định của pháp luật, cơ chế, chính sách', 'Law and policy', 'Droit et politiques'], {
      ...{ level: 'central', function: 'children', formKeys: ['co-che'] },
    }),
    theme(
      'territory',
      ['Sắp xếp đơn vị hành chính, phân cấp', 'Reorganisation of units', 'Réorganisation des unités'],
      {
        ...{ level: 'province', function: 'home-affairs' },
      },
    ),
    theme('other', ['Vướng mắc khác', 'Other', 'Autre'], { level: 'commune', formKeys: ['khac'] }),
  ],
}
