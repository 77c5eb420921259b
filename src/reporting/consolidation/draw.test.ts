import { describe, expect, test } from 'vitest'
import type { ReportContent, SectionContent } from '../model.ts'
import { changesTo, drawable, type Change, type KnownLine } from './draw.ts'
import { take, type Taking } from './take.ts'

const reportId = '0190d3a0-0000-7000-8000-000000000001'
const other = '0190d3a0-0000-7000-8000-000000000002'
const digestOf = (words: string) => `#${words}`
const words = (text: string, key = 'p1'): ReportContent => ({
  sections: [{ key: 'situation', content: { kind: 'narrative', paragraphs: [{ key, text, origins: [] }] } }],
})
const money = (amount: string | null): ReportContent => ({
  sections: [
    {
      key: 'money',
      content: {
        kind: 'money',
        lines: [{ key: 'care', source: 'aid', amount, absence: amount === null ? 'missing' : null }],
      },
    },
  ],
})
const stuck = (text: string, theme = 'people'): ReportContent => ({
  sections: [
    {
      key: 'stuck',
      content: {
        kind: 'obstacles',
        lines: [{ key: 'o1', theme, text, proposal: '', obstacleId: null, origins: [] }],
      },
    },
  ],
})
const known = (content: ReportContent, number = 1, outcome: KnownLine['outcome'] = 'taken'): KnownLine[] =>
  drawable(content).map(({ line, canonical, amount }) => ({
    ...{ reportId, line, number, outcome, digest: digestOf(canonical), amount },
  }))
const kinds = (now: ReportContent, had: KnownLine[]) => changesTo(drawable(now), had, digestOf).map(({ kind }) => kind)
let keys = 0
const newKey = () => `n${++keys}`

function drawn(
  section: SectionContent,
  now: ReportContent,
  over: { before?: ReportContent; from?: string } = {},
): SectionContent {
  const had = over.before === undefined ? [] : known(over.before)
  const changes: Change[] = changesTo(drawable(now), had, digestOf)
  const takings = changes.map((change): Taking => ({
    ...{ reportId: over.from ?? reportId, number: over.before === undefined ? 1 : 2, change },
    ...{ content: now, before: over.before },
  }))
  return take(section, takings, newKey)
}

describe('what differs', () => {
  test('nothing where all is as it was taken, or as it was left', () => {
    expect(kinds(words('a'), known(words('a')))).toEqual([])
    expect(kinds(words('a'), known(words('a'), 1, 'left'))).toEqual([])
  })
  test('what was never looked at is new, what says otherwise changed, what is gone withdrawn', () => {
    expect(kinds(words('a'), [])).toEqual(['new'])
    expect(kinds(words('b'), known(words('a')))).toEqual(['changed'])
    expect(kinds(words('b'), known(words('a'), 1, 'left'))).toEqual(['changed'])
    expect(kinds({ sections: [] }, known(words('a')))).toEqual(['withdrawn'])
    expect(kinds({ sections: [] }, known(words('a'), 1, 'left'))).toEqual([])
  })
  test('empty words and cells without money are no lines', () => {
    expect(drawable(words('  '))).toEqual([])
    expect(drawable(money(null))).toEqual([])
    expect(drawable(money('0')).map(({ line }) => line)).toEqual(['money/care:aid'])
  })
})

describe('a paragraph', () => {
  const empty: SectionContent = { kind: 'narrative', paragraphs: [] }
  test('comes with its origin', () => {
    expect(drawn(empty, words('a'))).toMatchObject({
      paragraphs: [{ text: 'a', origins: [{ reportId, number: 1, line: 'situation/p1' }] }],
    })
  })
  test('nobody edited is replaced by what is said now', () => {
    const held = drawn(empty, words('a'))
    expect(drawn(held, words('b'), { before: words('a') })).toMatchObject({
      paragraphs: [{ text: 'b', origins: [{ number: 2 }] }],
    })
  })
  test('the consolidator edited stays, with the new words beside it', () => {
    const held = drawn(empty, words('a'))
    if (held.kind !== 'narrative') throw new Error('no narrative')
    const edited = { ...held, paragraphs: held.paragraphs.map((one) => ({ ...one, text: 'edited' })) }
    expect(drawn(edited, words('b'), { before: words('a') })).toMatchObject({
      paragraphs: [
        { text: 'edited', origins: [{ number: 1 }] },
        { text: 'b', origins: [{ number: 2 }] },
      ],
    })
  })
  test('withdrawn below goes; where it was edited its link goes', () => {
    const held = drawn(empty, words('a'))
    expect(drawn(held, { sections: [] }, { before: words('a') })).toEqual(empty)
    if (held.kind !== 'narrative') throw new Error('no narrative')
    const edited = { ...held, paragraphs: held.paragraphs.map((one) => ({ ...one, text: 'edited' })) }
    expect(drawn(edited, { sections: [] }, { before: words('a') })).toMatchObject({
      paragraphs: [{ text: 'edited', origins: [] }],
    })
  })
})

