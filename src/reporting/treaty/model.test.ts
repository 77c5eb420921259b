import { expect, test } from 'vitest'
import { countTreaty, numbered } from './model.ts'

const paragraph = (text: object) => ({ text })
const sections = [
  { cluster: 'A', title: { vi: 'Biện pháp chung', en: 'General measures' }, paragraphs: [paragraph({ vi: 'một hai ba', en: 'one two' }), paragraph({ vi: 'bốn' })] }, // prettier-ignore
  { cluster: 'B', title: { vi: 'Định nghĩa', en: 'Definition' }, paragraphs: [] },
  { cluster: 'C', title: { vi: 'Nguyên tắc', en: 'Principles' }, paragraphs: [paragraph({ vi: 'năm', en: 'five' })] },
]

test('words are counted by language and cluster, headings with them, and what is over the limit is less than nothing left', () => {
  expect(countTreaty(sections, { languages: ['vi', 'en'], wordLimit: 9 })).toEqual([
    {
      ...{ language: 'vi', total: 10, left: -1, untranslated: 0 },
      sections: [
        { cluster: 'A', words: 7 },
        { cluster: 'B', words: 0 },
        { cluster: 'C', words: 3 },
      ],
    },
    {
      ...{ language: 'en', total: 6, left: 3, untranslated: 1 },
      sections: [
        { cluster: 'A', words: 4 },
        { cluster: 'B', words: 0 },
        { cluster: 'C', words: 2 },
      ],
    },
  ])
})

test('paragraphs are numbered through the whole report; an empty cluster takes no number', () => {
  expect(numbered(sections).map(({ number }) => number)).toEqual([1, 3, 3])
})
