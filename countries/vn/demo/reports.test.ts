import { describe, expect, test } from 'vitest'
import { daysOn } from './days.ts'
import { reporting } from './reports.ts'

const days = Array.from({ length: 53 }, (_, week) => daysOn('2026-06-10', 7 * week))

describe.each(days)('the reports of the demonstration, loaded on %s', (today) => {
  const { rounds, obstacles, issuedOn } = reporting(today)
  const reports = rounds.flatMap((round) => round.reports.map((report) => ({ round, ...report })))

  test('lie in the past, each step of a report not before the one it follows', () => {
    for (const { round, steps } of reports) {
      const on = [issuedOn, round.openedOn, ...steps.map((step) => step.on), round.lockedOn ?? today]
      expect(on).toEqual(on.toSorted())
      expect((on.at(-1) ?? '') <= today).toBe(true)
    }
    for (const { on, answer, closing } of obstacles) {
      const story = [on, answer?.on ?? on, closing?.on ?? answer?.on ?? on, today]
      expect(story).toEqual(story.toSorted())
    }
  })

  test('are sent back for a day that is not over', () => {
    for (const { steps } of reports)
      for (const step of steps) if (step.act === 'return') expect(step.dueOn >= step.on).toBe(true)
  })

  test('leave something to write, to correct and to review in the round that runs', () => {
    const [, running] = rounds
    const last = running?.reports.map(({ steps }) => steps.at(-1)?.act)
    expect(last).toEqual(expect.arrayContaining(['extend', 'return', 'send', 'accept', 'draw']))
  })
})
