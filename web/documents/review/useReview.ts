import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useState } from 'react'
import {
  hindrancesOf,
  keepEdits,
  progressOf,
  type Hindrance,
  type ImportDetail,
  type ImportProposal,
  type ReviewedProposal,
  type ReviewProgress,
  type SourcePlace,
  type SuggestedBody,
} from '#documents/model'
import { ApiProblem } from '../../kit/problem.ts'
import { useDraft, type SaveStatus } from '../../kit/useDraft.ts'
import { importQuery, matchAgain, saveProposal } from '../imports-api.ts'

/** Shows a place in the original, also where the original is not in sight. */
export function lookAt(review: Pick<Review, 'show' | 'turnTo'>, place: SourcePlace): void {
  review.show({ ...place })
  review.turnTo('original')
}

const historyLength = 60

/** Only what a person reviews: this is what is sent. */
function reviewedOf({ header, issuer, items, prose }: ReviewedProposal): ReviewedProposal {
  return { header, issuer, items, prose }
}

export type ReadImport = ImportDetail & { proposal: ImportProposal }

export interface Review {
  id: string
  detail: ReadImport
  proposal: ReviewedProposal
  progress: ReviewProgress
  hindrances: Hindrance[]
  mayEdit: boolean
  /** Changes the review; `forget` for keystrokes, which undo takes back with the act before them. */
  apply: (change: (proposal: ReviewedProposal) => ReviewedProposal, forget?: 'forget') => void
  undo: (() => void) | undefined
  status: SaveStatus
  saveNow: () => Promise<boolean>
  /** Somebody else saved in between: take theirs, or put mine over it. */
  conflict: { takeTheirs: () => Promise<void>; keepMine: () => Promise<void> } | undefined
  /** Understands the names anew, after issuer or date changed. */
  matchNames: () => Promise<void>
  /** What words may mean, and the name of what is chosen. */
  optionsFor: (raw: string) => readonly SuggestedBody[]
  nameOf: (match: { agencyId: string | null; classCode: string | null }) => SuggestedBody | undefined
  remember: (body: SuggestedBody) => void
  /** The place of what has the focus, shown in the original. */
  place: SourcePlace | null
  show: (place: SourcePlace | null) => void
  /** On a phone one side is in sight. */
  side: Side
  turnTo: (side: Side) => void
}

export type Side = 'original' | 'proposal'

/** A review under way: its draft, saved by itself; undo; conflicts; names. */
export function useReview(detail: ReadImport): Review {
  const queries = useQueryClient()
  const { id } = detail
  const version = useRef(detail.version)
  const matching = useRef<Promise<ImportDetail> | undefined>(undefined)
  const history = useRef<ReviewedProposal[]>([])
  const [depth, setDepth] = useState(0)
  const [place, show] = useState<SourcePlace | null>(null)
  const [side, turnTo] = useState<Side>('proposal')
  const keep = useCallback(
    (changes: Partial<ImportDetail>, proposal: ReviewedProposal) =>
      queries.setQueryData(importQuery(id).queryKey, (before) =>
        before?.proposal ? { ...before, ...changes, proposal: { ...before.proposal, ...proposal } } : before,
      ),
    [queries, id],
  )
  const draft = useDraft<ReviewedProposal>({
    name: `documents.import.${id}`,
    start: reviewedOf(detail.proposal),
    save: async (proposal) => {
      // Names being matched raise the version: a save waits for them.
      await matching.current?.catch(() => undefined)
      const saved = await saveProposal(id, { version: version.current, proposal })
      version.current = saved.version
      keep(saved, proposal)
      void queries.invalidateQueries({ queryKey: ['documents', 'imports'] })
    },
  })
  const { value: proposal, change, saveNow, status } = draft
  // Never set from a render: one that is drawn before an earlier change would put that change out of it.
  const latest = useRef(proposal)
  const put = useCallback(
    (next: ReviewedProposal) => {
      latest.current = next
      change(next)
    },
    [change],
  )

  const apply = useCallback<Review['apply']>(
    (act, forget) => {
      const next = act(latest.current)
      if (next === latest.current) return
      if (!forget) {
        history.current = [...history.current.slice(-historyLength), latest.current]
        setDepth(history.current.length)
      }
      put(next)
    },
    [put],
  )
  const undo = useCallback(() => {
    const before = history.current.pop()
    setDepth(history.current.length)
    if (before) put(before)
  }, [put])

  const refetch = useCallback(async () => {
    const now = await queries.fetchQuery({ ...importQuery(id), staleTime: 0 })
    version.current = now.version
    return now
  }, [queries, id])
  const isStale =
    status.kind === 'failed' && status.problem instanceof ApiProblem && status.problem.code === 'platform.stale-version'

  return {
    id,
    detail,
    proposal,
    progress: useMemo(() => progressOf(proposal), [proposal]),
    hindrances: useMemo(() => hindrancesOf(proposal), [proposal]),
    mayEdit: detail.may.review,
    apply,
    undo: depth > 0 ? undo : undefined,
    status,
    saveNow,
    conflict: isStale
      ? {
          takeTheirs: async () => {
            const theirs = await refetch()
            if (theirs.proposal) put(reviewedOf(theirs.proposal))
          },
          keepMine: async () => {
            await refetch()
            await saveNow()
          },
        }
      : undefined,
    matchNames: useCallback(async () => {
      const sent = latest.current
      await saveNow()
      const answer = matchAgain(id, version.current).then((matched) => {
        version.current = matched.version // before a save that waits goes on
        return matched
      })
      matching.current = answer
      const matched = await answer.finally(() => (matching.current = undefined))
      queries.setQueryData(importQuery(id).queryKey, matched)
      if (matched.proposal) put(keepEdits(reviewedOf(matched.proposal), sent, latest.current))
    }, [saveNow, id, queries, put]),
    ...useNames(detail),
    place,
    show,
    side,
    turnTo,
  }
}

/** Names of bodies and classes: those suggested, those chosen before, and those found while reviewing. */
function useNames(detail: ReadImport): Pick<Review, 'optionsFor' | 'nameOf' | 'remember'> {
  const [found, setFound] = useState<readonly SuggestedBody[]>([])
  const { suggestions, chosen } = detail
  const byRaw = useMemo(() => new Map(suggestions.map((each) => [each.raw, each.options])), [suggestions])
  const byId = useMemo(() => {
    const all = [...suggestions.flatMap((each) => each.options), ...chosen, ...found]
    return new Map(all.map((body) => [body.agencyId ?? body.classCode, body]))
  }, [suggestions, chosen, found])
  return {
    optionsFor: useCallback((raw) => byRaw.get(raw) ?? [], [byRaw]),
    nameOf: useCallback((match) => byId.get(match.agencyId ?? match.classCode), [byId]),
    remember: useCallback((body) => setFound((before) => [...before, body]), []),
  }
}
