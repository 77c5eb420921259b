import { expect, test } from 'vitest'
import { gather, layOut, startGathering } from './corpus.ts'
import { featuresOf } from './features.ts'
import { likeAnyWording, likeWordings } from './match.ts'

const tasks: Record<string, string> = {
  services: 'Rà soát mạng lưới cơ sở cung cấp dịch vụ bảo vệ trẻ em',
  training: 'Tập huấn cho người làm công tác bảo vệ trẻ em cấp xã',
  roads: 'Sửa chữa cầu đường nông thôn',
}
function laidOut(texts: Iterable<[string, string]>) {
  const gathering = startGathering()
  for (const [id, text] of texts) gather(gathering, { id, terms: [] }, featuresOf(text))
  return layOut(gathering)
}
const translation = 'Rà soát mạng lưới dịch vụ bảo vệ trẻ em'
const official = 'The Committee recommends that the State party review the network of services that protect children'
const names =
  'Promote peaceful and inclusive societies for sustainable development, provide access to justice for all and build effective institutions at all levels'

test('a recommendation is like a task in one of its wordings, however long the others and the names of its terms are', () => {
  const like = likeAnyWording(laidOut(Object.entries(tasks)), {
    wordings: [featuresOf(official), featuresOf(translation)],
    names: featuresOf(names),
  })
  const alone = likeAnyWording(laidOut(Object.entries(tasks)), {
    wordings: [featuresOf(translation)],
    names: featuresOf(''),
  })
  expect(like.map(({ id }) => id)).toEqual(['services', 'training'])
  expect(like[0]?.likeness).toBeCloseTo(alone[0]?.likeness ?? 0, 6)
  expect(like[0]?.words).toContain('mạng lưới')
})

test('the same is found from the task', () => {
  const wordings = laidOut([
    ['asked', official],
    ['asked', translation],
    ['other', 'Đăng ký khai sinh miễn phí cho mọi trẻ em'],
  ])
  const like = likeWordings(wordings, laidOut([['asked', names]]), featuresOf(tasks.services ?? ''))
  expect(like.map(({ id }) => id)).toEqual(['asked', 'other'])
  expect(like[0]?.words).toContain('mạng lưới')
})

test('the names of its terms speak where no wording does, more softly', () => {
  const like = (said: string, name: string) =>
    likeAnyWording(laidOut(Object.entries(tasks)), { wordings: [featuresOf(said)], names: featuresOf(name) })
  const [named] = like('Ensure it', 'Dịch vụ bảo vệ trẻ em')
  const [said] = like('Dịch vụ bảo vệ trẻ em', '')
  expect([named?.id, said?.id]).toEqual(['services', 'services'])
  expect(named?.likeness).toBeCloseTo((said?.likeness ?? 0) / 2, 6)
})

test('texts that share single syllables only are not alike', () => {
  expect(
    likeAnyWording(laidOut(Object.entries(tasks)), {
      wordings: [featuresOf('Người dân góp ý; cầu nguyện; lưới đánh cá')],
      names: featuresOf(''),
    }),
  ).toEqual([])
})
