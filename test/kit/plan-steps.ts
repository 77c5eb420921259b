import { expect } from 'vitest'
import type { Page } from 'playwright-core'
import type { PlanDetail } from '#plans/model'
import { ask, countByHand, listWork, readNumbers, toCounted } from './work-steps.ts'

/** Signs the draft that is open, and waits until it is issued. */
export async function issue(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Ký ban hành' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Văn bản đã ban hành không sửa được nữa').waitFor()
  await dialog.getByRole('button', { name: 'Ký ban hành' }).press('Enter')
  await page.getByText('Đã ban hành.', { exact: true }).waitFor()
}

/** The screen, the interface and a count by hand say the same. */
export async function expectSameNumbers(page: Page, planId: string): Promise<void> {
  const shown = await readNumbers(page)
  const { numbers } = await ask<PlanDetail>(page, `/plans/${planId}`)
  expect(shown).toEqual(toCounted(numbers))
  expect(shown).toEqual(countByHand(await listWork(page, planId), numbers.asOf))
}

/** Opens the acting body's own piece of work on a task of a plan, by the list of its work. */
export async function openWork(page: Page, planId: string, task: string): Promise<void> {
  await page.goto(`/nhiem-vu?ke-hoach=${planId}`)
  await page
    .getByRole('link', { name: new RegExp(`^${task.replaceAll('.', '\\.')}\\.? `) })
    .first()
    .press('Enter')
  await page.locator('form#cap-nhat').waitFor()
}

/** Opens the update of a body that waits to be checked. */
export async function openToCheck(page: Page, planId: string, agency: string): Promise<void> {
  await page.goto(`/nhiem-vu?ke-hoach=${planId}&cap-nhat=submitted`)
  await page.getByRole('row').filter({ hasText: agency }).first().getByRole('link').first().press('Enter')
  await page.locator('#kiem-tra').waitFor()
}
