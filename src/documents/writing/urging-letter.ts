import { afterAddressees, fromHead } from './builder.ts'
import { fill } from './fill.ts'
import type { DocumentTemplates } from './layout.ts'
import { OfficialDocument } from './model.ts'
import type { DocumentBlock, UrgingLetterInput } from './model.ts'
import { reportedTaskTable } from './task-table.ts'
import { countInWords, dateInWords } from './wording.ts'

/**
 * A letter that urges bodies to finish their tasks. A short list stands in the text, a long one in an annex; when and
 * where to answer is a blank as long as nobody has decided it.
 *
 * @source domain.md §7.4; Decree 30/2020/NĐ-CP, form 1.5
 */
export function urgingLetter(input: UrgingLetterInput, template: DocumentTemplates): OfficialDocument {
  const { layout, urgingLetter: words } = template
  const head = fromHead(input.head, null, layout)
  const table = reportedTaskTable([{ label: null, title: null, tasks: input.tasks }], words, layout)
  const isLong = input.tasks.length > words.rowsInText
  const finding = fill(isLong ? words.findingInAnnex : words.findingInText, {
    plan: input.plan,
    date: dateInWords(input.source.asOf, layout),
    source: input.source.source,
    count: countInWords(input.tasks.length, layout),
    overdue: countInWords(input.tasks.filter((task) => task.standing === 'overdue').length, layout),
  })
  const reply = fill(words.reply, {
    replyTo: input.replyTo ?? layout.words.blank,
    date: dateInWords(input.replyBy, layout),
  })
  const { agency } = input.head
  const texts = [fill(words.request, { agency }), ...input.requests, reply]
  const body: DocumentBlock[] = [
    { type: 'paragraph', text: finding },
    ...(isLong ? [] : [{ type: 'table' as const, table }]),
    ...texts.map((text) => ({ type: 'paragraph' as const, text })),
  ]
  return OfficialDocument.parse({
    ...head,
    recipients: afterAddressees(head.recipients, layout),
    title: input.title,
    addressees: input.addressees,
    bases: [],
    preamble: null,
    body,
    closing: fill(words.closing, { agency }),
    annexes: isLong ? [{ label: null, title: words.annexTitle, landscape: false, blocks: [], table }] : [],
  })
}
