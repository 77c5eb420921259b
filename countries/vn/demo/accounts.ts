import type { Role } from '#access/model'
import type { DemoAccount } from '../../../src/demonstration.ts'

const vi = 'vi' as const
const country = 'u:VN'
const health = 'u:VN/bo-y-te'
const lamDong = 'u:2025:68'

function account(
  login: string,
  name: string,
  role: Role,
  agencyKey: string,
  unitKey: string | null = null,
): DemoAccount {
  return { login, name: `${name} (minh họa)`, language: vi, posts: [{ agencyKey, unitKey, role }] }
}

/** Who signs in on the demonstration: one person a post, all invented. */
export const accounts: DemoAccount[] = [
  account('bo-y-te.can-bo', 'Cán bộ đầu mối Bộ Y tế', 'officer', health, country),
  account('bo-y-te.lanh-dao', 'Lãnh đạo Bộ Y tế', 'approver', health, country),
  account('bo-y-te.tong-hop', 'Cán bộ tổng hợp Bộ Y tế', 'consolidator', health, country),
  account('lam-dong.can-bo', 'Cán bộ UBND tỉnh Lâm Đồng', 'officer', `${lamDong}/ubnd`),
  account('lam-dong.lanh-dao', 'Lãnh đạo UBND tỉnh Lâm Đồng', 'approver', `${lamDong}/ubnd`),
  account('lam-dong.so-y-te', 'Cán bộ Sở Y tế Lâm Đồng', 'officer', `${lamDong}/so-y-te`),
  account('phan-thiet.can-bo', 'Cán bộ UBND phường Phan Thiết', 'officer', 'u:2025:22945/ubnd'),
  account('phan-thiet.lanh-dao', 'Lãnh đạo UBND phường Phan Thiết', 'approver', 'u:2025:22945/ubnd'),
  account('bac-binh.can-bo', 'Cán bộ UBND xã Bắc Bình', 'officer', 'u:2025:23005/ubnd'),
  account('quan-tri', 'Quản trị hệ thống', 'administrator', health, country),
  account('quan-tri-2', 'Quản trị hệ thống thứ hai', 'administrator', health, country),
  account('kiem-toan', 'Người giám sát nhật ký', 'auditor', health, country),
  account('nguoi-xem', 'Người xem', 'reader', `${lamDong}/ubnd`),
]
