import type { Page } from 'playwright-core'
import type { RegimeChoices } from '#reporting/model'
import { ask, tell } from './work-steps.ts'

/**
 * A regime and its form issued by a second person, from what the country proposes, with its newest round open, the writer's own report
 * in it begun and an obstacle raised.
 * @returns what stands for the `$`s of its pages
 */
export async function beginReporting(
  writer: Page,
  signer: Page,
): Promise<Record<'$regimeId' | '$roundId' | '$reportId' | '$obstacleId' | '$treatyReportId', string>> {
  const { presets } = await ask<RegimeChoices>(writer, '/reporting/regime-choices')
  const [preset] = presets
  if (preset === undefined) throw new Error('the country proposes no regime')
  const { definition, form } = preset
  const draft = { code: 'MINH-HOA', definition: { ...definition, opensDaysBefore: null }, effectiveFrom: '2025-01-01' }
  const { id } = await tell<{ id: string }>(writer, 'POST', '/reporting/regimes', draft)
  const at = `/reporting/regimes/${id}`
  await tell(signer, 'POST', `${at}/issue`, { version: 1 })
  await tell(writer, 'PUT', `${at}/form`, { definition: form, version: null })
  await tell(signer, 'POST', `${at}/form/issue`, { version: 1 })
  const round = await tell<{ id: string }>(signer, 'POST', `${at}/rounds`, { period: 'vn-report:2026-S2' })
  const owed = await ask<{ items: { obligationId: string }[] }>(writer, `/reporting/reports?roundId=${round.id}`)
  const report = await tell<{ id: string }>(writer, 'POST', '/reporting/reports', {
    obligationId: owed.items[0]?.obligationId,
  })
  const obstacle = await tell<{ id: string }>(writer, 'POST', '/reporting/obstacles', {
    ...{
      theme: 'law',
      words: 'Chưa có quy định về chế độ cho cộng tác viên bảo vệ trẻ em ở cấp xã (dữ liệu minh họa).',
    },
    ...{ proposal: 'Đề nghị ban hành quy định trước ngày 30 tháng 6.', reportId: report.id },
  })
  const treaty = await tell<{ id: string }>(writer, 'POST', '/reporting/treaty-reports', {
    ...{ kind: 'periodic', cycle: 'lần thứ bảy (minh họa)', languages: ['vi', 'en', 'fr'] },
  })
  const paragraph = {
    key: 'p1',
    text: { vi: 'Luật Trẻ em được thi hành trên cả nước (dữ liệu minh họa).' },
    origins: [],
  }
  await tell(writer, 'PUT', `/reporting/treaty-reports/${treaty.id}/sections/A`, {
    version: 1,
    paragraphs: [paragraph],
  })
  const begun = { $reportId: report.id, $obstacleId: obstacle.id, $treatyReportId: treaty.id }
  return { $regimeId: id, $roundId: round.id, ...begun }
}
