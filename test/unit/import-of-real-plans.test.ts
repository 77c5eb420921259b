import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { acceptAll, acceptHeader, acceptProse, hindrancesOf, type ImportProposal } from '#documents/model'
import { documentGrammar } from '../../countries/vn/documents/index.ts'
import { openDocument } from '../../src/documents/import/open-document.ts'
import { proposalFromReading } from '../../src/documents/import/rules/propose.ts'

/** The shared texts lie beside the checkout and are not part of it: without them these tests are skipped. */
const shared = path.resolve(import.meta.dirname, '..', '..', '..', 'shared')
const folders = ['real-plans', 'source-documents'].map((folder) => path.join(shared, folder))
const files = folders
  .filter((folder) => existsSync(folder))
  .flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.txt'))
      .map((name) => path.join(folder, name)),
  )

function open(file: string) {
  const { reading, original, powers, prose } = openDocument(readFileSync(file), file, documentGrammar)
  return { original, proposal: proposalFromReading(reading, original, powers, prose) }
}

function titlesOf(proposal: ImportProposal, where: 'annex' | null): string[] {
  return proposal.items.filter((item) => item.kind === 'group' && item.source?.where === where).map((item) => item.path)
}

describe.skipIf(files.length === 0)('the proposal of a real document', () => {
  test.each(files.map((file) => [path.basename(file), file]))(
    'has keys of its own and places that are in it: %s',
    (_name, file) => {
      const { original, proposal } = open(file)
      expect(new Set(proposal.items.map((item) => item.key)).size).toBe(proposal.items.length)
      for (const { source } of proposal.items) {
        const isThere = original.some((block) =>
          source?.table === null || source?.table === undefined
            ? source?.line != null && block.line <= source.line && source.line <= block.lastLine
            : block.table === source.table && block.row === source.row,
        )
        expect(isThere).toBe(true)
      }
      expect(JSON.stringify({ version: 1, proposal }).length).toBeLessThan(400_000)
    },
  )

  test.each(files.map((file) => [path.basename(file), file]))(
    'accepted whole leaves only what has faults or is missing: %s',
    (_name, file) => {
      const { proposal } = open(file)
      const accepted = acceptAll(acceptProse(acceptHeader(proposal)))
      const codes = hindrancesOf(accepted.proposal).map((hindrance) => hindrance.code)
      expect(
        codes.filter(
          (code) =>
            ![
              'documents.tasks-undecided',
              'documents.no-task-confirmed',
              'documents.kind-missing',
              'documents.title-missing',
            ].includes(code),
        ),
      ).toEqual([])
      expect(codes.includes('documents.tasks-undecided')).toBe(accepted.left > 0)
    },
  )
})

const dongthap = files.find((file) => file.includes('dongthap-552')) ?? ''
describe.skipIf(dongthap === '')('the annex with four title rows', () => {
  test('becomes four groups of tasks, apart from the sections of the text', () => {
    const { proposal } = open(dongthap)
    expect(titlesOf(proposal, 'annex')).toEqual(['I', 'II', 'III', 'IV'])
    const inGroup = (key: string) => proposal.items.filter((item) => item.parentKey === key).length
    expect(
      proposal.items
        .filter((item) => item.kind === 'group' && item.source?.where === 'annex')
        .map((item) => inGroup(item.key)),
    ).toEqual([4, 5, 5, 5])
  })
})
