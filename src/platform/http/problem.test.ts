import { expect, test } from 'vitest'
import { problemBody } from './problem.ts'

test('a file the server of pages refuses, by its path, is one that is not there', () => {
  const fault = Object.assign(new Error('Forbidden'), { statusCode: 403 })
  expect(problemBody(fault, (_language, code) => code, 'en', 'r')).toMatchObject({
    status: 404,
    code: 'platform.not-found',
  })
})
