import type { DemoRecommendation, DemoRecommendations } from '../../../src/demonstration-recommendations.ts'

/** The documents by their real symbols and days, marked: their paragraphs here are invented, but for the two whose subject is known. */
const committee = {
  mechanism: 'crc',
  symbol: 'CRC/C/VNM/CO/5-6 (minh họa)',
  published: '2022-10-21',
  cycle: '5-6',
  language: 'en',
}
const committeeBefore = { ...committee, symbol: 'CRC/C/VNM/CO/3-4 (minh họa)', published: '2012-08-22', cycle: '3-4' }
const review = {
  mechanism: 'upr',
  symbol: 'A/HRC/57/7 (minh họa)',
  published: '2024-06-24',
  cycle: '4',
  language: 'en',
}

const mark = ' (demonstration text)'
const dau = ' (lời văn minh họa)'

type Kept = Omit<DemoRecommendation, 'row'>

function one(
  of: typeof committee,
  paragraph: string,
  text: string,
  terms: Partial<Record<'clusters' | 'articles' | 'themes' | 'groups' | 'sdgs' | 'position' | 'recommending', string>>,
  { translation, plain, ...kept }: Kept,
): DemoRecommendation {
  return {
    row: { ...of, ...terms, key: `${of.symbol} ${paragraph}`, paragraph, text: text + mark },
    ...kept,
    translation: translation + dau,
    ...(plain === undefined ? {} : { plain }),
  }
}

const answered = (key: string, kind: 'implements' | 'contributes' | 'monitors' = 'implements') => ({ key, kind })

