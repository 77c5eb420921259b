import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { runLinkageCommand } from '#linkage'
import { linkageKnowledge } from './index.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'mangnon-headings-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What the command says it took each column for. */
async function understood(headings: string): Promise<string[]> {
  const file = path.join(folder, 'list.csv')
  const cells = headings.split(',').map(() => 'x')
  writeFileSync(file, `${headings}\n${cells.join(',')}\n`)
  const said: string[] = []
  const io = { err: (text: string) => said.push(text), isTerminal: false }
  await runLinkageCommand({ files: [file], out: path.join(folder, 'out.csv'), language: 'en' }, linkageKnowledge, io)
  return said
    .join('')
    .split('\n')
    .flatMap((line) => /^ {2}.*: (.*)$/.exec(line)?.[1] ?? [])
}

const usual = ['record id', 'name', 'date of birth', 'sex', 'personal number', 'place', 'name (of the mother)']

describe('headings', () => {
  test.each([
    'STT,Họ và tên trẻ,Ngày tháng năm sinh,Giới tính,Số ĐDCN,Xã/Phường/Đặc khu,Họ tên mẹ',
    'ma,ho_va_ten,ngay_sinh,gioi_tinh,so_dinh_danh_ca_nhan,ma_xa,ho_ten_me',
    'id,hoten,ngaysinh,gioitinh,sodinhdanh,maxa,tenme',
    'id,hoTen,ngaySinh,gioiTinh,soDinhDanh,maXa,hoTenMe',
    'record_id,full_name,dob,sex,national_id,commune_code,mother_fullname',
    'unique_id,nom_complet,date_de_naissance,sexe,numero_personnel,commune,nom_de_la_mere',
  ])('of %s are understood', async (headings) => {
    expect(await understood(headings)).toEqual(usual)
  })

  test('a column of truth in a test file is not used', async () => {
    expect(await understood('unique_id,first_name,surname,dob,cluster')).toEqual([
      'record id',
      'name',
      'name',
      'date of birth',
      'not used',
    ])
  })
})
