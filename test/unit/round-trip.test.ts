import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { extractText, getDocumentProxy } from 'unpdf'
import { describe, expect, test } from 'vitest'
import { planDocument, writeDocument } from '#documents'
import {
  acceptAll,
  acceptHeader,
  acceptProse,
  rejectItem,
  toPlanDraft,
  type FileFormat,
  type PlanDraft,
} from '#documents/model'
import { PlanHeader, type PlanNode } from '#plans/model'
import { documentGrammar } from '../../countries/vn/documents/index.ts'
import { writing } from '../../countries/vn/writing.ts'
import { openDocument } from '../../src/documents/import/open-document.ts'
import { sourceFrom } from '../../src/documents/reading/source-from.ts'
import { proposalFromReading } from '../../src/documents/import/rules/propose.ts'
import { tasksInPrint } from '../../src/plans/commands/plan-in-print.ts'

/** The shared texts lie beside the checkout and are not part of it: without them only the invented plan is read. */
const shared = path.resolve(import.meta.dirname, '..', '..', '..', 'shared')
const realPlans = path.join(shared, 'real-plans')
const files = [
  path.resolve(import.meta.dirname, '..', 'fixtures', 'invented-plan.txt'),
  ...(existsSync(realPlans)
    ? [
        path.join(shared, 'source-documents', '002_a14cb56ae114c9a0.txt'),
        ...readdirSync(realPlans)
          .filter((name) => name.endsWith('.txt'))
          .map((name) => path.join(realPlans, name)),
      ]
    : []),
]

type Opened = ReturnType<typeof openDocument>

/** The draft a review becomes in which everything that can be accepted is. */
function draftOf({ reading, original, powers, prose }: Opened): PlanDraft {
  const accepted = acceptAll(acceptProse(acceptHeader(proposalFromReading(reading, original, powers, prose)))).proposal
  const left = accepted.items.filter((item) => item.kind === 'task' && item.state === 'proposed')
  const { draft, hindrances } = toPlanDraft(left.reduce((sofar, item) => rejectItem(sofar, item.key), accepted))
  if (draft === null) throw new Error(JSON.stringify(hindrances))
  return draft
}

/** A draft as the plan's page has it, written as the official document. */
function written({ header: sent, nodes }: PlanDraft, issuer: string, format: FileFormat): Promise<Uint8Array> {
  const header = PlanHeader.parse(sent)
  const planNodes = nodes.map(({ key, parentKey, duties, ...node }) => ({
    ...node,
    id: key,
    parentId: parentKey,
    duties: duties.map(({ kind, raw }) => ({ kind, raw })),
  })) as unknown as PlanNode[]
  const document = planDocument(
    {
      head: {
        parentAgency: null,
        agency: issuer,
        agencyLines: null,
        agencySign: (header.number ?? '/KH-UBND').split('-').slice(1).join('-') || 'UBND',
        place: header.place,
        number: header.number?.split('/')[0] ?? null,
        date: header.issuedOn,
        recipients: header.recipients,
        signature: {
          powers: writing.powers(header.signature.powers),
          posts: [header.signature.post || 'CHỦ TỊCH'],
          name: header.signature.name || null,
        },
        draft: false,
        invented: false,
        urgency: null,
        addressLine: null,
      },
      kindCode: header.kind,
      title: header.title,
      bases: header.bases,
      preamble: header.preamble,
      ...header.prose,
      ...tasksInPrint(planNodes, writing.templates.plan),
    },
    writing.templates,
  )
  return writeDocument(document, writing.templates.layout, format)
}

const words = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** What must survive: the head, each task with its duties, and every word beside them. */
function essence({ header, nodes }: PlanDraft) {
  const { headings, attachedTitle, others, ...parts } = header.prose
  return {
    head: [
      header.kind,
      header.issuedOn,
      words(header.title),
      header.bases.map((basis) => words(basis).replace(/^căn cứ /u, '')),
      header.recipients.map(words),
    ],
    signer: header.signature.name,
    preamble: words(header.preamble ?? ''),
    tasks: nodes
      .filter((node) => node.kind === 'task')
      .map((node) =>
        [
          words(node.text),
          node.duties
            .map((duty) => `${duty.kind} ${words(duty.raw)}`)
            .sort()
            .join(' | '),
        ].join(' :: '),
      ) // prettier-ignore
      .sort(),
    prose: [...Object.values(parts).flat(), ...others.flatMap((other) => [other.heading, ...other.paragraphs])].map(words).sort(), // prettier-ignore
    headings: [...Object.values(headings).map(words), words(attachedTitle ?? '')].sort(),
  }
}

describe.each(files.map((file) => [path.basename(file), file] as const))(
  '%s read, issued and read again',
  (name, file) => {
    const first = openDocument(readFileSync(file), file, documentGrammar)
    const draft = draftOf(first)
    const issuer = first.reading.issuer ?? 'Ủy ban nhân dân tỉnh'

    test.each(['docx', 'pdf'] as const)(
      'as .%s says the same: head, tasks with their duties, words',
      { timeout: 60_000 },
      async (format) => {
        const file = { bytes: await written(draft, issuer, format), fileName: `${name}.${format}`, isConverted: false }
        const source = await sourceFrom(file, documentGrammar.encodings)
        const again = draftOf(openDocument(source, file.fileName, documentGrammar))
        const [was, is] = [essence(draft), essence(again)]
        expect(is.head).toEqual(was.head)
        expect([is.signer, is.preamble]).toEqual([was.signer, was.preamble])
        expect(is.tasks).toEqual(was.tasks)
        expect(is.prose).toEqual(was.prose)
        expect(is.headings).toEqual(expect.arrayContaining(was.headings))
      },
    )

    test('as PDF holds every word of it', { timeout: 60_000 }, async () => {
      const pdf = await getDocumentProxy(await written(draft, issuer, 'pdf'))
      const { text } = await extractText(pdf, { mergePages: true })
      const found = new Set(words(text).split(' '))
      const { header, nodes } = draft
      const said = [header.title, ...header.bases, ...header.recipients, ...essence(draft).prose, ...nodes.flatMap((node) => [node.text, ...node.duties.map((duty) => duty.raw)])] // prettier-ignore
      expect(words(said.join(' ')).split(' ').filter((word) => !found.has(word))).toEqual([]) // prettier-ignore
    })
  },
)
