import { expect, test } from 'vitest'
import type { PlanDetail } from '#plans/model'
import { freeTasks, nearestTask } from './counterpart.ts'

type Task = PlanDetail['nodes'][number]

function aTask(id: string, text: string, derivedFrom: Task['derivedFrom'] = []): Task {
  const numbers = {
    doneOnTime: 0,
    doneLate: 0,
    pendingInTime: 0,
    overdue: 0,
    noDueDate: 0,
    requested: { done: 0, open: 0 },
    asOf: '2030-01-01',
  }
  const empty = {
    output: null,
    funding: null,
    time: null,
    duties: [],
    programmes: [],
    bases: [],
    joinedPlans: [],
    answers: [],
    milestones: [],
    source: null,
  }
  return { id, parentId: null, kind: 'task', path: id, text, numbers, derivedFrom, ...empty }
}

const swimming = aTask('1', 'Tổ chức dạy bơi an toàn cho trẻ em tại trường học')
const mapping = aTask('2', 'Lập bản đồ các khu vực có nguy cơ đuối nước trên địa bàn')

test('a task above is offered the own task that says nearly the same', () => {
  expect(nearestTask('Lập bản đồ khu vực có nguy cơ đuối nước', [swimming, mapping])).toBe(mapping)
})

test('a plan below that says less is still recognised', () => {
  const whole =
    'Tổ chức dạy bơi an toàn và kỹ năng an toàn cho trẻ em tại trường học, hồ bơi và khu dân cư ở mọi địa phương'
  expect(nearestTask(whole, [mapping, swimming])).toBe(swimming)
})

test('diacritics and capitals do not hide a counterpart', () => {
  expect(nearestTask('TO CHUC DAY BOI AN TOAN CHO TRE EM TAI TRUONG HOC', [mapping, swimming])).toBe(swimming)
})

test('nothing is offered when no own task is near', () => {
  expect(nearestTask('Tăng cường hợp tác quốc tế', [swimming, mapping])).toBeUndefined()
})

test('a task that already carries out one above is not offered again, a group never', () => {
  const taken = aTask('3', 'Đã gắn', [{ planId: 'above', nodeId: 'n', kind: 'adapted' }])
  const group: Task = { ...aTask('4', 'Nhóm'), kind: 'group' }
  expect(freeTasks({ nodes: [swimming, taken, group] }, 'above')).toEqual([swimming])
  expect(freeTasks({ nodes: [taken] }, 'another')).toEqual([taken])
})
