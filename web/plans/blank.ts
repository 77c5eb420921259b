import { emptyProse, type PlanHeader } from '#plans/model'

/** The head of a document nobody has written yet. */
export function blankHeader(kind: string, title: string): PlanHeader {
  return {
    kind,
    number: null,
    place: null,
    issuedOn: null,
    title,
    preamble: null,
    signature: { powers: [], post: '', name: '' },
    bases: [],
    recipients: [],
    prose: emptyProse,
    periodFrom: null,
    periodTo: null,
  }
}
