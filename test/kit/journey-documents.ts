import path from 'node:path'
import type { Head } from './review-steps.ts'

const root = path.join(import.meta.dirname, '..', '..')
const invented = path.join(root, 'countries', 'vn', 'demo', 'documents')
const shared = path.join(root, '..', 'shared', 'source-documents')
/** What one run of the main job reads and enters, and what it must find. */
export type Documents = {
  name: string
  article: { file: string; tasks: number; head: Head }
  provincial: {
    file: string
    head: Head
    tasks: number
    /** Printed numbers: of the task nobody leads, of one for the department, of the one for the districts. */
    unled: string
    forDepartment: string
    forDistricts: string
    /** Tasks above that the document has as tasks of its own, and which of those is found by itself. */
    counterparts: { above: string; own: string; found: boolean }[]
  }
}

/** The invented documents of the demonstration, and the real ones beside the checkout. */
export const documents: Documents[] = [
  {
    name: 'invented documents',
    article: {
      file: path.join(invented, 'bai-bao-ke-hoach-quoc-gia.txt'),
      tasks: 5,
      head: {
        issuer: 'Bộ Y tế',
        kind: 'KH',
        number: '901/KH-BYT',
        place: 'Hà Nội',
        issuedOn: '10/3/2025',
        title: 'Phòng, chống đuối nước trẻ em (dữ liệu minh họa)',
        powers: 'KT. BỘ TRƯỞNG',
        post: 'THỨ TRƯỞNG',
        signer: 'Người Ký Minh Họa',
      },
    },
    provincial: {
      file: path.join(invented, 'ke-hoach-binh-thuan.txt'),
      head: { issuer: 'Ủy ban nhân dân tỉnh Bình Thuận', number: '1512/KH-UBND', issuedOn: '14/4/2025' },
      tasks: 7,
      unled: 'II.1',
      forDepartment: 'IV.1',
      forDistricts: 'IV.3.a',
      counterparts: [
        { above: '1', own: 'II.1', found: true },
        { above: '2', own: 'II.2', found: false },
      ],
    },
  },
  {
    name: 'the real documents 000 and 002',
    article: {
      file: path.join(shared, '000_4e4ba4553a7fa9bd.txt'),
      tasks: 7,
      head: {
        issuer: 'Bộ Y tế',
        kind: 'QĐ',
        number: '27/QĐ-TTg',
        place: 'Hà Nội',
        issuedOn: '3/1/2025',
        title: 'Ban hành Kế hoạch thực hiện Khuyến nghị của Ủy ban về quyền trẻ em của Liên hợp quốc',
        powers: 'KT. THỦ TƯỚNG',
        post: 'PHÓ THỦ TƯỚNG',
        signer: 'Người ký trên bản gốc',
      },
    },
    provincial: {
      file: path.join(shared, '002_a14cb56ae114c9a0.txt'),
      head: {
        issuer: 'Ủy ban nhân dân tỉnh Bình Thuận',
        search: 'Bình Thuận',
        number: '1540/KH-UBND',
        issuedOn: '18/4/2025',
      },
      tasks: 15,
      unled: 'II.1',
      forDepartment: 'IV.1',
      forDistricts: 'IV.3.b',
      counterparts: ['1', '2', '3', '4', '5', '6', '7'].map((above) => ({ above, own: `II.${above}`, found: true })),
    },
  },
]