const all: DemoRecommendation[] = [
  one(
    committee,
    '17',
    'The Committee urges the State party: (a) To review laws and policies so that no child is treated less favourably because of origin, disability or place of residence; (b) To take targeted measures for children in remote areas; (c) To inform the public that all children have equal rights',
    {
      clusters: 'C',
      articles: '2',
      themes: 'equality-non-discrimination',
      groups: 'children-in-vulnerable-situations-abused-living-on-the-stree',
      sdgs: '10.3',
    },
    {
      translation:
        'Ủy ban thúc giục quốc gia thành viên: (a) Rà soát pháp luật và chính sách để không trẻ em nào bị đối xử kém hơn vì nguồn gốc, khuyết tật hay nơi cư trú; (b) Có biện pháp riêng cho trẻ em ở vùng sâu, vùng xa; (c) Tuyên truyền để mọi người biết rằng mọi trẻ em có quyền như nhau',
      plain: 'Không để trẻ em nào bị thiệt thòi vì là người dân tộc thiểu số, bị khuyết tật hay sống ở vùng xa.',
      isUrgent: true,
      response: 'Đã giao rà soát văn bản pháp luật trong kế hoạch quốc gia (minh họa).',
      answers: [answered('g1t1'), answered('g2t1', 'contributes')],
      confirms: [['cluster', 'C']],
    },
  ),
  one(
    committee,
    '30',
    'The Committee urges the State party: (a) To prohibit all violence against children in all settings; (b) To make services for child victims available in every province; (c) To train those who work with children to see and report signs of violence',
    {
      clusters: 'E',
      articles: '19 | 39',
      themes: 'children-protection-against-exploitation',
      groups: 'children',
      sdgs: '16.2',
    },
    {
      translation:
        'Ủy ban thúc giục quốc gia thành viên: (a) Cấm mọi hình thức bạo lực đối với trẻ em ở mọi nơi; (b) Bảo đảm dịch vụ cho trẻ em là nạn nhân có ở mọi tỉnh; (c) Tập huấn người làm việc với trẻ em để nhận biết và thông báo dấu hiệu bạo lực',
      plain: 'Cấm mọi hành vi bạo lực với trẻ em; trẻ bị hại ở tỉnh nào cũng phải được giúp đỡ.',
      measures: ['qd23-9'],
      isUrgent: true,
      response: 'Nhà nước thực hiện theo lộ trình; dịch vụ được rà soát trước (minh họa).',
      answers: [answered('g1t2'), answered('g2t2'), answered('g3t1', 'contributes'), answered('g3t3', 'monitors')],
      confirms: [
        ['cluster', 'E'],
        ['sdg', '16.2'],
      ],
      assessment: {
        aspect: 'process',
        rating: 'partly',
        finding: 'Phần lớn các tỉnh đã có đầu mối tiếp nhận; nhiều xã chưa có người được tập huấn (minh họa).',
        evidence: 'Báo cáo khảo sát tại năm tỉnh, phụ lục 2 (minh họa).',
        assessor: 'Nhóm đánh giá độc lập (minh họa)',
        daysAgo: 30,
      },
    },
  ),
  one(
    committee,
    'MH-1',
    'The Committee recommends that the State party adopt a comprehensive strategy for children with a clear share of responsibilities between ministries, provinces and communes',
    { clusters: 'A', articles: '4', themes: 'legal-institutional-policy-framework', groups: 'children', sdgs: '16.6' },
    {
      translation:
        'Ủy ban khuyến nghị quốc gia thành viên ban hành chiến lược toàn diện về trẻ em, phân công rõ trách nhiệm giữa các bộ, tỉnh và xã',
      plain: 'Có một chiến lược chung về trẻ em, ghi rõ bộ nào, tỉnh nào, xã nào làm việc gì.',
      answers: [answered('g1t1', 'contributes'), answered('g1t2')],
    },
  ),
  one(
    committee,
    'MH-2',
    'The Committee recommends that the State party set up a tracking system for the allocation and use of resources for children throughout the budget',
    {
      clusters: 'A',
      articles: '4',
      themes: 'budget-resources-for-human-rights-implementation',
      groups: 'children',
      sdgs: '1.b',
    },
    {
      translation:
        'Ủy ban khuyến nghị quốc gia thành viên lập hệ thống theo dõi việc phân bổ và sử dụng nguồn lực cho trẻ em trong toàn bộ ngân sách',
      plain: 'Theo dõi được bao nhiêu tiền ngân sách đã dành cho trẻ em và dùng vào việc gì.',
      answers: [answered('g4t1')],
    },
  ),
  one(
    committee,
    'MH-3',
    'The Committee recommends that the State party collect data on children broken down by age, sex, disability, place of residence and origin',
    {
      clusters: 'A',
      articles: '4',
      themes: 'statistics-indicators-disaggregated-data | data-collection-research',
      groups: 'children',
      sdgs: '17.18',
    },
    {
      translation:
        'Ủy ban khuyến nghị quốc gia thành viên thu thập số liệu về trẻ em phân tổ theo tuổi, giới tính, khuyết tật, nơi cư trú và nguồn gốc',
      plain: 'Có số liệu đầy đủ về trẻ em, tách được theo tuổi, giới tính, nơi ở, tình trạng khuyết tật.',
      answers: [answered('g3t2')],
    },
  ),
  one(
    committee,
    'MH-4',
    'The Committee encourages the State party to hear children in the decisions of authorities that concern them, at all levels',
    {
      clusters: 'C',
      articles: '12',
      themes: 'right-to-participate-in-public-affairs-right-to-vote',
      groups: 'children',
    },
    {
      translation:
        'Ủy ban khuyến khích quốc gia thành viên lắng nghe trẻ em trong các quyết định của cơ quan nhà nước liên quan đến các em, ở mọi cấp',
      plain: 'Hỏi ý kiến trẻ em khi quyết định những việc liên quan đến các em.',
    },
  ),
  one(
    committee,
    'MH-5',
    'The Committee recommends that the State party register every birth free of charge, including in remote areas',
    {
      clusters: 'D',
      articles: '7 | 8',
      themes: 'rights-related-to-name-identity-nationality',
      groups: 'children',
      sdgs: '16.9',
    },
    {
      translation:
        'Ủy ban khuyến nghị quốc gia thành viên đăng ký khai sinh miễn phí cho mọi trẻ em, kể cả ở vùng sâu, vùng xa',
      plain: 'Trẻ em nào sinh ra cũng được khai sinh, không mất tiền.',
      measures: ['qd23-14'],
      answers: [answered('g3t2', 'contributes')],
    },
  ),
  one(
    committee,
    'MH-6',
    'The Committee recommends that the State party favour foster care over placement in institutions',
    { clusters: 'F', articles: '20', themes: 'children-family-environment-alternative-care', groups: 'children' },
    {
      translation:
        'Ủy ban khuyến nghị quốc gia thành viên ưu tiên chăm sóc thay thế tại gia đình hơn là đưa trẻ em vào cơ sở trợ giúp xã hội',
    },
  ),
  one(
    committee,
    'MH-7',
    'The Committee recommends that the State party make schools accessible to children with disabilities',
    {
      clusters: 'G',
      articles: '23 | 28',
      themes: 'right-to-education',
      groups: 'persons-with-disabilities | children',
      sdgs: '4.a',
    },
    {
      translation: 'Ủy ban khuyến nghị quốc gia thành viên bảo đảm trường học tiếp cận được với trẻ em khuyết tật',
      plain: 'Trẻ em khuyết tật phải đi học được như mọi trẻ em khác.',
    },
  ),
  one(
    committee,
    'MH-8',
    'The Committee recommends that the State party prevent child drowning and other accidents at home and at school',
    { clusters: 'H', articles: '6 | 24', themes: 'right-to-health', groups: 'children', sdgs: '3.2' },
    {
      translation:
        'Ủy ban khuyến nghị quốc gia thành viên phòng, chống đuối nước và tai nạn thương tích khác cho trẻ em tại nhà và ở trường',
      plain: 'Giảm số trẻ em bị đuối nước và tai nạn.',
      measures: ['qd23-3c', 'qd23-11b'],
      answers: [answered('g2t1', 'contributes')],
    },
  ),
  one(
    committee,
    'MH-9',
    'The Committee recommends that the State party raise the capacity of those who protect children in communes, and pay them',
    { clusters: 'N', articles: '4', themes: 'human-rights-education-trainings-awareness-raising', groups: 'children' },
    {
      translation:
        'Ủy ban khuyến nghị quốc gia thành viên nâng cao năng lực và có chế độ cho người làm công tác bảo vệ trẻ em cấp xã',
      plain: 'Người bảo vệ trẻ em ở xã được tập huấn và có phụ cấp.',
      answers: [answered('g2t2')],
    },
  ),
  one(
    committee,
    'MH-10',
    'The Committee invites the State party to disseminate these observations widely and in languages children understand',
    { clusters: 'N', articles: '42', themes: 'human-rights-education-trainings-awareness-raising', groups: 'children' },
    {
      translation:
        'Ủy ban mời quốc gia thành viên phổ biến rộng rãi các khuyến nghị này bằng ngôn ngữ mà trẻ em hiểu được',
      answers: [answered('g2t1'), answered('g4t2', 'contributes')],
    },
  ),
  one(
    committeeBefore,
    'MH-1',
    'The Committee recommends that the State party prohibit corporal punishment and other violence against children',
    { clusters: 'E', articles: '19', themes: 'children-protection-against-exploitation', groups: 'children' },
    {
      translation:
        'Ủy ban khuyến nghị quốc gia thành viên cấm trừng phạt thân thể và các hình thức bạo lực khác đối với trẻ em',
    },
  ),
  one(
    committeeBefore,
    'MH-2',
    'The Committee recommends that the State party collect reliable data on children in all areas of the Convention',
    { clusters: 'A', articles: '4', themes: 'data-collection-research', groups: 'children' },
    {
      translation:
        'Ủy ban khuyến nghị quốc gia thành viên thu thập số liệu tin cậy về trẻ em trong mọi lĩnh vực của Công ước',
    },
  ),
  one(
    review,
    'MH-1',
    'Strengthen the protection of children from violence and abuse, also online',
    {
      themes: 'children-protection-against-exploitation',
      groups: 'children',
      sdgs: '16.2',
      position: 'supported',
      recommending: 'Testland',
    },
    {
      translation: 'Tăng cường bảo vệ trẻ em trước bạo lực và xâm hại, kể cả trên môi trường mạng',
      plain: 'Bảo vệ trẻ em tốt hơn, kể cả khi các em dùng mạng.',
      answers: [answered('g1t2', 'contributes')],
    },
  ),
  one(
    review,
    'MH-2',
    'Ensure equal access to education for children of ethnic minorities',
    {
      themes: 'right-to-education',
      groups: 'minorities-racial-ethnic-linguistic-religious-or-descent-bas',
      sdgs: '4.5',
      position: 'supported',
      recommending: 'Testland',
    },
    { translation: 'Bảo đảm trẻ em dân tộc thiểu số được tiếp cận giáo dục bình đẳng' },
  ),
  one(
    review,
    'MH-3',
    'Raise the age under which a person is a child to eighteen in all laws',
    {
      themes: 'children-definition-general-principles-protection',
      groups: 'children',
      position: 'noted',
      recommending: 'Testland',
    },
    { translation: 'Nâng tuổi trẻ em lên mười tám trong mọi văn bản luật' },
  ),
]

/** What the demonstration shows of recommendations: short texts of our own; none is what a body of the UN printed. */
export const recommendations: DemoRecommendations = {
  all,
  followed: [
    ['g2t2', 'qd23-1'],
    ['g3t1', 'qd23-8b'],
    ['g3t2', 'qd23-14'],
    ['g3t2', 'qd23-3c'],
  ],
  same: [
    [`${committee.symbol} 30`, `${committeeBefore.symbol} MH-1`],
    [`${committee.symbol} MH-3`, `${committeeBefore.symbol} MH-2`],
  ],
}