describe('money', () => {
  const own: SectionContent = {
    kind: 'money',
    lines: [{ key: 'care', source: 'aid', amount: '5', absence: null }],
  }
  test('is added to what the body spends itself, and changes by the difference', () => {
    const once = drawn(own, money('10'))
    const twice = drawn(once, money('1'), { from: other })
    expect(twice).toMatchObject({ lines: [{ amount: '16', origins: [{ reportId }, { reportId: other }] }] })
    expect(drawn(twice, money('7'), { before: money('10') })).toMatchObject({ lines: [{ amount: '13' }] })
    expect(drawn(twice, { sections: [] }, { before: money('10') })).toMatchObject({
      lines: [{ amount: '6', origins: [{ reportId: other }] }],
    })
  })
  test('that the last body withdraws is not said any more, which is not zero; a zero that was said is kept', () => {
    const empty: SectionContent = { kind: 'money', lines: [] }
    const once = drawn(empty, money('10'))
    expect(drawn(once, { sections: [] }, { before: money('10') })).toEqual(empty)
    expect(drawn(empty, money('0'))).toMatchObject({ lines: [{ amount: '0', origins: [{ reportId }] }] })
    const twice = drawn(once, money('0'), { from: other })
    expect(drawn(twice, { sections: [] }, { before: money('10') })).toMatchObject({
      lines: [{ amount: '0', origins: [{ reportId: other }] }],
    })
  })
  test('that was written by hand as less than came from below stays as it was written', () => {
    const held = drawn({ kind: 'money', lines: [] }, money('10'))
    if (held.kind !== 'money') throw new Error('no money')
    const less: SectionContent = { ...held, lines: held.lines.map((line) => ({ ...line, amount: '4' })) }
    expect(drawn(less, money('3'), { before: money('10') })).toMatchObject({ lines: [{ amount: '4' }] })
    expect(drawn(less, { sections: [] }, { before: money('10') })).toMatchObject({
      lines: [{ amount: '4', origins: [] }],
    })
  })
  test('of a State budget is summed to the last đồng', () => {
    const held = drawn({ kind: 'money', lines: [] }, money('9007199254740993'))
    expect(drawn(held, money('1'), { from: other })).toMatchObject({ lines: [{ amount: '9007199254740994' }] })
  })
})

describe('an obstacle', () => {
  const empty: SectionContent = { kind: 'obstacles', lines: [] }
  test('that the consolidator edited stays, beside what is said now', () => {
    const held = drawn(empty, stuck('a'))
    if (held.kind !== 'obstacles') throw new Error('no obstacles')
    const edited = { ...held, lines: held.lines.map((one) => ({ ...one, proposal: 'Thêm biên chế' })) }
    expect(drawn(edited, stuck('b'), { before: stuck('a') })).toMatchObject({
      lines: [
        { text: 'a', proposal: 'Thêm biên chế', origins: [{ number: 1 }] },
        { text: 'b', origins: [{ number: 2 }] },
      ],
    })
    expect(drawn(edited, { sections: [] }, { before: stuck('a') })).toMatchObject({
      lines: [{ proposal: 'Thêm biên chế', origins: [] }],
    })
    expect(drawn(held, stuck('b'), { before: stuck('a') })).toMatchObject({ lines: [{ text: 'b' }] })
  })
  test('that says the same of the same theme is one, with all who raised it', () => {
    const both = drawn(drawn(empty, stuck('Thiếu  cán bộ')), stuck('thiếu cán bộ'), { from: other })
    expect(both).toMatchObject({ lines: [{ origins: [{ reportId }, { reportId: other }] }] })
  })
  test('of another theme stands by itself, beside those of its theme', () => {
    const three = [stuck('a'), stuck('b', 'money'), stuck('c')].reduce<SectionContent>(
      (held, content, at) => drawn(held, content, { from: `${other.slice(0, -1)}${at}` }),
      empty,
    )
    expect(three.kind === 'obstacles' && three.lines.map(({ text }) => text)).toEqual(['a', 'c', 'b'])
  })
  test('that is no longer said loses who raised it, and goes with the last of them', () => {
    const both = drawn(drawn(empty, stuck('a')), stuck('a'), { from: other })
    const one = drawn(both, { sections: [] }, { before: stuck('a') })
    expect(one).toMatchObject({ lines: [{ origins: [{ reportId: other }] }] })
  })
})

