import { describe, expect, test } from 'vitest'
import { findTime, readTime } from './time-words.ts'

const short = (time: ReturnType<typeof readTime>): string =>
  time === null
    ? 'none'
    : [time.kind, time.from ?? '', time.to ?? '', time.frequency ?? ''].join(' ').replace(/ +/g, ' ').trim()

describe('time cells as printed in real plans', () => {
  test.each([
    ['Thường xuyên', 'continuous'],
    ['Hằng năm.', 'recurring year'],
    ['Hàng năm', 'recurring year'],
    ['Thường xuyên, hằng năm', 'recurring year'],
    ['2026', 'range 2026-01-01 2026-12-31'],
    ['Năm 2026', 'range 2026-01-01 2026-12-31'],
    ['2026 - 2030', 'range 2026-01-01 2030-12-31'],
    ['2026-2030', 'range 2026-01-01 2030-12-31'],
    ['Năm 2025 - 2026', 'range 2025-01-01 2026-12-31'],
    ['Giai đoạn 2026 – 2030', 'range 2026-01-01 2030-12-31'],
    ['Quý IV/2025', 'range 2025-10-01 2025-12-31'],
    ['Quí IV-2025', 'range 2025-10-01 2025-12-31'],
    ['Quý III Năm 2026', 'range 2026-07-01 2026-09-30'],
    ['Quý IV/2025- Quý II/2026', 'range 2025-10-01 2026-06-30'],
    ['Quý I - Quý III/2026', 'range 2026-01-01 2026-09-30'],
    ['Tháng 02/2028', 'range 2028-02-01 2028-02-29'],
    ['Quý I - III/2026', 'range 2026-01-01 2026-09-30'],
    ['Tháng 3 - 10/2026', 'range 2026-03-01 2026-10-31'],
    ['6 tháng đầu năm 2026', 'range 2026-01-01 2026-06-30'],
    ['Trước ngày 30/6/2027', 'by 2027-06-30'],
    ['Trước 30/6/2027', 'by 2027-06-30'],
    ['Hoàn thành trong năm 2025', 'by 2025-12-31'],
    ['Hoàn thành trước ngày 31 tháng 12 năm 2026', 'by 2026-12-31'],
    ['Đến năm 2030', 'by 2030-12-31'],
    ['Từ ngày 15/11/2025 đến ngày 15/12/2025', 'range 2025-11-15 2025-12-15'],
    ['Khi có phát sinh.', 'on-event'],
    ['Theo yêu cầu', 'on-event'],
    ['trước ngày 16 hàng tháng', 'recurring month'],
    ['Thường xuyên, định kỳ hằng quý báo cáo về Sở', 'recurring quarter'],
    ['Sở Y tế', 'none'],
    ['', 'none'],
  ])('%s', (words, expected) => {
    expect(short(readTime(words, null))).toBe(expected)
  })

  test('a quarter under "hoàn thành" is a date to finish by', () => {
    expect(short(readTime('Quý III/2026', 'completion'))).toBe('by 2026-09-30')
    expect(short(readTime('2026 - 2030', 'completion'))).toBe('range 2026-01-01 2030-12-31')
  })

  test('the words are kept', () => {
    expect(readTime(' Quí IV-2025 ', null)?.text).toBe('Quí IV-2025')
  })

  test('a day that does not exist is none', () => {
    expect(short(readTime('ngày 31/02/2026', null))).not.toContain('2026-02-31')
  })
})

describe('what governs a sentence', () => {
  test.each([
    ['Thường xuyên rà soát danh sách trẻ em.', 'continuous'],
    ['Hằng năm, tổ chức diễn đàn trẻ em.', 'recurring year'],
    ['Định kỳ hằng quý báo cáo Sở Y tế.', 'recurring quarter'],
    ['Báo cáo trước ngày 15/12 hằng năm.', 'recurring year'],
    ['Báo cáo trước ngày 20 hằng tháng.', 'recurring month'],
    ['Báo cáo trước ngày 15/12/2026.', 'by 2026-12-15'],
    ['Triển khai Tháng hành động (từ ngày 15/11 đến ngày 15/12).', 'range 2026-11-15 2026-12-15'],
    ['Xây dựng bộ tài liệu, hoàn thành trong Quý III/2026.', 'by 2026-09-30'],
    ['Thực hiện Quyết định số 27/QĐ-TTg ngày 03/01/2025.', 'none'],
    ['Quyết định dự toán kinh phí hàng năm.', 'none'],
    ['Lập dự toán ngân sách hàng năm trình cấp có thẩm quyền.', 'recurring year'],
    ['Kiểm tra việc chấp hành; định kỳ sơ kết.', 'none'],
    ['Hỗ trợ trẻ em từ 6 tháng tuổi đến 36 tháng tuổi.', 'none'],
  ])('%s', (sentence, expected) => {
    expect(short(findTime(sentence, 2026))).toBe(expected)
  })
})
