/** Who opens a page. */
export const officer = 'bo-y-te.tong-hop'
const reporter = 'bo-y-te.can-bo'
export const administrator = 'quan-tri'
/** Nobody is signed in. */
export const stranger = ''

/** Every page of the product, and who opens it. `web/app/pages.test.ts` compares this with the router. */
export const pages = [
  [officer, 'my-work', '/viec-cua-toi'],
  [officer, 'plans', '/ke-hoach'],
  [officer, 'plan', '/ke-hoach/$planId'],
  [officer, 'coverage', '/ke-hoach/$planId/do-phu'],
  [officer, 'derivation', '/ke-hoach/$planId/trien-khai'],
  [officer, 'editor', '/ke-hoach/$planId/soan'],
  [officer, 'many-items', '/ke-hoach/$planId/sua-nhieu'],
  [officer, 'draft-sheet', '/ke-hoach/$planId/bang'],
  [officer, 'change-sets', '/sua-hang-loat'],
  [officer, 'change-set', '/sua-hang-loat/$setId'],
  [reporter, 'progress-sheet', '/nhiem-vu/bang'],
  [officer, 'tasks', '/nhiem-vu'],
  [officer, 'task', '/nhiem-vu/$workId'],
  [officer, 'duplicates', '/nhiem-vu/long-ghep'],
  [officer, 'programmes', '/chuong-trinh'],
  [officer, 'urgings', '/don-doc'],
  [officer, 'recommendations', '/khuyen-nghi'],
  [officer, 'recommendation', '/khuyen-nghi/$recommendationId'],
  [officer, 'imports', '/van-ban'],
  [officer, 'review', '/van-ban/$importId'],
  [officer, 'bodies', '/co-quan'],
  [officer, 'body', '/co-quan/$agencyId'],
  [officer, 'letterhead', '/co-quan/$agencyId/the-thuc'],
  [officer, 'territory', '/dia-ban'],
  [officer, 'unit', '/dia-ban/$unitId'],
  [officer, 'what-became', '/dia-ban/nay-la-gi'],
  [administrator, 'reforms', '/sap-xep'],
  [administrator, 'reform', '/sap-xep/$reformId'],
  [officer, 'notices', '/thong-bao'],
  [officer, 'own-account', '/tai-khoan'],
  [officer, 'no-such-page', '/$'],
  [administrator, 'people', '/quan-tri/nguoi-dung'],
  [administrator, 'invite', '/quan-tri/nguoi-dung/moi'],
  [administrator, 'people-import', '/quan-tri/nguoi-dung/bang'],
  [administrator, 'person', '/quan-tri/nguoi-dung/$personId'],
  [administrator, 'audit', '/quan-tri/nhat-ky'],
  [administrator, 'jobs', '/quan-tri/tac-vu'],
  [stranger, 'sign-in', '/dang-nhap'],
  [stranger, 'second-step', '/dang-nhap/buoc-hai'],
  [stranger, 'back-from-provider', '/dang-nhap/tro-ve'],
  [stranger, 'invitation', '/loi-moi'],
  [stranger, 'first-administrator', '/quan-tri-dau-tien'],
] as const
