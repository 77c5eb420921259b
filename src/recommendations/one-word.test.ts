import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { expect, test } from 'vitest'

const root = path.join(import.meta.dirname, '..', '..')
const textOf = (file: string) => readFileSync(path.join(root, file), 'utf8')
const said = (folder: string, language: string) =>
  z.record(z.string(), z.string()).parse(JSON.parse(textOf(`${folder}/messages/${language}.json`)))

test.each(['vi', 'en', 'fr'])(
  'plain words are called the same on the screen and in an exported list: %s',
  (language) => {
    const list = said('src/recommendations', language)
    expect(list['recommendations.list-column-plain']).toBe(
      said('web/recommendations', language)['recommendations.by-plain'],
    )
  },
)

test('the groups concerned are called the same on every screen, in files and in the guides', () => {
  const own = said('src/recommendations', 'vi')
  const screen = said('web/recommendations', 'vi')
  const names = [
    own['recommendations.column-groups'],
    own['recommendations.list-column-groups'],
    said('web/recommendations/coverage', 'vi')['answered.by-group'],
  ]
  expect(new Set(names)).toEqual(new Set([screen['recommendations.by-group']]))
  const guides = ['recommendations', 'recommendation-files'].map((name) => textOf(`docs/users/vi/${name}.md`)).join()
  expect(guides).toContain(screen['recommendations.by-group']?.toLowerCase())
  // Under this name tables left earlier; only the reading of files may know it.
  expect(guides.toLowerCase()).not.toContain(own['recommendations.column-earlier-groups']?.toLowerCase())
})

test.each(['vi', 'en', 'fr'])('the guide names the act that ends a suggestion as the screen does: %s', (language) => {
  const guide = textOf(`docs/users/${language}/recommendations.md`)
  const tasks = guide
    .split('\n')
    .find((line) => line.startsWith(`**${said('web/recommendations', language)['recommendations.likely-tasks']}**`))
  expect(tasks).toContain(`**${said('web/recommendations', language)['recommendations.likely-refuse']}**`)
})