describe('many lines at once', () => {
  /** A report of so many paragraphs, obstacles, amounts; what it says changes with `turn`. */
  const report = (body: number, turn: number): ReportContent => ({
    sections: [
      {
        key: 'situation',
        content: {
          kind: 'narrative',
          paragraphs: [0, 1, 2].flatMap((at) =>
            (body + at + turn) % 4 === 0 ? [] : [{ key: `p${at}`, text: `${body} ${at} ${turn % 2}`, origins: [] }],
          ),
        },
      },
      {
        key: 'stuck',
        content: {
          kind: 'obstacles',
          lines: [0, 1].map((at) => ({
            ...{ key: `o${at}`, theme: (body + at) % 3 === 0 ? 'money' : 'people', text: `t${(body * turn + at) % 5}` },
            ...{ proposal: '', obstacleId: null, origins: [] },
          })),
        },
      },
      {
        key: 'money',
        content: {
          kind: 'money',
          lines: [{ key: 'care', source: 'aid', amount: String(body * 7 + turn), absence: null, origins: [] }],
        },
      },
    ],
  })
  const bodies = Array.from({ length: 12 }, (_, at) => at)
  const idOf = (body: number) => `0190d3a0-0000-7000-8000-0000000001${String(body).padStart(2, '0')}`
  const takingsOf = (turn: number, section: string): Taking[] =>
    bodies.flatMap((body) => {
      const now = report(body, turn)
      const before = turn === 1 ? undefined : report(body, turn - 1)
      const had = before === undefined ? [] : known(before)
      return changesTo(drawable(now), had, digestOf)
        .filter(({ said }) => said.section === section)
        .map((change) => ({ reportId: idOf(body), number: turn, change, content: now, before }))
    })
  const starts: Record<string, SectionContent> = {
    situation: { kind: 'narrative', paragraphs: [{ key: 'own', text: 'own', origins: [] }] },
    stuck: { kind: 'obstacles', lines: [] },
    money: { kind: 'money', lines: [{ key: 'care', source: 'aid', amount: '5', absence: null }] },
  }
  /** As a consolidator does: every third paragraph is put into the one before it, every fifth rewritten. */
  const edited = (section: SectionContent): SectionContent => {
    if (section.kind !== 'narrative') return section
    const paragraphs = section.paragraphs.flatMap((one, at, all) => {
      const next = all[at + 1]
      if (at % 3 === 1) return []
      if (at % 3 === 0 && next) return [{ ...one, origins: [...one.origins, ...next.origins] }]
      return [at % 5 === 2 ? { ...one, text: 'rewritten' } : one]
    })
    return { ...section, paragraphs }
  }

  test.each(Object.keys(starts))('are what they are one after the other: %s', (key) => {
    let [once, each] = [starts[key], starts[key]]
    if (once === undefined || each === undefined) throw new Error('no such section')
    for (const turn of [1, 2, 3]) {
      const takings = takingsOf(turn, key)
      expect(takings.length).toBeGreaterThan(5)
      keys = turn * 1000
      once = edited(take(once, takings, newKey))
      keys = turn * 1000
      each = edited(takings.reduce((held, taking) => take(held, [taking], newKey), each))
      expect(once).toEqual(each)
    }
  })
})

describe('a task', () => {
  const task = (text: string): ReportContent => ({
    sections: [
      {
        key: 'tasks',
        content: {
          kind: 'tasks',
          lines: [{ key: 't1', nodeId: other, standing: 'on-time', title: '1. Tiêm', text, origins: [] }],
        },
      },
    ],
  })
  const empty: SectionContent = { kind: 'tasks', lines: [] }
  test('nobody edited is replaced and goes; an edited one stays, with what is said now after it', () => {
    const held = drawn(empty, task('a'))
    if (held.kind !== 'tasks') throw new Error('no tasks')
    expect(drawn(held, task('b'), { before: task('a') })).toMatchObject({
      lines: [{ key: held.lines[0]?.key, text: 'b', origins: [{ number: 2 }] }],
    })
    expect(drawn(held, { sections: [] }, { before: task('a') })).toEqual(empty)
    const edited = { ...held, lines: held.lines.map((one) => ({ ...one, text: 'gộp' })) }
    expect(drawn(edited, task('b'), { before: task('a') })).toMatchObject({
      lines: [
        { text: 'gộp', origins: [{ number: 1 }] },
        { text: 'b', origins: [{ number: 2 }] },
      ],
    })
    expect(drawn(edited, { sections: [] }, { before: task('a') })).toMatchObject({
      lines: [{ text: 'gộp', origins: [] }],
    })
  })
})
